"""What visitors search for is counted, without persons and without disturbing anybody."""

import datetime
import logging
import threading

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.urls import reverse
from django.utils import timezone

from ideas import searches
from ideas.models import SearchCount, SynonymGroup
from ideas.views import idea_list
from tests.factories import make_editor, make_idea
from tests.visits import queries_of

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def search(visitor, address, **headers):
    """Visit an address as a browser does."""
    return visitor.get(address, **(BROWSER | headers))


def counted():
    """What is kept of today: (term, hits, count)."""
    return list(SearchCount.objects.order_by("term").values_list("term", "hits", "count"))


def make_count(term, *, days_ago=0, hits=0, count=3):
    """A row of the past."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return SearchCount.objects.create(day=day, term=term, hits=hits, count=count)


def terms(rows):
    """The terms of rows with their times."""
    return [(row.term, row.times) for row in rows]


def test_one_row_a_day_and_term_with_hits_and_times(visitor):
    search(visitor, "/ideen/?q=Quitte")
    make_idea("Quitte", number=1)

    search(visitor, "/ideen/?q=%20%20QUITTE%20")
    search(visitor, "/ideen/?q=Zeppelin")
    search(visitor, "/en/ideen/?q=quitte")

    assert counted() == [("quitte", 1, 3), ("zeppelin", 0, 1)]
    assert {row.day for row in SearchCount.objects.all()} == {timezone.localdate()}


def test_hits_are_counted_without_filters_and_without_corrections(visitor):
    make_idea("Quitte", number=1, cost="hoch")

    search(visitor, "/ideen/?q=quitte&kosten=gering")
    search(visitor, "/ideen/?q=quite")

    assert counted() == [("quite", 0, 1), ("quitte", 1, 1)]


@pytest.mark.parametrize(
    "typed", ["anna@stadt.example", "0761 2345", "1234", "a" * 61, "", "   ", "-quitte", "und", "!?", '""']
)
def test_nothing_is_kept_of_what_may_be_personal_or_is_no_search(visitor, typed):
    assert search(visitor, f"/ideen/?q={typed}").status_code in {200, 302}

    assert counted() == []


@pytest.mark.parametrize("typed", ["innenstadt 2030", "quitte"])
def test_numbers_below_four_digits_and_years_are_told_apart(visitor, typed):
    search(visitor, f"/ideen/?q={typed}")

    assert [term for term, _hits, _count in counted()] == ([] if "2030" in typed else [typed])


@pytest.mark.parametrize(
    "address", ["/ideen/", "/ideen/?kosten=gering", "/ideen/?q=quitte&seite=2", "/ideen/export.csv?q=quitte",
                "/ideen/vorschlaege/?q=quitte", "/passend/?q=quitte"],
)  # fmt: skip
def test_only_searches_in_the_list_count(visitor, address):
    make_idea("Quitte", number=1)

    assert search(visitor, address).status_code == 200

    assert counted() == []


def test_filters_pages_and_the_way_back_are_no_new_searches(visitor):
    make_idea("Quitte", number=1)
    here = "http://testserver/ideen/?q=Quitte"

    search(visitor, "/ideen/?q=quitte&kosten=hoch", HTTP_REFERER=here)
    search(visitor, "/ideen/?q=quitte", HTTP_REFERER="http://testserver/ideen/1-quitte/?q=quitte")
    assert counted() == []

    search(visitor, "/ideen/?q=zeppelin", HTTP_REFERER=here)
    search(visitor, "/ideen/?q=quitte", HTTP_REFERER="http://[broken")
    assert counted() == [("quitte", 1, 1), ("zeppelin", 0, 1)]


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8.5", "python-requests/2.32", "WhatsApp preview"])
def test_programs_do_not_count(visitor, agent):
    visitor.get("/ideen/?q=quitte", HTTP_USER_AGENT=agent)
    search(visitor, "/ideen/?q=quitte", HTTP_SEC_PURPOSE="prefetch")
    visitor.head("/ideen/?q=quitte", **BROWSER)

    assert counted() == []


def test_page_is_finished_before_anything_is_counted(visitor, rf):
    make_idea("Quitte", number=1)
    response = idea_list(rf.get("/ideen/?q=quitte", **BROWSER))
    assert "Quitte" in response.text
    assert counted() == []

    request_finished.disconnect(close_old_connections)  # as the client of Django does: the test needs it still
    response.close()
    request_finished.connect(close_old_connections)
    assert counted() == [("quitte", 1, 1)]


def test_counting_needs_few_queries():
    first = queries_of(lambda: searches.count("quitte", 1))
    second = queries_of(lambda: searches.count("quitte", 1))

    assert second < first <= 16
    assert counted() == [("quitte", 1, 2)]


def test_broken_write_is_logged_without_the_term_and_the_page_is_shown(visitor, caplog):
    make_idea("Quitte", number=1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ideas_searchcount RENAME TO ideas_searchcount_away")

    with caplog.at_level(logging.WARNING, logger="ideas.searches"):
        response = search(visitor, "/ideen/?q=quitte")

    assert response.status_code == 200
    assert "A search was not counted" in caplog.text
    assert "quitte" not in caplog.text


def test_another_writer_is_not_waited_for_long(caplog):
    alone = connection.vendor == "sqlite"  # it has one lock for all writers
    make_count("kanne")  # in the transaction of the test, which holds that lock until the end

    def visit():
        searches.count("quitte", 1)
        if not alone:
            SearchCount.objects.all().delete()  # it is outside the transaction that is rolled back
        connection.close()

    before = timezone.now()
    visitor = threading.Thread(target=visit)
    visitor.start()
    visitor.join()

    assert timezone.now() - before < datetime.timedelta(seconds=3)
    assert ("A search was not counted" in caplog.text) == alone
    assert counted() == [("kanne", 0, 3)]
    searches.count("zeppelin", 1)
    if alone:
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_terms_are_added_up_and_shown_from_three_searches_on():
    make_count("quitte", days_ago=9, count=2, hits=0)
    make_count("quitte", days_ago=1, count=4, hits=5)
    make_count("zeppelin", days_ago=3, count=2, hits=7)
    make_count("zeppelin", count=1, hits=0)
    make_count("nadel", count=2)

    assert terms(SearchCount.objects.by_term()) == [("quitte", 6), ("zeppelin", 3)]
    assert [row.hits for row in SearchCount.objects.by_term()] == [5, 0]
    assert terms(SearchCount.objects.not_found()) == [("zeppelin", 3)]


def test_twelve_months_later_terms_are_not_shown_and_the_next_new_term_deletes_them():
    make_count("quitte", days_ago=365, count=9)
    make_count("zeppelin", days_ago=364, count=9)
    assert terms(SearchCount.objects.by_term()) == [("zeppelin", 9)]

    searches.count("nadel", 0)

    assert [term for term, *_ in counted()] == ["nadel", "zeppelin"]


def test_editors_see_what_was_not_found_and_make_a_synonym_of_it(client):
    client.force_login(make_editor("Schlussredaktion"))
    make_count("fußgänger & co", count=7)
    make_count("quitte", hits=2)
    make_count("nadel", count=2)
    make_count("kanne", days_ago=400, count=9)

    every = client.get(reverse("admin:ideas_searchcount_changelist")).text
    html = client.get(reverse("admin:ideas_searchcount_changelist"), {"gefunden": "nein"}).text

    assert "quitte" in every
    assert every.index("fußgänger") < every.index("quitte")
    assert "fußgänger &amp; co" in html
    assert not any(term in html for term in ("quitte", "nadel", "kanne"))
    link = html.split('href="/admin/ideas/synonymgroup/add/?')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(reverse("admin:ideas_synonymgroup_add") + f"?{link}").context["adminform"].form
    assert form["words"].value() == "fußgänger & co\n"
    assert form["slug"].value() == "fussgaenger-co"

    values = {"slug": form["slug"].value(), "words": "Fußgänger & Co\nFußverkehr"}
    assert client.post(reverse("admin:ideas_synonymgroup_add"), values).status_code == 302
    assert SynonymGroup.objects.get().words == "Fußgänger & Co\nFußverkehr"


def test_way_to_a_synonym_group_is_shown_to_those_who_may_go_it(client):
    client.force_login(make_editor("Redaktion"))
    make_count("fußgänger", count=7)

    page = client.get(reverse("admin:ideas_searchcount_changelist")).text

    assert "fußgänger" in page
    assert "synonymgroup/add/" not in page


def test_nobody_writes_counts_and_a_deleted_term_is_gone_from_all_days(client):
    client.force_login(make_editor("Verwaltung"))
    make_count("quitte", days_ago=5)
    row = make_count("quitte")
    make_count("zeppelin")

    assert client.get(reverse("admin:ideas_searchcount_add")).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert client.post(reverse("admin:ideas_searchcount_changelist"), data).status_code == 302

    assert [term for term, *_ in counted()] == ["zeppelin"]
