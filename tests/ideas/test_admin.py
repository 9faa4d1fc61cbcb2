"""The editors' desk for ideas opens, finds and saves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.models import Idea
from tests.factories import (
    make_actor,
    make_city_size,
    make_documented_idea,
    make_example,
    make_idea,
    make_topic,
    make_workshop,
)

pytestmark = pytest.mark.django_db

MODELS = ["idea", "topic", "actor", "citysize", "documentedidea", "practiceexample"]


def make_everything(number):
    """One record of each kind, connected."""
    idea = make_idea(
        number=number,
        workshop=make_workshop(f"W{number}"),
        topics=[make_topic(f"T{number}")],
        actors=[make_actor(f"A{number}")],
        city_sizes=[make_city_size(f"S{number}")],
        origin="workshop",
        documented_as=make_documented_idea(f"D{number}"),
    )
    make_example(idea)
    return idea


@pytest.mark.parametrize("model", MODELS)
def test_lists_open_with_the_same_number_of_queries_for_one_and_three(admin_client, model):
    make_everything(1)
    with CaptureQueriesContext(connection) as one:
        assert admin_client.get(f"/admin/ideas/{model}/").status_code == 200
    make_everything(2)
    make_everything(3)

    with CaptureQueriesContext(connection) as three:
        assert admin_client.get(f"/admin/ideas/{model}/").status_code == 200

    assert len(three) == len(one)


@pytest.mark.parametrize("model", MODELS)
def test_forms_open(admin_client, model):
    make_everything(1)
    pk = {"idea": Idea.objects.get().pk}.get(model)

    add = admin_client.get(f"/admin/ideas/{model}/add/")
    assert add.status_code == (403 if model == "practiceexample" else 200)  # examples are edited with their entry
    if pk:
        assert "D1" in admin_client.get(f"/admin/ideas/{model}/{pk}/change/").content.decode()


def test_idea_is_found_by_number_and_by_word(admin_client):
    make_idea("Ladenbörse", number=7)
    make_idea("Brunnen", number=77)

    by_number = admin_client.get("/admin/ideas/idea/?q=7").content.decode()
    by_word = admin_client.get("/admin/ideas/idea/?q=Brunnen").content.decode()

    assert "Ladenbörse" in by_number
    assert "Brunnen" not in by_number
    assert "Brunnen" in by_word
    assert "Ladenbörse" not in by_word


def test_visitor_is_sent_to_the_login(client):
    assert client.get("/admin/ideas/idea/").status_code == 302
