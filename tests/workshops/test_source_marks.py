"""What the link check found, on public pages and at the desk."""

import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from tests.desk import basis
from tests.factories import make_event, make_example, make_idea, make_lab, make_milestone, make_source
from tests.visits import visit
from workshops.models import Source

pytestmark = pytest.mark.django_db
CHECKED = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)
MARK = "(Seite am 25. November 2026 nicht mehr erreichbar)"


def dead(**values):
    """A source whose page is gone."""
    return make_source(link_status="dead", link_finding="gone", http_status=404, checked_at=CHECKED, **values)


def test_pages_mark_sources_that_are_no_longer_reachable(client):
    idea = make_idea()
    make_example(idea, source=dead())
    make_lab("Bremen", sources=[dead(), make_source(link_status="ok")])
    make_milestone(make_event(), video=dead())

    assert MARK in visit(client, idea.get_absolute_url()).text
    assert visit(client, "/stadtlabore/bremen/").text.count(MARK) == 1
    assert visit(client, "/ergebnisse/").text.count(MARK) == 1
    english = visit(client, f"/en{idea.get_absolute_url()}")
    assert "page no longer reachable on Nov. 25, 2026" in english.text
    assert english.language_of("page no longer reachable") == "en"


@pytest.mark.parametrize(("until", "marked"), [(None, False), (0, False), (-1, True)])
def test_ignored_sources_are_not_marked(client, until, marked):
    last = until if until is None else timezone.localdate() + datetime.timedelta(days=until)
    source = dead(ignore_reason="nur mit Anmeldung", ignore_until=last)
    make_lab("Bremen", sources=[source])

    assert (MARK in visit(client, "/stadtlabore/bremen/").text) is marked
    assert (source in Source.objects.unreachable()) is marked
    assert (source in Source.objects.ignored()) is not marked


def test_two_pages_of_one_host_are_told_apart_at_the_desk_only(admin_client, client):
    one, other = (
        make_source(url="https://www.bremen.de/markt/"),
        make_source(url="https://bremen.de/hafen?seite=2"),
    )
    idea = make_idea()
    make_example(idea, source=one)

    text = visit(admin_client, "/admin/workshops/source/").text
    assert "bremen.de/markt" in text
    assert "bremen.de/hafen?seite=2" in text
    query = {"app_label": "ideas", "model_name": "practiceexample", "field_name": "source", "term": "bremen"}
    found = admin_client.get("/admin/autocomplete/", query).json()["results"]
    assert {each["text"] for each in found} == {"bremen.de/markt", "bremen.de/hafen?seite=2"}
    assert "bremen.de/markt" not in visit(client, idea.get_absolute_url()).text
    assert (one.name, other.name) == ("bremen.de", "bremen.de")


def test_desk_lists_dead_and_ignored_sources(admin_client):
    dead(title="Tote Seite")
    dead(title="Geduldete Seite", ignore_reason="kommt wieder")
    make_source(title="Gute Seite", link_status="ok")

    text = visit(admin_client, "/admin/workshops/source/?link_status__exact=dead&ignored=no").text

    assert "Tote Seite" in text
    assert "(HTTP 404)" in text
    assert "Geduldete Seite" not in text
    assert "Gute Seite" not in text
    ignored = visit(admin_client, "/admin/workshops/source/?ignored=yes").text
    assert "ausgesetzt: kommt wieder" in ignored


def test_ignoring_for_a_time_needs_a_reason(admin_client):
    source = dead()
    address = f"/admin/workshops/source/{source.pk}/change/"

    response = admin_client.post(address, {"url": source.url, "ignore_until": "2027-01-01"})

    assert "Sagen Sie, warum" in response.text
    assert (
        admin_client.post(
            address, {"url": source.url, "ignore_reason": "Umbau", "basis": basis(source)}
        ).status_code
        == 302
    )


def test_new_address_forgets_what_was_found_about_the_old_one(admin_client):
    source = dead()
    address = f"/admin/workshops/source/{source.pk}/change/"

    admin_client.post(address, {"url": source.url, "title": "Neuer Titel", "basis": basis(source)})
    source.refresh_from_db()
    assert source.link_status == "dead"
    admin_client.post(address, {"url": "https://neu.example/", "basis": basis(source)})

    source.refresh_from_db()
    assert (source.link_status, source.link_finding, source.http_status, source.checked_at) == (
        "unknown",
        "",
        None,
        None,
    )


def test_new_addresses_are_taken_over_at_the_desk(admin_client):
    moved = make_source(link_status="redirect", link_finding="moved", final_url="https://neu.example/")
    other = make_source(link_status="ok")

    response = admin_client.post(
        "/admin/workshops/source/",
        {"action": "take_over_addresses", "_selected_action": [moved.pk, other.pk]},
        follow=True,
    )

    moved.refresh_from_db()
    assert moved.url == "https://neu.example/"
    assert "1 neue Adresse übernommen." in response.text
    assert "ist nicht auf eine neue Adresse umgezogen" in response.text
    assert LogEntry.objects.get().object_id == str(moved.pk)
