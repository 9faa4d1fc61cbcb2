"""Whatever is sent to the desk besides what its pages offer, it answers with a page."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from ideas.models import Idea, Revision
from tests.desk import Desk
from tests.factories import make_actor, make_complete_idea, make_source, make_topic
from tests.visits import Markup, go_back

pytestmark = pytest.mark.django_db
LISTS = sorted(each.opts.label_lower for each in admin.site._registry.values() if each.opts.app_label != "axes")
HUGE = "9" * 30
JUNK = [f"id__in={HUGE}", f"pk={HUGE}", "id__in=x", "id__exact=%00", "pk__regex=(", "pk__iregex=(a%2B)%2B$",
        "p=99", f"p={HUGE}", "o=x.9", f"o={HUGE}", "q=%00", "x=1", "id__year=-1", "all=x"]  # fmt: skip


@pytest.fixture
def desk():
    return Desk(get_user_model().objects.create_superuser("chefin"))


def answer(desk, address):
    """The status of a list, or of where it leads."""
    # PostgreSQL takes no more queries in a transaction, as there is one around a test, after one it has refused.
    before = transaction.savepoint()
    response = desk.get(address)
    transaction.savepoint_rollback(before)
    return desk.get(response.url).status_code if response.status_code == 302 else response.status_code


@pytest.mark.parametrize("label", LISTS)
def test_lists_take_any_address(desk, label):
    address = reverse(f"admin:{label.replace('.', '_')}_changelist")

    assert {query: answer(desk, f"{address}?{query}") for query in JUNK} == dict.fromkeys(JUNK, 200)


@pytest.mark.parametrize(
    "query",
    [f"number__in={HUGE}", f"number={HUGE}", "published_at__year=-1", "slug=%00", "title__regex=(",
     "title__regex=(x%2B)%2B$", "topics__id__exact=x", f"topics__id__exact={HUGE}", "workshop__id__exact=%00",
     "status__exact=%00"],
)  # fmt: skip
def test_list_of_ideas_takes_any_condition(desk, query):
    make_complete_idea(slug="x" * 30)

    assert answer(desk, f"/admin/ideas/idea/?{query}") == 200


def test_list_of_sources_takes_any_condition(desk):
    make_source()

    assert answer(desk, "/admin/workshops/source/?link_status__exact=%00") == 200


@pytest.mark.parametrize("query", ["topics=abc", f"topics={HUGE},x", "documented_as=x", f"documented_as={HUGE}",
                                   "workshop=x", "actors=%00", "number=x"])  # fmt: skip
def test_form_takes_any_first_values(desk, query):
    assert desk.get(f"/admin/ideas/idea/add/?{query}").status_code == 200


@pytest.mark.parametrize("address", ["change", "vorschau", "aehnlich"])
@pytest.mark.parametrize("name", ["actors", "city_sizes", "examples-0-municipalities", "documented_as"])
@pytest.mark.parametrize("key", [HUGE, "x", "\0"])
def test_form_refuses_records_that_cannot_be(desk, address, name, key):
    idea = make_complete_idea()
    data = desk.open(idea) | {name: [key]}

    response = desk.save(idea, data, address=address)

    assert response.status_code == 200
    assert Revision.objects.count() == 0


@pytest.mark.parametrize("action", ["merge", "step_published", "export_csv", "delete_selected"])
@pytest.mark.parametrize("key", ["abc", HUGE, "\0"])
def test_actions_take_any_choice(desk, action, key):
    make_complete_idea()

    sent = {"action": action, "_selected_action": [key]}

    assert desk.post("/admin/ideas/idea/", sent, follow=True).status_code == 200
    assert Idea.objects.count() == 1


@pytest.mark.parametrize("name", ["von", "bis"])
def test_histories_take_any_key(desk, name):
    topic, idea = make_topic(), make_complete_idea()

    for address in (f"ideas/topic/{topic.pk}", f"ideas/idea/{idea.pk}"):
        for key in ("9" * 5000, "²", "%00"):
            assert desk.get(f"/admin/{address}/history/?{name}={key}").status_code == 200


def test_note_that_is_no_text_is_refused(desk):
    actor = make_actor("Stadt")
    actor.name = "Kreis"
    actor.save()
    first = actor.history.last()

    response = go_back(desk, f"/admin/ideas/actor/{actor.pk}/history/{first.pk}/", note="a\0b")

    assert "Null" in Markup(response.text).text
    assert type(actor).objects.get().name == "Kreis"


@pytest.mark.parametrize(("day", "taken"), [("01.01.0001", False), ("1.1.1500", False), ("31.12.9999", False),
                                            ("01.01.2026", True)])  # fmt: skip
def test_day_of_publication_is_one_that_can_be_meant(desk, day, taken):
    idea = make_complete_idea(status=Idea.Status.REVIEW)
    address = f"/admin/ideas/idea/{idea.pk}/schritt/published/"
    seen = re.findall(r'name="seen" value="(.*?)"', desk.get(address).text)

    response = desk.post(
        address, {"confirmed": "1", "seen": seen, "at_0": day, "at_1": "00:00", "note": ""}, follow=True
    )

    assert response.status_code == 200
    assert (Idea.objects.get().status == Idea.Status.PUBLISHED) == taken
    assert ("zwischen 2000 und 2099" in response.text) != taken
