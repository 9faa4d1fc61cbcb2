"""What about an entry needs an editor: the conditions, and the filters of the list that use them."""

import datetime

import pytest
from django.utils import timezone

from ideas import revisions, upkeep
from ideas.content import missing, snapshot
from ideas.models import Idea
from ideas.vocabularies import Cost, Effort, Horizon, Maturity, Phase
from tests.desk import Desk
from tests.factories import (
    make_actor,
    make_city_size,
    make_complete_idea,
    make_documented_idea,
    make_editor,
    make_example,
    make_idea,
    make_source,
    make_workshop,
)
from tests.visits import queries

pytestmark = pytest.mark.django_db
LIST = "/admin/ideas/idea/"
EMPTY = {"summary", "problem", "approach", "steps", "success_factors", "risks", "phase", "effort", "cost",
         "horizon", "maturity", "workshop", "topics", "actors", "city_sizes", "examples"}  # fmt: skip


def lacking(idea):
    return {gap.name for gap in upkeep.gaps() if Idea.objects.filter(gap.condition, pk=idea.pk).exists()}


def make_full_idea(**values):
    """An entry that lacks nothing at all."""
    assessed = {"phase": Phase.VISIT, "effort": Effort.LOW, "cost": Cost.LOW, "horizon": Horizon.SHORT,
                "maturity": Maturity.PILOT, "success_factors": "Mut", "risks": "Geld"}  # fmt: skip
    workshop = make_workshop(f"Feld {Idea.objects.count()}")
    idea = make_complete_idea(workshop.title, workshop=workshop, **(assessed | values))
    idea.actors.add(make_actor(f"Akteur {idea.pk}"))
    idea.city_sizes.add(make_city_size(f"Stadt {idea.pk}"))
    return idea


def test_every_gap_is_found_and_a_full_entry_has_none():
    empty, full = make_idea(summary="", maturity=""), make_full_idea()

    assert lacking(empty) == EMPTY
    assert lacking(full) == set()
    assert list(Idea.objects.filter(upkeep.incomplete())) == [empty]


@pytest.mark.parametrize("field", sorted(EMPTY))
def test_each_gap_alone_makes_an_entry_incomplete(field):
    idea = make_full_idea()
    if field in {"topics", "actors", "city_sizes"}:
        getattr(idea, field).clear()
    elif field == "examples":
        idea.examples.all().delete()
    else:
        Idea.objects.update(**{field: None if field == "workshop" else ""})

    assert lacking(idea) == {field}
    assert Idea.objects.filter(upkeep.incomplete()).count() == 1


def test_whatever_stops_a_publication_is_a_gap():
    idea = make_idea(summary="", status="draft", published_at=None)

    assert len(missing(snapshot(idea))) == 6
    assert lacking(idea) >= {"summary", "problem", "approach", "steps", "topics", "examples"}


def test_mere_idea_needs_no_example_and_an_archived_entry_nothing():
    assert "examples" not in lacking(make_idea(maturity="idee"))
    assert lacking(make_idea(status="archived", summary="")) == set()


def test_entry_with_one_source_that_lives_is_fine():
    dead, alive = make_source(link_status="dead"), make_source(link_status="unknown")
    ignored = make_source(link_status="dead", ignore_reason="Zugang nur mit Konto")
    lost, kept, passed_over, named, without = (make_idea(number=number) for number in range(1, 6))
    make_example(lost, source=dead)
    make_example(kept, source=dead)
    make_example(kept, "Gera", source=alive)
    make_example(passed_over, source=ignored)
    named.documented_as, named.origin = make_documented_idea(sources=[alive]), "workshop"
    named.save()

    assert [idea.number for idea in Idea.objects.filter(upkeep.without_living_source())] == [1, without.number]


def test_entry_is_untouched_after_a_year():
    old, new = make_idea(), make_idea()
    Idea.objects.filter(pk=old.pk).update(updated_at=timezone.now() - datetime.timedelta(days=366))
    Idea.objects.filter(pk=new.pk).update(updated_at=timezone.now() - datetime.timedelta(days=364))

    assert list(Idea.objects.filter(upkeep.untouched())) == [old]


def test_list_filters_by_what_is_waiting_missing_and_left_alone():
    desk = Desk(make_editor("Schlussredaktion"))
    chief = make_editor("Schlussredaktion")
    waiting = make_full_idea(number=1, status="published")
    revisions.change(waiting, snapshot(waiting) | {"title": "Neu"}, by=chief, aside=True)
    make_full_idea(number=2, status="published", published_at=timezone.now() + datetime.timedelta(days=1))
    make_full_idea(number=3, risks="")

    def found(query):
        return [idea.number for idea in desk.get(f"{LIST}?{query}").context["cl"].result_list]

    assert found("offen=revision") == [1]
    assert found("offen=geplant") == [2]
    assert found("fehlt=etwas") == found("fehlt=risks") == [3]
    assert found("fehlt=summary") == found("pflege=ohne-quelle") == []
    assert sorted(found("fehlt=unfug&pflege=%00&offen=")) == [1, 2, 3]


def test_filters_need_no_more_queries_for_more_entries():
    desk = Desk(make_editor("Schlussredaktion"))
    make_full_idea()
    address = f"{LIST}?fehlt=etwas&_facets=True"
    with_one = queries(desk, address)

    make_full_idea()
    make_idea(summary="")

    assert queries(desk, address) == with_one
