"""The list of ideas: search, facets, order, pages, notices."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.utils import timezone

from ideas.models import Idea
from tests.factories import (
    make_actor,
    make_city_size,
    make_documented_idea,
    make_example,
    make_idea,
    make_lab,
    make_topic,
    make_workshop,
)

pytestmark = pytest.mark.django_db


def test_list_shows_published_ideas_and_no_others(visitor):
    make_idea("Sichtbar", number=1)
    make_idea("Entwurf", number=2, status=Idea.Status.DRAFT)
    make_idea("In Prüfung", number=3, status=Idea.Status.REVIEW)
    make_idea("Archiv", number=4, status=Idea.Status.ARCHIVED)
    make_idea("Morgen", number=5, published_at=timezone.now() + datetime.timedelta(hours=1))

    page = visitor.page("/ideen/")

    assert visitor.hits("/ideen/") == [1]
    assert "<title>1 Idee – Wissenskompendium Innenstadt</title>" in page
    for hidden in ("Entwurf", "In Prüfung", "Archiv", "Morgen"):
        assert hidden not in page


def test_search_and_facet_decide_together(visitor):
    vacancy, retail = make_topic("Leerstand"), make_topic("Einzelhandel")
    make_idea("Laden auf Zeit", number=1, topics=[vacancy])
    make_idea("Laden im Netz", number=2, topics=[retail])
    make_idea("Brunnen", number=3, topics=[vacancy])

    assert visitor.hits("/ideen/?q=laden&thema=leerstand") == [1]
    assert visitor.hits("/ideen/?q=laden") == [1, 2]
    assert visitor.hits("/ideen/?thema=leerstand") == [1, 3]


def test_title_names_word_and_number_of_hits(visitor):
    make_idea("Leerstand melden", number=1)
    make_idea("Leerstand füllen", number=2)

    page = visitor.page("/ideen/?q=Leerstand")

    assert "<title>Leerstand – 2 Ideen – Wissenskompendium Innenstadt</title>" in page
    assert "2 Ideen zu „Leerstand“" in page


@pytest.mark.parametrize(
    ("parameter", "field", "first", "second"),
    [
        ("aufwand", "effort", "gering", "hoch"),
        ("kosten", "cost", "mittel", "hoch"),
        ("horizont", "horizon", "kurzfristig", "langfristig"),
        ("phase", "phase", "impuls", "bindung"),
        ("reife", "maturity", "pilot", "erprobt"),
    ],
)
def test_fixed_facet_is_or_inside_and_knows_missing_values(visitor, parameter, field, first, second):
    make_idea(number=1, **{field: first})
    make_idea(number=2, **{field: second})
    make_idea(number=3, **{field: ""})

    assert visitor.hits(f"/ideen/?{parameter}={first}") == [1]
    assert visitor.hits(f"/ideen/?{parameter}={first}&{parameter}={second}") == [1, 2]
    assert visitor.hits(f"/ideen/?{parameter}=ohne") == [3]
    assert visitor.hits(f"/ideen/?{parameter}=ohne&{parameter}={second}") == [2, 3]


@pytest.mark.parametrize(
    ("parameter", "make", "related"),
    [("thema", make_topic, "topics"), ("akteur", make_actor, "actors"), ("groesse", make_city_size, "city_sizes")],
)
def test_facet_with_several_values_finds_each_idea_once(visitor, parameter, make, related):
    first, second = make("Erstes"), make("Zweites")
    make_idea(number=1, **{related: [first, second]})
    make_idea(number=2, **{related: [second]})
    make_idea(number=3)

    assert visitor.hits(f"/ideen/?{parameter}=erstes") == [1]
    assert visitor.hits(f"/ideen/?{parameter}=erstes&{parameter}=zweites") == [1, 2]
    assert visitor.hits(f"/ideen/?{parameter}=ohne") == [3]


def test_facet_of_the_field(visitor):
    make_idea(number=1, workshop=make_workshop("Digitalisierung"))
    make_idea(number=2, workshop=make_workshop("Revitalisierung"))
    make_idea(number=3)

    assert visitor.hits("/ideen/?workshop=digitalisierung") == [1]
    assert visitor.hits("/ideen/?workshop=digitalisierung&workshop=ohne") == [1, 3]


def test_facet_of_the_origin(visitor):
    make_idea(number=1, origin="workshop", documented_as=make_documented_idea())
    make_idea(number=2)

    assert visitor.hits("/ideen/?herkunft=workshop") == [1]
    assert visitor.hits("/ideen/?herkunft=redaktion") == [2]


def test_facet_of_city_labs_finds_ideas_with_an_example_there(visitor):
    bremen, other = make_lab("Bremen"), make_lab("Nürnberg")
    example_in = {number: make_idea(number=number) for number in (1, 2, 3)}
    make_example(example_in[1], "Bremen", municipalities=[bremen.municipality])
    make_example(example_in[1], "Bremen", "Zweites", municipalities=[bremen.municipality])
    make_example(example_in[2], "Nürnberg", municipalities=[other.municipality])
    make_example(example_in[3], "Anderswo")

    assert visitor.hits("/ideen/?stadtlabor=bremen") == [1]
    assert visitor.hits("/ideen/?stadtlabor=bremen&stadtlabor=nuernberg") == [1, 2]
    assert visitor.hits("/ideen/?stadtlabor=ohne") == [3]


def test_orders_end_on_the_number(visitor):
    newer, older = datetime.date(2026, 12, 1), datetime.date(2026, 1, 1)
    make_idea("Zirkus", number=1, version_date=older)
    make_idea("Äpfel", number=2, version_date=newer)
    make_idea("Apfel", number=3, version_date=newer)
    make_idea("Ball", number=4, version_date=older)
    Idea.objects.update(published_at=timezone.now() - datetime.timedelta(days=1))

    assert visitor.hits("/ideen/") == [1, 2, 3, 4]
    assert visitor.hits("/ideen/?sortierung=titel") == [2, 3, 4, 1]
    assert visitor.hits("/ideen/?sortierung=neu") == [2, 3, 1, 4]
    assert visitor.hits("/ideen/?sortierung=relevanz") == [1, 2, 3, 4]


def test_relevance_puts_title_before_summary_before_text(visitor):
    make_idea(number=1, problem="Hier geht es um Leerstand.")
    make_idea(number=2, summary="Leerstand in Kürze.")
    make_idea("Leerstand", number=3)

    assert visitor.hits("/ideen/?q=leerstand") == [3, 2, 1]
    assert visitor.hits("/ideen/?q=leerstand&sortierung=nummer") == [1, 2, 3]


def test_pages_of_twenty_keep_the_query_and_never_overlap(visitor):
    for number in range(1, 46):
        make_idea("Laden", number=number, slug=f"laden-{number}", effort="gering")

    pages = [visitor.hits(f"/ideen/?aufwand=gering&seite={page}") for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert [number for page in pages for number in page] == list(range(1, 46))
    html = visitor.page("/ideen/?aufwand=gering&seite=2")
    assert 'rel="prev" href="/ideen/?aufwand=gering&amp;seite=1"' in html
    assert 'rel="next" href="/ideen/?aufwand=gering&amp;seite=3"' in html
    assert visitor.hits("/ideen/?seite=alle") == list(range(1, 46))


@pytest.mark.parametrize(
    ("asked", "shown", "notice"),
    [("99", 3, "Sie sehen die letzte Seite"), ("zwei", 1, "Sie sehen die erste Seite"), ("0", 3, "Sie sehen")],
)
def test_page_that_does_not_exist_is_answered_with_another_and_a_notice(visitor, asked, shown, notice):
    for number in range(1, 46):
        make_idea(number=number)

    html = visitor.page(f"/ideen/?seite={asked}")

    assert notice in html
    assert 'name="robots" content="noindex"' in html
    assert visitor.hits(f"/ideen/?seite={asked}") == visitor.hits(f"/ideen/?seite={shown}")


def test_unknown_value_is_named_and_the_known_ones_still_count(visitor):
    make_idea(number=1, effort="gering")
    make_idea(number=2, effort="hoch")

    html = visitor.page("/ideen/?aufwand=gering&aufwand=riesig&sortierung=zufall&utm_source=x")

    assert visitor.hits("/ideen/?aufwand=gering&aufwand=riesig") == [1]
    assert "Den Wert „riesig“ gibt es bei „aufwand“ nicht" in html
    assert "Den Wert „zufall“ gibt es bei „sortierung“ nicht" in html
    assert "Den Wert „x“" not in html
    assert 'name="robots" content="noindex"' in html


def test_empty_parameters_are_dropped_from_the_address(visitor):
    response = visitor.get("/ideen/?q=&aufwand=gering&sortierung=&thema=")

    assert response.status_code == 302
    assert response["Location"] == "/ideen/?aufwand=gering"


def test_canonical_address_is_normalised(visitor):
    for number in range(1, 46):
        make_idea(number=number, effort="gering", cost="hoch")

    assert '<link rel="canonical" href="http://testserver/ideen/?aufwand=gering&amp;kosten=hoch">' in visitor.page(
        "/ideen/?kosten=hoch&seite=1&aufwand=gering&aufwand=gering&x=y"
    )
    assert '<link rel="canonical" href="http://testserver/ideen/?aufwand=gering&amp;seite=2">' in visitor.page(
        "/ideen/?seite=2&aufwand=gering"
    )


def test_too_long_word_is_explained_at_the_field(visitor):
    make_idea(number=1)

    html = visitor.page("/ideen/?q=" + "a" * 201)

    words = re.search(r'id="q-error">([^<]*)', html)[1]
    assert words == "Die Suche nimmt höchstens 200 Zeichen an, Ihre Eingabe hat 201. Bitte kürzen Sie sie."
    assert visitor.hits("/ideen/?q=" + "a" * 201) == [1]


def test_nothing_found_shows_ways_on(visitor):
    make_idea(number=1, effort="gering")

    html = visitor.main("/ideen/?q=xyzzy&aufwand=gering")

    assert "0 Ideen zu „xyzzy“" in html
    assert 'href="/ideen/?q=xyzzy"' in html
    assert 'href="/ideen/?aufwand=gering"' in html
    assert 'href="/themen/"' in html


def test_chosen_facets_are_open_checked_and_can_be_reset_keeping_the_word(visitor):
    make_idea("Laden", number=1, cost="hoch")

    html = visitor.page("/ideen/?q=laden&kosten=hoch")

    assert re.search(r'name="kosten" value="hoch" checked', html)
    assert re.search(r'<details class="facet" open>\s*<summary>\s*<h3>[^K]*</span>Kosten', html)
    assert '<a class="all" href="/ideen/?q=laden">Alle Filter zurücksetzen</a>' in html


def test_search_words_are_escaped(visitor):
    make_idea(number=1)

    html = visitor.page("/ideen/?q=" + quote('"><script>alert(1)</script>') + "&thema=" + quote("<b>x"))

    assert "alert(1)" in html
    assert "<script>" not in html
    assert "<b>x" not in html


def test_nothing_but_hits_links_to_ideas_inside_main(visitor):
    workshop = make_workshop()
    for number in (1, 2):
        make_idea(number=number, workshop=workshop, effort="gering" if number == 1 else "hoch")

    assert re.findall(r'href="(/ideen/\d[^"]*)"', visitor.main("/ideen/?aufwand=gering")) == [
        "/ideen/1-idee-1/?aufwand=gering"
    ]


def test_english_list_has_english_words_and_marks_german_content(visitor):
    make_idea("Laden auf Zeit", number=1, topics=[make_topic("Leerstand", name_en="Vacancy")], maturity="erprobt")

    html = visitor.page("/en/ideen/")

    assert '<html lang="en">' in html
    assert "1 idea" in html
    assert "Vacancy" in html
    assert "proven&nbsp;· 0 examples" in html
    assert "<span>Remember<" in html
    assert re.search(r'<h3 lang="de">.*?href="/en/ideen/1-laden-auf-zeit/">Laden auf Zeit', html, re.DOTALL)


def test_query_count_does_not_grow_with_the_list(visitor, django_assert_num_queries):
    def make(number):
        idea = make_idea(number=number, workshop=make_workshop(f"W{number}"), topics=[make_topic(f"T{number}")])
        make_example(idea)

    make(1)
    with django_assert_num_queries(17):
        visitor.page("/ideen/")

    make(2)
    make(3)
    with django_assert_num_queries(17):
        visitor.page("/ideen/")


JUNK = [
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "9" * 40,
    "-1",
    "1e9",
    "%F0%9F%8F%A0",
    "'; DROP TABLE ideas_idea;--",
    "%",
    "a" * 5000,
]
PARAMETERS = [
    "q",
    "workshop",
    "thema",
    "akteur",
    "phase",
    "aufwand",
    "kosten",
    "horizont",
    "groesse",
    "reife",
    "herkunft",
]
PARAMETERS += ["stadtlabor", "sortierung", "seite", "ansicht"]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_junk_in_a_parameter_never_breaks_the_list(visitor, parameter):
    make_idea(number=1)

    for junk in JUNK:
        for language in ("", "/en"):
            assert visitor.get(f"{language}/ideen/?{parameter}={junk}&{parameter}=x").status_code == 200


def test_a_flood_of_parameters_is_refused_politely(visitor):
    response = visitor.get("/ideen/?" + "&".join(f"thema={number}" for number in range(1500)))

    assert response.status_code == 400
