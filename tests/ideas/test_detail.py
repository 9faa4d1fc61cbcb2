"""The page of an idea, and what answers at numbers that are not public."""

import datetime
import re

import pytest
from django.utils import timezone

from ideas.models import Idea
from tests.factories import (
    make_actor,
    make_city_size,
    make_compared_idea,
    make_documented_idea,
    make_example,
    make_idea,
    make_municipality,
    make_size_class,
    make_source,
    make_topic,
    make_workshop,
)
from tests.visits import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_idea():
    """An idea with something in every field."""
    idea = make_idea(
        "Laden auf Zeit",
        number=9,
        summary="Ein Laden für drei Monate.",
        problem="Läden stehen leer.",
        approach="Die Stadt vermietet kurz.",
        steps="Läden suchen\nVertrag schließen",
        success_factors="Gute Lage",
        risks="Keiner kommt",
        workshop=make_workshop("Digitalisierung"),
        phase="angebot",
        effort="mittel",
        cost="hoch",
        horizon="kurzfristig",
        maturity="pilot",
        topics=[make_topic("Leerstand")],
        actors=[make_actor("Handel")],
        city_sizes=[make_city_size("Kleinstadt und kleiner", slug="kleinstadt", text="bis 20.000")],
        version=3,
        version_date=datetime.date(2026, 12, 24),
    )
    town = make_municipality("Offenburg", size_class=make_size_class(), population=59_238)
    make_example(
        idea, "Offenburg", "Ladenbörse", fact="Zehn Läden.", year=2024, municipalities=[town],
        source=make_source(url="https://www.stadt.example/laden", title=""),
    )  # fmt: skip
    return idea


def test_page_shows_every_field(visitor, full_idea):
    html = visitor.main("/ideen/9-laden-auf-zeit/")

    for text in (
        "Laden auf Zeit", "Ein Laden für drei Monate.", "Läden stehen leer.", "Die Stadt vermietet kurz.",
        "Läden suchen", "Vertrag schließen", "Gute Lage", "Keiner kommt", "Digitalisierung", "Angebote vor Ort",
        "Braucht eine verantwortliche Person", "Investition oder dauerhafte Finanzierung",
        "Erste Wirkung in weniger",
        "Einzelne Versuche sind belegt", "bis 20.000", "Offenburg, 2024: Ladenbörse", "Zehn Läden.",
        "Baden-Württemberg, Mittelstadt", "stadt.example", "Redaktionell ergänzt",
        "Zuletzt geändert am 24. Dezember 2026, Fassung 3", "redaktionelle Einschätzungen",
    ):  # fmt: skip
        assert text in html, text
    assert html.index("Läden suchen") < html.index("Vertrag schließen")
    assert re.search(r'<ol class="steps', html)
    assert "Aus der Workshopreihe" not in html


@pytest.mark.parametrize(
    "query",
    [
        "aufwand=mittel", "kosten=hoch", "horizont=kurzfristig", "reife=pilot", "phase=angebot", "thema=leerstand",
        "akteur=handel", "groesse=kleinstadt", "workshop=digitalisierung", "herkunft=redaktion",
    ],
)  # fmt: skip
def test_each_fact_leads_to_a_list_that_holds_the_idea(visitor, full_idea, query):
    make_idea(number=10)

    assert f'href="/ideen/?{query}"' in visitor.main("/ideen/9-laden-auf-zeit/")
    assert 9 in visitor.hits(f"/ideen/?{query}")


def test_missing_values_are_said_and_lead_to_their_list(visitor):
    make_idea("Leer", number=1)

    html = visitor.main("/ideen/1-leer/")

    for parameter in ("aufwand", "kosten", "horizont", "reife", "phase", "thema", "akteur", "groesse", "workshop"):
        assert f'<a href="/ideen/?{parameter}=ohne">nicht eingeschätzt</a>' in html
        assert visitor.hits(f"/ideen/?{parameter}=ohne") == [1]
    assert "Noch ist kein Beispiel belegt." in html


def test_citation_has_number_version_date_and_permanent_link(visitor, full_idea):
    html = visitor.main("/ideen/9-laden-auf-zeit/")

    assert (
        "Wissenskompendium Innenstadt. (2026, 24. Dezember). Laden auf Zeit (Idee 009, Fassung 3). "
        "http://testserver/ideen/9/" in html
    )
    assert "Idee 009. Fassung 3, 24. Dezember 2026 [Zugriff am: " in html
    assert 'href="/ideen/9-laden-auf-zeit/zitat.bib"' in html


def test_permanent_link_is_german_on_the_english_page_too(visitor, full_idea):
    assert 'href="http://testserver/ideen/9/"' in visitor.main("/en/ideen/9-laden-auf-zeit/")


def test_origin_names_where_an_idea_is_documented(visitor):
    digital, other = make_workshop("Digitalisierung"), make_workshop("Relokalisierung")
    source = make_source(title="Der Leitfaden", publisher="Ein Verband")
    named = make_documented_idea("Märkte", [source], phase="impuls", workshop=other)
    unnamed = make_documented_idea("Silent Disco", [source], evidence="zuordnung")
    make_idea("A", number=1, origin="workshop", documented_as=named, workshop=other)
    make_idea("B", number=2, origin="workshop", documented_as=unnamed, workshop=digital)

    first, second = visitor.main("/ideen/1-a/"), visitor.main("/ideen/2-b/")

    assert "„Märkte“" in first
    assert "für die Phase „Impuls“" in first
    assert "Die Quelle nennt den Workshop Relokalisierung." in first
    assert "Der Leitfaden" in first
    assert "Ein Verband" in first
    assert "Die Quellen sagen nicht, aus welchem Workshop sie stammt." in second
    assert "naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt" in second
    assert "aus dem Workshop Digitalisierung" not in second


def test_example_without_year_says_so_and_keeps_its_caveat(visitor):
    idea = make_idea("A", number=1)
    make_example(idea, year=None, evidence="ausgangstext")

    html = visitor.main("/ideen/1-a/")

    assert "Jahr nicht genannt" in html
    assert "bisher von keiner weiteren Seite bestätigt" in html


def test_examples_of_the_visitors_city_size_come_first(visitor):
    large = make_size_class("Große Großstadt", 500_000, None, slug="grosse-grossstadt")
    medium = make_size_class("Mittelstadt", 20_000, 100_000)
    idea = make_idea("A", number=1)
    make_example(
        idea, "Mittelberg", position=1, municipalities=[make_municipality("Mittelberg", size_class=medium)]
    )
    make_example(
        idea, "Großhausen", position=2, municipalities=[make_municipality("Großhausen", size_class=large)]
    )

    def places(address):
        return re.findall(r"<h3>(\w+):", visitor.main(address))

    assert places("/ideen/1-a/") == ["Mittelberg", "Großhausen"]
    assert places("/ideen/1-a/?groesse=grossstadt") == ["Großhausen", "Mittelberg"]
    assert places("/ideen/1-a/?groesse=unfug") == ["Mittelberg", "Großhausen"]


def test_previous_and_next_are_the_public_neighbours(visitor):
    make_idea("Eins", number=1)
    make_idea("Zwei", number=2, status="draft")
    make_idea("Drei", number=3)
    make_idea("Fünf", number=5)

    html = visitor.main("/ideen/3-drei/")

    assert re.search(r'rel="prev" href="/ideen/1-eins/"', html)
    assert re.search(r'rel="next" href="/ideen/5-fuenf/"', html)
    assert "Zwei" not in html


@pytest.mark.parametrize("address", ["/ideen/9/", "/ideen/9-alter-name/", "/ideen/9-x/?groesse=mittelstadt"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_any_other_slug_leads_to_the_present_one(visitor, full_idea, address, language):
    response = visitor.get(language + address)

    query = "?groesse=mittelstadt" if "?" in address else ""
    assert response.status_code == 301
    assert response["Location"] == f"{language}/ideen/9-laden-auf-zeit/{query}"


def test_way_back_leads_to_the_hits_the_visitor_came_from(visitor):
    make_idea("Laden eins", number=1, cost="hoch")
    make_idea("Laden zwei", number=2, cost="hoch")
    make_idea("Laden drei", number=3)

    (hit,) = re.findall(r'href="(/ideen/1-[^"]+)"', visitor.main("/ideen/?q=laden&kosten=hoch&seite=1"))
    html = visitor.main(hit.replace("&amp;", "&"))

    assert '<a href="/ideen/?q=laden&amp;kosten=hoch">← Zurück zu 2 Treffern</a>' in html
    assert "← Zurück" not in visitor.main("/ideen/1-laden-eins/")
    assert "← Zurück" not in visitor.main("/ideen/1-laden-eins/?kosten=unfug")


@pytest.mark.parametrize("status", ["draft", "review"])
def test_drafts_and_reviews_are_not_found(visitor, status):
    make_idea("Geheim", number=1, status=status)

    for address in ("/ideen/1/", "/ideen/1-geheim/", "/en/ideen/1-geheim/"):
        assert "Geheim" not in visitor.page(address, status=404)


def test_scheduled_idea_is_not_found_before_its_time(visitor):
    make_idea("Morgen", number=1, published_at=timezone.now() + datetime.timedelta(minutes=1))

    visitor.page("/ideen/1-morgen/", status=404)


def test_archived_idea_answers_gone_and_says_why(visitor):
    make_idea("Alt", number=1, status="archived", archive_note="Das Projekt gibt es nicht mehr.")

    html = visitor.page("/ideen/1-egal/", status=410)

    assert "Das Projekt gibt es nicht mehr." in html
    assert 'href="/ideen/"' in html
    assert "This entry was archived" in visitor.page("/en/ideen/1/", status=410)


def test_merged_idea_leads_to_its_successor_through_any_number_of_mergers(visitor):
    target = make_idea("Ziel", number=3)
    middle = make_idea(number=2, status="archived", merged_into=target)
    make_idea(number=1, status="archived", merged_into=middle)

    assert visitor.get("/ideen/1-x/")["Location"] == "/ideen/3-ziel/"
    assert visitor.get("/en/ideen/2/")["Location"] == "/en/ideen/3-ziel/"


def test_circle_of_mergers_ends_as_gone(visitor):
    first = make_idea(number=1, status="archived")
    second = make_idea(number=2, status="archived", merged_into=first)
    Idea.objects.filter(pk=first.pk).update(merged_into=second)

    visitor.page("/ideen/1/", status=410)


def test_merged_into_an_unpublished_idea_is_gone(visitor):
    make_idea(number=1, status="archived", merged_into=make_idea(number=2, status="draft"))

    visitor.page("/ideen/1/", status=410)


@pytest.mark.parametrize(
    "address",
    [
        "/ideen/0/",
        "/ideen/999/",
        "/ideen/" + "9" * 40 + "/",
        "/ideen/" + "9" * 5000 + "-x/",
        "/ideen/-1/",
        "/ideen/1-ä/",
    ],
)
def test_impossible_numbers_are_not_found(visitor, address):
    make_idea(number=1)

    visitor.page(address, status=404)


def test_english_page_marks_german_content(visitor, full_idea):
    html = visitor.page("/en/ideen/9-laden-auf-zeit/")

    assert '<h1 lang="de">Laden auf Zeit</h1>' in html
    assert "How it is done" in html
    assert "medium" in html
    assert 'hreflang="de" href="http://testserver/ideen/9-laden-auf-zeit/"' in html


def test_page_has_title_description_and_canonical_link(visitor, full_idea):
    html = visitor.page("/ideen/9-laden-auf-zeit/?groesse=mittelstadt")

    assert "<title>Laden auf Zeit – Idee 009 – Wissenskompendium Innenstadt</title>" in html
    assert '<meta name="description" content="Ein Laden für drei Monate.">' in html
    assert '<link rel="canonical" href="http://testserver/ideen/9-laden-auf-zeit/">' in html


def test_content_is_escaped(visitor):
    make_idea("<b>fett</b>", slug="fett", number=1, problem="<script>alert(1)</script>")

    html = visitor.page("/ideen/1-fett/")

    assert "<script>" not in html
    assert "<b>fett" not in html


def test_page_leads_to_similar_ideas_and_says_why(visitor):
    make_compared_idea("Ladenbörse", number=1, summary="Quitte")
    assert "Ähnliche Ideen" not in visitor.main("/ideen/1-ladenboerse/")
    make_compared_idea("Börse", number=2, summary="Quitte", workshop=make_workshop("Digitalisierung"))

    html = visitor.main("/ideen/1-ladenboerse/")

    section = re.search(r'<h2 id="aehnlich">Ähnliche Ideen</h2>.*?</section>', html, re.DOTALL).group()
    assert re.findall(r'href="([^"]+)"', section) == ["/ideen/2-boerse/"]
    assert "Quitte" in section
    assert '<ul class="index cols plain" lang="de">' in visitor.main("/en/ideen/1-ladenboerse/")


def test_query_count_does_not_grow_with_similar_ideas(visitor):
    make_idea("Quitte", number=1)
    make_idea("Quitte 2a", number=2)
    with_one = queries(visitor, "/ideen/1-quitte/")
    for number in range(3, 9):
        make_idea(f"Quitte {number}a", number=number, workshop=make_workshop(f"Feld {number}"))

    assert queries(visitor, "/ideen/1-quitte/") == with_one


def test_query_count_does_not_grow_with_examples(visitor, django_assert_num_queries):
    idea = make_idea("A", number=1, topics=[make_topic()])

    def example(name):
        town = make_municipality(name, size_class=make_size_class(name, lower=len(name) * 1000, upper=None))
        make_example(idea, name, municipalities=[town])

    example("A")
    with django_assert_num_queries(10):
        visitor.page("/ideen/1-a/")

    example("BB")
    example("CCC")
    with django_assert_num_queries(10):
        visitor.page("/ideen/1-a/")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Laden und Online-Marktplatz", None),
        ("Leerstandskataster", "long"),
        ("Zukunft der Innenstadtentwicklung", "longer"),
        ("Passantenfrequenzmessung in der Stadt", "longest"),
    ],
)
def test_title_with_a_long_word_gets_room(visitor, title, name):
    html = visitor.main(make_idea(title).get_absolute_url())

    expected = f'<h1 class="{name}">{title}</h1>' if name else f"<h1>{title}</h1>"
    assert expected in html


def test_chapters_stand_in_the_order_of_the_contents(visitor):
    idea = make_idea(problem="Leere", approach="Miete", steps="Anfangen", success_factors="Mut", risks="Geld")

    html = visitor.main(idea.get_absolute_url())

    contents = re.findall(r'<li><a href="#(\w+)">', html)
    assert contents == re.findall(r'<h2 id="(\w+)">', html)[: len(contents)]
    assert contents[-3:] == ["beispiele", "herkunft", "zitat"]
