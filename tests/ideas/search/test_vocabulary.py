"""No word of a draft, or of an idea whose hour has not come, is shown or searched for instead."""

import datetime

import pytest
from django.utils import timezone

from ideas import workflow
from ideas.models import Idea, SearchTerm
from ideas.search.corrections import corrected
from ideas.search.matching import find
from ideas.search.suggestions import suggestions
from ideas.search.vocabulary import key, planned, public_terms
from tests.factories import make_complete_idea, make_editor, make_idea

pytestmark = pytest.mark.django_db


def shown():
    """The words that may be shown."""
    return sorted(public_terms(planned()).values_list("word", flat=True))


@pytest.mark.parametrize("typed", ["Läden", "Laeden", "laden", "LÄDEN", "La\u0308den"])
def test_every_way_to_type_an_umlaut_has_the_same_key(typed):
    assert key(typed) == "laden"


@pytest.mark.parametrize("word", ["Läden", "neue", "Bäuerin", "aeeoue", "Straße", "Café"])
def test_key_of_a_beginning_is_a_beginning_of_the_key(word):
    for length in range(1, len(word) + 1):
        assert key(word).startswith(key(word[:length]))


def test_words_of_drafts_are_neither_shown_nor_searched_for_instead():
    make_idea("Quitte", number=1, summary="")
    make_idea("Zeppelin", number=2, summary="", status="draft", published_at=None)
    make_idea("Zirkus", number=3, summary="", status="archived")

    assert shown() == ["Quitte"]
    assert corrected(["Quittte", "Zepelin", "Zirkuss"]) == {"Quittte": "Quitte"}
    assert suggestions("ze") == suggestions("zi") == []


def test_words_of_planned_ideas_wait_for_their_hour():
    make_idea("Quitte", number=1, summary="")
    make_idea("Quitte Zeppelin", number=2, summary="", published_at=timezone.now() + datetime.timedelta(hours=1))

    assert shown() == ["Quitte"]
    assert corrected(["Zepelin"], later=planned()) == {}
    assert suggestions("zep") == []

    Idea.objects.update(published_at=timezone.now())
    assert shown() == ["Quitte", "Zeppelin"]
    assert corrected(["Zepelin"]) == {"Zepelin": "Zeppelin"}
    assert [each.label for each in suggestions("zep")] == ["Zeppelin", "Quitte Zeppelin"]


def test_words_of_planned_ideas_do_not_change_what_a_search_finds():
    make_idea("Lastenrad", number=1, summary="")
    make_idea("Lastenratt", number=2, summary="", published_at=timezone.now() + datetime.timedelta(hours=1))

    found = find(Idea.objects.published(), "Lastenratt")

    assert found.corrections == {"Lastenratt": "Lastenrad"}
    assert [idea.number for idea in found.ideas] == [1]


def test_words_follow_when_an_idea_is_published_and_withdrawn():
    chief = make_editor("Schlussredaktion", name="Clara")
    idea = make_complete_idea("Zeppelin", number=2, status="review", published_at=None)
    assert "Zeppelin" not in shown()

    workflow.transition(idea, "published", by=chief)
    assert "Zeppelin" in shown()

    workflow.transition(idea, "draft", by=chief, note="Noch einmal lesen.")
    assert shown() == []
    assert not SearchTerm.objects.exists()


def test_the_usual_form_of_a_word_stands_for_it():
    for number, title in enumerate(["Leerstand", "Leerstands", "Leerstand"], 1):
        make_idea(f"{title} {number}a", number=number, summary="")
    SearchTerm.objects.all().delete()
    Idea.objects.update(status="draft")
    Idea.objects.all().index()
    Idea.objects.update(status="published")
    Idea.objects.all().index()

    assert SearchTerm.objects.get(token="leerstand").word == "Leerstand"


def test_a_part_of_compounds_gets_its_word_when_it_is_written_alone():
    make_idea("Blumenkasten", number=1, summary="")
    part = SearchTerm.objects.get(token="blum")
    assert (part.word, part.key, part.documents) == ("blum", "", 1)

    make_idea("Blumen", number=2, summary="")
    part.refresh_from_db()
    assert (part.word, part.key, part.documents) == ("Blumen", "blumen", 2)
