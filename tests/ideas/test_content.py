"""The content of an entry as one value: taken, put back, shown for a moment."""

import pytest
from django.core.exceptions import ValidationError

from ideas import content
from ideas.models import Idea
from tests.factories import make_actor, make_city_size, make_example, make_idea, make_municipality, make_topic
from tests.visits import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    """An entry with something of everything, and two examples."""
    idea = make_idea(
        "Ladenbörse", steps="Fragen\nSammeln", topics=[make_topic()], actors=[make_actor()],
        city_sizes=[make_city_size()], effort="gering",
    )  # fmt: skip
    make_example(idea, "Bremen", "Erste", position=1, municipalities=[make_municipality("Bremen")], year=2021)
    make_example(idea, "Bremen", "Zweite", position=2)
    return idea


def now(idea):
    return content.snapshot(Idea.objects.get(pk=idea.pk))


def test_snapshot_holds_everything_the_public_reads_and_nothing_the_desk_decides(idea):
    taken = now(idea)

    assert taken["title"] == "Ladenbörse"
    assert taken["topics"] == [idea.topics.get().pk]
    assert taken["actors"] == [idea.actors.get().pk]
    assert taken["city_sizes"] == [idea.city_sizes.get().pk]
    assert [each["name"] for each in taken["examples"]] == ["Erste", "Zweite"]
    assert taken["examples"][0]["municipalities"] == [idea.examples.first().municipalities.get().pk]
    assert not content.EDITORIAL & set(taken)


def test_every_field_of_an_entry_is_content_or_decided_at_the_desk():
    technical = {"id", "title_key", "created_at", "updated_at"}
    fields = {field.name for field in Idea._meta.get_fields() if not field.auto_created or field.concrete}

    assert fields - technical - content.EDITORIAL == set(content.snapshot(make_idea())) - {"examples"}


def test_line_ends_of_a_browser_are_no_change(idea):
    before = now(idea)

    Idea.objects.update(steps="Fragen\r\nSammeln")

    assert now(idea) == before


def test_applying_a_snapshot_brings_everything_back(idea):
    before = now(idea)
    first, second = idea.examples.all()
    Idea.objects.update(title="Anders", steps="Weg", effort="hoch")
    for name in ("topics", "actors", "city_sizes"):
        getattr(idea, name).clear()
    first.delete()
    second.year = 1999
    second.save()
    make_example(idea, "Trier", "Dritte")

    content.apply(Idea.objects.get(pk=idea.pk), before)

    assert content.same(now(idea), before)
    assert list(idea.examples.values_list("name", "position")) == [("Erste", 1), ("Zweite", 2)]


def test_examples_may_swap_their_names_and_their_order(idea):
    wanted = now(idea)
    one, two = wanted["examples"]
    one["name"], two["name"] = two["name"], one["name"]
    wanted["examples"] = [two, one]

    content.apply(idea, wanted)

    assert now(idea) == wanted
    assert [example.pk for example in idea.examples.all()] == [two["id"], one["id"]]


def test_what_the_rules_no_longer_allow_is_refused_and_nothing_is_changed(idea):
    before = now(idea)
    make_idea(slug="vergeben")

    with pytest.raises(ValidationError, match="existiert bereits"):
        content.apply(idea, before | {"title": "Neu", "slug": "vergeben"})

    assert now(idea) == before


def test_lenient_keeps_what_is_not_allowed_and_changes_the_rest(idea):
    make_idea(slug="vergeben")
    wanted = now(idea) | {"title": "Neu", "slug": "vergeben"}
    wanted["examples"][0]["source"] = 0

    content.apply(idea, wanted, lenient=True)

    idea.refresh_from_db()
    assert (idea.title, idea.slug) == ("Neu", "ladenboerse")
    assert idea.examples.first().source.url.startswith("https://")


def test_shown_for_a_moment_leaves_no_trace(idea):
    before = now(idea)
    other = before | {"title": "Anders", "topics": [], "examples": before["examples"][:1]}

    with content.shown(Idea.objects.get(pk=idea.pk), other):
        assert now(idea) == other

    assert now(idea) == before


def test_snapshots_of_many_need_a_fixed_number_of_queries(idea):
    def take():
        return [content.snapshot(each) for each in Idea.objects.with_content()]

    with_one = queries_of(take)
    make_example(make_idea(topics=[make_topic("Markt")]), municipalities=[make_municipality("Erfurt")])
    make_example(make_idea(), municipalities=[make_municipality("Trier")])

    assert queries_of(take) == with_one


def test_keys_of_examples_make_no_difference(idea):
    one, other = now(idea), now(idea)
    other["examples"][0]["id"] = None

    assert content.same(one, other)
    assert not content.same(one, other | {"title": "Anders"})
