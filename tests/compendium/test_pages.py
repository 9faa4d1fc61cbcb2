"""The pages editors can change, and what the program shows beside their text."""

import datetime

import pytest
from django.utils import timezone

from compendium.models import OperatorData, Page
from tests.factories import (
    make_city_size,
    make_documented_idea,
    make_event,
    make_idea,
    make_page,
    make_size_class,
    make_source,
    make_workshop,
)
from tests.visits import queries, visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", Page.Slug.values)
def test_page_shows_title_text_and_date(client, slug):
    page = make_page(slug, title="Ein Titel", body="## Abschnitt\n\nEin *Satz*.")
    noon = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    Page.objects.filter(pk=page.pk).update(updated_at=noon)

    shown = visit(client, f"/{slug}/")

    assert "Ein Titel" in shown.text
    assert "Abschnitt Ein Satz." in shown.text
    assert "text-abschnitt" in shown.ids
    assert "Stand dieses Textes: 23. November 2026" in shown.text


def test_date_of_the_text_is_that_of_the_place(client):
    page = make_page("leichte-sprache")
    late = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)  # half past midnight in Berlin
    Page.objects.filter(pk=page.pk).update(updated_at=late)

    assert "23. November 2026" in visit(client, "/leichte-sprache/").text


def test_english_page_keeps_the_german_text_and_marks_it(client):
    make_page("ueber", body="Ein Satz.")

    page = visit(client, "/en/ueber/")

    assert "Text as of" in page.text
    assert page.language_of("Ein Satz.") == "de"
    assert page.language_of("What the assessments mean") == "en"


@pytest.mark.parametrize("address", ["/gibt-es-nicht/", "/en/gibt-es-nicht/", "/impressum/", "/en/ueber/"])
def test_unknown_or_missing_page_is_not_found(client, address):
    visit(client, address, status=404)


def test_page_accepts_reading_only(client):
    make_page("ueber")

    assert client.post("/ueber/").status_code == 405


def test_long_page_has_contents_and_short_one_has_none(client):
    make_page("datenschutz", body="## Eins\n\n## Zwei\n\n## Drei")
    make_page("impressum", body="## Eins")

    assert ("#text-zwei", None) in visit(client, "/datenschutz/").links
    assert ("#text-eins", None) not in visit(client, "/impressum/").links


def test_about_shows_the_event_in_figures_and_what_is_not_known(client):
    make_page("ueber")
    event = make_event(
        open_questions="Name des Verbands\nAdresse der Aufzeichnung", content_date=datetime.date(2026, 11, 23),
    )  # fmt: skip
    event.sources.add(make_source(title="Der runde Tisch"))

    text = visit(client, "/ueber/").text

    for words in (
        "113 Ideen entstanden", "72 Teilnehmende", "Der runde Tisch", "Name des Verbands",
        "Adresse der Aufzeichnung", "Stand der Inhalte: 23. November 2026",
        "Koordinaten und Einwohnerzahlen: GeoNames (CC BY 4.0)",
    ):  # fmt: skip
        assert words in text


def test_about_counts_published_entries_by_origin(client):
    make_page("ueber")
    make_idea()
    make_idea()
    make_idea(status="draft", published_at=None)
    make_idea(published_at=timezone.now() + datetime.timedelta(days=1))
    make_idea(origin="workshop", documented_as=make_documented_idea())

    page = visit(client, "/ueber/")

    assert "Zurzeit sind 3 Einträge veröffentlicht." in page.text
    assert "Aus der Workshopreihe: 1 Öffentliche Quellen nennen diese Idee" in page.text
    assert "Redaktionell ergänzt: 2 Von der Redaktion" in page.text
    assert ("/ideen/?herkunft=redaktion", None) in page.links


def test_about_explains_every_value(client):
    make_page("ueber")
    make_city_size("Kleinstadt und kleiner", text="bis 20.000 Einwohner:innen")
    make_size_class("Kleinstadt", lower=5_000, upper=20_000)

    text = visit(client, "/ueber/").text

    for words in (
        "Neben dem Tagesgeschäft zu schaffen", "Braucht ein Projektteam", "Eigener Haushaltsansatz",
        "Erste Wirkung in sechs bis 24 Monaten.", "Belegte Beispiele aus der Praxis.", "Anlass, die Innenstadt",
        "Kleinstadt und kleiner bis 20.000", "Kleinstadt (5.000 bis unter 20.000 Einwohner:innen)",
    ):  # fmt: skip
        assert words in text


def test_about_lists_the_ideas_public_sources_name(client):
    make_page("ueber")
    make_event(documented_ideas_note="Nur diese sind belegt.")
    workshop = make_workshop("Relokalisierung")
    shown = make_documented_idea(
        "Escape Rooms", workshop=workshop, phase="angebot", sources=[make_source(title="Ergebnisse")]
    )
    idea = make_idea("Escape Rooms in leeren Kellern", origin="workshop", documented_as=shown)

    page = visit(client, "/ueber/")

    assert "Nur diese sind belegt." in page.text
    assert "Escape Rooms Angebot Relokalisierung Escape Rooms in leeren Kellern Quelle [1]" in page.text
    assert "Ergebnisse" in page.text
    assert (idea.get_absolute_url(), None) in page.links


def test_about_does_not_give_away_a_draft(client):
    make_page("ueber")
    draft = {"status": "draft", "published_at": None, "origin": "workshop"}
    make_idea("Geheimer Entwurf", documented_as=make_documented_idea("Märkte", evidence="zuordnung"), **draft)

    text = visit(client, "/ueber/").text

    assert "Märkte (naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt)" in text
    assert "Geheimer Entwurf" not in text


def test_about_sorts_names_like_a_german_register(client):
    make_page("ueber")
    for title in ("Zoo-Schulen", "Öffentliche Kunst", "Plug-and-Play", "Ältere im Laden"):
        make_documented_idea(title)

    text = visit(client, "/ueber/").text

    order = ["Ältere im Laden", "Öffentliche Kunst", "Plug-and-Play", "Zoo-Schulen"]
    assert sorted(order, key=text.index) == order


def test_about_with_an_empty_database(client):
    make_page("ueber")

    text = visit(client, "/ueber/").text

    assert "Zurzeit sind 0 Einträge veröffentlicht." in text
    assert "Was wir nicht wissen" not in text


def test_about_needs_no_more_queries_for_more_records(client):
    make_page("ueber")
    event = make_event()
    add_documented_idea(event, "Märkte")
    with_one = queries(client, "/ueber/")

    add_documented_idea(event, "Silent Disco")
    add_documented_idea(event, "Zoo-Schulen")

    assert queries(client, "/ueber/") == with_one


def add_documented_idea(event, title):
    """One more idea that sources name, with its entry, workshop and sources."""
    event.sources.add(make_source())
    documented = make_documented_idea(title, workshop=make_workshop(f"Feld {title}"), sources=[make_source()])
    make_idea(origin="workshop", documented_as=documented)


@pytest.mark.parametrize(
    ("slug", "missing"),
    [
        (
            "impressum",
            ["Name des Betreibers", "Postanschrift", "E-Mail", "Telefon", "verantwortlich für den Inhalt"],
        ),
        ("datenschutz", ["Datenschutzbeauftragte Person", "Aufsichtsbehörde", "Hosting"]),
        ("barrierefreiheit", ["Kontakt für Barrieren", "Durchsetzungsstelle"]),
    ],
)
def test_missing_operator_data_are_named_in_public(client, slug, missing):
    make_page(slug)

    text = visit(client, f"/{slug}/").text

    assert "Diese Angaben hat der Betreiber der Website noch nicht eingetragen:" in text
    for name in missing:
        assert name in text


def test_operator_data_are_shown_where_they_belong(client):
    make_page("impressum")
    make_page("barrierefreiheit")
    OperatorData(
        name="Stadt Beispiel", address="Markt 1\n12345 Beispiel", email="post@stadt.example",
        accessibility_contact="Frau Zugang",
    ).save()  # fmt: skip

    imprint, accessibility = visit(client, "/impressum/"), visit(client, "/barrierefreiheit/")

    assert imprint.text.index("Stadt Beispiel") < imprint.text.index("Ein Text.")
    assert "Markt 1 12345 Beispiel" in imprint.text
    assert ("mailto:post@stadt.example", None) in imprint.links
    assert "Frau Zugang" not in imprint.text
    assert "Frau Zugang" in accessibility.text
    assert "Stadt Beispiel" not in accessibility.text


def test_complete_operator_data_leave_nothing_to_name(client):
    make_page("barrierefreiheit")
    OperatorData(accessibility_contact="Frau Zugang", enforcement_body="Stelle").save()

    assert "noch nicht eingetragen" not in visit(client, "/barrierefreiheit/").text


def test_contents_follow_the_heading_of_a_page(client):
    make_page("datenschutz", body="## Eins\n\n## Zwei\n\n## Drei")

    html = client.get("/datenschutz/").content.decode()

    assert html.index("<h1") < html.index('class="toc"') < html.index("<h2 id=")
