"""Merging and renaming topics and actors: entries follow, nothing is lost, old addresses lead on."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import override

from ideas import revisions
from ideas.admin import merge_terms as page
from ideas.content import snapshot
from ideas.filters import IdeaFilter
from ideas.merging.terms import merge_terms
from ideas.models import Actor, CitySize, FormerTopic, Idea, Related, Revision, SearchDocument, Topic
from ideas.search import indexing
from tests.desk import Desk, basis
from tests.factories import (
    make_actor,
    make_city_size,
    make_complete_idea,
    make_editor,
    make_idea,
    make_topic,
    make_workshop,
)
from tests.visits import Markup, go_back, queries, queries_of
from workshops.admin import bounds
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
LIST = "/admin/ideas/topic/"


@pytest.fixture
def keeper(db):
    return make_editor("Verwaltung", name="Vera")


@pytest.fixture
def writer(db):
    return make_editor("Redaktion", name="Wanda")


def topics(idea):
    return [topic.name for topic in Idea.objects.get(pk=idea.pk).topics.all()]


def chosen(query):
    found = IdeaFilter(QueryDict(query), Idea.objects.published())
    return found.chosen, found.unknown


def test_entries_carry_the_term_that_stays_and_keep_their_version(keeper):
    vacancy, empty, green = make_topic("Leerstand"), make_topic("Leere Läden"), make_topic("Grün")
    one, both = make_idea(topics=[empty, green]), make_idea(topics=[empty, vacancy], status="draft")
    make_idea(topics=[green])

    changed = merge_terms(vacancy, [empty], by=keeper)

    assert changed == 2
    assert (topics(one), topics(both)) == (["Grün", "Leerstand"], ["Leerstand"])
    assert not Topic.objects.filter(name="Leere Läden").exists()
    kept = one.revisions.first()
    assert (kept.event, kept.by_name, kept.note) == ("merged", "Vera", "„Leere Läden“ in „Leerstand“ aufgegangen.")
    assert Idea.objects.get(pk=one.pk).version == 1
    assert Idea.objects.get(pk=one.pk).revisions.last().event == "found"


def test_search_finds_the_entry_by_the_new_word_only(keeper, visitor):
    vacancy, empty = make_topic("Leerstand"), make_topic("Brachfläche")
    make_idea(number=4, topics=[empty])

    merge_terms(vacancy, [empty], by=keeper)

    assert visitor.hits("/ideen/?q=leerstand") == [4]
    assert visitor.hits("/ideen/?q=brachfläche") == []


def test_pending_revision_gets_the_term_that_stays(keeper, writer):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden")
    idea = make_complete_idea(status="published")
    revisions.change(idea, snapshot(idea) | {"topics": [empty.pk], "title": "Neu"}, by=writer)

    merge_terms(vacancy, [empty], by=keeper)
    revisions.publish(idea, by=make_editor("Schlussredaktion"))

    assert topics(idea) == ["Leerstand"]
    assert Idea.objects.get().title == "Neu"


def test_going_back_to_an_old_version_brings_the_term_that_stayed(keeper):
    vacancy, empty, green = make_topic("Leerstand"), make_topic("Leere Läden"), make_topic("Grün")
    idea, chief = make_complete_idea(status="published"), make_editor("Schlussredaktion")
    idea.topics.set([empty])
    revisions.change(idea, snapshot(idea) | {"topics": [green.pk]}, by=chief)
    old = idea.revisions.last()

    merge_terms(vacancy, [empty], by=keeper)
    revisions.revert(idea, old, by=chief)

    assert topics(idea) == ["Leerstand"]


def test_old_addresses_lead_on_through_several_mergers_and_names(keeper, visitor):
    one, two, three = make_topic("Eins"), make_topic("Zwei"), make_topic("Drei")
    make_idea(number=5, topics=[one])
    one.slug = "erstes"
    one.save()
    merge_terms(two, [one], by=keeper)
    merge_terms(three, [two], by=keeper)

    for old in ("eins", "erstes", "zwei"):
        assert visitor.hits(f"/ideen/?thema={old}") == [5]
        assert chosen(f"thema={old}&thema=drei") == ({"thema": ["drei"]}, [])
        response = visitor.get(f"/en/themen/{old}/?x=1")
        assert (response.status_code, response["Location"]) == (301, "/en/themen/drei/?x=1")
        assert visitor.get(f"/ideen/export.csv?thema={old}").status_code == 200
    assert 'rel="canonical" href="http://testserver/ideen/?thema=drei"' in visitor.page("/ideen/?thema=eins")
    assert chosen("thema=vier&thema=eins%00") == ({}, [("thema", "vier"), ("thema", "eins\0")])


def test_page_with_known_topics_asks_for_no_former_ones(visitor):
    make_topic()
    make_idea()
    with_known = queries(visitor, "/ideen/?thema=leerstand")

    assert queries(visitor, "/ideen/?thema=leerstand&akteur=unfug") == with_known + 1


def test_actors_are_merged_alike(keeper, visitor):
    trade, shops = make_actor("Handel"), make_actor("Läden")
    make_idea(number=5, actors=[shops])

    merge_terms(trade, [shops], by=keeper, name_en="Retail")

    assert visitor.hits("/ideen/?akteur=laeden") == [5]
    assert Actor.objects.get().name_en == "Retail"


def test_former_slug_is_not_given_to_another_term_but_back_to_its_own(keeper):
    vacancy = make_topic("Leerstand")
    vacancy.slug = "leer"
    vacancy.save()
    other = Topic(name="Neu", slug="leerstand")

    with pytest.raises(ValidationError, match="Leerstand"):
        other.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerTopic.objects.create(slug="leerstand", term=make_topic("Zwei"))
    vacancy.slug = "leerstand"
    vacancy.full_clean()
    vacancy.save()

    assert chosen("thema=leer") == ({"thema": ["leerstand"]}, [])


def test_slug_changed_in_the_form_leaves_the_old_address_behind(keeper, visitor):
    vacancy, desk = make_topic("Leerstand"), Desk(keeper)
    data = {"name": "Leere Läden", "slug": "leere-laeden", "name_en": "", "text": ""}

    assert desk.post(f"{LIST}{vacancy.pk}/change/", data | {"basis": basis(vacancy)}).status_code == 302
    refused = desk.post(f"{LIST}add/", data | {"name": "Leerstand", "slug": "leerstand"})

    assert "Dieser Kurzname gehörte zu „Leere Läden“" in refused.text
    assert visitor.get("/themen/leerstand/")["Location"] == "/themen/leere-laeden/"
    assert Topic.objects.get().name == "Leere Läden"


def test_history_of_both_tells_of_the_merger(keeper):
    vacancy, empty = make_topic("Leerstand", text="Leer."), make_topic("Leere Läden", text="Alte Beschreibung.")

    merge_terms(vacancy, [empty], by=keeper, text="Leer. Alte Beschreibung.")

    assert vacancy.history.first().text == "Leer. Alte Beschreibung."
    gone = Topic.history.filter(id=empty.pk).first()
    assert (gone.history_type, gone.text) == ("-", "Alte Beschreibung.")
    assert "aufgegangen" in gone.history_change_reason


def test_term_that_stays_takes_the_words_it_lacks_from_the_first_that_has_them(keeper):
    stays = make_topic("Leerstand", text="Leer.")
    others = [
        make_topic("Leere Läden", name_en="Empty shops"),
        make_topic("Brache", name_en="Brownfield", text="X"),
    ]

    merge_terms(stays, others, by=keeper)

    stays.refresh_from_db()
    assert (stays.name_en, stays.text) == ("Empty shops", "Leer.")


def test_only_who_keeps_the_vocabulary_may_merge(writer):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden")

    with pytest.raises(PermissionDenied):
        merge_terms(vacancy, [empty], by=writer)
    desk = Desk(make_editor("Schlussredaktion"))
    assert desk.get(f"{LIST}zusammenfuehren/?eintrag={vacancy.pk}&eintrag={empty.pk}").status_code == 403
    assert "Zusammenführen" not in desk.get(LIST).text


def test_merger_of_what_is_gone_is_refused(keeper):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden")
    Topic.objects.filter(pk=empty.pk).delete()

    with pytest.raises(ValidationError, match="nicht mehr da"):
        merge_terms(vacancy, [empty], by=keeper)


def test_page_shows_both_and_merges(keeper):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden", text="Läden ohne Mieter.")
    for number in (1, 2):
        make_idea(number=number, topics=[vacancy])
    make_idea("Börse", number=3, topics=[empty])
    desk = Desk(keeper)
    action = {"action": "merge", "_selected_action": [vacancy.pk, empty.pk]}

    page = desk.post(LIST, action, follow=True)

    text = Markup(page.text).text
    assert Markup(page.text).inline == []
    assert page.context["stays"] == vacancy
    assert "1 Eintrag bekommt stattdessen „Leerstand“" in text
    assert "003 Börse" in text
    assert page.context["form"]["text"].value() == "Läden ohne Mieter."
    done = desk.post(page.redirect_chain[-1][0], {"text": "Läden ohne Mieter.", "name_en": ""}, follow=True)
    assert "1 Eintrag trägt jetzt „Leerstand“" in Markup(done.text).text
    assert Topic.objects.get().text == "Läden ohne Mieter."


def test_one_may_choose_which_one_stays(keeper):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden")
    make_idea(topics=[vacancy])
    address = f"{LIST}zusammenfuehren/?eintrag={vacancy.pk}&eintrag={empty.pk}&bleibt={empty.pk}"

    Desk(keeper).post(address, {"text": "", "name_en": ""})

    assert Topic.objects.get() == empty


@pytest.mark.parametrize("query", ["", "?eintrag=x", "?eintrag=1", "?eintrag=99999999999999999999999&eintrag=2"])
def test_page_without_two_terms_leads_back(keeper, query):
    response = Desk(keeper).get(f"{LIST}zusammenfuehren/{query}")

    assert (response.status_code, response["Location"]) == (302, LIST)


def test_action_asks_for_two(keeper):
    action = {"action": "merge", "_selected_action": [make_topic().pk]}

    assert "mindestens zwei" in Desk(keeper).post(LIST, action, follow=True).text


def test_text_that_is_too_long_is_said_and_nothing_happens(keeper):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden")
    address = f"{LIST}zusammenfuehren/?eintrag={vacancy.pk}&eintrag={empty.pk}"

    response = Desk(keeper).post(address, {"text": "x" * 301, "name_en": ""})

    assert "höchstens 300 Zeichen" in response.text
    assert Topic.objects.count() == 2


def test_page_needs_no_more_queries_for_more_entries(keeper):
    vacancy, empty = make_topic("Leerstand"), make_topic("Leere Läden")
    address, desk = f"{LIST}zusammenfuehren/?eintrag={vacancy.pk}&eintrag={empty.pk}", Desk(keeper)
    make_idea(topics=[empty])
    with_one = queries(desk, address)

    make_idea(topics=[empty])
    make_idea(topics=[empty])

    assert queries(desk, address) == with_one


def test_city_size_keeps_its_slug(keeper):

    size = make_city_size("Mittelstadt")

    page = Desk(keeper).get(f"/admin/ideas/citysize/{size.pk}/change/")

    assert 'name="slug"' not in page.text


def make_carriers(topic, number):
    for place in range(1, number + 1):
        make_idea(f"Fest {place}", number=place, topics=[topic])


def test_merger_needs_no_more_queries_for_more_entries(keeper):
    stays, few, many = make_topic("Leerstand"), make_topic("Eins"), make_topic("Drei")
    make_carriers(few, 1)
    with_one = queries_of(lambda: merge_terms(stays, [few], by=keeper))
    Idea.objects.all().delete()
    make_carriers(many, 5)
    before = Revision.objects.count()

    # What is like each entry is asked for each; everything else for all of them at once.
    with_five = queries_of(lambda: merge_terms(stays, [many], by=keeper))

    assert Revision.objects.count() == before + 10
    assert with_five <= with_one + 4 * 6


def test_of_many_entries_the_search_learns_the_word_and_likeness_stays(keeper, visitor, monkeypatch):
    monkeypatch.setattr(indexing, "MOST_RELATED", 2)
    stays, goes = make_topic("Leerstand"), make_topic("Brachfläche")
    make_carriers(goes, 3)
    Idea.objects.all().index()
    before = list(Related.objects.order_by("pk").values("pk", "score"))

    merge_terms(stays, [goes], by=keeper)

    assert visitor.hits("/ideen/?q=leerstand") == [1, 2, 3]
    assert list(Related.objects.order_by("pk").values("pk", "score")) == before != []
    Idea.objects.all().index()
    assert Related.objects.count() == len(before)


def test_page_names_some_entries_and_leaves_too_many_to_a_command(keeper, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 2)
    monkeypatch.setattr(page, "NAMED", 1)
    stays, goes = make_topic("Leerstand"), make_topic("Leere Läden")
    make_carriers(goes, 3)
    address = f"{LIST}zusammenfuehren/?eintrag={stays.pk}&eintrag={goes.pk}&bleibt={stays.pk}"

    shown = Desk(keeper).get(address).text
    Desk(keeper).post(address, {"name_en": "", "text": ""})

    assert "manage.py merge_terms topic leerstand leere-laeden --by Vera" in shown
    assert "Fest 1" in shown
    assert "Fest 2" not in shown
    assert "und 2 weitere" in shown
    assert "zusammenfuehren" not in Markup(shown).ids
    assert Topic.objects.count() == 2


def test_command_merges_what_is_too_much_for_the_page(keeper, writer, capsys):
    make_topic("Leerstand")
    make_carriers(make_topic("Leere Läden", name_en="Empty shops", text="Läden ohne Mieter."), 2)

    for refused in (["leerstand", "weg"], ["leerstand", "leerstand"]):
        with pytest.raises(CommandError):
            call_command("merge_terms", "topic", *refused, by="Vera")
    for account in ("Wanda", "Niemand"):
        with pytest.raises(CommandError, match=account):
            call_command("merge_terms", "topic", "leerstand", "leere-laeden", by=account)
    call_command("merge_terms", "topic", "leerstand", "leere-laeden", by="Vera")

    assert capsys.readouterr().out == "2 entries carry “Leerstand” now.\n"
    stayed = Topic.objects.get()
    assert (stayed.name, stayed.name_en, stayed.text) == ("Leerstand", "Empty shops", "Läden ohne Mieter.")
    assert stayed.history.first().history_user_name == "Vera"


def topic_form(topic, **values):
    """The form of a topic as a browser sends it."""
    return {"slug": topic.slug, "name": topic.name, "name_en": "", "text": "", "basis": basis(topic)} | values


def test_after_a_new_name_or_a_merger_the_desk_says_what_is_not_up_to_date(keeper, monkeypatch):
    monkeypatch.setattr(indexing, "MOST_RELATED", 1)
    stays, goes = make_topic("Leerstand"), make_topic("Leere Läden")
    make_carriers(goes, 2)
    desk = Desk(keeper)

    renamed = desk.post(f"{LIST}{goes.pk}/change/", topic_form(goes, name="Läden ohne Mieter"), follow=True)
    assert "manage.py rebuild_search" in renamed.text
    described = desk.post(
        f"{LIST}{goes.pk}/change/", topic_form(goes, name="Läden ohne Mieter", text="So."), follow=True
    )
    assert "manage.py rebuild_search" not in described.text

    address = f"{LIST}zusammenfuehren/?eintrag={stays.pk}&eintrag={goes.pk}&bleibt={stays.pk}"
    assert "manage.py rebuild_search" in desk.get(address).text
    assert "manage.py rebuild_search" in desk.post(address, {"name_en": "", "text": ""}, follow=True).text
    actor = make_actor("Handel")
    actor.ideas.set(Idea.objects.all())
    deleted = desk.post(f"/admin/ideas/actor/{actor.pk}/delete/", {"post": "yes"}, follow=True)
    assert "manage.py rebuild_search" in deleted.text


def test_too_many_entries_are_neither_renamed_nor_left_behind_while_somebody_waits(keeper, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 1)
    topic = make_topic("Leerstand")
    make_carriers(topic, 2)
    first = topic.history.first()
    Topic.objects.get(pk=topic.pk).save()
    desk = Desk(keeper)

    refused = desk.post(f"{LIST}{topic.pk}/change/", topic_form(topic, name="Leere Läden")).text
    assert "rename_term topic leerstand &#x27;Leere Läden&#x27; --by Vera" in refused
    assert desk.post(f"{LIST}{topic.pk}/change/", topic_form(topic, text="Neu.")).status_code == 302
    refused = desk.post(f"{LIST}{topic.pk}/delete/", {"post": "yes"}, follow=True).text
    assert "delete_term topic leerstand --by Vera" in refused
    values = {"action": "delete_selected", "_selected_action": [topic.pk], "post": "yes"}
    assert "delete_term topic leerstand --by Vera" in desk.post(LIST, values, follow=True).text
    Topic.objects.filter(pk=topic.pk).update(name="Anders")
    refused = go_back(desk, f"{LIST}{topic.pk}/history/{first.pk}/").text
    assert "rename_term topic leerstand Leerstand --by Vera" in refused
    assert Topic.objects.get().name == "Anders"


def workshop_form(workshop, **values):
    """The form of a workshop as a browser sends it."""
    form = {name: getattr(workshop, name) for name in ("slug", "title", "position", "theme", "text", "evidence")}
    return form | {"basis": basis(workshop)} | values


def test_new_or_former_name_of_a_workshop_says_what_is_not_up_to_date(keeper, monkeypatch):
    monkeypatch.setattr(indexing, "MOST_RELATED", 1)
    workshop = make_workshop()
    first = workshop.history.first()
    make_idea("Eins", workshop=workshop)
    make_idea("Zwei", workshop=workshop)
    desk, base = Desk(keeper), f"/admin/workshops/workshop/{workshop.pk}/"

    described = desk.post(f"{base}change/", workshop_form(workshop, text="Neu."), follow=True).text
    renamed = desk.post(f"{base}change/", workshop_form(workshop, title="Neu"), follow=True).text
    go_back(desk, f"{base}history/{first.pk}/")
    restored = desk.get(f"{base}change/").text

    assert "manage.py rebuild_search" not in described
    assert "Betroffen sind 2 Einträge" in renamed
    assert "Betroffen sind 2 Einträge" in restored
    assert Workshop.objects.get().title == "Revitalisierung"


def test_no_entry_is_found_by_its_city_size_so_a_new_name_of_one_touches_none(keeper, monkeypatch):
    monkeypatch.setattr(indexing, "MOST_RELATED", 1)
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 1)
    size = make_city_size()
    for title in ("Eins", "Zwei"):
        make_idea(title).city_sizes.add(size)
    written = list(SearchDocument.objects.order_by("pk").values_list("indexed_at", flat=True))
    first, desk, base = size.history.first(), Desk(keeper), f"/admin/ideas/citysize/{size.pk}/"
    form = {"name": "Mittlere Stadt", "name_en": "", "position": size.position, "text": "", "basis": basis(size)}

    renamed = desk.post(f"{base}change/", form, follow=True).text
    assert CitySize.objects.get().name == "Mittlere Stadt"
    go_back(desk, f"{base}history/{first.pk}/")
    assert CitySize.objects.get().name == "Mittelstadt"

    assert "rebuild_search" not in renamed + desk.get(f"{base}change/").text
    assert list(SearchDocument.objects.order_by("pk").values_list("indexed_at", flat=True)) == written != []
    with pytest.raises(CommandError):
        call_command("rename_term", "citysize", size.slug, "Neu", by="Vera")
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 2)
    deleted = desk.post(f"{base}delete/", {"post": "yes"}, follow=True).text
    assert "rebuild_search" not in deleted
    assert not CitySize.objects.exists()


def test_sentence_on_what_is_not_up_to_date_fits_a_deletion_too(monkeypatch):
    monkeypatch.setattr(indexing, "MOST_RELATED", 1)

    with override("en"):
        words = bounds.not_compared(2)

    assert words.startswith("This concerns 2 entries.")
    assert "new" not in words


def test_workshop_with_too_many_entries_is_not_renamed(keeper, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ENTRIES", 0)
    workshop = make_workshop()
    make_idea(workshop=workshop)
    form = {"title": "Neu", "position": workshop.position, "theme": "Thema", "text": "So.", "evidence": "quelle"}

    refused = Desk(keeper).post(f"/admin/workshops/workshop/{workshop.pk}/change/", form).text

    assert "rename_term workshop revitalisierung Neu --by Vera" in refused


def test_commands_rename_and_delete_what_is_too_much_for_the_desk(keeper, writer, visitor, capsys):
    topic, actor = make_topic("Leerstand"), make_actor("Handel")
    make_carriers(topic, 2)
    Idea.objects.last().actors.add(actor)

    for command in (["rename_term", "topic", "leerstand", "Neu"], ["delete_term", "actor", "handel"]):
        for account in ("Wanda", "Niemand"):
            with pytest.raises(CommandError, match=account):
                call_command(*command, by=account)
    for command in (["rename_term", "topic", "weg", "Neu"], ["delete_term", "actor", "weg"],
                    ["rename_term", "topic", "leerstand", ""], ["delete_term", "topic", "leerstand"]):  # fmt: skip
        with pytest.raises(CommandError):
            call_command(*command, by="Vera")
    call_command("rename_term", "topic", "leerstand", "Quagga", by="Vera")
    call_command("delete_term", "actor", "handel", by="Vera")

    assert "2 entries are found by “Quagga” now." in capsys.readouterr().out
    assert len(visitor.hits("/ideen/?q=quagga")) == 2
    assert topic.history.first().history_user_name == "Vera"
    assert Actor.history.first().history_user_name == "Vera"
    assert not Actor.objects.exists()
