"""How near ideas are to each other, and to a text that is not stored yet."""

import pytest

from ideas.models import Idea
from ideas.search.documents import tokens
from ideas.search.related import nearest
from tests.factories import make_idea, make_topic

pytestmark = pytest.mark.django_db

QUARTERS = "Quitte Quelle Quartier Quader Quarz"


def near(fields, **options):
    """Numbers and cosines of the nearest ideas, the nearest first."""
    numbers = dict(Idea.objects.values_list("pk", "number"))
    return [(numbers[each.pk], round(each.cosine, 3)) for each in nearest(fields, **options)]


def fields(title, **values):
    """The tokens of an idea that is not stored."""
    values.setdefault("summary", "")
    idea = Idea(title=title, **values)
    idea.pk = 0  # relations of an idea without a key cannot be read
    return tokens(idea).fields


def test_the_same_text_has_cosine_one_and_other_words_none():
    make_idea(QUARTERS, number=1, summary="")
    make_idea("Zeppelin Zirkus Zaun", number=2, summary="")

    assert near(fields(QUARTERS)) == [(1, 1.0)]


def test_more_and_rarer_shared_words_are_nearer():
    make_idea("Quitte Quelle Zaun", number=1, summary="")
    make_idea("Quitte Zirkus Zaun", number=2, summary="")
    make_idea("Marder Zirkus Zaun", number=3, summary="")
    make_idea("Marder Zeppelin Zaun", number=4, summary="")

    found = near(fields("Quitte Quelle Zeppelin"))

    assert [number for number, _ in found] == [1, 4, 2]
    assert all(0 < cosine < 1 for _, cosine in found)


def test_shared_tokens_come_heaviest_first():
    for number in range(1, 5):
        make_idea(f"Zaun {number}a", number=number, summary="")
    make_idea("Quitte Zaun", number=9, summary="Marder")

    (first, *_) = nearest(fields("Quitte Zaun Marder"))

    assert first.shared == ("quitt", "mard", "zaun")


def test_compounds_share_their_parts():
    make_idea("Leerstandsregister", number=1, summary="")
    make_idea("Blumenkasten", number=2, summary="")

    assert [number for number, _ in near(fields("Ladenleerstand"))] == [1]


def test_an_idea_can_be_left_out_and_candidates_be_chosen():
    idea = make_idea("Quitte", number=1, summary="")
    make_idea("Quitte 2a", number=2, summary="", status="draft")
    given = fields("Quitte")

    assert {number for number, _ in near(given)} == {1, 2}
    assert [number for number, _ in near(given, leave_out=idea.pk)] == [2]
    assert [number for number, _ in near(given, candidates=Idea.objects.published())] == [1]
    assert len(near(given, limit=1)) == 1


@pytest.mark.parametrize("title", ["", "und die", "!?", "Unbekannteswort"])
def test_nothing_to_compare_finds_nothing(title):
    make_idea(QUARTERS, number=1)

    assert near(fields(title)) == []


def test_topics_count_as_words():
    topic = make_topic("Nachtleben")
    make_idea("Quitte", number=1, summary="", topics=[topic])
    make_idea("Zaun", number=2, summary="")

    assert [number for number, _ in near(fields("Nachtleben"))] == [1]
