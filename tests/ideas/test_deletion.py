"""Deleting terms: the entries' histories tell of it, and no published entry is left without a topic."""

import pytest
from django.contrib.admin.models import LogEntry

from ideas.admin import vocabularies
from ideas.models import Actor, Topic
from tests.desk import Desk
from tests.factories import make_actor, make_complete_idea, make_editor, make_idea, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db):
    return Desk(make_editor("Verwaltung", name="Vera"))


def delete(desk, *terms):
    """Delete terms: one on its page, several from the list."""
    base = f"/admin/ideas/{terms[0]._meta.model_name}/"
    if len(terms) == 1:
        return desk.post(f"{base}{terms[0].pk}/delete/", {"post": "yes"}, follow=True)
    keys = [term.pk for term in terms]
    values = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    return desk.post(base, values, follow=True)


@pytest.mark.parametrize("number", [1, 2])
def test_history_of_each_entry_tells_who_deleted_what_it_carried(keeper, visitor, number):
    gone = [make_topic(name) for name in ("Handel", "Verkehr")[:number]]
    kept = make_topic("Grün")
    idea, other = make_idea(number=1, topics=[*gone, kept]), make_idea(number=2, topics=[kept])

    delete(keeper, *gone)

    assert list(Topic.objects.all()) == [kept]
    latest = idea.revisions.first()
    names = ", ".join(f"„{topic.name}“" for topic in gone)
    assert (latest.event, latest.by_name, latest.version) == ("edited", "Vera", 1)
    assert latest.note == f"{names} aus der Wörterliste gelöscht."
    assert latest.content["topics"] == [kept.pk]
    assert idea.revisions.last().content["topics"] == [*(topic.pk for topic in gone), kept.pk]
    assert not other.revisions.exists()
    assert visitor.hits("/ideen/?q=handel") == []


def test_page_names_the_entries_that_lose_a_topic(keeper, monkeypatch):
    topic, other = make_topic("Handel"), make_topic("Grün")
    for number in (1, 2, 3):
        make_idea("Markt", number=number, slug=f"markt-{number}", topics=[topic, other])
    address = f"/admin/ideas/topic/{topic.pk}/delete/"

    page = keeper.get(address).text
    assert "3 Einträge tragen es dann nicht mehr" in page
    assert "003 Markt</a>" in page

    monkeypatch.setattr(vocabularies, "MOST_NAMED", 1)
    page = keeper.get(address).text
    assert "001 Markt</a>" in page
    assert "002 Markt" not in page
    assert "und 2 weitere" in page


@pytest.mark.parametrize("number", [1, 2])
def test_last_topic_of_a_published_entry_is_not_deleted(keeper, number):
    topics = [make_topic(name) for name in ("Handel", "Verkehr")[:number]]
    idea = make_idea("Markt", number=1, topics=topics)
    make_complete_idea("Entwurf", number=2).topics.set(topics)

    page = delete(keeper, *topics).text

    assert "Veröffentlichte Einträge hätten kein Thema mehr: 001 Markt." in page
    assert "002" not in page[page.index("kein Thema mehr") :][:60]
    assert list(idea.topics.all()) == topics
    assert not idea.revisions.exists()
    assert not LogEntry.objects.exists()


def test_draft_and_other_vocabularies_lose_their_last_term(keeper):
    topic, actor = make_topic(), make_actor()
    draft = make_idea(status="draft", published_at=None, topics=[topic])
    public = make_idea(actors=[actor])

    delete(keeper, topic)
    delete(keeper, actor)

    assert not Topic.objects.exists()
    assert not Actor.objects.exists()
    assert [each.revisions.first().note for each in (draft, public)] == [
        "„Leerstand“ aus der Wörterliste gelöscht.",
        "„Handel“ aus der Wörterliste gelöscht.",
    ]
