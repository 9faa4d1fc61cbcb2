"""Two to four ideas side by side: rows, differences, too few and too many."""

import re

import pytest

from ideas import compare
from ideas.models import Idea
from tests.factories import make_actor, make_example, make_idea, make_topic, make_workshop
from tests.visits import queries, visit

pytestmark = pytest.mark.django_db


def row(name):
    """The row of the comparison of all ideas that has this name."""
    ideas = Idea.objects.for_page().order_by("number")
    return next(row for row in compare.rows(ideas) if row.name == name)


def test_rows_are_the_same_for_all_and_columns_follow_the_address(visitor):
    make_idea("Laden", number=3, steps="Suchen\nMieten", risks="Keiner kommt\nZu teuer", effort="gering")
    make_idea("Brunnen", number=17, steps="Bohren", summary="Wasser für alle.")

    html = visitor.main("/vergleich/?idee=17&idee=3")

    assert re.findall(r'<th scope="col">.*?<a href="([^"]*)"', html) == ["/ideen/17-brunnen/", "/ideen/3-laden/"]
    rows = re.findall(r"<tr[^>]*>\s*<th scope=\"row\">.*?</tr>", html, re.DOTALL)
    assert len(rows) == 15
    assert all(re.findall(r'<td data-h="(\d+)"', row) == ["017", "003"] for row in rows)
    for text in ("Wasser für alle.", "Suchen", "Bohren", "Keiner kommt", "Zu teuer", "gering"):
        assert text in html
    assert "Mieten" not in html


def test_differing_rows_are_marked_in_words(client):
    make_idea(number=1, effort="gering", cost="hoch")
    make_idea(number=2, effort="mittel", cost="hoch")

    page = visit(client, "/vergleich/?idee=1&idee=2")

    assert "Aufwand: verschieden" in page.text
    assert "Kosten: verschieden" not in page.text


def test_order_of_values_is_no_difference_but_a_missing_value_is():
    first, second = make_actor("Handel"), make_actor("Verein")
    make_idea(number=1, actors=[first, second], topics=[make_topic()])
    make_idea(number=2, actors=[second, first])

    assert row("Wer es macht").differs is False
    assert row("Themen").differs is True
    assert [cell.items for cell in row("Themen").cells] == [["Leerstand"], ["nicht eingeschätzt"]]
    assert row("Aufwand").differs is False
    assert row("Risiken").differs is None


@pytest.mark.parametrize("query", ["", "?idee=3", "?idee=3&idee=3", "?idee=3&idee=99", "?idee=unfug"])
def test_fewer_than_two_ideas_explain_how_to_get_there(visitor, query):
    make_idea("Laden", number=3)

    html = visitor.page(f"/vergleich/{query}")

    assert '<meta name="robots" content="noindex">' in html
    assert "<table" not in html
    assert "Kreuzen Sie in der Liste Ideen an" in html
    assert 'href="/ideen/"' in html


def test_more_than_four_and_unknown_ones_are_named(visitor):
    for number in range(1, 7):
        make_idea(number=number)

    html = visitor.main("/vergleich/?idee=6&idee=5&idee=4&idee=3&idee=2&idee=1&idee=99")

    assert re.findall(r'<th scope="col"><span[^>]*>(\d+)', html) == ["006", "005", "004", "003"]
    assert "Weggelassen: 002, 001." in html
    assert "„99“ gibt es nicht" in html


def test_each_idea_can_be_taken_out_of_the_comparison(visitor):
    for number in (1, 2, 3):
        make_idea(number=number)

    html = visitor.page("/vergleich/?idee=3&idee=1&idee=2")

    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)">Entfernen', html)]
    assert links == ["/vergleich/?idee=1&idee=2", "/vergleich/?idee=3&idee=2", "/vergleich/?idee=3&idee=1"]
    assert re.search(r'aria-current="true">Merkliste', html)
    assert "data-print" in html
    assert "data-print" not in visitor.page("/vergleich/?idee=1")


def test_drafts_are_not_compared(visitor):
    make_idea("Offen", number=1)
    make_idea("Geheim", number=2, status="draft")

    assert "Geheim" not in visitor.page("/vergleich/?idee=1&idee=2")


def test_english_comparison_marks_german_texts(client):
    make_idea("Laden", number=1, summary="Ein Laden auf Zeit.", effort="gering")
    make_idea("Brunnen", number=2)

    page = visit(client, "/en/vergleich/?idee=1&idee=2")

    assert "2 ideas compared" in page.text
    assert "Effort: different" in page.text
    assert page.language_of("Ein Laden auf Zeit.") == "de"
    assert page.language_of("not assessed") is None or page.language_of("not assessed") == "en"


def test_queries_do_not_grow_with_the_columns(client):
    for number in (1, 2, 3, 4):
        idea = make_idea(
            number=number, workshop=make_workshop(f"W{number}"), topics=[make_topic(f"T{number}")],
            actors=[make_actor(f"A{number}")],
        )  # fmt: skip
        make_example(idea)

    two = queries(client, "/vergleich/?idee=1&idee=2")

    assert queries(client, "/vergleich/?idee=1&idee=2&idee=3&idee=4") == two
