"""The index follows every change editors make."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas import revisions
from ideas.content import snapshot
from ideas.models import Actor, Idea, SearchDocument, SearchTerm, Topic
from ideas.search import indexing
from ideas.search.documents import GAP, VERSION
from ideas.search.indexing import forget, index
from ideas.search.matching import find
from tests.factories import (
    make_actor,
    make_complete_idea,
    make_editor,
    make_idea,
    make_topic,
    make_workshop,
)

pytestmark = pytest.mark.django_db


def found(text):
    """The numbers of the ideas that match."""
    return list(find(Idea.objects.all(), text).ideas.order_by("number").values_list("number", flat=True))


def terms():
    """How many ideas hold each token, and how many there are."""
    found = dict(SearchTerm.objects.values_list("token", "documents"))
    return found, found.pop(GAP, 0)


def form_of(admin_client, record, **changes):
    """What the admin form of ``record`` sends, with ``changes``."""
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    response = admin_client.get(address)
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for formset in response.context["inline_admin_formsets"]:
        for each in [formset.formset.management_form, *formset.formset.forms]:
            values |= {each.add_prefix(name): each[name].value() for name in each.fields}
    sent = {name: value for name, value in (values | changes).items() if value is not None}
    response = admin_client.post(address, sent)
    assert response.status_code == 302, response.context["errors"]


def delete(admin_client, model, record):
    """Delete a record with the action of the list in the admin."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    assert admin_client.post(address, data).status_code == 302


def test_new_version_is_found_by_its_new_words_and_a_pending_revision_is_not():
    writer, chief = make_editor("Redaktion", name="Wanda"), make_editor("Schlussredaktion", name="Clara")
    idea = make_complete_idea(title="Quitte", number=1, status="published")
    content = snapshot(idea) | {"title": "Zeppelin"}

    Idea.objects.all().index()
    before = SearchDocument.objects.get().indexed_at

    revisions.change(idea, content, by=writer)
    assert SearchDocument.objects.get().indexed_at > before  # what was changed past the desk is kept first

    before = SearchDocument.objects.get().indexed_at
    revisions.change(idea, content | {"title": "Zeppelinfeld"}, by=writer)
    assert SearchDocument.objects.get().indexed_at == before
    revisions.change(idea, content, by=writer)
    assert (found("quitte"), found("zeppelin")) == ([1], [])

    revisions.publish(idea, by=chief)
    assert (found("quitte"), found("zeppelin")) == ([], [1])


def test_renamed_names_are_found(admin_client):
    topic, actor, workshop = make_topic("Altthema"), make_actor("Altakteur"), make_workshop("Altwerk")
    make_idea(number=1, topics=[topic], actors=[actor], workshop=workshop)

    for record, field in ((topic, "name"), (actor, "name"), (workshop, "title")):
        form_of(admin_client, record, **{field: f"Zebra{record._meta.model_name}"})

    assert found("altthema") == found("altakteur") == found("altwerk") == []
    assert found("zebratopic") == found("zebraactor") == found("zebraworkshop") == [1]


def test_examples_changed_or_removed_are_followed():
    idea = make_complete_idea(number=1, status="published")
    chief = make_editor("Schlussredaktion", name="Clara")
    content = snapshot(idea)
    moved = [content["examples"][0] | {"place": "Zwickau"}]

    revisions.change(idea, content | {"examples": moved}, by=chief)
    assert found("zwickau") == [1]

    idea.refresh_from_db()
    moved[0] |= {"place": "Xanten"}
    revisions.change(idea, snapshot(idea) | {"examples": moved}, by=chief)
    assert (found("zwickau"), found("xanten")) == ([], [1])


def test_deleted_terms_and_ideas_leave_the_index(admin_client):
    topic, actor = make_topic("Nadelthema"), make_actor("Nadelkunst")
    idea = make_idea("Faden", number=1, topics=[topic, make_topic("Stoff")], actors=[actor])

    delete(admin_client, Topic, topic)
    delete(admin_client, Actor, actor)
    assert (found("nadelthema"), found("nadelkunst"), found("faden")) == ([], [], [1])

    delete(admin_client, Idea, idea)
    assert not SearchDocument.objects.exists()
    assert not SearchTerm.objects.exists()


def test_counts_of_terms_follow_the_ideas():
    idea = make_idea("Nadel", number=1, summary="")
    make_idea("Nadel Faden", number=2, slug="zwei", summary="")
    assert terms() == ({"nadl": 2, "fad": 1}, 2)

    idea.title = "Zwirn"
    idea.save()
    Idea.objects.filter(pk=idea.pk).index()
    assert terms() == ({"nadl": 1, "fad": 1, "zwirn": 1}, 2)

    forget(Idea.objects.filter(number=2))
    assert terms() == ({"zwirn": 1}, 1)


def test_check_finds_what_is_missing_or_old_and_rebuilding_repairs_it():
    idea = make_idea("Nadel", number=1)
    make_idea("Faden", number=2)
    assert warnings() == []

    SearchDocument.objects.filter(idea__number=2).delete()
    idea.title = "Zwirn"
    idea.save()
    assert "for 2 ideas" in warnings()[0].msg

    out = StringIO()
    call_command("rebuild_search", stdout=out, stderr=StringIO())
    assert "2 ideas are in the search index." in out.getvalue()
    assert warnings() == []
    assert (found("zwirn"), found("faden")) == ([1], [2])


def test_verifying_finds_what_was_changed_in_the_database_itself():
    make_idea("Markt", number=7)
    said = StringIO()
    call_command("rebuild_search", verify=True, stdout=said, stderr=StringIO())
    assert "as they are" in said.getvalue()

    Idea.objects.update(title="Laden")
    with pytest.raises(CommandError, match=r"1 ideas \(007\)"):
        call_command("rebuild_search", verify=True, stderr=StringIO())

    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    call_command("rebuild_search", verify=True, stdout=StringIO(), stderr=StringIO())
    Idea.objects.update(status=Idea.Status.ARCHIVED)
    with pytest.raises(CommandError, match=r"1 ideas \(007\)"):
        call_command("rebuild_search", verify=True, stderr=StringIO())


def test_index_is_rebuilt_when_the_analysis_has_changed_and_only_then():
    make_idea("Nadel", number=1)
    before = SearchDocument.objects.get().indexed_at

    call_command("rebuild_search", if_needed=True)
    assert SearchDocument.objects.get().indexed_at == before

    SearchDocument.objects.update(analysis=VERSION - 1)
    call_command("rebuild_search", if_needed=True, stdout=StringIO(), stderr=StringIO())
    assert SearchDocument.objects.get().analysis == VERSION


def warnings():
    """The warnings of the check of the index."""
    return [message for message in run_checks() if message.id == "compendium.W002"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time anyway")
def test_one_transaction_at_a_time_changes_the_index():
    index(Idea.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (1,)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no locks of rows")
def test_an_entry_under_change_may_be_named_by_others():
    """Else two editors who save at once wait for each other: each writes what is like the entry of the other."""
    idea = make_idea("Laden")
    with CaptureQueriesContext(connection) as captured:
        revisions.locked(idea)
    assert any("FOR NO KEY UPDATE" in each["sql"] for each in captured)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its rows by itself")
def test_sqlite_learns_how_many_ideas_there_are_when_many_are_written(monkeypatch):
    keys = [make_idea(f"Laden {number}", number=number).pk for number in (1, 2, 3)]
    monkeypatch.setattr(indexing, "BATCH", 3)

    indexing.write(keys)
    assert "sqlite_stat1" not in connection.introspection.table_names()
    monkeypatch.setattr(indexing, "BATCH", 2)
    indexing.write(keys)

    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'idea_public'")
        assert cursor.fetchone()[0].startswith("3 3 ")
