"""The first page of the desk: what is to be done, with numbers that hold what they promise."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compendium.models import OperatorData
from ideas import revisions
from ideas.content import snapshot
from ideas.models import Idea, SearchCount
from tests.desk import Desk
from tests.factories import make_complete_idea, make_editor, make_example, make_idea, make_source
from tests.visits import Markup, queries

pytestmark = pytest.mark.django_db
START = "/admin/"
MOST_QUERIES = 25


@pytest.fixture
def chief(db):
    return Desk(make_editor("Schlussredaktion", name="Clara"))


@pytest.fixture
def everything(db):
    return Desk(User.objects.create_superuser("Vera"))


@pytest.fixture
def work(db):
    """Something of everything there is to be done, and something of what must not be counted."""
    by = make_editor("Schlussredaktion")
    for number in (1, 2):
        make_complete_idea(f"Idee {number}", number=number, status="review", published_at=None)
    pending = make_complete_idea("Idee 3", number=3, status="published")
    revisions.change(pending, snapshot(pending) | {"title": "Neu"}, by=by, aside=True)
    begun = make_complete_idea("Idee 8", number=8, status="published")
    revisions.change(begun, snapshot(begun) | {"title": "Halb"}, by=by, aside=True, unfinished=True)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    make_complete_idea("Idee 4", number=4, status="published", published_at=tomorrow)
    make_idea(number=5, status="draft", summary="", published_at=None)
    make_idea(number=6, status="archived", summary="")
    lost = make_idea(number=7)
    make_example(lost, source=make_source(link_status="dead"))
    make_source(link_status="dead", ignore_reason="Nur mit Konto")
    for term, hits, count in (("eisbahn", 0, 4), ("drohnen", 0, 3), ("selten", 0, 2), ("markt", 5, 9)):
        SearchCount.objects.create(day=timezone.localdate(), term=term, hits=hits, count=count)
    old = timezone.now() - datetime.timedelta(days=500)
    Idea.objects.filter(number__in=(6, 7)).update(updated_at=old)


def tasks(response):
    return {task.label: task for group in response.context["desk"] for task in group.tasks}


def test_numbers_say_what_is_to_be_done(work, chief):
    counts = {label: task.count for label, task in tasks(chief.get(START)).items()}
    assert counts.pop("Mögliche Dubletten") > 0  # they all say the same

    assert counts == {
        "Warten auf Prüfung": 2, "Offene Revisionen": 1, "Revisionen in Arbeit": 1,
        "Geplante Veröffentlichungen": 1, "Entwürfe": 1, "Unvollständige Einträge": 7,
        "Einträge ohne erreichbare Quelle": 2,
        "Einträge, seit einem Jahr unverändert": 1, "Links, die ins Leere führen": 1,
        "Gesucht, nicht gefunden": 2,
    }  # fmt: skip


def test_every_number_leads_to_a_list_of_as_many_records(work, everything):
    found = tasks(everything.get(START))
    del found["Fehlende Angaben des Betreibers"]  # leads to the form
    links = [(task.label, task.url, task.count) for task in found.values()]
    links += [(line.label, line.url, int(line.beside)) for line in found["Unvollständige Einträge"].lines]
    assert len(links) > 15

    for label, url, count in links:
        page = everything.get(url).context
        listed = page["cl"].result_count if "cl" in page else page["rows"].paginator.count
        assert listed == count, label


def test_page_says_which_fields_are_missing_and_how_often(work, chief):
    lines = {line.label: line.beside for line in tasks(chief.get(START))["Unvollständige Einträge"].lines}

    assert lines["Kurzfassung"] == "1"
    assert lines["Wer es macht"] == "7"
    assert lines["Themen"] == "2"


def test_only_entries_left_alone_for_a_year_are_named_with_their_day(work, chief):
    lines = tasks(chief.get(START))["Einträge, seit einem Jahr unverändert"].lines

    day = (timezone.localdate() - datetime.timedelta(days=500)).strftime("%d.%m.%Y")
    assert [(line.label, line.beside) for line in lines] == [("007 Idee 7", day)]
    assert chief.get(lines[0].url).status_code == 200


def test_five_entries_left_alone_longest_are_named(chief):
    for days, number in enumerate(range(11, 18), 400):
        make_idea(number=number)
        Idea.objects.filter(number=number).update(updated_at=timezone.now() - datetime.timedelta(days=days))

    task = tasks(chief.get(START))["Einträge, seit einem Jahr unverändert"]

    assert task.count == 7
    assert [line.label[:3] for line in task.lines] == ["017", "016", "015", "014", "013"]


def test_terms_searched_in_vain_are_named_with_how_often(work, everything):
    task = tasks(everything.get(START))["Gesucht, nicht gefunden"]

    assert [(line.label, line.beside) for line in task.lines] == [("eisbahn", "4"), ("drohnen", "3")]
    assert everything.get(task.lines[0].url).context["cl"].result_count == 1


def test_operator_data_is_named_until_it_is_there(everything):
    def names():
        return [line.label for line in tasks(everything.get(START))["Fehlende Angaben des Betreibers"].lines]

    def form():
        address = tasks(everything.get(START))["Fehlende Angaben des Betreibers"].url
        page = everything.get(address).text
        assert 'name="responsible"' in page
        assert 'name="_addanother"' not in page
        return address

    missing = names()
    assert "Name des Betreibers" in missing
    assert form() == "/admin/compendium/operatordata/add/"

    OperatorData.objects.create(name="Stadt Musterstadt")

    assert form() == "/admin/compendium/operatordata/1/change/"
    assert names() == [name for name in missing if name != "Name des Betreibers"]


@pytest.mark.parametrize(
    ("groups", "seen"),
    [
        (["Redaktion"], {"In Arbeit", "Zu pflegen", "Wonach gesucht wird"}),
        (["Schlussredaktion"], {"In Arbeit", "Zu pflegen", "Wonach gesucht wird"}),
        (["Verwaltung"], {"In Arbeit", "Zu pflegen", "Wonach gesucht wird", "Die Website"}),
        ([], set()),
    ],
)
def test_everyone_sees_what_they_may_open(work, groups, seen):
    desk = Desk(make_editor(*groups))

    page = desk.get(START)

    assert {group.title for group in page.context["desk"]} == seen
    for task in tasks(page).values():
        assert desk.get(task.url).status_code == 200


def test_page_is_plain_html_under_the_policy(work, chief):
    markup = Markup(chief.get(START).text)

    assert markup.inline == []
    assert "2 Warten auf Prüfung" in markup.text
    assert ("/admin/ideas/idea/?status__exact=review", None) in markup.links


def test_page_needs_few_queries_however_much_there_is(everything):
    make_complete_idea()
    with_one = queries(everything, START)
    assert with_one <= MOST_QUERIES

    for number in range(6):
        make_idea(number=number + 1, summary="")

    assert queries(everything, START) == with_one
