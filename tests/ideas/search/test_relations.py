"""The related ideas that are kept: right after every change, as if all had been compared anew."""

import datetime
import random

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from ideas import workflow
from ideas.models import Idea, Related
from ideas.search.indexing import forget
from ideas.search.relations import KEPT, similar
from tests.factories import make_actor, make_complete_idea, make_editor, make_topic
from tests.factories import make_compared_idea as make_idea
from tests.visits import queries_of

pytestmark = pytest.mark.django_db

WORDS = [f"{first}o{second}" for first in "BDFGKLM" for second in "nprst"]


def numbers(idea):
    """The numbers of the ideas shown as related."""
    return [each.idea.number for each in similar(idea)]


def shown_everywhere():
    """What every idea shows as related, and why."""
    return {idea.number: [(each.idea.number, each.words) for each in similar(idea)] for idea in Idea.objects.all()}


def change(idea, **values):
    """Change an idea and let the index know, as every step of the desk does."""
    Idea.objects.filter(pk=idea.pk).update(**values)
    Idea.objects.filter(pk=idea.pk).index()


def test_six_are_shown_the_nearest_first_with_the_words_they_share():
    idea = make_idea("Quitte Marder Zirkus", number=1, summary="")
    for number in range(2, 10):
        make_idea(f"Zirkus {number}a", number=number, summary="")
    make_idea("Quitte Marder", number=20, summary="")

    found = similar(idea)

    assert len(found) == 6
    assert found[0].idea.number == 20
    assert set(found[0].words) == {"Quitte", "Marder"}
    assert found[1].words == ["Zirkus"]


def test_reasons_are_nouns_as_written_and_none_says_the_same_twice():
    idea = make_idea("Onlineshop", number=1, summary="Ein Shop hilft schnell weiter.")
    make_idea("Onlineshop und Shop", number=2, summary="Schnell weiter!")

    assert similar(idea)[0].words in (["Shop"], ["Onlineshop"])


def test_only_public_ideas_are_shown():
    idea = make_idea("Quitte", number=1, summary="")
    make_idea("Quitte 2a", number=2, summary="", status="draft", published_at=None)
    make_idea("Quitte 3a", number=3, summary="", published_at=timezone.now() + datetime.timedelta(hours=1))
    make_idea("Quitte 4a", number=4, summary="", status="archived")
    make_idea("Quitte 5a", number=5, summary="")

    assert numbers(idea) == [5]
    Idea.objects.filter(number=3).update(published_at=timezone.now())  # its hour has come
    assert set(numbers(idea)) == {3, 5}


def test_lists_follow_when_an_idea_is_published_or_withdrawn():
    chief = make_editor("Schlussredaktion", name="Clara")
    idea = make_complete_idea("Quitte", number=1, status="published")
    other = make_complete_idea("Quitte 2a", number=2, status="review", published_at=None)
    assert numbers(idea) == []

    workflow.transition(other, "published", by=chief)
    assert numbers(idea) == [2]

    workflow.transition(other, "archived", by=chief, note="Veraltet.")
    assert numbers(idea) == []


def test_lists_follow_when_an_idea_says_something_else():
    idea = make_idea("Quitte", number=1, summary="")
    other = make_idea("Zaun", number=2, summary="")
    assert (numbers(idea), numbers(other)) == ([], [])

    change(other, title="Quitte am Zaun")
    assert (numbers(idea), numbers(other)) == ([2], [1])

    change(other, title="Zaun")
    assert (numbers(idea), numbers(other)) == ([], [])


def test_lists_fill_up_when_related_ideas_go():
    idea = make_idea("Quitte", number=1, summary="")
    for number in range(2, KEPT + 10):
        make_idea(f"Quitte {number}a", number=number, summary="")

    for number in numbers(idea) + numbers(idea):
        gone = Idea.objects.filter(number=number)
        forget(gone)
        gone.delete()

    assert len(numbers(idea)) == 6


def test_same_topics_and_actors_part_ties():
    topic, actor = make_topic("Zaun"), make_actor("Zirkus")
    idea = make_idea("Quitte", number=1, summary="", topics=[topic], actors=[actor])
    make_idea("Quitte 2a", number=2, summary="Zaun Zirkus")
    make_idea("Quitte 3a", number=3, summary="", topics=[topic], actors=[actor])

    assert numbers(idea) == [3, 2]


def test_changes_one_by_one_come_out_as_comparing_everything_anew():
    chance = random.Random(11)  # noqa: S311 (no secret)
    topics = [make_topic(f"Thema {name}") for name in "abc"]
    for number in range(1, 41):
        make_idea(title(chance), number=number, slug=f"idee-{number}", topics=chance.sample(topics, 1))
    for _ in range(60):
        idea = chance.choice(Idea.objects.order_by("number"))
        change(idea, title=title(chance), status=chance.choice(["published", "published", "draft"]))
    before = {idea: set(numbers(idea)) for idea in Idea.objects.all()}

    call_command("rebuild_search", verbosity=0)

    after = {idea: set(numbers(idea)) for idea in Idea.objects.all()}
    shared = sum(len(before[idea] & after[idea]) for idea in after)
    assert shared / sum(map(len, after.values())) > 0.9  # the weights of words have changed a little on the way


def title(chance):
    """Eight words."""
    return " ".join(chance.sample(WORDS, 8))


def test_two_queries_whatever_is_shown():
    idea = make_idea("Quitte", number=1, summary="")
    make_idea("Quitte 2a", number=2, summary="")
    few = queries_of(lambda: similar(idea))
    for number in range(3, 9):
        make_idea(f"Quitte {number}a", number=number, summary="")

    assert queries_of(lambda: similar(idea)) == few == 2


@pytest.mark.parametrize("row", [{"score": 0}, {"same": True}, {"twice": True}])
def test_database_keeps_no_nonsense(row):
    one, other = make_idea("Quitte", number=1, summary=""), make_idea("Zaun", number=2, summary="")
    if row.get("twice"):
        Related.objects.create(idea=one, other=other, score=1, shared_terms="zaun")
    with pytest.raises(IntegrityError), transaction.atomic():
        Related.objects.create(
            idea=one, other=one if row.get("same") else other, score=row.get("score", 1), shared_terms="zaun"
        )
