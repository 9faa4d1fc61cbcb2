"""What the book holds: published entries only, in parts, with registers and all that is not known."""

import datetime
import json

import pytest
from django.utils import timezone
from django.utils.translation import override

from compendium.book.contents import contents
from compendium.models import OperatorData
from tests.factories import (
    make_documented_idea,
    make_event,
    make_example,
    make_idea,
    make_lab,
    make_lab_project,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_page,
    make_source,
    make_topic,
    make_workshop,
)
from tests.factories import numbers as unused

from .conftest import address

pytestmark = pytest.mark.django_db


def chapter(book, title):
    """The chapter with that title."""
    return next(each for each in book["chapters"] if each["title"] == title)


def titles(book):
    """The titles of all chapters."""
    return [each["title"] for each in book["chapters"]]


def numbers(book, title):
    """The numbers of the entries of a part."""
    return [entry["number"] for entry in chapter(book, title)["entries"]]


def test_parts_follow_the_workshops_and_end_with_entries_without_a_field():
    second, first = make_workshop("Digitalisierung", position=2), make_workshop("Revitalisierung", position=1)
    make_workshop("Relokalisierung", position=3)
    for number, workshop in ((4, first), (2, second), (3, None), (1, first)):
        make_idea(number=number, workshop=workshop)

    with override("en"):
        book = contents(address)

    assert titles(book)[2:5] == ["Revitalisierung", "Digitalisierung", "Ohne Themenfeld"]
    assert [numbers(book, title) for title in titles(book)[2:5]] == [[1, 4], [2], [3]]


def test_only_published_entries_get_into_the_book():
    workshop = make_workshop()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    topic, town = make_topic("Nur im Entwurf"), make_municipality("Geheimstadt")
    make_idea("Öffentlich", number=1, workshop=workshop)
    hidden = [
        make_idea("Entwurf", number=2, workshop=workshop, status="draft", topics=[topic]),
        make_idea("Prüfung", number=3, workshop=workshop, status="review"),
        make_idea("Archiviert", number=4, status="archived"),
        make_idea("Zukünftig", number=5, workshop=workshop, published_at=tomorrow),
    ]
    for idea in hidden:
        make_example(idea, "Geheimstadt", municipalities=[town], source=make_source(title=f"Quelle {idea.title}"))

    book = json.dumps(contents(address), ensure_ascii=False)

    assert "Öffentlich" in book
    assert [
        words
        for words in ("Entwurf", "Prüfung", "Archiviert", "Zukünftig", "Geheimstadt", "Nur im Entwurf")
        if words in book
    ] == []


def test_registers_lead_from_topics_places_and_sources_to_entries():
    source = make_source(url="https://www.b-quelle.example/x", title="Die Quelle", publisher="Verband")
    other = make_source(url="https://a-quelle.example/y")
    ueben, essen = (
        make_municipality("Übendorf", state="Hessen"),
        make_municipality("Essen", state="Nordrhein-Westfalen"),
    )
    leerstand = make_topic("Leerstand")
    one = make_idea("Eins", number=1, topics=[leerstand, make_topic("Ältere")])
    two = make_idea(
        "Zwei",
        number=2,
        topics=[leerstand],
        origin="workshop",
        documented_as=make_documented_idea(sources=[other]),
    )
    make_example(one, "Übendorf und Essen", municipalities=[ueben, essen], source=source)
    make_example(one, "Essen", "Nochmal", municipalities=[essen], source=other)
    make_example(two, "Region ohne Ort", source=source)

    book = contents(address)

    assert [(each["name"], [entry["plate"] for entry in each["entries"]]) for each in book["topics"]] == [
        ("Ältere", ["001"]), ("Leerstand", ["001", "002"]),
    ]  # fmt: skip
    assert book["places"] == [
        {"name": "Essen", "region": "Nordrhein-Westfalen", "plates": ["001"]},
        {"name": "Region ohne Ort", "region": "", "plates": ["002"]},
        {"name": "Übendorf", "region": "Hessen", "plates": ["001"]},
    ]
    berlin = make_municipality("Berlin", state="Berlin")
    make_example(two, "Berlin", municipalities=[berlin], source=source)
    assert contents(address)["places"][0] == {"name": "Berlin", "region": "", "plates": ["002"]}
    assert [(each["name"], each["plates"]) for each in book["sources"]] == [
        ("a-quelle.example", ["001", "002"]), ("Die Quelle, Verband", ["001", "002"]),
    ]  # fmt: skip


def test_numbers_are_facts_of_the_event_or_counted():
    event = make_event(participant_count=71, open_questions="Was fehlt?\nUnd das?")
    event.sources.set([make_source(title="Schlussbericht")])
    make_idea(number=1)
    make_idea(number=2, origin="workshop", documented_as=make_documented_idea())

    book = contents(address)

    sections = {
        section["title"]: section["blocks"] for section in chapter(book, "Woher die Einträge stammen")["sections"]
    }
    figures = [row["number"] for row in sections["Der runde Tisch in Zahlen"][0]["rows"]]
    assert figures == ["3", "71", "113", "4", "15"]
    assert sections["Der runde Tisch in Zahlen"][1]["items"][0]["name"] == "Schlussbericht"
    assert [row["number"] for row in sections["Die Einträge nach Herkunft"][0]["rows"]] == ["2", "1", "1"]
    assert sections["Was wir nicht wissen"][0]["items"] == ["Was fehlt?", "Und das?"]
    assert book["cover"]["subtitle"] == "2 Ideen für lebendige Innenstädte"
    assert "1 Einträge sind in öffentlichen Quellen" in book["cover"]["origin"]


def test_imprint_names_what_the_operator_has_not_entered():
    OperatorData(name="Stadt Musterstadt", address="Markt 1\n12345 Musterstadt").save()
    make_page("impressum", body="## Inhalte\n\nMit *Sorgfalt* und [Regeln](https://regeln.example/).")

    sections = {section["title"]: section["blocks"] for section in contents(address)["imprint"]["sections"]}

    rows = {row["label"]: row["items"] for row in sections["Angaben des Betreibers"][0]["rows"]}
    assert rows["Name des Betreibers"] == ["Stadt Musterstadt"]
    assert rows["Postanschrift"] == ["Markt 1", "12345 Musterstadt"]
    assert rows["E-Mail"] == ["noch nicht eingetragen"]
    assert {"text": "Regeln", "url": "https://regeln.example/", "emph": False} in sections["Inhalte"][0]["items"][
        0
    ]
    edition = {row["label"]: row["items"] for row in sections["Diese Ausgabe"][0]["rows"]}
    assert edition["Dieses Buch"] == [address("/kompendium.pdf")]


def test_labs_and_outcomes_come_with_projects_details_and_caveats():
    lab = make_lab("Bremen", sources=[make_source(title="Laborquelle")])
    make_lab_project(lab, "Pop-up-Store", period="", evidence="zuordnung")
    idea = make_idea("Hafenmarkt", number=7)
    make_example(idea, "Bremen", municipalities=[lab.municipality])
    outcome = make_outcome("Leitfaden", note="Titel nicht belegt.")
    make_outcome_detail(outcome, "Inhalt", facts="Umfang: 40 Seiten\nohne Bezeichnung")

    book = contents(address)

    blocks = chapter(book, "Stadtlabore")["sections"][0]["blocks"]
    assert {"kind": "small", "text": "Zeitraum nicht belegt"} in blocks
    assert any("naheliegende Zuordnung" in str(block.get("text")) for block in blocks)
    assert {"kind": "entries", "items": [{"plate": "007", "title": "Hafenmarkt"}]} in blocks
    blocks = chapter(book, "Der runde Tisch und was daraus wurde")["sections"][0]["blocks"]
    assert {"kind": "notice", "text": "Titel nicht belegt."} in blocks
    assert {"label": "–", "items": ["ohne Bezeichnung"]} in [
        row for block in blocks if block["kind"] == "facts" for row in block["rows"]
    ]
    assert "Laborquelle" in [source["name"] for source in book["sources"]]


def test_same_query_count_with_1_and_3_of_everything(django_assert_max_num_queries):
    counts = []
    for count in (1, 2):
        for _each in range(count):
            name = f"Nr. {next(unused)}"
            idea = make_idea(workshop=make_workshop(name), topics=[make_topic(name)])
            lab = make_lab(name)
            make_example(idea, municipalities=[lab.municipality])
            make_lab_project(lab)
            make_outcome_detail(make_outcome(name), f"Mehr zu {name}")
        with django_assert_max_num_queries(60) as captured:
            contents(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
