"""The start page: every number follows the database."""

import re

import pytest

from ideas.models import Idea
from tests.factories import make_event, make_example, make_idea, make_lab, make_source, make_topic, make_workshop
from workshops.models import Event

pytestmark = pytest.mark.django_db


def tiles(client):
    """The large numbers of the page with the words beside them."""
    html = client.get("/").content.decode()
    found = re.findall(r'<div class="tile"><b>(\d+)</b><span class="small">(.*?)</span></div>', html)
    return {re.sub("<[^>]+>", "", words): int(number) for number, words in found}


def test_figures_of_the_event_follow_its_record(client):
    make_event()

    assert tiles(client) | {
        "Workshops": 3, "Menschen nahmen teil": 72, "Ideen entstanden": 113, "Stadtlabore": 4,
        "weitere Kommunen für ein digitales Leerstandsregister": 15,
    } == tiles(client)  # fmt: skip

    Event.objects.update(
        workshop_count=5, participant_count=80, idea_count=120, lab_count=6, municipality_count=17
    )

    assert [tiles(client)[name] for name in list(tiles(client))[:5]] == [5, 80, 120, 6, 17]


def test_entries_and_examples_are_counted(client):
    make_event()
    make_example(make_idea())
    make_idea()
    make_example(make_idea(status="draft"))

    assert tiles(client)["Einträge im Kompendium"] == 2
    assert tiles(client)["belegte Beispiele mit Ort und Quelle"] == 1
    assert "Eine Straße aus 2 Ideen" in client.get("/").content.decode()

    Idea.objects.filter(status="published").first().delete()

    assert tiles(client)["Eintrag im Kompendium"] == 1


def test_figures_stand_beside_their_source(client):
    make_event().sources.add(make_source(url="https://quelle.example/bericht", title="Der Bericht"))

    assert (
        '<a href="https://quelle.example/bericht" rel="external">Der Bericht</a>'
        in client.get("/").content.decode()
    )


def test_street_leads_to_every_public_idea_by_field(client):
    make_idea("Alt", number=1, workshop=make_workshop("Revitalisierung"))
    make_idea("Netz", number=2, workshop=make_workshop("Digitalisierung"))
    make_idea("Ohne", number=3)
    make_idea("Geheim", number=4, status="draft")

    html = client.get("/").content.decode()

    assert re.findall(r'<li><a href="/ideen/(\d)-', html) == ["1", "2", "3"]
    assert "Geheim" not in html


def test_topics_and_labs_are_ways_in(client):
    make_idea(topics=[make_topic("Leerstand")])
    make_topic("Unbenutzt")
    make_lab("Bremen")

    html = client.get("/").content.decode()

    assert 'href="/themen/leerstand/"' in html
    assert "Unbenutzt" not in html
    assert 'href="/stadtlabore/bremen/"' in html


def test_search_form_leads_to_the_list(client):
    html = client.get("/").content.decode()

    form = re.search(r'<form[^>]*role="search".*?</form>', html, re.DOTALL).group()
    assert 'action="/ideen/" method="get"' in form
    assert '<input id="q" type="search" name="q"' in form
    assert html.count('name="q"') == 1


def test_empty_database_shows_a_friendly_page(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "Das Kompendium enthält noch keine veröffentlichten Ideen." in response.content.decode()


def test_english_page(client):
    make_event()
    make_idea()

    html = client.get("/en/").content.decode()

    assert "A street of one idea" in html
    assert "people took part" in html
    assert 'href="/en/ideen/"' in html


def test_query_count_does_not_grow(client, django_assert_num_queries):
    make_event()

    def make(number):
        make_example(
            make_idea(number=number, workshop=make_workshop(f"W{number}"), topics=[make_topic(f"T{number}")])
        )
        make_lab(f"L{number}")

    make(1)
    with django_assert_num_queries(7):
        client.get("/")

    make(2)
    make(3)
    with django_assert_num_queries(7):
        client.get("/")
