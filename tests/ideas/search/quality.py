"""How good a search is on judged queries: nDCG@10, recall@10, MRR and success@3 by type of query.

In the lists 2 is what was asked for, 1 useful; what is not named is 0. ``queries_unseen.yaml`` was judged before
the search was tuned and is never tuned on. ``queries_everyday.yaml`` avoids the words of the entries on purpose.
"""

import math
from collections import defaultdict
from pathlib import Path

import yaml

from ideas.models import Idea
from ideas.search.matching import find

QUERIES = Path(__file__).resolve().parent / "queries.yaml"
EVERYDAY = QUERIES.with_name("queries_everyday.yaml")
UNSEEN = QUERIES.with_name("queries_unseen.yaml")


def judged(file=QUERIES):
    """The queries that have answers."""
    return [each for each in yaml.safe_load(file.read_text(encoding="utf-8")) if each["rel"]]


def answers(text):
    """The numbers of the ideas found, best first."""
    return list(
        find(Idea.objects.published(), text).ideas.order_by("-rank", "number").values_list("number", flat=True)
    )


def measure(numbers, relevance):
    """nDCG@10, recall@10, reciprocal rank and success@3 of one answer."""

    def gain(grades):
        return sum((2**grade - 1) / math.log2(position + 2) for position, grade in enumerate(grades[:10]))

    grades = [relevance.get(number, 0) for number in numbers]
    first = next((position for position, grade in enumerate(grades) if grade), None)
    return {
        "ndcg": gain(grades) / gain(sorted(relevance.values(), reverse=True)),
        "recall": len(set(numbers[:10]) & set(relevance)) / min(len(relevance), 10),
        "mrr": 0 if first is None else 1 / (first + 1),
        "success": float(any(grades[:3])),
    }


def table(file=QUERIES, search=answers):
    """The mean figures of ``search`` by type of query, and of all under ``""``."""
    figures = defaultdict(list)
    for query in judged(file):
        found = measure(search(query["q"]), query["rel"])
        figures[query["type"]].append(found)
        figures[""].append(found)
    return {
        kind: {name: sum(each[name] for each in rows) / len(rows) for name in rows[0]}
        for kind, rows in figures.items()
    }
