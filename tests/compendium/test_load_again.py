"""``manage.py load_compendium`` once more: what has changed is updated, what editors have changed is kept."""

import datetime

import pytest
from django.core.management import call_command
from django.db import transaction

from ideas.models import Idea, PracticeExample

from .conftest import load

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(small_content, django_db_setup, django_db_blocker):
    """The small content is in the database, loaded once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_compendium", path=small_content.path)
        yield
        transaction.set_rollback(True)


def test_if_empty_leaves_a_filled_database_alone(capsys, content):
    Idea.objects.filter(number=1).delete()

    lines = load(capsys, content, if_empty=True)

    assert lines == ["The database holds ideas already; nothing to load."]
    assert not Idea.objects.filter(number=1).exists()


def test_changed_file_updates_an_untouched_idea_as_a_new_version(capsys, content):
    content.change_idea(1, title="Neuer Titel", topics=["leerstand"])
    event = content.read("event.yaml")
    content.write("event.yaml", event | {"stand": "2026-12-24"})

    lines = load(capsys, content)

    idea = Idea.objects.get(number=1)
    assert "ideas: 1 updated, 2 unchanged" in lines
    assert (idea.title, idea.title_key) == ("Neuer Titel", "neuer titel")
    assert [topic.slug for topic in idea.topics.all()] == ["leerstand"]
    assert (idea.version, idea.version_date) == (2, datetime.date(2026, 12, 24))
    assert Idea.objects.get(number=2).version_date == datetime.date(2026, 11, 23)


@pytest.mark.parametrize("change", ["title", "topics", "status"])
def test_editors_change_is_kept_and_reported(capsys, content, change):
    idea = Idea.objects.get(number=1)
    if change == "title":
        Idea.objects.filter(number=1).update(title="Von der Redaktion")
    elif change == "topics":
        idea.topics.clear()
    else:
        Idea.objects.filter(number=1).update(status="archived")
    content.change_idea(1, summary="Aus der neuen Datei.")

    lines = load(capsys, content)

    idea.refresh_from_db()
    assert idea.summary != "Aus der neuen Datei."
    assert "ideas: 2 unchanged, 1 edited here and kept" in lines
    assert "ideas.yaml: 1: edited here and kept" in lines


def test_overwrite_forces_the_content_of_the_file(capsys, content):
    Idea.objects.filter(number=1).update(title="Von der Redaktion")

    lines = load(capsys, content, overwrite=True)

    assert Idea.objects.get(number=1).title == "Zukunftskonzept Innenstadt mit eigener Umsetzungsagentur"
    assert "ideas: 1 updated, 2 unchanged" in lines
    assert "ideas: 3 unchanged" in load(capsys, content)


def test_editors_change_of_an_example_is_kept(capsys, content):
    PracticeExample.objects.filter(idea__number=2).update(fact="Von der Redaktion berichtigt.")

    load(capsys, content)

    assert PracticeExample.objects.get(idea__number=2).fact == "Von der Redaktion berichtigt."


def test_deleted_example_stays_deleted_until_overwritten(capsys, content):
    PracticeExample.objects.filter(idea__number=2).delete()

    lines = load(capsys, content)

    assert any(line.endswith("1 deleted here and left out") for line in lines)
    assert not PracticeExample.objects.filter(idea__number=2).exists()

    load(capsys, content, overwrite=True)

    assert PracticeExample.objects.filter(idea__number=2).count() == 1


def test_line_ends_of_a_browser_are_no_change(capsys, content):
    idea = Idea.objects.get(number=1)
    idea.steps = idea.steps.replace("\n", "\r\n")
    idea.save()

    assert "ideas: 3 unchanged" in load(capsys, content)


def test_entry_that_left_the_files_is_kept_and_named(capsys, content):
    content.write("ideas.yaml", [idea for idea in content.read("ideas.yaml") if idea["number"] != 2])

    lines = load(capsys, content)

    assert "ideas.idea 2: no longer in the files; kept" in lines
    assert Idea.objects.filter(number=2).exists()
