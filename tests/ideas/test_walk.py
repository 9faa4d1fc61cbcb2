"""The way through a result on the page of an entry: back to the hits, and on to those beside it."""

import re

import pytest

from tests.factories import make_idea
from tests.visits import queries

pytestmark = pytest.mark.django_db


def beside(html):
    """The links to the previous and the next hit: relation → address."""
    return {
        relation: address.replace("&amp;", "&")
        for relation, address in re.findall(r'<a rel="(prev|next)" href="([^"]*)"', html)
    }


def test_hits_follow_each_other_in_the_order_of_the_list(visitor):
    make_idea("Cafe", number=1, cost="hoch")
    make_idea("Bahnhof", number=2, cost="hoch")
    make_idea("Brunnen", number=3)
    make_idea("Allee", number=4, cost="hoch")
    query = "?kosten=hoch&sortierung=titel"

    middle = visitor.main(f"/ideen/2-bahnhof/{query}")

    assert beside(middle) == {"prev": f"/ideen/4-allee/{query}", "next": f"/ideen/1-cafe/{query}"}
    assert "Treffer 2 von 3" in middle
    assert "← Voriger Treffer" in middle
    assert beside(visitor.main(f"/ideen/4-allee/{query}")) == {"next": f"/ideen/2-bahnhof/{query}"}
    assert beside(visitor.main(f"/ideen/1-cafe/{query}")) == {"prev": f"/ideen/2-bahnhof/{query}"}


@pytest.mark.parametrize("query", ["", "?kosten=unfug", "?seite=2", "?kosten=gering"])
def test_without_a_result_that_holds_it_the_numbers_lead_on(visitor, query):
    make_idea("Eins", number=1)
    make_idea("Zwei", number=2, cost="hoch")
    make_idea("Drei", number=3)

    html = visitor.main(f"/ideen/2-zwei/{query}")

    assert beside(html) == {"prev": "/ideen/1-eins/", "next": "/ideen/3-drei/"}
    assert "Treffer" not in html


def test_result_of_one_leads_nowhere_but_back(visitor):
    make_idea("Eins", number=1, cost="hoch")
    make_idea("Zwei", number=2)

    html = visitor.main("/ideen/1-eins/?kosten=hoch")

    assert beside(html) == {}
    assert "← Zurück zu 1 Treffer</a>" in html


def test_queries_do_not_grow_with_the_result(visitor):
    for number in (1, 2, 3):
        make_idea(number=number, cost="hoch")
    few = queries(visitor, "/ideen/2-idee-2/?kosten=hoch")

    for number in range(4, 30):
        make_idea(number=number, cost="hoch")

    assert queries(visitor, "/ideen/20-idee-20/?kosten=hoch") == few
