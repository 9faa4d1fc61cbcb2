"""The shortlist: which ideas an address names, in which order, and the page that shows them."""

import re

import pytest
from django.http import QueryDict

from ideas import shortlist
from tests.factories import make_example, make_idea, make_topic, make_workshop
from tests.visits import queries

pytestmark = pytest.mark.django_db


def read(query, **options):
    found = shortlist.read(QueryDict(query), **options)
    return [idea.number for idea in found.ideas], found.unknown


def test_order_is_that_of_the_address_and_each_idea_stands_once():
    for number in (3, 9, 17):
        make_idea(number=number)

    assert read("idee=17&idee=3&idee=17&idee=9") == ([17, 3, 9], [])


def test_values_that_name_no_public_idea_are_reported():
    make_idea(number=3)
    make_idea(number=4, status="draft", published_at=None)

    numbers, unknown = read("idee=4&idee=3&idee=x&idee=²&idee=-1&idee=999999999999999999999&idee=&idee=99")

    assert numbers == [3]
    assert unknown == ["4", "x", "²", "-1", "999999999999999999999", "99"]


def test_number_may_be_written_as_on_the_plate():
    for number in (3, 17):
        make_idea(number=number)

    assert read("idee=017&idee=+3+&idee=17") == ([17, 3], [])


def test_more_than_the_limit_is_reported():
    for number in (1, 2, 3):
        make_idea(number=number)

    assert read("idee=1&idee=2&idee=3&idee=9", most=2) == ([1, 2], ["3", "9"])
    found = shortlist.read(QueryDict("idee=1&idee=2&idee=3&idee=9"), most=2)
    assert (found.surplus, found.strangers) == (["3"], ["9"])


def test_page_shows_the_ideas_in_the_order_of_the_address(visitor):
    make_idea("Laden", number=3)
    make_idea("Brunnen", number=17)
    make_idea("Geheim", number=5, status="draft")

    html = visitor.page("/merkliste/?idee=17&idee=3&idee=5&idee=x")

    assert "<title>Merkliste mit 2 Ideen" in html
    assert re.findall(r'<h2[^>]*><span.*?<a href="(/ideen/[^"]*)"', html) == [
        "/ideen/17-brunnen/",
        "/ideen/3-laden/",
    ]
    assert "Geheim" not in html
    assert "„5“ gibt es nicht" in html
    assert "„x“ gibt es nicht" in html
    assert '<meta name="robots" content="noindex">' in html


def links(html, words):
    """The addresses of all links that begin with these words."""
    return [address.replace("&amp;", "&") for address in re.findall(rf'<a data-list href="([^"]*)">{words}', html)]


def test_ideas_can_be_moved_and_removed_by_links(visitor):
    for number in (1, 2, 3):
        make_idea(number=number)

    html = visitor.main("/merkliste/?idee=1&idee=2&idee=3")

    first, second = "/merkliste/?idee=2&idee=1&idee=3", "/merkliste/?idee=1&idee=3&idee=2"
    assert links(html, "Nach oben") == [f"{first}#idee-2", f"{second}#idee-3"]
    assert links(html, "Nach unten") == [f"{first}#idee-1", f"{second}#idee-2"]
    assert re.findall(r'<li id="idee-(\d)" tabindex="-1">', html) == ["1", "2", "3"]
    assert links(html, "Entfernen") == [
        "/merkliste/?idee=2&idee=3",
        "/merkliste/?idee=1&idee=3",
        "/merkliste/?idee=1&idee=2",
    ]
    assert links(visitor.main("/merkliste/?idee=3"), "Entfernen") == ["/merkliste/"]


def test_ideas_come_from_the_list_the_entry_and_the_topic(visitor):
    idea = make_idea("Laden", number=3, topics=[make_topic()])

    for address in ("/ideen/", "/themen/leerstand/"):
        html = visitor.main(address)
        assert '<form id="merken" action="/merkliste/" method="get">' in html
        assert '<input type="checkbox" name="idee" value="3" form="merken">' in html
        # Outside of the form that filters: forms must not stand within each other.
        assert html[: html.index('<form id="merken"')].count("<form") == html.split('<form id="merken"')[0].count(
            "</form>"
        )
    html = visitor.main(idea.get_absolute_url())
    assert (
        '<form id="merken" action="/merkliste/" method="get"><input type="hidden" name="idee" value="3"></form>'
        in html
    )


def test_list_is_carried_to_the_ideas_and_back_without_a_script(visitor):
    for number in range(1, 23):
        make_idea(f"Laden {number}", number=number, effort="gering")
    start = visitor.main("/merkliste/?idee=16&idee=3")
    [there] = re.findall(r'<a data-carries href="(/ideen/[?][^"]*)">', start)
    kept = '<input type="hidden" name="idee" value="16"><input type="hidden" name="idee" value="3">'

    html = visitor.page(there.replace("&amp;", "&") + "&aufwand=gering&idee=x")

    # In the form that searches, and in the one that leads to the shortlist: before its boxes
    assert [html.count(f'<input type="hidden" name="idee" value="{number}">') for number in (16, 3)] == [1, 1]
    assert re.findall(r'name="idee" value="(\d+)" form="merken"', html)[:3] == ["16", "3", "1"]
    assert 'rel="next" href="/ideen/?aufwand=gering&amp;seite=2&amp;idee=16&amp;idee=3"' in html
    assert 'href="/ideen/?idee=16&amp;idee=3"><span aria-hidden="true">✕' in html  # without the filter
    assert '<link rel="canonical" href="http://testserver/ideen/?aufwand=gering">' in html
    [hit] = re.findall(r'href="(/ideen/1-[^"]*)"', html)
    entry = visitor.main(hit.replace("&amp;", "&"))
    assert f'{kept}<input type="hidden" name="idee" value="1"></form>' in entry


def test_idea_can_be_added_by_its_number(visitor):
    make_idea(number=3)

    html = visitor.main("/merkliste/?idee=3")

    form = re.search(r'<form class="field" action="/merkliste/".*?</form>', html, re.DOTALL)[0]
    assert '<input type="hidden" name="idee" value="3">' in form
    assert '<input id="nummer" type="text" name="idee"' in form


def test_more_than_twenty_ideas_are_named(visitor):
    for number in range(1, 23):
        make_idea(number=number)

    html = visitor.main("/merkliste/?" + "&".join(f"idee={number}" for number in range(1, 23)))

    assert html.count('<article class="card">') == 20
    assert "Eine Merkliste fasst 20 Ideen. Weggelassen: 21, 22." in html


def test_comparison_is_offered_from_two_ideas_on_and_ticks_the_first_four(visitor):
    for number in range(1, 7):
        make_idea(number=number)

    html = visitor.main("/merkliste/?" + "&".join(f"idee={number}" for number in range(1, 7)))

    assert re.findall(r'value="(\d)" form="vergleichen" checked', html) == ["1", "2", "3", "4"]
    assert re.findall(r'value="(\d)" form="vergleichen">', html) == ["5", "6"]
    assert '<form id="vergleichen"' not in visitor.main("/merkliste/?idee=1")


def test_link_and_code_lead_to_this_very_list(visitor):
    make_idea(number=3)
    make_idea(number=17)

    html = visitor.main("/merkliste/?idee=17&idee=99&idee=3&utm_source=x")

    link = "http://testserver/merkliste/?idee=17&idee=3"
    assert f'readonly value="{link.replace("&", "&amp;")}"' in html
    assert shortlist.qr_code(link) in html
    assert shortlist.qr_code(link) != shortlist.qr_code("http://testserver/merkliste/?idee=17")
    assert "style" not in shortlist.qr_code(link)


def test_longest_list_still_fits_into_the_code():
    numbers = [99_999_999 - number for number in range(shortlist.MOST)]

    assert "<svg" in shortlist.qr_code(
        f"https://www.{'x' * 60}.example/en/merkliste/?" + "&".join(f"idee={n}" for n in numbers)
    )


def test_full_shortlist_can_be_printed_without_words_for_the_screen(visitor):
    make_idea(number=3)

    html = visitor.main("/merkliste/?idee=3")

    assert '<button type="button" data-print>Drucken</button>' in html
    assert '<span class="screen">Die Liste steht in der Adresse dieser Seite' in html


def test_empty_shortlist_says_how_to_fill_it(visitor):
    html = visitor.main("/merkliste/")

    assert "Noch steht keine Idee auf der Liste." in html
    assert 'href="/ideen/"' in html
    assert 'href="/passend/"' in html


def test_queries_do_not_grow_with_the_shortlist(client):
    for number in (1, 2, 3):
        make_example(
            make_idea(number=number, workshop=make_workshop(f"W{number}"), topics=[make_topic(f"T{number}")])
        )

    assert queries(client, "/merkliste/?idee=1") == queries(client, "/merkliste/?idee=1&idee=2&idee=3")


@pytest.mark.parametrize("page", ["merkliste", "vergleich"])
@pytest.mark.parametrize(
    "junk", ["%00", "%ff%fe", "9" * 40, "-1", "1e9", "²", "%F0%9F%8F%A0", "a" * 5000, "%ed%a0%80"]
)
def test_junk_never_breaks_a_page_of_ideas(visitor, page, junk):
    make_idea(number=1)
    make_idea(number=2)

    for language in ("", "/en"):
        assert visitor.get(f"{language}/{page}/?idee={junk}&idee=1&idee=2").status_code == 200
