"""The way of an entry: who may take which step, what it asks for, what it leaves behind."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ideas import revisions, workflow
from ideas.content import missing, snapshot
from ideas.models import Idea
from ideas.revisions import propose
from ideas.workflow import transition
from tests.factories import make_complete_idea, make_editor, make_example, make_idea, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db):
    return make_editor("Redaktion", name="Wanda")


@pytest.fixture
def chief(db):
    return make_editor("Schlussredaktion", name="Clara")


def status(idea):
    return Idea.objects.get(pk=idea.pk).status


def test_entry_goes_from_draft_to_public_and_each_step_is_kept(writer, chief, visitor):
    idea = make_complete_idea(number=7)
    visitor.page("/ideen/7/", status=404)

    transition(idea, "review", by=writer, note="Bitte lesen")
    visitor.page("/ideen/7/", status=404)
    transition(idea, "published", by=chief)

    assert "Ladenbörse" in visitor.main("/ideen/7-ladenboerse/")
    steps = idea.revisions.order_by("pk").values_list("event", "by_name", "note", "status")
    assert list(steps) == [
        ("found", "", "", "draft"),
        ("submitted", "Wanda", "Bitte lesen", "review"),
        ("published", "Clara", "", "published"),
    ]
    idea.refresh_from_db()
    assert (idea.version, idea.version_date) == (1, timezone.localdate())


@pytest.mark.parametrize(
    ("start", "to"),
    [("review", "published"), ("review", "draft"), ("published", "archived"), ("published", "draft")],
)
def test_only_the_chief_editors_publish_archive_and_send_back(writer, chief, start, to):
    idea = make_complete_idea(status=start)

    with pytest.raises(PermissionDenied):
        transition(idea, to, by=writer, note="Darum")
    assert status(idea) == start

    transition(idea, to, by=chief, note="Darum")
    assert status(idea) == to


def test_administration_alone_neither_writes_nor_publishes():
    idea = make_complete_idea()

    for to in ("review", "published", "archived"):
        with pytest.raises(PermissionDenied):
            transition(idea, to, by=make_editor("Verwaltung"), note="Darum")


@pytest.mark.parametrize(("start", "to"), [("draft", "published"), ("archived", "published"), ("draft", "draft")])
def test_no_step_is_skipped(chief, start, to):
    idea = make_complete_idea(status=start)

    with pytest.raises(ValidationError, match="Nicht möglich"):
        transition(idea, to, by=chief, note="Darum")

    assert status(idea) == start


def test_incomplete_entry_is_not_submitted_and_says_what_is_missing(writer):
    idea = make_idea(status="draft", problem=" ", steps="Eins")

    with pytest.raises(ValidationError) as refused:
        transition(idea, "review", by=writer)

    assert refused.value.messages == [
        "Es fehlt noch: Problem, Idee, Themen und ein Praxisbeispiel oder der Reifegrad „Idee“."
    ]
    assert status(idea) == "draft"


def test_mere_idea_needs_no_example():
    texts = dict.fromkeys(("problem", "approach", "steps"), "Text")
    idea = make_idea(topics=[make_topic()], **texts)
    assert len(missing(snapshot(idea))) == 1

    idea.maturity = "idee"

    assert missing(snapshot(idea)) == []


@pytest.mark.parametrize("to", ["draft", "archived"])
def test_going_back_needs_a_reason(chief, to):
    idea = make_complete_idea(status="published")

    with pytest.raises(ValidationError, match="warum"):
        transition(idea, to, by=chief, note="  ")

    assert status(idea) == "published"


def test_archived_entry_answers_with_the_reason_and_a_draft_put_away_never_existed(chief, visitor):
    public, draft = make_complete_idea(number=7, status="published"), make_complete_idea("Entwurf", number=8)

    transition(public, "archived", by=chief, note="Ist überholt.")
    transition(draft, "archived", by=chief, note="War nichts.")

    assert "Ist überholt." in visitor.main("/ideen/7/", status=410)
    visitor.page("/ideen/8/", status=404)


def test_archived_entry_can_lead_to_its_successor(chief, visitor):
    old, new = make_complete_idea(number=7, status="published"), make_idea("Nachfolger", number=8)

    transition(old, "archived", by=chief, note="Zusammengeführt.", successor=new)

    assert visitor.get("/ideen/7/").url == "/ideen/8-nachfolger/"


def test_planned_publication_becomes_public_by_itself(chief, visitor, monkeypatch):
    idea = make_complete_idea(number=7, status="review", published_at=None)
    soon = timezone.now() + datetime.timedelta(days=2)

    transition(idea, "published", by=chief, at=soon)

    visitor.page("/ideen/7-ladenboerse/", status=404)
    idea.refresh_from_db()
    assert idea.version_date == timezone.localdate(soon)
    monkeypatch.setattr(timezone, "now", lambda: soon)
    assert "Ladenbörse" in visitor.main("/ideen/7-ladenboerse/")


def test_planned_publication_that_is_called_off_never_was_public(chief, visitor):
    idea = make_complete_idea(number=7, status="review", published_at=None)
    transition(idea, "published", by=chief, at=timezone.now() + datetime.timedelta(days=2))

    transition(idea, "archived", by=chief, note="Doch nicht.")

    visitor.page("/ideen/7/", status=404)
    assert Idea.objects.get().published_at is None


def test_planned_publication_that_is_called_off_was_public_if_it_was_before(chief, visitor, monkeypatch):
    first_day = timezone.now() - datetime.timedelta(days=9)
    idea = make_complete_idea(number=7, status="published", published_at=first_day)
    for days in (2, 5):  # planned and called off twice
        transition(idea, "draft", by=chief, note="Noch einmal lesen")
        transition(idea, "review", by=chief)
        transition(idea, "published", by=chief, at=timezone.now() + datetime.timedelta(days=days))
        assert (idea.is_public, idea.was_public) == (False, True)

    transition(idea, "archived", by=chief, note="Überholt.")

    assert "Überholt." in visitor.main("/ideen/7/", status=410)
    assert Idea.objects.get().published_at == first_day


@pytest.mark.parametrize(("change", "version"), [({}, 1), ({"summary": "Neu gefasst."}, 2)])
def test_version_and_its_day_follow_the_plan_that_is_carried_out(chief, change, version):
    idea = make_complete_idea(status="published", published_at=timezone.now() - datetime.timedelta(days=9))
    first_day = idea.version_date
    transition(idea, "draft", by=chief, note="Noch einmal lesen")
    Idea.objects.update(**change)
    transition(idea, "review", by=chief)
    for days in (9, 5):
        transition(idea, "published", by=chief, at=timezone.now() + datetime.timedelta(days=days))
    assert idea.version == version

    transition(idea, "draft", by=chief, note="Doch noch etwas")
    Idea.objects.filter(version=2).update(summary="Noch neuer gefasst.")
    transition(idea, "review", by=chief)
    transition(idea, "published", by=chief)

    assert (idea.version, idea.version_date) == (version, timezone.localdate() if change else first_day)


@pytest.fixture
def planned_anew(chief):
    """An entry that was public, says something new, and is to be public again in two days."""
    idea = make_complete_idea(status="published", published_at=timezone.now() - datetime.timedelta(days=9))
    transition(idea, "draft", by=chief, note="Noch einmal lesen")
    Idea.objects.update(summary="Neu gefasst.")
    transition(idea, "review", by=chief)
    transition(idea, "published", by=chief, at=timezone.now() + datetime.timedelta(days=2))
    return idea


def test_new_date_given_on_the_planned_day_is_that_of_the_version(chief, planned_anew, monkeypatch):
    planned_day, later = planned_anew.version_date, planned_anew.published_at + datetime.timedelta(days=2)
    shortly_before = planned_anew.published_at - datetime.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: shortly_before)

    transition(planned_anew, "published", by=chief, at=later)

    assert planned_anew.version_date == timezone.localdate(later) != planned_day
    assert planned_anew.version == 2


@pytest.mark.parametrize("edited", [False, True])
def test_plan_called_off_says_nothing_of_what_was_read(chief, planned_anew, monkeypatch, edited):
    if edited:
        revisions.change(planned_anew, snapshot(planned_anew) | {"summary": "Noch neuer gefasst."}, by=chief)
    transition(planned_anew, "draft", by=chief, note="Noch nicht")
    much_later = timezone.now() + datetime.timedelta(days=9)
    monkeypatch.setattr(timezone, "now", lambda: much_later)

    transition(planned_anew, "review", by=chief)
    transition(planned_anew, "published", by=chief)

    assert (planned_anew.version, planned_anew.version_date) == (2, timezone.localdate(much_later))


def test_plan_carried_out_was_read(chief, planned_anew, monkeypatch):
    planned_day = planned_anew.version_date
    much_later = timezone.now() + datetime.timedelta(days=9)
    monkeypatch.setattr(timezone, "now", lambda: much_later)

    for step in ("draft", "review", "published"):
        transition(planned_anew, step, by=chief, note="Noch einmal")

    assert (planned_anew.version, planned_anew.version_date) == (2, planned_day)


def test_new_date_leaves_a_pending_revision_alone(writer, chief):
    idea = make_complete_idea(status="review", published_at=None)
    transition(idea, "published", by=chief, at=timezone.now() + datetime.timedelta(days=2))
    propose(idea, snapshot(idea) | {"summary": "Neu gefasst."}, by=writer, note="")

    transition(idea, "published", by=chief, at=timezone.now() + datetime.timedelta(days=9))

    assert idea.revisions.filter(pending=True).count() == 1


def test_planned_publication_that_came_is_the_one_that_counts(chief, monkeypatch):
    idea = make_complete_idea(status="published", published_at=timezone.now() - datetime.timedelta(days=9))
    soon = timezone.now() + datetime.timedelta(days=2)
    transition(idea, "draft", by=chief, note="Noch einmal lesen")
    transition(idea, "review", by=chief)
    transition(idea, "published", by=chief, at=soon)
    monkeypatch.setattr(timezone, "now", lambda: soon + datetime.timedelta(days=1))

    for step in ("draft", "review"):
        transition(idea, step, by=chief, note="Noch einmal")
    assert idea.published_at == soon
    transition(idea, "published", by=chief)

    assert (idea.published_at, idea.published_before) == (soon, None)


def test_publishing_again_counts_a_version_only_if_something_is_new(chief):
    first_day = timezone.now() - datetime.timedelta(days=9)
    idea = make_complete_idea(status="published", published_at=first_day)
    for version, change in ((1, {}), (2, {"summary": "Neu gefasst."})):
        transition(idea, "draft", by=chief, note="Noch einmal lesen")
        Idea.objects.update(**change)
        transition(idea, "review", by=chief)
        transition(idea, "published", by=chief)

        idea.refresh_from_db()
        assert (idea.version, idea.published_at) == (version, first_day)


def test_entry_with_a_pending_revision_stays_public(writer, chief):
    idea = make_complete_idea(status="published")
    propose(idea, {"title": "Neu", "examples": []}, by=writer, note="")

    with pytest.raises(ValidationError, match="Revision"):
        transition(idea, "archived", by=chief, note="Weg damit")

    assert status(idea) == "published"


def test_a_step_writes_nothing_but_the_status_and_its_dates(chief):
    idea = make_complete_idea(status="review")
    stale = Idea.objects.get()
    Idea.objects.update(summary="Inzwischen berichtigt.")

    transition(stale, "published", by=chief)

    assert Idea.objects.get(pk=idea.pk).summary == "Inzwischen berichtigt."
    assert stale.summary == "Inzwischen berichtigt."


def test_possible_steps_depend_on_status_and_rights(writer, chief):
    draft, public = make_complete_idea(), make_complete_idea("Zwei", status="published")
    make_example(draft, "Trier")

    assert workflow.possible(draft, writer) == ["review"]
    assert workflow.possible(draft, chief) == ["review", "archived"]
    assert workflow.possible(public, writer) == []
    planned = make_idea(status="published", published_at=timezone.now() + datetime.timedelta(days=2))
    assert workflow.possible(planned, chief) == ["published", "draft", "archived"]
    assert workflow.possible(public, chief) == ["draft", "archived"]
