"""Hostile queries: no error, whatever is typed, and each engine finds what the tokens say."""

import random

import pytest

from ideas.models import Idea, SearchDocument
from ideas.search.engine import engine
from ideas.search.indexing import index
from ideas.search.matching import find
from ideas.search.query import read
from tests.factories import make_example, make_idea, make_topic

pytestmark = pytest.mark.django_db

PIECES = [
    *"\"'()*:^-+&|!<>~@#%_\\/;,.{}[]$=`\0\t\n",
    *["−", "NEAR", "AND", "OR", "NOT", "<->", "''", '""', "title:", "rowid", "zzz", "0", "%s", "%(a)s", " ", "  "],
    *[
        "Leerstand",
        "Laden",
        "-Laden",
        "Café",
        "Cafe\u0301",
        "Händler:innen",
        "Pop-up-Store",
        "und",
        "2021",
        "x" * 90,
    ],
    *["\u0301", "ß", "ﬁ", "İ", "🏠", "👩🏽", "\ud800", "\u202e", "٣", "'; DROP TABLE ideas_idea; --"],
]


def hostile(count, seed=4):
    """Strings made to break a query language."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for _ in range(count):
        yield "".join(chance.choice(PIECES) + chance.choice(["", " "]) for _ in range(chance.randint(1, 9)))


def make_street():
    """Ideas with the words of the queries."""
    make_idea("Laden gegen Leerstand", number=1, problem="Leere Läden, Leerstand im Zentrum.")
    make_idea("Ladenleerstand", number=2, summary="Pop-up-Store für Händler:innen 2021")
    make_example(make_idea("Café", number=3, topics=[make_topic("Leerstand")]), place="Łódź")


def fits(clause, document):
    """Whether a document fits a clause, by its tokens alone."""
    fields = [f" {text} " for text in (document.title, document.names, document.body, document.parts)]
    return any(
        any(f" {' '.join(each.tokens)} " in text for text in fields)
        if each.in_order
        else all(any(f" {token} " in text for text in fields) for token in each.tokens)
        for each in clause.alternatives
    )


def test_nothing_typed_raises_and_the_engine_finds_what_the_tokens_say():
    make_street()
    documents = list(SearchDocument.objects.all())

    for text in hostile(300):
        find(Idea.objects.published(), text).ideas.count()
        for clause in read(text):
            expected = {document.pk for document in documents if fits(clause, document)}
            assert set(engine().keys([clause])) == expected, text


def test_page_survives_hostile_words(client):
    make_street()
    for text in hostile(20, seed=5):
        assert client.get("/ideen/", {"q": text.encode("utf-8", "replace")}).status_code in {200, 302}


def test_engine_follows_changes_of_the_index():
    make_street()
    idea = Idea.objects.get(number=1)
    (clause,) = read("Zentrum")
    assert len(engine().keys([clause])) == 1

    idea.problem = "Anderes."
    idea.save()
    index(Idea.objects.filter(pk=idea.pk))
    assert len(engine().keys([clause])) == 0

    (clause,) = read("Café")
    Idea.objects.get(number=3).delete()
    assert len(engine().keys([clause])) == 0


def test_best_titles_are_those_with_the_words_in_the_title():
    make_street()
    make_idea("Laden und Laden und Laden", number=4)

    best = engine().best_titles(read("Laden"), 5)

    assert {Idea.objects.get(pk=key).number for key in best} == {1, 2, 4}  # also «Ladenleerstand»
    (key,) = engine().best_titles(read("Laden"), 1)
    assert Idea.objects.get(pk=key).number == 4
    assert engine().best_titles(read("Laden Zentrum"), 5) == []


@pytest.mark.parametrize(
    ("number", "away"), [(10, 10), (2000, 10), (2000, 10**9)], ids=["few", "many", "many far away"]
)
def test_ideas_are_chosen_by_their_keys_however_many_these_are(number, away):
    first, wanted, *_between, last = [make_idea(number=number).pk for number in range(1, 20)]
    beyond = make_idea(number=20, pk=last + 10**8).pk
    others = range(last + away, last + away + number)

    def chosen(*keys):
        return set(Idea.objects.filter(engine().among([*keys, *others])).values_list("pk", flat=True))

    assert chosen() == set()
    assert chosen(wanted) == {wanted}
    assert chosen(last, first) == {first, last}
    assert chosen(beyond) == {beyond}


def test_an_idea_made_since_is_not_among_the_keys():
    keys = [make_idea(number=number).pk for number in range(1, 4)]
    among = engine().among([*keys, *range(keys[-1] + 1, keys[-1] + 2000)])

    since = Idea.objects.filter(pk__gt=keys[-1])
    make_idea(number=4, pk=keys[-1] + 2000)
    make_idea(number=5, pk=keys[-1] + 20_000)

    assert not since.filter(among).exists()
