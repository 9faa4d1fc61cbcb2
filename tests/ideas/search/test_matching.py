"""Word search, the same on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.models import Idea, SynonymGroup
from ideas.search.matching import find
from tests.factories import make_actor, make_example, make_idea, make_topic, make_workshop

pytestmark = pytest.mark.django_db


def found(text):
    """The numbers of the ideas that match, best first."""
    return list(
        find(Idea.objects.published(), text).ideas.order_by("-rank", "number").values_list("number", flat=True)
    )


def test_every_word_must_occur_anywhere():
    make_idea("Laden", number=1, problem="steht leer")
    make_idea("Laden", number=2, slug="zwei")

    assert find(Idea.objects.published(), "leer laden").exact == 1
    assert found("leer laden")[0] == 1


def test_case_accents_and_umlauts_do_not_count():
    make_idea("ÖPNV für die Innenstadt", number=1)
    make_idea("Straßencafé", number=2)

    assert found("öpnv") == [1]
    assert found("OPNV") == [1]
    assert found("STRASSENCAFE") == [2]
    assert found("Straßencafe\u0301") == [2]


def test_phrase_must_stand_together():
    make_idea(number=1, problem="Der leere Laden wartet.")
    make_idea(number=2, problem="Der Laden ist leere Hülle.")

    assert found('"leere laden"') == [1]
    assert found("leere laden") == [1, 2]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Nadel"},
        {"summary": "Nadel"},
        {"problem": "Nadel"},
        {"approach": "Nadel"},
        {"steps": "eins\nNadel"},
        {"success_factors": "Nadel"},
        {"risks": "Nadel"},
    ],
)
def test_all_texts_are_searched(fields):
    make_idea(number=1, **fields)
    make_idea(number=2)

    assert found("nadel") == [1]


def test_names_of_topics_actors_fields_and_examples_are_searched():
    make_idea(number=1, topics=[make_topic("Nadelthema")])
    make_idea(number=2, actors=[make_actor("Nadelkunst")])
    make_idea(number=3, workshop=make_workshop("Nadelwerk"))
    make_example(make_idea(number=4), place="Nadelstadt")

    assert found("nadel") == [1, 2, 3, 4]


def test_search_stays_inside_the_queryset_it_gets():
    make_idea("Nadel", number=1, effort="gering")
    make_idea("Nadel", number=2, slug="zwei", effort="hoch")
    make_idea("Nadel", number=3, slug="drei", status="draft")

    assert [idea.number for idea in find(Idea.objects.published().filter(effort="hoch"), "nadel").ideas] == [2]


@pytest.mark.parametrize("text", ['"', '""', "%", "_", "*", "\\", "' OR 1=1", '"offen', "NOT", "-", "🏠"])
def test_odd_text_finds_nothing_and_breaks_nothing(text):
    make_idea("Laden", number=1)

    assert found(text) in ([], [1])


def test_number_of_queries_is_fixed(django_assert_num_queries):
    for number in (1, 2, 3):
        make_example(make_idea("Laden", number=number, slug=f"laden-{number}", topics=[make_topic(f"T{number}")]))

    with django_assert_num_queries(6):
        assert found("laden") == [1, 2, 3]


def test_words_however_odd_are_counted_in_few_queries():
    SynonymGroup.objects.create(slug="platz", words="Platz\nForum")
    SynonymGroup.objects.create(slug="gehweg", words="Gehweg\nBürgersteig")
    SynonymGroup.objects.create(slug="brunnen", words="Brunnen\nWasserspiel")
    make_idea("Ladenbörse am Brunnen", number=1, problem="Der Gehweg zum Forum ist alt.")

    with CaptureQueriesContext(connection) as captured:
        found("Zwischennuzung Brunnne Trottoir")

    # of what was typed, of what was meant, and of what can be said instead
    assert sum('FROM "ideas_searchterm"' in query["sql"] for query in captured) <= 4


@pytest.mark.parametrize(
    "typed", ["82", "082", " 82 ", "#82", "Idee 82", "idea 082", "Nr. 82", "Idee Nr. 82", "IDEE #82"]
)
def test_number_of_an_idea_finds_it(typed):
    make_idea("Laden", number=82)
    make_idea("Halle 82", number=8)

    assert found(typed) == [82]


def test_number_that_no_idea_has_is_a_word():
    make_idea("Wettbewerb 2021", number=1)
    make_idea("Laden", number=82, status="draft")
    make_idea("82 Stunden", number=3)

    assert found("2021") == [1]
    assert found("82") == [3]
    assert found("999999999") == []
