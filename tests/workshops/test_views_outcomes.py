"""The page of the outcomes: the event itself, its history, and what became of it."""

import datetime

import pytest

from tests.factories import (
    make_event,
    make_lab,
    make_milestone,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_participant,
    make_sector,
    make_size_class,
    make_source,
    make_workshop,
)
from tests.visits import queries, visit
from workshops.participants import withdraw

pytestmark = pytest.mark.django_db
ADDRESS = "/ergebnisse/"


def test_event_with_its_facts_and_the_source_of_its_figures(client):
    event = make_event(
        title="Abschluss des runden Tisches", organizer="Ministerium", text="Am Ende stand ein Fest.",
        format="Workshopreihe", documentation="Wissenskompendium", documentation_announced="Mitte Juli 2021",
    )  # fmt: skip
    event.sources.add(make_source(title="Der runde Tisch", publisher="Zeitung", url="https://quelle.example/1"))

    page = visit(client, ADDRESS)

    for words in (
        "Abschluss des runden Tisches", "Ministerium", "Am Ende stand ein Fest.", "Workshopreihe", "21. Juni 2021",
        "Wissenskompendium, angekündigt für Mitte Juli 2021", "3 Workshops", "72 Teilnehmende",
        "113 Ideen entstanden", "4 Stadtlabore", "15 weitere Kommunen für ein Leerstandsregister",
        "Der runde Tisch, Zeitung",
    ):  # fmt: skip
        assert words in page.text
    assert ("https://quelle.example/1", "external") in page.links


def test_recording_without_address_is_said_to_be_unknown(client):
    make_event(
        recording_platform="Vimeo", recording_note="Bis zur Klärung kein Link.", recording_evidence="ausgangstext"
    )

    text = visit(client, ADDRESS).text

    assert "Vimeo, Adresse nicht bekannt (bisher von keiner weiteren Seite bestätigt)" in text
    assert "Bis zur Klärung kein Link." in text


def test_recording_with_address_is_linked(client):
    make_event(recording_platform="Vimeo", recording_url="https://video.example/1")

    page = visit(client, ADDRESS)

    assert ("https://video.example/1", "external") in page.links
    assert "Adresse nicht bekannt" not in page.text


def test_history_with_strands_concept_and_video(client):
    make_milestone(
        make_event(), "Virtueller runder Tisch", date=datetime.date(2020, 10, 20), date_precision="day",
        text="Den Auftakt bildete ein Gespräch.", strands="Umnutzung\nDigitalisierung", concept="IFH Köln",
        participants_note="20 oder rund 25 Fachleute", evidence="ausgangstext",
        video=make_source(title="Pressekonferenz", url="https://video.example/2"),
        sources=[make_source(title="Bericht")],
    )  # fmt: skip

    page = visit(client, ADDRESS)

    for words in (
        "20. Oktober 2020", "Virtueller runder Tisch", "Den Auftakt bildete ein Gespräch.", "Umnutzung",
        "IFH Köln", "20 oder rund 25 Fachleute", "Pressekonferenz", "Bericht", "von keiner weiteren Seite",
    ):  # fmt: skip
        assert words in page.text
    assert ("https://video.example/2", "external") in page.links


def test_sectors_with_sources_but_no_distribution(client):
    make_event(participant_count=72)
    make_sector("Gastronomie", sources=[make_source(title="Der runde Tisch")])
    make_sector("Handel", sources=[make_source(title="Das Heft")])

    page = visit(client, ADDRESS)

    assert "72 Menschen nahmen teil." in page.text
    assert "Gastronomie Quelle [1] Handel Quelle [2]" in page.text
    assert "Der runde Tisch" in page.text
    assert "Die Verteilung auf Branchen und Workshops ist nicht bekannt." in page.text


def test_sectors_that_share_their_sources_carry_no_numbers(client):
    source = make_source(title="Der runde Tisch")
    make_sector("Gastronomie", sources=[source])
    make_sector("Handel", sources=[source])

    page = visit(client, ADDRESS)

    assert "Genannt werden diese Branchen: Gastronomie Handel Die Verteilung" in page.text
    assert page.text.count("Der runde Tisch") == 1


def test_a_participant_without_consent_appears_nowhere(client):
    make_event()
    make_participant(organization="Geheime GmbH")

    text = visit(client, ADDRESS).text

    assert "Geheime GmbH" not in text
    assert "Namen von Teilnehmenden zeigen wir nur mit ihrer Zustimmung." in text


def test_a_participant_with_consent_is_named(client):
    make_event()
    known = {"organization": "Muster KG", "consented_on": datetime.date(2026, 1, 5)}
    make_participant(name="Erika Muster", **known)
    make_participant(name="Max Muster", consent_scope="organization", **known)
    make_participant(name="Uta Muster", consent_scope="all", **known).workshops.add(
        make_workshop("Relokalisierung")
    )

    text = visit(client, ADDRESS).text

    for words in ("nennen wir: Erika MusterMax Muster, Muster KG", "Uta Muster, Muster KG (Relokalisierung)"):
        assert words in text


def test_a_withdrawn_name_is_gone_at_once(client):
    make_event()
    participant = make_participant(name="Erika Muster", consented_on=datetime.date(2026, 1, 5))
    assert "Erika Muster" in visit(client, ADDRESS).text

    withdraw(participant)

    assert "Erika Muster" not in visit(client, ADDRESS).text


def test_outcome_with_organization_note_and_date(client):
    make_outcome(
        "Akademie für Städte", text="Die Akademie ist gestartet.", organization="Stadtretter", note="Name offen",
        date=datetime.date(2021, 1, 1), date_precision="month", date_evidence="ausgangstext",
        sources=[make_source(title="Ein Jahr")],
    )  # fmt: skip

    page = visit(client, ADDRESS)

    assert "Januar 2021 (bisher von keiner weiteren Seite bestätigt)" in page.text
    for words in ("Akademie für Städte", "Die Akademie ist gestartet.", "Stadtretter", "Name offen", "Ein Jahr"):
        assert words in page.text
    assert ("#akademie-fuer-staedte", None) in page.links
    assert "akademie-fuer-staedte" in page.ids


def test_details_with_facts_sources_and_caveat(client):
    make_outcome_detail(
        make_outcome("NRW-Studie"), "Wahrscheinlich gemeint", text="Eine Studie.",
        facts="Auftrag: Land\nohne Wort", evidence="zuordnung", sources=[make_source(title="Zukunft der Städte")],
    )  # fmt: skip

    text = visit(client, ADDRESS).text

    for words in ("Wahrscheinlich gemeint", "Eine Studie.", "Auftrag Land", "ohne Wort", "Zukunft der Städte"):
        assert words in text
    assert "(naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt)" in text


def test_partners_of_lean_are_named_with_their_own_sources(client):
    lab = make_municipality(
        "Bremen", state="Freie Hansestadt Bremen", is_lean_partner=True, size_class=make_size_class("Großstadt"),
        size_note="an der Grenze", lean_note="nur in einer Liste genannt", note="ein Hinweis",
    )  # fmt: skip
    lab.lean_sources.add(make_source(title="Projektseite", publisher="WFMG"))
    make_lab("Bremen")
    make_municipality("Erfurt", is_lean_partner=True)
    make_municipality("Offenburg")

    page = visit(client, ADDRESS)

    for words in (
        "Bremen Stadtlabor ein Hinweis Freie Hansestadt Bremen Großstadt (an der Grenze) Quelle [1]", "Erfurt",
        "nur in einer Liste genannt", "Projektseite, WFMG",
    ):  # fmt: skip
        assert words in page.text
    assert "Offenburg" not in page.text
    assert ("/stadtlabore/bremen/", None) in page.links


def test_the_figure_15_and_the_list_of_partners_stay_apart(client):
    event = make_event(municipality_count=15, municipalities_note="Belegt ist die Teilnahme am Projekt.")
    event.sources.add(make_source(title="Quelle der Zahl"))
    register = make_outcome("Leerstandsregister", text="15 weitere Kommunen haben sich zusammengetan.")
    make_outcome_detail(register, "Ist LeAn das Register?", text="Das sagt keine Quelle.", evidence="zuordnung")
    make_outcome("Später Genanntes")
    make_municipality("Trier", is_lean_partner=True).lean_sources.add(make_source(title="Quelle der Liste"))

    text = visit(client, ADDRESS).text

    order = [
        "15 weitere Kommunen für", "Quelle der Zahl", "15 weitere Kommunen haben", "Das sagt keine Quelle.",
        "Namentlich genannte Partner", "Belegt ist die Teilnahme am Projekt.", "Ob es dieselben sind", "Trier",
        "Quelle der Liste",
    ]  # fmt: skip
    assert sorted(order, key=text.rindex) == order
    assert "die 15 weiteren Kommunen" not in text


def test_partners_are_shown_without_an_outcome_to_stand_beside(client):
    make_municipality("Trier", is_lean_partner=True)

    assert "Trier" in visit(client, ADDRESS).text


def test_size_classes_are_explained(client):
    make_size_class("Kleinstadt", lower=5_000, upper=20_000)
    make_size_class("Große Großstadt", lower=500_000, upper=None)
    make_municipality("Trier", is_lean_partner=True)

    text = visit(client, ADDRESS).text

    assert (
        "Kleinstadt (5.000 bis unter 20.000 Einwohner:innen), Große Großstadt (ab 500.000 Einwohner:innen)" in text
    )
    assert "allgemein bekannt, ohne Einzelnachweis" in text


def test_empty_database_says_so(client):
    assert "Zu den Ergebnissen ist noch nichts eingetragen." in visit(client, ADDRESS).text


def test_english_page_marks_german_content(client):
    make_event(documentation_announced="Mitte Juli 2021")

    page = visit(client, "/en/ergebnisse/")

    assert "21 June 2021" in page.text
    assert page.language_of("announced for") == "en"
    assert page.language_of("Mitte Juli 2021") == "de"


def test_page_accepts_reading_only(client):
    assert client.post(ADDRESS).status_code == 405


def test_more_records_need_no_more_queries(client):
    event = make_event()
    add_one_of_each(event, "Bremen")
    with_one = queries(client, ADDRESS)

    add_one_of_each(event, "Erfurt")
    add_one_of_each(event, "Trier")

    assert queries(client, ADDRESS) == with_one


def add_one_of_each(event, name):
    """One more of everything the page lists, each with a source."""
    event.sources.add(make_source())
    make_milestone(event, f"Auftakt {name}", sources=[make_source()], video=make_source())
    make_sector(f"Branche {name}", sources=[make_source()])
    make_municipality(name, is_lean_partner=True).lean_sources.add(make_source())
    make_lab(name)
    make_participant(name=name, consented_on=datetime.date(2026, 1, 5))
    outcome = make_outcome(f"Ergebnis {name}", sources=[make_source()])
    make_outcome_detail(outcome, f"Einzelheit {name}", sources=[make_source()])
