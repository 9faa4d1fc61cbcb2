"""Topics: the list and the page of one."""

import re

import pytest

from tests.factories import make_idea, make_topic

pytestmark = pytest.mark.django_db


def test_topics_stand_in_alphabetical_order_with_published_ideas_counted(visitor):
    vacancy, green = make_topic("Leerstand", text="Leere Läden."), make_topic("Grün und Klima")
    make_topic("Öffentlicher Raum")
    make_topic("Onlinehandel")
    make_idea(topics=[vacancy, green])
    make_idea(topics=[vacancy])
    make_idea(topics=[vacancy], status="draft")

    html = visitor.main("/themen/")

    names = re.findall(r'<a href="/themen/[^"]+">([^<]+)</a>', html)
    assert names == ["Grün und Klima", "Leerstand", "Öffentlicher Raum", "Onlinehandel"]
    assert re.findall(r"(\d+) Ideen?<", html) == ["1", "2", "0", "0"]
    assert "Leere Läden." in html


def test_topic_page_shows_its_published_ideas_by_number(visitor):
    vacancy = make_topic("Leerstand", text="Leere Läden.")
    make_idea("Zwei", number=2, topics=[vacancy])
    make_idea("Eins", number=1, topics=[vacancy])
    make_idea("Geheim", number=3, topics=[vacancy], status="draft")
    make_idea("Anderes", number=4)

    html = visitor.main("/themen/leerstand/")

    assert visitor.hits("/themen/leerstand/") == [1, 2]
    assert "2 Ideen" in html
    assert "Leere Läden." in html
    assert 'href="/ideen/?thema=leerstand"' in html
    assert "Geheim" not in html


def test_topic_without_ideas_leads_on(visitor):
    make_topic("Leerstand")

    assert 'href="/themen/"' in visitor.main("/themen/leerstand/")


def test_unknown_topic_is_not_found(visitor):
    visitor.page("/themen/gibtsnicht/", status=404)


def test_english_page_has_the_english_name(visitor):
    make_topic("Leerstand", name_en="Vacancy", text="Leere Läden.")

    html = visitor.page("/en/themen/leerstand/")

    assert "<h1>Vacancy</h1>" in html
    assert '<p class="lead" lang="de">Leere Läden.</p>' in html


def test_query_count_does_not_grow(visitor, django_assert_num_queries):
    vacancy = make_topic("Leerstand")
    make_idea(topics=[vacancy])
    for address, queries in (("/themen/", 1), ("/themen/leerstand/", 3)):
        with django_assert_num_queries(queries):
            visitor.page(address)

    make_idea(topics=[vacancy, make_topic("Zwei")])
    make_idea(topics=[vacancy, make_topic("Drei")])
    for address, queries in (("/themen/", 1), ("/themen/leerstand/", 3)):
        with django_assert_num_queries(queries):
            visitor.page(address)
