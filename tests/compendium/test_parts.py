"""The page of all interface parts: for whom, and that it shows them."""

import pytest

from tests.factories import make_event, make_example, make_idea, make_milestone, make_topic, make_workshop
from tests.visits import visit

pytestmark = pytest.mark.django_db
PARTS = (
    "plate", "plate-street", "ws", "scale", "facade-house", "street", "strip", "btn", "field-bad", "err",
    "notice-bad", "notice-light", "facet", "tick", "card", "pages", "facts", "source", "index", "spread",
    "matrix", "tile", "timeline", "crumbs", "skip", "site", "foot", "search",
    "chips", "question", "tiles-in",
)  # fmt: skip


@pytest.fixture
def content():
    idea = make_idea(workshop=make_workshop(), topics=[make_topic()], effort="gering", horizon="kurzfristig")
    make_example(idea)
    make_milestone(make_event())


def test_visitors_do_not_find_it(client, content):
    visit(client, "/bausteine/", status=404)


def test_developers_see_it(client, content, settings):
    settings.DEBUG = True

    assert "Bausteine" in visit(client, "/bausteine/").text


@pytest.mark.parametrize("address", ["/bausteine/", "/en/bausteine/"])
def test_staff_see_every_part(admin_client, content, address):
    html = admin_client.get(address).text

    classes = {name for part in html.split('class="')[1:] for name in part.split('"')[0].split()}
    assert set(PARTS) - classes == set()


def test_an_empty_database_shows_what_needs_no_content(admin_client):
    assert "post@" in admin_client.get("/bausteine/").text
