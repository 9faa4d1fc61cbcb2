"""Near-duplicates: the warning when one is saved, the look while writing, the list, and what is remembered."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ideas import duplicates, workflow
from ideas.content import snapshot
from ideas.models import DistinctPair, Idea
from ideas.search.relations import similar
from tests.desk import PREFIX, Desk
from tests.factories import make_compared_idea as make_idea
from tests.factories import make_complete_idea, make_editor
from tests.visits import Markup, queries
from workshops.numbers import next_number

pytestmark = pytest.mark.django_db
LIST = "/admin/ideas/idea/"
PAGE = f"{LIST}dubletten/"
MARKET = {
    "summary": "Ein Abendmarkt mit Musik lockt Familien nach Feierabend auf den Rathausplatz.",
    "problem": "Nach Ladenschluss ist der Rathausplatz leer und dunkel.",
}
OTHERS = {
    "Lastenräder verleihen": "Händlerinnen leihen kostenlose Fahrräder für schwere Einkäufe aus.",
    "Bücherschrank": "Gelesenes tauschen Nachbarn in einem wetterfesten Schrank.",
    "Sprechstunde Gründung": "Beraterinnen helfen beim Geschäftsplan und bei Förderanträgen.",
    "Trinkbrunnen": "Kühles Wasser gegen sommerliche Hitze an jeder Haltestelle.",
}


@pytest.fixture
def market(db):
    """A public entry, number 12, among others about something else."""
    for title, summary in OTHERS.items():
        make_idea(title, summary=summary)
    return make_idea("Abendmarkt am Rathaus", number=12, **MARKET)


@pytest.fixture
def twin(market):
    """A public entry that says nearly the same, number 15."""
    return make_idea("Markt am Abend vor dem Rathaus", number=15, **MARKET | {"summary": "Abendmarkt mit Musik."})


@pytest.fixture
def chief(db):
    return Desk(make_editor("Schlussredaktion", name="Clara"))


@pytest.fixture
def writer(db):
    return Desk(make_editor("Redaktion", name="Wanda"))


def shown():
    return [(pair.one.number, pair.other.number) for pair in duplicates.in_words(list(duplicates.pairs()))]


def test_warning_looks_at_what_was_saved_without_writing_it_again(market, writer):
    idea = make_complete_idea()
    data = writer.open(idea) | {"summary": "Ein Abendmarkt mit Musik."}

    with CaptureQueriesContext(connection) as asked:
        writer.save(idea, data)

    assert len([each for each in asked if each["sql"].startswith('UPDATE "ideas_idea" ')]) == 1


def test_entry_is_like_its_retelling_and_like_no_other(market, twin):
    [(found, score)] = duplicates.like(market)

    assert found == twin
    assert duplicates.ALIKE < score <= 1
    assert duplicates.like(Idea.objects.get(title="Bücherschrank")) == []


def test_drafts_are_compared_but_archived_entries_are_not(market):
    draft = make_idea("Abendmarkt", status="draft", published_at=None, **MARKET)
    make_idea("Alter Abendmarkt", status="archived", **MARKET)

    assert [idea for idea, _score in duplicates.like(market)] == [draft]


def test_what_the_form_holds_is_compared_and_nothing_is_kept(market):
    idea = Idea.objects.get(title="Bücherschrank")
    content = snapshot(idea) | MARKET | {"title": "Abendmarkt"}

    assert [other for other, _score in duplicates.like(idea, content)] == [market]
    assert Idea.objects.get(pk=idea.pk).title == "Bücherschrank"


def test_writer_of_a_new_draft_is_told_and_it_is_saved(market, writer):
    number = next_number(Idea)
    data = {"number": number, "title": "Abendmarkt", "slug": "abendmarkt-neu", "origin": "redaktion",
            f"{PREFIX}-TOTAL_FORMS": 0, f"{PREFIX}-INITIAL_FORMS": 0, **MARKET}  # fmt: skip

    page = writer.post(f"{LIST}add/", data, follow=True)

    assert "Sehr ähnlich: 012 Abendmarkt am Rathaus (" in Markup(page.text).text
    assert (f"{LIST}{market.pk}/change/", None) in Markup(page.text).links
    assert Idea.objects.get(number=number).status == "draft"


def test_who_changes_a_public_entry_is_told_what_the_revision_resembles(market, writer, chief):
    idea = make_complete_idea("Ladenbörse", number=30, status="published")

    page = writer.save(idea, writer.open(idea) | MARKET | {"title": "Abendmarkt"})

    assert "Als offene Revision gesichert" in page.text
    assert "Sehr ähnlich: 012 Abendmarkt am Rathaus" in Markup(page.text).text
    page = chief.save(idea, chief.open(idea) | {"summary": "Ein Abendmarkt."})
    assert (f"{LIST}zusammenfuehren/?bleibt=12&geht=30", None) in Markup(page.text).links


def test_saving_what_resembles_nothing_says_nothing(market, writer):
    idea = make_complete_idea("Ladenbörse")

    assert "Sehr ähnlich" not in writer.save(idea, writer.open(idea) | {"summary": "Fragen und sammeln."}).text


def test_writer_may_look_before_saving(market, writer):
    idea = make_complete_idea("Ladenbörse")
    data = writer.open(idea) | MARKET | {"title": "Abendmarkt"}

    page = writer.save(idea, data, "_aehnlich", address="aehnlich")

    assert "012 Abendmarkt am Rathaus" in Markup(page.text).text
    assert Idea.objects.get(pk=idea.pk).title == "Ladenbörse"
    assert "Kein anderer Eintrag" in writer.get(f"{LIST}{idea.pk}/aehnlich/").text
    refused = writer.save(idea, data | {"title": ""}, "_aehnlich", address="aehnlich")
    assert "Noch wurde nichts verglichen" in refused.text
    assert "/aehnlich/" in writer.get(f"{LIST}{idea.pk}/change/").text


def test_list_shows_each_pair_once(market, twin, writer):
    page = writer.get(PAGE)

    assert shown() == [(12, 15)]
    assert page.context["rows"].paginator.count == 1
    assert "1 Paar von Einträgen" in Markup(page.text).text
    assert Markup(page.text).inline == []
    assert "zusammenfuehren" not in page.text
    assert "zusammenfuehren" in Desk(make_editor("Schlussredaktion")).get(PAGE).text


def test_pair_that_is_no_duplicate_is_remembered_until_someone_doubts_it(market, twin, writer):
    pair = {"one": twin.pk, "other": market.pk}

    assert "Gemerkt" in writer.post(PAGE, pair, follow=True).text
    writer.post(PAGE, pair)

    assert (shown(), duplicates.like(market)) == ([], [])
    assert DistinctPair.objects.get().by.username == "Wanda"
    writer.post(PAGE, pair | {"doubt": ""})
    assert shown() == [(12, 15)]


def test_pair_names_whose_account_is_gone(market, twin, writer):
    wanda = make_editor("Redaktion", name="Wilma")
    pair = duplicates.dismiss(twin, market, by=wanda)
    DistinctPair.objects.update(by_name="")  # as from before names were kept
    import_module("ideas.migrations.0016_name_of_distinct_pair").sign(apps, connection.schema_editor())
    assert DistinctPair.objects.get().by_name == pair.by_name == "Wilma"

    wanda.delete()

    assert "Wilma" in writer.get(PAGE).text


def test_merged_pair_is_gone(market, twin):
    workflow.transition(twin, "archived", by=make_editor("Schlussredaktion"), note="Doppelt.", successor=market)

    assert shown() == []


@pytest.mark.parametrize("pair", [{}, {"one": "x", "other": "²"}, {"one": "9" * 30, "other": "1"}])
def test_pair_that_does_not_exist_is_said(market, writer, pair):
    assert "nicht mehr da" in writer.post(PAGE, pair, follow=True).text


def test_pair_is_not_an_entry_and_itself(market, writer):
    writer.post(PAGE, {"one": market.pk, "other": market.pk})

    assert not DistinctPair.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        DistinctPair.objects.create(one=market, other=market)


def test_who_only_reads_decides_nothing(market, twin):
    reader = Desk(make_editor("Verwaltung"))

    assert "keine Dublette" not in reader.get(PAGE).text.split("<details>")[0]
    assert reader.post(PAGE, {"one": market.pk, "other": twin.pk}).status_code == 403
    assert Desk(make_editor()).get(PAGE).status_code == 403


def test_two_alike_drafts_stand_in_the_list_and_on_no_page(market, visitor):
    drafts = [
        make_idea(title, number=number, status="draft", summary="Schuhputzer bürsten Stiefel am Bahnsteig blank.")
        for number, title in ((21, "Schuhe putzen"), (22, "Geputzte Schuhe"))
    ]

    assert shown() == [(21, 22)]
    assert "Schuh" not in visitor.page(market.get_absolute_url())
    assert [each.idea for each in similar(drafts[0])] == []

    drafts[0].summary = drafts[0].title = "Seifenkisten rollen den Hang hinab."
    drafts[0].save()
    Idea.objects.filter(pk=drafts[0].pk).index()
    assert shown() == []


def test_draft_that_gets_like_another_joins_it_and_leaves_with_it(market):
    one = make_idea("Seifenkisten", number=21, status="review", summary="Kinder rollen den Hang hinab.")
    make_idea(
        "Schuhe putzen", number=22, status="draft", summary="Schuhputzer bürsten Stiefel am Bahnsteig blank."
    )
    assert shown() == []

    one.title, one.summary = "Geputzte Schuhe", "Schuhputzer bürsten Stiefel am Bahnsteig blank."
    one.save()
    Idea.objects.filter(pk=one.pk).index()

    assert shown() == [(21, 22)]
    Idea.objects.filter(pk=one.pk).update(status="archived")
    assert shown() == []


def test_list_needs_no_more_queries_for_more_pairs(market, twin, writer):
    with_one = queries(writer, PAGE)

    make_idea("Abendmarkt", **MARKET)

    assert len(shown()) == 3
    assert queries(writer, PAGE) == with_one
