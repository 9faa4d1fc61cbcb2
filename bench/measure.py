"""The measurements on one database of one size: ``python -m bench.measure SIZE RESULT`` writes them as JSON.

``bench.__main__`` starts it with DATABASE_URL. An SQLite file that is complete is used again.
"""

import gc
import json
import math
import os
import statistics
import sys
import time
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 (Django is ready only now)
from django.db import connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from tqdm import tqdm  # noqa: E402

from ideas import facets  # noqa: E402
from ideas.filters import IdeaFilter  # noqa: E402
from ideas.models import Idea, Meaning  # noqa: E402
from ideas.paging import paged  # noqa: E402
from ideas.search import meaning  # noqa: E402
from ideas.search.indexing import write  # noqa: E402
from ideas.search.suggestions import suggestions  # noqa: E402
from tests.ideas.search import quality  # noqa: E402

from . import corpus, peers  # noqa: E402
from .models import PeerText  # noqa: E402

REAL, FEW_ROUNDS_FROM = 113, 100_000
PAGE = 20
OWN = ("page", "counts", "suggestions")
PATIENCE, SLOW = 120_000, 10_000  # milliseconds
TYPED = 5  # letters, when suggestions are asked for
SAVES = 10


def prepare(size):
    """Fill the database with ``size`` entries and index them. Returns the seconds by step, if it was not there."""
    for synced in (False, True):  # the table of texts has no migrations and refers to the ideas
        call_command("migrate", run_syncdb=synced, verbosity=0, skip_checks=True)
    if Idea.objects.count() >= size and PeerText.objects.count() >= size:
        corpus.refresh_synonyms()
        return {}
    seconds, others = {}, peers.peers()
    # The one transaction leaves no half-filled file that a later run would take for a whole one.
    with transaction.atomic():
        steps = {
            "make": lambda: corpus.fill(size, progress("Entries")),
            "index": lambda: write(list(Idea.objects.values_list("pk", flat=True)), progress("Our index")),
            "copy": peers.copy_texts,
        } | {each.name: each.index for each in others}
        for name, step in steps.items():
            start = time.perf_counter()
            step()
            seconds[name] = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return seconds


def progress(label):
    """Show on a terminal how far a step is."""
    return lambda items: tqdm(items, desc=label, disable=None)


class Clock:
    """Milliseconds of wall time and of processor time, of this process and of the server's process for it."""

    def __init__(self):
        self.wall, self.processor, self.spent, self.server = [], [], 0, None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def used(self):
        """Seconds of processor time up to now; of the server's in steps of 10 ms, so only the mean is telling."""
        used = time.process_time()
        if self.server and self.server.exists():
            fields = self.server.read_text().rpartition(")")[2].split()
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return used

    def run(self, step, *, warming_up=False):
        """Run ``step`` and note what it took; not while warming up, unless it is too slow to be asked again."""
        used, start = self.used(), time.perf_counter()
        result = step()
        wall, processor = (time.perf_counter() - start) * 1000, (self.used() - used) * 1000
        self.spent += wall
        if not warming_up or wall > SLOW:
            self.wall.append(wall)
            self.processor.append(processor)
        return result

    def percentile(self, share, first=None):
        """The wall time that ``share`` of all runs, or of the ``first``, do not exceed."""
        wall = sorted(self.wall[:first])
        return wall[math.ceil(share * len(wall)) - 1]

    def figures(self):
        """Median and 95th percentile of wall time, mean of processor time, number of runs."""
        return {
            "p50": self.percentile(0.5),
            "p95": self.percentile(0.95),
            "cpu": statistics.fmean(self.processor),
            "runs": len(self.wall),
        }


def speed(size):
    """The figures by what was done, beside the peers in turn; words are those of the judged queries.

    A peer that has used up the patience is not asked again; its figures are of the first queries then.
    """
    rounds = 2 if size >= FEW_ROUNDS_FROM else 5
    others = peers.peers()
    clocks = {name: Clock() for name in (*OWN, *(each.name for each in others))}
    totals = []
    for text in tqdm([query["q"] for query in quality.judged()], desc="Queries", disable=None):
        for turn in range(rounds + 1):
            filterset = IdeaFilter(QueryDict(mutable=True) | {"q": text}, Idea.objects.published())
            steps = {
                "page": lambda filterset=filterset: our_page(filterset),
                "counts": lambda filterset=filterset: facets.count(filterset),
                "suggestions": lambda text=text: suggestions(text[:TYPED]),
            } | {each.name: lambda each=each, text=text: each.page(text, PAGE) for each in others}
            results = {
                name: clocks[name].run(step, warming_up=not turn)
                for name, step in steps.items()
                if name in OWN or clocks[name].spent < PATIENCE
            }
        totals.append(results["page"])
    times = {name: clock.figures() for name, clock in clocks.items()} | {"save": saving()}
    for each in others:
        figures = times[each.name]
        figures["ours"] = clocks["page"].percentile(0.95, figures["runs"]) / figures["p95"]
    return {"times": times, "hits": [statistics.median(totals), max(totals)]}


def our_page(filterset):
    """The first page of the list as the page shows it; returns the number of all hits."""
    page = paged(filterset.qs, "", lambda: filterset.first).page
    list(page)
    return page.paginator.count


def saving():
    """The figures of indexing one entry that was changed, without what is like it: that was never made here."""
    clock = Clock()
    for idea in Idea.objects.order_by("-number")[:SAVES]:
        text = idea.problem
        idea.problem = "Ein neues Quartierszentrum. " + text
        for problem in (idea.problem, text):
            Idea.objects.filter(pk=idea.pk).update(problem=problem)
            clock.run(lambda key=idea.pk: write([key]))
    return clock.figures()


def judge():
    """The figures of quality by list of queries and search."""
    numbers = dict(Idea.objects.values_list("pk", "number"))
    searches = {"own": quality.answers}
    if meaning.load()[0]:
        searches["meaning"] = override_settings(SEMANTIC_SEARCH=True)(quality.answers)
    for peer in peers.peers():
        searches[peer.name] = lambda text, peer=peer: [numbers[key] for key in peer.page(text, REAL)[0]]
    return {
        file.stem: {name: quality.table(file, search) for name, search in searches.items()}
        for file in (quality.QUERIES, quality.EVERYDAY, quality.UNSEEN)
    }


@override_settings(SEMANTIC_SEARCH=True)
def comparing_meaning():
    """What the optional extra costs: reading an entry, comparing a query with all; empty where it cannot run."""
    if not meaning.is_on():
        return {}
    Meaning.objects.all().delete()
    entry, query = Clock(), Clock()
    for key in tqdm(Idea.objects.values_list("pk", flat=True), desc="Vectors", disable=None):
        entry.run(lambda key=key: meaning.write([key]))
    for judged in quality.judged():
        for turn in range(3):
            query.run(lambda text=judged["q"]: meaning.nearness(text), warming_up=not turn)
    return {"meaning_entry": entry.figures(), "meaning_query": query.figures()}


def database_name():
    """The database with its version, such as «SQLite 3.40.1»."""
    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    version = connection.pg_version
    return f"PostgreSQL {version // 10000}.{version % 10000}"


def main(size, result):
    """Prepare, measure and write the ``result``."""
    found = {"database": database_name(), "size": size, "seconds": prepare(size)}
    gc.freeze()  # as compendium.wsgi does
    if size == REAL:
        compared = comparing_meaning()
        found["quality"] = judge()
    found |= speed(size)
    if size == REAL:
        found["times"] |= compared
    Path(result).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
