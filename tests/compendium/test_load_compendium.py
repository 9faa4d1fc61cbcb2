"""``manage.py load_compendium``: what it writes, what it keeps, and what it says about broken files."""

import datetime
import os
import pty
import re
import subprocess

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from compendium.models import LoadedRecord, Page
from ideas.merging.terms import merge_terms
from ideas.models import Actor, DocumentedIdea, Idea, PracticeExample, Topic
from workshops.models import (
    CityLab,
    Event,
    LabProject,
    Municipality,
    Outcome,
    OutcomeDetail,
    Participant,
    Sector,
    SizeClass,
    Source,
    Workshop,
)

from .conftest import load

pytestmark = pytest.mark.django_db


def errors(capsys, content):
    """Run the command, which must refuse, and return the problems it printed; nothing may be written."""
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("load_compendium", path=content.path)
    assert not Idea.objects.exists()
    assert not Source.objects.exists()
    return capsys.readouterr().err.splitlines()


def test_whole_content_is_loaded_and_a_second_run_changes_nothing(capsys):
    load(capsys)

    assert Idea.objects.published().count() == 113
    assert list(Idea.objects.values_list("number", flat=True)) == list(range(1, 114))
    assert PracticeExample.objects.count() == 282
    assert Idea.objects.filter(origin="workshop").count() == DocumentedIdea.objects.count() == 21
    assert (Workshop.objects.count(), Sector.objects.count(), Participant.objects.count()) == (3, 5, 72)
    assert (CityLab.objects.count(), LabProject.objects.count(), Outcome.objects.count()) == (4, 16, 8)
    assert (Topic.objects.count(), Actor.objects.count(), Page.objects.count()) == (24, 13, 5)
    assert Municipality.objects.filter(kind="municipality").count() == 156
    assert Municipality.objects.filter(kind="region").count() == 11
    assert Municipality.objects.filter(is_lean_partner=True).count() == 15
    assert Municipality.objects.filter(is_lean_partner=True, city_lab__isnull=False).count() == 4

    lines = load(capsys)

    assert "ideas: 113 unchanged" in lines
    assert all(re.fullmatch(r"[\w ]+: \d+ unchanged", line) for line in lines)


def test_participants_are_numbers_and_nothing_else(capsys, content):
    load(capsys, content)

    assert list(Participant.objects.values_list("number", flat=True)) == list(range(1, 73))
    assert not Participant.objects.exclude(sector=None, workshops=None, organization="", name="").exists()


def test_event_holds_the_figures_of_the_files(capsys, content):
    event_file = content.read("event.yaml")
    event_file["veranstaltung"]["zahlen"] |= {"teilnehmende": 70, "ideen": 99}
    content.write("event.yaml", event_file)

    load(capsys, content)

    event = Event.objects.get()
    assert (event.workshop_count, event.participant_count, event.idea_count) == (3, 70, 99)
    assert (event.lab_count, event.municipality_count) == (4, 15)
    assert event.content_date == datetime.date(2026, 11, 23)
    assert event.recording_url == ""
    assert event.recording_evidence == "ausgangstext"
    assert [source.host for source in event.sources.all()] == ["zukunftdeseinkaufens.de"]
    assert Participant.objects.count() == 70


def test_event_file_wins_over_places_file(capsys, content):
    places = content.read("places.yaml")
    next(place for place in places["places"] if place["name"] == "Bremen")["state"] = "Anderswo"
    content.write("places.yaml", places)

    load(capsys, content)

    bremen = Municipality.objects.get(slug="bremen")
    assert bremen.state == "Freie Hansestadt Bremen"
    assert (bremen.population, bremen.population_date) == (584332, datetime.date(2023, 12, 31))
    assert bremen.population_precision == "day"
    assert bremen.landmark == "Marktplatz"
    assert bremen.size_class.slug == "grosse-grossstadt"
    assert Municipality.objects.get(slug="langenfeld").name == "Langenfeld (Rheinland)"
    assert Municipality.objects.get(slug="moenchengladbach").population_precision == "month"


def test_dates_keep_their_precision(capsys, content):
    load(capsys, content)

    prize, academy = Outcome.objects.get(slug="foerderpreis"), Outcome.objects.get(slug="stadtretter-akademie")
    digital = Workshop.objects.get(slug="digitalisierung")
    assert (prize.date, prize.date_precision) == (datetime.date(2021, 7, 1), "month")
    assert (academy.date_precision, academy.date_evidence) == ("month", "ausgangstext")
    assert (digital.date, digital.date_precision) == (None, "")
    assert digital.date_note == "Frühjahr 2021; der genaue Tag ist nicht belegt."


def test_every_text_of_the_event_file_arrives(capsys, content):
    """No sentence of event.yaml is lost: each one stands in some text column."""
    load(capsys, content)

    stored = "\n".join(
        str(value)
        for model in (
            Event,
            Municipality,
            Workshop,
            Sector,
            CityLab,
            LabProject,
            Outcome,
            OutcomeDetail,
            SizeClass,
            Source,
        )
        for row in model.objects.values_list()
        for value in row
    )
    stored += "\n".join(str(value) for row in Event.objects.get().milestones.values_list() for value in row)
    stored += "\n".join(DocumentedIdea.objects.values_list("title", flat=True))
    stored += "\n".join(Workshop.objects.values_list("title", flat=True))
    event = content.read("event.yaml")
    known_otherwise = {"id", "url", "belegart", "datum_belegart", "groessenklasse", "quellen", "video_quelle"}
    known_otherwise |= {"sprache", "stand", "datum", "beginn", "ende", "kickoff", "workshop", "phase"}

    def texts(value, key=""):
        if isinstance(value, dict):
            for name, part in value.items():
                yield from texts(part, name)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part, key)
        elif isinstance(value, str) and key not in known_otherwise:
            yield value

    missing = [text for text in texts(event) if text not in stored]
    assert missing == []


def test_dry_run_checks_and_writes_nothing(capsys, content):
    lines = load(capsys, content, dry_run=True)

    assert "ideas: 3 created" in lines
    assert lines[-1] == "This was a dry run; nothing was written."
    assert not Idea.objects.exists()
    assert not LoadedRecord.objects.exists()


def test_merged_and_renamed_topics_stay_so_and_entries_find_them(capsys, content):
    content.change_idea(1, topics=["leerstand", "zwischennutzung"])
    load(capsys, content)
    vacancy, other = Topic.objects.get(slug="leerstand"), Topic.objects.get(slug="zwischennutzung")
    merge_terms(vacancy, [other], by=User.objects.create_superuser("Vera"))
    vacancy.refresh_from_db()
    vacancy.slug = "leere-laeden"
    vacancy.save()
    Idea.objects.get(number=1).topics.clear()

    lines = load(capsys, content, overwrite=True)

    assert "topics: 22 unchanged, 2 edited here and kept" in lines
    assert [topic.slug for topic in Idea.objects.get(number=1).topics.all()] == ["leere-laeden"]


def test_example_keeps_its_words_and_links_every_place(capsys, content):
    ideas, places = content.read("ideas.yaml"), content.read("places.yaml")
    ideas[0]["examples"] = [ideas[0]["examples"][0] | {"place": "Köln und Bremen"}]
    places["splits"]["Köln und Bremen"] = ["Köln", "Bremen"]
    content.write("ideas.yaml", ideas)
    content.write("places.yaml", places)

    load(capsys, content)

    example = PracticeExample.objects.get(idea__number=1)
    assert example.place == "Köln und Bremen"
    assert {place.slug for place in example.municipalities.all()} == {"koeln", "bremen"}


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"colour": "red"}, "ideas.yaml: 1: colour: unknown key"),
        ({"effort": "riesig"}, "ideas.yaml: 1: effort: Input should be 'gering', 'mittel' or 'hoch'"),
        ({"title": None}, "ideas.yaml: 1: title: Input should be a valid string"),
        ({"topics": ["leerstand", "raumfahrt"]}, "ideas.yaml: 1: topics: 'raumfahrt' is not in vocabularies.yaml"),
        ({"topics": ["leerstand", "leerstand"]}, "ideas.yaml: 1: topics: a value stands here twice"),
        ({"workshop": "schoenheit"}, "ideas.yaml: 1: workshop: there is no workshop 'schoenheit' in event.yaml"),
        (
            {"origin": "workshop"},
            "ideas.yaml: 1: documented_as: belongs to entries of origin 'workshop', and only to them",
        ),
        (
            {"summary": "x" * 401},
            "ideas.yaml: 1: summary: Ensure this value has at most 400 characters (it has 401).",
        ),
        ({"number": 2}, "ideas.yaml: 2: number: stands in the files twice"),
    ],
)
def test_broken_idea_is_reported_with_file_entry_and_field(capsys, content, values, problem):
    content.change_idea(1, **values)

    assert problem in errors(capsys, content)


def test_broken_example_is_reported_under_its_idea(capsys, content):
    ideas = content.read("ideas.yaml")
    ideas[0]["examples"][1] |= {"year": 3000}
    ideas[1]["examples"][0] |= {"place": "Nirgendwo"}
    content.write("ideas.yaml", ideas)

    problems = errors(capsys, content)

    assert problems == [
        "ideas.yaml: 1 examples Mitmachwerkstatt: year: Input should be less than or equal to 2100"
    ]

    ideas[0]["examples"][1]["year"] = 2019
    content.write("ideas.yaml", ideas)

    assert errors(capsys, content) == [
        "ideas.yaml: 2 Nirgendwo: Stammtisch für Eigentümer:innen von Innenstadtimmobilien: place: "
        "'Nirgendwo' is neither in the places nor in the splits of places.yaml"
    ]


def test_all_problems_are_reported_at_once(capsys, content):
    ideas = content.read("ideas.yaml")
    ideas[0] |= {"colour": "red"}
    ideas[1] |= {"cost": "viel"}
    content.write("ideas.yaml", ideas)
    places = content.read("places.yaml")
    places["places"][0]["lat"] = 95
    content.write("places.yaml", places)

    problems = errors(capsys, content)

    assert len(problems) == 3
    assert any(line.startswith("places.yaml: ") and ": lat: " in line for line in problems)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda event: event["workshops"][0].update(quellen=["gibtsnicht"]), "there is no source 'gibtsnicht'"),
        (lambda event: event["stadtlabore"]["staedte"].pop(), "4 labs are stated, 3 listed"),
        (lambda event: event["veranstaltung"].update(datum="2021-13-40"), "event.yaml: veranstaltung"),
        (lambda event: event["ergebnisse"].pop(), "this outcome is missing"),
        (lambda event: event.update(version=2), "event.yaml: version: Input should be 1"),
        (
            lambda event: event["stadtlabore"]["staedte"][0].update(groessenklasse="mittelstadt"),
            "not 'mittelstadt'",
        ),
        (lambda event: event["workshops"][0].update(belegart="gehoert"), "belegart: Input should be"),
    ],
)
def test_broken_event_file_is_reported(capsys, content, change, problem):
    event = content.read("event.yaml")
    change(event)
    content.write("event.yaml", event)

    assert any(problem in line for line in errors(capsys, content))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- number: 1\n  number: 2\n", "ideas.yaml: line 2: is no valid YAML: the key 'number' stands here twice"),
        ("- [unclosed", "ideas.yaml: line 2: is no valid YAML"),
        ("", "ideas.yaml: Input should be a valid list"),
        ("just words", "ideas.yaml: Input should be a valid list"),
        ("- !!python/object/apply:os.system ['true']", "ideas.yaml: line 1: is no valid YAML"),
    ],
)
def test_file_that_is_no_content_is_reported(capsys, content, text, problem):
    content.write("ideas.yaml", text)

    assert any(line.startswith(problem) for line in errors(capsys, content))


def test_missing_folder_wrong_encoding_and_folder_instead_of_file_are_reported(capsys, content):
    (content.path / "ideas.yaml").write_bytes("- title: Läden".encode("latin-1"))
    (content.path / "places.yaml").unlink()
    (content.path / "event.yaml").unlink()
    (content.path / "event.yaml").mkdir()

    problems = errors(capsys, content)

    assert any(line.startswith("ideas.yaml: is not UTF-8") for line in problems)
    assert any(line.startswith("places.yaml: the file is missing") for line in problems)
    assert any(line.startswith("event.yaml: cannot be read") for line in problems)


def test_words_of_the_site_and_of_the_file_must_agree(capsys, content):
    vocabularies = content.read("vocabularies.yaml")
    vocabularies["effort"][0]["text"] = "Geht von selbst."
    content.write("vocabularies.yaml", vocabularies)

    assert any(line.startswith("vocabularies.yaml: effort gering: text: ") for line in errors(capsys, content))


def test_record_that_clashes_with_an_editors_is_reported(capsys, content):
    title = "Zukunftskonzept Innenstadt mit eigener Umsetzungsagentur"
    slug = "zukunftskonzept-innenstadt-mit-eigener-umsetzungsagentur"
    Idea.objects.create(number=500, title=title, slug=slug)

    with pytest.raises(CommandError):
        call_command("load_compendium", path=content.path)

    assert "ideas.yaml: 1: slug: " in capsys.readouterr().err
    assert Idea.objects.count() == 1


def test_pages_may_be_missing_from_a_folder(capsys, content):
    (content.path / "pages.yaml").unlink()

    load(capsys, content)

    assert Idea.objects.count() == 3
    assert not Page.objects.exists()


@pytest.mark.parametrize("share", [5, 50, 95])
def test_killed_half_way_it_leaves_nothing_half_loaded(other_database, content, share):
    """The progress display, read through a terminal, tells when to kill: at 5, 50 and 95 per cent."""
    ours, theirs = pty.openpty()
    process = other_database.manage(
        "load_compendium", "--path", content.path, stdout=subprocess.DEVNULL, stderr=theirs
    )
    os.close(theirs)
    seen = ""
    while not any(int(percent) >= share for percent in re.findall(r"(\d+)%", seen)):
        seen += os.read(ours, 1024).decode()
    process.kill()
    process.wait()
    os.close(ours)

    count = "from ideas.models import Idea; from workshops.models import Source; "
    count += "print(Idea.objects.count(), Source.objects.count())"
    assert other_database.run("shell", "-v0", "-c", count).split() == ["0", "0"]

    assert "ideas: 3 created" in other_database.run("load_compendium", "--path", content.path)


def test_a_value_only_one_record_may_have_stands_once(capsys, content):
    content.change_idea(2, slug=next(idea["slug"] for idea in content.read("ideas.yaml") if idea["number"] == 1))

    problems = errors(capsys, content)

    assert [
        line for line in problems if line.startswith("ideas.yaml") and line.endswith("stands in the files twice")
    ]


def test_a_key_that_is_a_list_is_refused(capsys, content):
    content.write("vocabularies.yaml", "{[a, b]: 1}")

    assert any("a key is a list or a map" in line for line in errors(capsys, content))
