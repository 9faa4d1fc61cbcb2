"""One entry as documents show it."""

import datetime

import pytest
from django.utils.translation import override

from ideas.exports import dossier
from ideas.models import Idea
from tests.factories import (
    make_actor,
    make_documented_idea,
    make_example,
    make_idea,
    make_municipality,
    make_size_class,
    make_source,
    make_topic,
    make_workshop,
)

pytestmark = pytest.mark.django_db


def address(path):
    """A full address."""
    return f"https://kompendium.example{path}"


def dossier_of(number, note=""):
    """The dossier of the idea with that number, asked for on an English page."""
    with override("en"):
        return dossier.of(Idea.objects.for_page().get(number=number), address, note)


def test_dossier_is_german_and_has_the_facts_in_order():
    make_idea(
        "Laden", number=9, effort="mittel", cost="hoch", topics=[make_topic(name_en="Vacancy")],
        actors=[make_actor(), make_actor("Verwaltung")], workshop=make_workshop("Digitalisierung"),
        version=3, version_date=datetime.date(2026, 12, 24),
    )  # fmt: skip

    made = dossier_of(9, "Für den Rat")

    assert [(fact.label, fact.text) for fact in made.facts] == [
        ("Aufwand", "mittel"),
        ("Kosten", "hoch"),
        ("Zeit bis zur Wirkung", "nicht eingeschätzt"),
        ("Für welche Städte", "nicht eingeschätzt"),
        ("Reifegrad", "nicht eingeschätzt"),
        ("Phase des Besuchs", "nicht eingeschätzt"),
        ("Wer es macht", "Handel, Verwaltung"),
        ("Themen", "Leerstand"),
        ("Themenfeld", "Digitalisierung"),
        ("Herkunft", "Redaktionell ergänzt"),
    ]
    assert made.fact("effort").meaning.startswith("Braucht eine verantwortliche Person")
    assert (made.plate, made.edition, made.note) == ("009", "Fassung 3 vom 24. Dezember 2026", "Für den Rat")
    assert made.link == "https://kompendium.example/ideen/9/"
    assert made.link in made.citation


def test_sections_without_content_do_not_exist():
    make_idea(number=9, problem="Leer.\n\nImmer noch.", steps="Erst\n Dann \n", risks="")

    sections = dossier_of(9).sections

    assert [(each.title, each.form.value, each.items) for each in sections] == [
        ("Problem", "text", ["Leer.", "Immer noch."]),
        ("So geht es", "numbered", ["Erst", "Dann"]),
    ]


def test_example_says_where_when_and_what_the_source_leaves_open():
    idea = make_idea(number=9)
    town = make_municipality(size_class=make_size_class(), population=59_238)
    region = make_municipality("Ein Landkreis", kind="region")
    source = make_source(title="Die Läden", publisher="Stadt")
    make_example(idea, "Offenburg", municipalities=[town], source=source, year=2024, position=1)
    make_example(
        idea, "Offenburg und Kreis", "Zweites", municipalities=[town, region], evidence="zuordnung", position=2
    )

    first, second = dossier_of(9).examples

    assert (first.title, first.where, first.source, first.caveat) == (
        "Offenburg, 2024: Ladenbörse", ["Baden-Württemberg, Mittelstadt"], source, ""
    )  # fmt: skip
    assert second.title == "Offenburg und Kreis: Zweites"
    assert second.where == ["Offenburg: Baden-Württemberg, Mittelstadt", "Jahr nicht genannt"]
    assert second.caveat == "naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt"


def test_provenance_names_where_an_idea_is_documented():
    source = make_source()
    named = make_documented_idea("Märkte", [source], phase="impuls", evidence="zuordnung")
    make_idea(number=1, origin="workshop", documented_as=named)
    make_idea(number=2)

    documented, editorial = dossier_of(1).provenance, dossier_of(2).provenance

    assert documented.label == "Aus der Workshopreihe"
    assert documented.sentences[1:] == [
        "Belegt als: „Märkte“ (naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt), "
        "für die Phase „Impuls“.",
        "Die Quellen sagen nicht, aus welchem Workshop sie stammt.",
    ]
    assert documented.sources == [source]
    assert (editorial.label, len(editorial.sentences), editorial.sources) == ("Redaktionell ergänzt", 1, [])


def test_dossiers_of_three_need_as_many_queries_as_of_one(django_assert_num_queries):
    def dossiers(most):
        return [dossier.of(idea, address) for idea in Idea.objects.for_page().order_by("number")[:most]]

    for number in (1, 2, 3):
        idea = make_idea(number=number, topics=[make_topic(f"Thema {number}")])
        make_example(idea, municipalities=[make_municipality(f"Stadt {number}")])

    for most in (1, 3):
        # The ideas with their field and documented name; topics, actors, city sizes; examples with their places.
        with django_assert_num_queries(6):
            assert len(dossiers(most)) == most
