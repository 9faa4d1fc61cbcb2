"""The matrix view of the list: effort against time to effect."""

import re

import pytest

from tests.factories import make_idea

pytestmark = pytest.mark.django_db


def cells(html):
    """The cells of the table as (class, count), row by row."""
    table = re.search(r'<table class="matrix">.*?</table>', html, re.DOTALL).group()
    return [
        (css, int(re.search(r"(\d+)", re.sub("<[^>]+>", "", body)).group()))
        for css, body in re.findall(r'<td(?: class="(d\d)")? data-h="[^"]*">(.*?)</td>', table, re.DOTALL)
    ]


def test_cells_count_their_ideas_and_are_lighter_where_there_are_more(visitor):
    for number in range(1, 5):
        make_idea(number=number, effort="gering", horizon="kurzfristig")
    make_idea(number=5, effort="hoch", horizon="langfristig")

    assert cells(visitor.main("/ideen/?ansicht=matrix")) == [
        ("d4", 4), ("", 0), ("", 0), ("", 0), ("", 0), ("", 0), ("", 0), ("", 0), ("d1", 1),
    ]  # fmt: skip


def test_counts_lead_to_the_list_and_keep_the_other_filters(visitor):
    make_idea("Eins", number=1, effort="gering", horizon="kurzfristig", cost="hoch")
    make_idea("Zwei", number=2, effort="gering", horizon="kurzfristig", cost="gering")

    html = visitor.main("/ideen/?ansicht=matrix&kosten=hoch")

    link = re.search(r'class="count" href="([^"]+)"', html).group(1).replace("&amp;", "&")
    assert link == "/ideen/?aufwand=gering&kosten=hoch&horizont=kurzfristig"
    assert visitor.hits(link) == [1]
    assert "Zwei" not in html


def test_not_assessed_has_a_row_and_column_only_where_it_is_needed(visitor):
    make_idea(number=1, effort="gering", horizon="kurzfristig")
    assert len(cells(visitor.main("/ideen/?ansicht=matrix"))) == 9

    make_idea(number=2, effort="", horizon="")

    html = visitor.main("/ideen/?ansicht=matrix")
    assert len(cells(html)) == 16
    assert "aufwand=ohne&amp;horizont=ohne" in html


def test_matrix_shows_all_pages_and_stays_when_filters_change(visitor):
    for number in range(1, 31):
        make_idea(number=number, effort="gering", horizon="kurzfristig")

    html = visitor.main("/ideen/?ansicht=matrix")

    assert cells(html)[0] == ("d4", 30)
    assert '<input type="hidden" name="ansicht" value="matrix">' in html
    assert 'href="/ideen/"' in html


def test_unknown_view_gives_the_list_and_a_notice(visitor):
    make_idea(number=1)

    assert visitor.hits("/ideen/?ansicht=kugel") == [1]
    assert "Den Wert „kugel“" in visitor.main("/ideen/?ansicht=kugel")
