"""Both databases answer alike: each finds the same entries in the same order as plain Python.

The suite runs on both, so what equals the reference on one equals the other database.
"""

import random
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict

from ideas.filters import IdeaFilter
from ideas.models import Idea, SearchDocument
from ideas.paging import paged
from ideas.search import engine, hits
from ideas.search.documents import WEIGHTS
from ideas.search.matching import find
from ideas.search.query import Alternative, Clause, read

from . import quality
from .reference import Reference

pytestmark = pytest.mark.django_db


def queries(count):
    """Queries from the words of the entries: several words, phrases, exclusions."""
    chance = random.Random(11)  # noqa: S311 (no secret: the same queries every time)
    texts = [" ".join(row) for row in Idea.objects.order_by("number").values_list("title", "summary", "problem")]
    for _ in range(count):
        words = re.findall(r"\w[\w:-]*", chance.choice(texts))
        start = chance.randrange(len(words) - 4)
        parts = [" ".join(words[start : start + chance.randint(1, 3)])]
        if chance.random() < 0.3:
            parts[0] = f'"{parts[0]}"'
        parts += [f"{chance.choice(['', '-'])}{chance.choice(words)}" for _ in range(chance.randint(0, 2))]
        yield " ".join(parts)


def answer(text):
    """What the search says to ``text``, with the keys in order."""
    found = find(Idea.objects.published(), text)
    ranked = found.ideas.order_by("-rank", "number").values_list("number", "rank")
    return list(ranked), found.exact, found.similar, found.corrections


def test_same_entries_in_the_same_order(real_content, monkeypatch):
    texts = [query["q"] for file in (quality.QUERIES, quality.UNSEEN) for query in quality.judged(file)]
    texts += queries(100)
    found = [answer(text) for text in texts]

    monkeypatch.setitem(engine.ENGINES, connection.vendor, Reference())

    for text, expected in zip(texts, found, strict=True):
        assert answer(text) == expected, text
    assert sum(bool(ranked) for ranked, *_rest in found) > len(texts) * 0.8


def test_same_entries_for_thousands_of_combinations(real_content):
    chance, reference = random.Random(12), Reference()  # noqa: S311 (no secret)
    rows = list(SearchDocument.objects.order_by("pk").values_list(*WEIGHTS))

    def alternative():
        tokens = chance.choice(chance.choice(rows)).split()
        start = chance.randrange(len(tokens))
        near = [token for token in tokens[start : start + chance.randint(1, 3)] if token.isalpha()] or ["stadt"]
        return Alternative(tuple(near), in_order=len(near) > 1 and chance.random() < 0.5)

    found = 0
    for _ in range(2000):
        clauses = [Clause("", tuple(alternative() for _ in range(chance.randint(1, 3)))) for _ in range(2)]
        for any_clause in (False, True):
            expected = reference.keys(clauses, any_clause=any_clause)
            found_by_database = engine.engine().keys(clauses, any_clause=any_clause)
            assert set(found_by_database) == expected, clauses
            found += bool(expected)
    assert found > 2000


@pytest.mark.parametrize(("promising", "compared"), [(3, 3), (200, 70)], ids=["enough titles", "few titles"])
def test_of_many_hits_none_is_lost_and_those_compared_come_first(real_content, monkeypatch, promising, compared):
    all_ranked, *_counts = answer("Laden")

    monkeypatch.setattr(hits, "MOST_RANKED", 20)
    monkeypatch.setattr(hits, "PROMISING", promising)
    monkeypatch.setattr(hits, "COMPARED", 70)
    some_ranked, exact, similar, _corrections = answer("Laden")

    assert {number for number, _rank in some_ranked} == {number for number, _rank in all_ranked}
    assert (exact, similar) == (len(all_ranked), 0)
    ranks = [rank for _number, rank in some_ranked]
    assert sum(rank > 0 for rank in ranks) == compared
    assert ranks == sorted(ranks, reverse=True)
    assert dict(some_ranked[:compared]).items() <= dict(all_ranked).items()
    others = [number for number, _rank in some_ranked[compared:]]
    assert others == sorted(others)


@pytest.mark.parametrize("more", [{}, {"aufwand": "gering"}])
def test_first_of_many_hits_are_those_that_come_first(real_content, monkeypatch, more):
    few_are_compared(monkeypatch)
    filterset = IdeaFilter(QueryDict(urlencode({"q": "Laden"} | more)), Idea.objects.published())

    first, every = filterset.first, list(filterset.qs.values_list("pk", flat=True))

    assert 0 < len(first) < len(every)
    assert first == every[: len(first)]


def test_first_are_not_asked_for_in_another_order(real_content, monkeypatch):
    few_are_compared(monkeypatch)
    by_title = QueryDict(urlencode({"q": "Laden", "sortierung": "titel"}))

    assert IdeaFilter(by_title, Idea.objects.published()).first == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_pages_of_many_hits_hold_what_the_order_says(real_content, monkeypatch, number):
    few_are_compared(monkeypatch)
    filterset = IdeaFilter(QueryDict("q=Laden"), Idea.objects.published())

    page = paged(filterset.qs, str(number), lambda: filterset.first).page

    assert len(filterset.first) == 30  # the second page goes beyond
    shown = filterset.qs.values_list("number", flat=True)[20 * (number - 1) : 20 * number]
    assert [idea.number for idea in page] == list(shown)


def few_are_compared(monkeypatch):
    """As if of many hits thirty were compared."""
    for name, value in {"MOST_RANKED": 20, "PROMISING": 30, "COMPARED": 30}.items():
        monkeypatch.setattr(hits, name, value)


def test_hits_however_many_are_the_same(real_content, monkeypatch):
    few = answer("Laden")
    monkeypatch.setattr(engine.engine(), "FEW", 1)
    monkeypatch.setattr(engine.engine(), "SPARSE", 10**6, raising=False)  # PostgreSQL: whatever the keys are
    assert answer("Laden") == few


def test_of_many_hits_of_any_word_those_with_the_rarer_words_are_compared(real_content, monkeypatch):
    clauses = read("Stadt Sperrmüll Trinkbrunnen")
    counts = hits.Counts.of(clauses)
    everything = hits.ranked_by_any(Idea.objects.all(), clauses, counts)
    assert set(everything) == Reference().keys(clauses, any_clause=True)

    monkeypatch.setattr(hits, "MOST_RANKED", 20)
    some = hits.ranked_by_any(Idea.objects.all(), clauses, counts)

    rare = sorted(clauses, key=counts.most)[:2]
    assert set(some) == Reference().keys(rare, any_clause=True)
    assert some.items() <= everything.items()
