"""What an editor enters: into the entry, or aside as a pending revision nobody sees until it is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ideas import revisions
from ideas.content import snapshot
from ideas.models import Idea, PracticeExample
from ideas.workflow import transition
from tests.factories import make_complete_idea, make_editor, make_example, make_idea, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db):
    return make_editor("Redaktion", name="Wanda")


@pytest.fixture
def chief(db):
    return make_editor("Schlussredaktion", name="Clara")


@pytest.fixture
def public(db):
    """A public entry with two examples."""
    idea = make_complete_idea(number=7, status="published")
    make_example(idea, "Trier", "Zweite", position=2)
    return idea


def now(idea):
    return snapshot(Idea.objects.get(pk=idea.pk))


def changed(idea):
    """Other content for an entry: title, topics, and examples changed, removed and added."""
    content = now(idea)
    first = content["examples"][0]
    return content | {
        "title": "Ladenbörse mit Makler",
        "topics": [make_topic("Handel").pk],
        "examples": [
            first | {"id": None, "place": "Gera", "name": "Neues Beispiel"},
            first | {"fact": "Zwölf Läden fanden neue Mieter."},
        ],
    }


def test_draft_is_changed_at_once_and_every_change_is_kept(writer):
    idea = make_complete_idea()
    before, after = now(idea), changed(idea)

    revision = revisions.change(idea, after, by=writer, note="Aus dem Gespräch")

    assert revision.event == "edited"
    assert (revision.by, revision.note) == (writer, "Aus dem Gespräch")
    assert [each.content["title"] for each in idea.revisions.all()] == ["Ladenbörse mit Makler", before["title"]]
    assert now(idea)["topics"] == after["topics"]


def test_saving_without_a_change_leaves_no_trace(writer, chief, public):
    assert revisions.change(public, now(public), by=writer) is None
    assert revisions.change(public, now(public), by=chief) is None

    public.refresh_from_db()
    assert public.version == 1
    assert [each.event for each in public.revisions.all()] == ["found"]


def test_writer_changes_a_public_entry_only_aside(writer, public, visitor):
    before, page = now(public), visitor.main("/ideen/7-ladenboerse/")

    revision = revisions.change(public, changed(public), by=writer)

    assert (revision.event, revision.pending) == ("proposed", True)
    assert now(public) == before
    assert visitor.main("/ideen/7-ladenboerse/") == page
    assert visitor.hits("/ideen/?q=Makler") == []
    assert visitor.hits("/ideen/?thema=handel") == []


def test_there_is_one_pending_revision_that_everyone_goes_on_with(writer, public):
    content = changed(public)
    revisions.change(public, content, by=writer)
    revisions.change(public, content | {"title": "Noch anders"}, by=make_editor("Redaktion"))

    assert revisions.pending(public).content["title"] == "Noch anders"
    assert public.revisions.filter(pending=True).count() == 1
    assert public.revisions.filter(event="proposed").count() == 2


def test_pending_revision_is_published_as_one(writer, chief, public, visitor):
    revisions.change(public, changed(public), by=writer)
    kept = public.examples.first().pk

    revision = revisions.publish(public, by=chief, note="Gut")

    assert (revision.event, revision.version, revision.note) == ("revised", 2, "Gut")
    public.refresh_from_db()
    assert (public.version, public.version_date) == (2, timezone.localdate())
    assert revisions.pending(public) is None
    assert list(public.examples.values_list("place", flat=True)) == ["Gera", "Offenburg"]
    assert PracticeExample.objects.get(place="Offenburg").pk == kept
    assert "Zwölf Läden" in visitor.main("/ideen/7-ladenboerse/")
    assert visitor.hits("/ideen/?thema=handel") == [7]


def test_writer_neither_publishes_nor_discards_nor_restores(writer, public):
    other = make_editor("Redaktion", name="Willi")
    revision = revisions.change(public, changed(public), by=other)

    for forbidden in (
        lambda: revisions.publish(public, by=writer),
        lambda: revisions.discard(public, by=writer, note="Darum"),
        lambda: revisions.revert(public, revision, by=writer),
        lambda: revisions.change(public, now(public), by=make_editor("Verwaltung")),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()

    assert revisions.pending(public) == revision


def test_writer_discards_what_nobody_else_has_worked_on(writer, public):
    other = make_editor("Redaktion", name="Willi")
    content = changed(public)
    revisions.change(public, content, by=other)
    revisions.change(public, content | {"summary": "Wanda."}, by=writer)
    for each in (writer, other):
        with pytest.raises(PermissionDenied):
            revisions.discard(public, by=each, note="Nicht meins allein")
    revisions.discard(public, by=make_editor("Schlussredaktion"), note="Weg")

    revisions.change(public, content | {"summary": "Allein."}, by=writer)
    with pytest.raises(ValidationError):
        revisions.discard(public, by=writer)
    last = revisions.discard(public, by=writer, note="Doch nicht")

    assert revisions.pending(public) is None
    assert (last.event, last.by_name, last.note) == ("discarded", "Wanda", "Doch nicht")
    assert last.content["summary"] == "Allein."


def test_unfinished_revision_is_submitted_by_saving_it_again_or_as_it_is(writer, chief, public):
    content = changed(public)
    assert revisions.change(public, content, by=writer, unfinished=True).unfinished
    assert revisions.change(public, content, by=writer, unfinished=True) is None

    assert not revisions.change(public, content, by=writer).unfinished
    revisions.change(public, content, by=writer, unfinished=True)
    assert not revisions.submit(public, by=writer).unfinished
    assert revisions.pending(public).content == content

    with pytest.raises(ValidationError, match="Noch in Arbeit"):
        revisions.change(public, content, by=chief, unfinished=True)
    assert revisions.change(public, content, by=chief, aside=True, unfinished=True).unfinished


def test_who_only_submitted_a_revision_has_not_written_it(writer, chief, public):
    content = changed(public)
    revisions.change(public, content, by=writer, unfinished=True)
    revisions.submit(public, by=make_editor("Redaktion", name="Rita"))

    assert revisions.may_discard(revisions.pending(public), writer)

    revisions.change(public, content | {"problem": "Von Karla."}, by=chief, aside=True)
    assert not revisions.may_discard(revisions.pending(public), writer)


def test_import_does_not_finish_what_somebody_works_on(writer, public):
    content = changed(public)
    revisions.change(public, content, by=writer, unfinished=True)
    content |= {"summary": "Aus der Tabelle."}

    revisions.bring_in([], [(public, content)], by=writer)

    pending = revisions.pending(public)
    assert (pending.content["summary"], pending.unfinished) == ("Aus der Tabelle.", True)


def test_discarded_revision_stays_in_the_history(writer, chief, public):
    content = changed(public)
    revisions.change(public, content, by=writer)
    with pytest.raises(ValidationError, match="warum"):
        revisions.discard(public, by=chief)

    revisions.discard(public, by=chief, note="Stimmt nicht")

    assert revisions.pending(public) is None
    discarded = public.revisions.first()
    assert (discarded.event, discarded.note, discarded.content) == ("discarded", "Stimmt nicht", content)
    assert revisions.latest(public).event == "found"


def test_chief_publishes_at_once_or_puts_aside(chief, public):
    assert revisions.change(public, changed(public), by=chief, aside=True).event == "proposed"
    assert revisions.change(public, now(public) | {"title": "Kurz"}, by=chief).event == "revised"

    public.refresh_from_db()
    assert (public.title, public.version) == ("Kurz", 2)
    assert revisions.pending(public) is None


LACKING = [({"approach": " "}, "Idee"), ({"topics": []}, "Themen"), ({"examples": []}, "ein Praxisbeispiel")]


@pytest.mark.parametrize(("less", "named"), LACKING)
def test_nothing_incomplete_becomes_public(writer, chief, public, less, named):
    incomplete = now(public) | less
    with pytest.raises(ValidationError, match=f"Es fehlt noch: {named}"):
        revisions.change(public, incomplete, by=chief)

    revisions.change(public, incomplete, by=writer)
    with pytest.raises(ValidationError, match=f"Es fehlt noch: {named}"):
        revisions.publish(public, by=chief)

    assert revisions.pending(public).content == incomplete
    assert Idea.objects.get(pk=public.pk).version == 1
    assert now(public) == public.revisions.get(event="found").content


def test_topic_deleted_meanwhile_does_not_count(writer, chief, public):
    gone = make_topic("Handel")
    revisions.change(public, now(public) | {"topics": [gone.pk]}, by=writer)
    gone.delete()

    with pytest.raises(ValidationError, match="Es fehlt noch: Themen"):
        revisions.publish(public, by=chief)


def test_public_entry_does_not_go_back_to_an_incomplete_version(chief):
    idea = make_complete_idea(problem="")
    revisions.change(idea, now(idea) | {"problem": "Leere Läden."}, by=chief)
    for step in ("review", "published"):
        transition(idea, step, by=chief)

    with pytest.raises(ValidationError, match="Es fehlt noch: Problem"):
        revisions.revert(idea, idea.revisions.get(event="found"), by=chief)

    assert now(idea)["problem"] == "Leere Läden."


def test_planned_entry_keeps_its_version_until_it_is_public(chief):
    future = timezone.now() + timezone.timedelta(days=1)
    idea = make_complete_idea(status="published", published_at=future)

    revisions.change(idea, now(idea) | {"title": "Kurz"}, by=chief)

    idea.refresh_from_db()
    assert (idea.title, idea.version) == ("Kurz", 1)


def test_earlier_version_comes_back_as_a_new_one(chief, public):
    before = now(public)
    revisions.change(public, changed(public), by=chief)
    first = public.revisions.get(event="found")

    revision = revisions.revert(public, first, by=chief, note="War besser")

    assert (revision.event, revision.version) == ("reverted", 3)
    assert [{**each, "id": 0} for each in now(public)["examples"]] == [
        {**each, "id": 0} for each in before["examples"]
    ]
    assert now(public)["title"] == before["title"]


def test_nothing_is_restored_over_a_pending_revision(writer, chief, public):
    revisions.change(public, changed(public), by=writer)

    with pytest.raises(ValidationError, match="Revision"):
        revisions.revert(public, public.revisions.get(event="found"), by=chief)


def test_what_was_changed_elsewhere_is_kept_before_it_is_changed(chief, public):
    revisions.change(public, now(public) | {"title": "Eins"}, by=chief)
    Idea.objects.update(title="Von Hand")

    revisions.change(public, now(public) | {"title": "Zwei"}, by=chief)

    titles = [each.content["title"] for each in public.revisions.all()]
    assert titles == ["Zwei", "Von Hand", "Eins", "Ladenbörse"]


def test_revision_that_no_longer_fits_is_not_published(writer, chief, public):
    revisions.change(public, now(public) | {"slug": "vergeben"}, by=writer)
    make_idea(slug="vergeben")

    with pytest.raises(ValidationError, match="existiert bereits"):
        revisions.publish(public, by=chief)

    assert revisions.pending(public)
    assert Idea.objects.get(pk=public.pk).version == 1


def test_archived_entry_is_not_edited(chief):
    idea = make_complete_idea(status="archived")

    with pytest.raises(ValidationError, match="archiviert"):
        revisions.change(idea, changed(idea), by=chief)


def test_name_of_the_author_outlives_the_account(writer, public):
    revisions.change(public, changed(public), by=writer)

    writer.delete()

    assert (public.revisions.first().by, public.revisions.first().by_name) == (None, "Wanda")


def test_loaded_entries_have_a_first_version():
    make_complete_idea(), make_complete_idea("Zwei")

    revisions.record_loaded(Idea.objects.all())

    assert [each.event for each in Idea.objects.first().revisions.all()] == ["loaded"]
    assert not revisions.locked(Idea.objects.first()).revisions.filter(event="found").exists()


@pytest.mark.parametrize("aside", [False, True])
def test_slug_of_a_planned_entry_follows_its_title(chief, aside):
    idea = make_complete_idea("Entwurf", number=7, status="review", published_at=None)
    transition(idea, "published", by=chief, at=timezone.now() + timedelta(days=2))

    for title in ("Läden", "Läden für alle"):
        revisions.change(idea, now(idea) | {"title": title}, by=chief, aside=aside)
    if aside:
        assert Idea.objects.get().slug == "entwurf"
        revisions.publish(idea, by=chief)

    assert Idea.objects.get().slug == "laeden-fuer-alle"
