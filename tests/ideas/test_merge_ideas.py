"""Merging two entries: what is taken, what moves, what leads on, and that nothing is lost."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ideas import revisions, workflow
from ideas.content import snapshot
from ideas.merging.entries import merge_ideas, open_questions
from ideas.models import Idea, PracticeExample
from tests.desk import Desk
from tests.factories import (
    make_complete_idea,
    make_documented_idea,
    make_editor,
    make_example,
    make_idea,
    make_source,
    make_topic,
)
from tests.visits import Markup, queries

pytestmark = pytest.mark.django_db
LIST = "/admin/ideas/idea/"


@pytest.fixture
def chief(db):
    return make_editor("Schlussredaktion", name="Clara")


@pytest.fixture
def pair(db):
    """Two public entries about the same, numbers 12 and 15; each with an example of its own and one in common."""
    source = make_source()
    ideas = []
    for number, title, place in ((12, "Ladenbörse", "Gera"), (15, "Börse für Läden", "Trier")):
        texts = {"problem": f"Problem {number}.", "approach": "Eine Börse.", "steps": "Fragen"}
        idea = make_idea(title, number=number, topics=[make_topic(f"Thema {number}")], **texts)
        make_example(idea, place, "Eigenes", position=1)
        make_example(idea, "Bonn", "Gemeinsames", position=2, source=source)
        ideas.append(idea)
    return ideas


def now(idea):
    return Idea.objects.get(pk=idea.pk)


def examples(idea):
    return [f"{each.place}: {each.name}" for each in now(idea).examples.all()]


def address(stays, goes):
    return f"{LIST}zusammenfuehren/?bleibt={stays.number}&geht={goes.number}"


def test_entry_keeps_its_texts_and_takes_over_what_is_chosen_or_missing(pair, chief):
    stays, goes = pair
    Idea.objects.filter(pk=goes.pk).update(risks="Kein Rückhalt.", effort="hoch", summary="Kurz und gut.")

    merge_ideas(stays, goes, {"summary": "goes", "topics": "stays"}, by=chief)

    stays = now(stays)
    assert (stays.title, stays.problem, stays.slug) == ("Ladenbörse", "Problem 12.", "ladenboerse")
    assert (stays.summary, stays.risks, stays.effort) == ("Kurz und gut.", "Kein Rückhalt.", "hoch")
    assert [topic.name for topic in stays.topics.all()] == ["Thema 12"]
    assert stays.version == 2


def test_topics_of_both_come_together_unless_chosen_otherwise(pair, chief):
    stays, goes = pair

    merge_ideas(stays, goes, {}, by=chief)

    assert [topic.name for topic in now(stays).topics.all()] == ["Thema 12", "Thema 15"]


def test_examples_move_and_what_both_have_stands_once(pair, chief):
    stays, goes = pair
    moving = goes.examples.get(place="Trier")

    merge_ideas(stays, goes, {}, by=chief)

    assert examples(stays) == ["Gera: Eigenes", "Bonn: Gemeinsames", "Trier: Eigenes"]
    assert stays.examples.get(place="Trier").pk == moving.pk
    assert examples(goes) == ["Bonn: Gemeinsames"]
    assert PracticeExample.objects.count() == 4


def test_example_told_differently_is_taken_from_either(pair, chief):
    stays, goes = pair
    goes.examples.filter(place="Bonn").update(fact="Zwanzig Läden.")
    own = stays.examples.get(place="Bonn")

    merge_ideas(stays, goes, {str(own.pk): "goes"}, by=chief)

    own.refresh_from_db()
    assert (own.fact, own.idea_id) == ("Zwanzig Läden.", stays.pk)


def test_old_number_leads_on_through_several_mergers(pair, chief, visitor):
    stays, goes = pair
    last = make_idea("Neue Börse", number=20)

    merge_ideas(stays, goes, {}, by=chief)
    merge_ideas(last, stays, {"title": "stays"}, by=chief)

    for old in ("/ideen/15/", "/ideen/15-boerse-fuer-laeden/", "/ideen/12/"):
        response = visitor.get(old)
        assert (response.status_code, response["Location"]) == (301, "/ideen/20-neue-boerse/")
    assert Idea.objects.successors() == {12: 20, 15: 20}
    assert visitor.hits("/ideen/?q=börse") == [20]


def test_shortlist_shows_the_successor_once_and_says_so(pair, chief, visitor):
    merge_ideas(*pair, {}, by=chief)

    html = visitor.main("/merkliste/?idee=15&idee=12&idee=99")

    assert visitor.hits("/merkliste/?idee=15&idee=12")[:1] == [12]
    assert "Merkliste mit 1 Idee" in visitor.page("/merkliste/?idee=15&idee=12")
    assert "Idee 15 ist in Idee 012 aufgegangen" in html
    assert html.count("wurde weggelassen") == 1
    taken_along = json.loads(visitor.get("/merkliste/export.json?idee=15").getvalue())
    assert [idea["number"] for idea in taken_along["ideas"]] == [12]
    assert visitor.get("/merkliste/export.json?idee=99").status_code == 400


def test_shortlist_without_merged_numbers_asks_nothing_more(pair, visitor):
    assert queries(visitor, "/merkliste/?idee=12&idee=15") == queries(visitor, "/merkliste/?idee=12")


def test_history_of_both_tells_who_merged_and_why(pair, chief):
    stays, goes = pair

    merge_ideas(stays, goes, {}, by=chief, note="Doppelt.")

    assert [(each.event, each.by_name, each.note) for each in stays.revisions.all()[:1]] == [
        ("merged", "Clara", "Eintrag 015 Börse für Läden darin aufgegangen. Doppelt.")
    ]
    assert list(goes.revisions.values_list("event", flat=True)) == ["archived", "merged", "found"]
    assert goes.revisions.first().note == "In Eintrag 012 Ladenbörse aufgegangen. Doppelt."


def test_merger_is_undone_from_the_history_of_both(pair, chief):
    stays, goes = pair
    before = [snapshot(now(idea)) for idea in pair]
    merge_ideas(stays, goes, {"title": "goes"}, by=chief)

    workflow.transition(now(goes), "draft", by=chief, note="Doch zwei.")
    for idea in pair:
        revisions.revert(idea, idea.revisions.get(event="found"), by=chief)

    for idea, old in zip(pair, before, strict=True):
        fresh = snapshot(now(idea))
        assert fresh["title"] == old["title"]
        assert [each["place"] for each in fresh["examples"]] == [each["place"] for each in old["examples"]]
    assert now(goes).merged_into is None


def test_merged_entry_comes_back_with_its_examples_while_the_other_keeps_them(pair, chief):
    stays, goes = pair
    before = examples(goes)
    merge_ideas(stays, goes, {}, by=chief)

    workflow.transition(now(goes), "draft", by=chief, note="War doch etwas anderes")
    revisions.revert(now(goes), goes.revisions.exclude(event="merged").earliest("at"), by=chief)

    assert examples(goes) == before
    assert "Trier: Eigenes" in examples(stays)


def test_name_in_the_sources_goes_along(pair, chief):
    stays, goes = pair
    goes.documented_as, goes.origin = make_documented_idea("Märkte"), "workshop"
    goes.save()

    merge_ideas(stays, goes, {}, by=chief)

    stays, goes = now(stays), now(goes)
    assert (stays.documented_as.title, stays.origin) == ("Märkte", "workshop")
    assert (goes.documented_as, goes.origin) == (None, "redaktion")


def test_pending_revision_of_either_stands_in_the_way(pair, chief):
    stays, goes = pair
    revisions.change(goes, snapshot(now(goes)) | {"title": "Neu"}, by=chief, aside=True)

    for one, other in ((stays, goes), (goes, stays)):
        with pytest.raises(ValidationError, match="Eine Revision ist offen"):
            merge_ideas(one, other, {}, by=chief)
    assert Idea.objects.published().count() == 2


@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_public_entry_goes_only_into_a_public_one(pair, chief, status):
    other = make_idea(number=30, status=status)

    with pytest.raises(ValidationError):
        merge_ideas(other, pair[0], {}, by=chief)


@pytest.mark.parametrize("status", ["draft", "review"])
def test_what_once_was_public_goes_only_into_a_public_entry(pair, chief, status):
    once = pair[0]
    workflow.transition(once, "draft", by=chief, note="Noch einmal lesen")

    with pytest.raises(ValidationError, match="öffentlich ist oder war"):
        merge_ideas(make_complete_idea("Neu", number=30, status=status), once, {}, by=chief)

    merge_ideas(pair[1], once, {}, by=chief)
    assert now(once).merged_into == pair[1]


def test_readers_are_told_neither_the_note_nor_a_title_that_is_not_public(pair, chief, visitor):
    stays, goes = pair
    merge_ideas(stays, goes, {}, by=chief, note="Frau Meier drängt.")
    workflow.transition(now(stays), "draft", by=chief, note="Noch einmal lesen")
    Idea.objects.filter(pk=stays.pk).update(title="Geheimer Titel")

    page = visitor.main("/ideen/15/", status=410)

    assert "in einem anderen Eintrag aufgegangen" in page
    assert "Meier" not in page
    assert "Geheimer Titel" not in page
    assert "Ladenbörse" not in page


def test_draft_goes_into_a_public_entry_and_was_never_seen(pair, chief, visitor):
    draft = make_complete_idea("Entwurf", number=30)

    merge_ideas(pair[0], draft, {}, by=chief)

    assert visitor.get("/ideen/30/").status_code == 404
    assert "Offenburg: Börse 30" in examples(pair[0])


def test_entry_that_says_nothing_new_gets_no_new_version(pair, chief):
    twin = make_idea("Ladenbörse", number=30, slug="zwilling", problem="Problem 12.", approach="Eine Börse.")

    merge_ideas(pair[0], twin, {}, by=chief)
    assert now(pair[0]).version == 1

    merge_ideas(pair[0], pair[1], {}, by=chief)
    assert now(pair[0]).version == 2


def test_page_promises_a_way_from_the_number_only_if_there_will_be_one(pair, chief):
    draft = make_complete_idea("Entwurf", number=30)

    assert "seine Nummer führt künftig zu 12" in Desk(chief).get(address(*pair)).text
    page = Desk(chief).get(address(pair[0], draft)).text
    assert "Er war nie öffentlich" in page
    assert "führt künftig" not in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    done = Desk(chief).post(address(pair[0], draft), {"seen": seen}, follow=True).text
    assert "Eintrag 30 ist archiviert; er war nie öffentlich." in done


def test_entry_is_not_merged_into_itself_nor_an_archived_one(pair, chief):
    gone = make_idea(number=30, status="archived", archive_note="Alt")

    with pytest.raises(ValidationError, match="nicht zwei Einträge"):
        merge_ideas(pair[0], pair[0], {}, by=chief)
    with pytest.raises(ValidationError, match="archiviert"):
        merge_ideas(pair[0], gone, {}, by=chief)


def test_public_entry_that_would_lack_something_is_not_merged(pair, chief):
    stays, goes = pair
    Idea.objects.filter(pk=stays.pk).update(approach="")

    with pytest.raises(ValidationError, match="Es fehlt noch: Idee"):
        merge_ideas(stays, goes, {"approach": "stays"}, by=chief)
    assert now(goes).status == "published"

    merge_ideas(stays, goes, {"approach": "goes"}, by=chief)
    assert now(stays).approach == "Eine Börse."


def test_who_may_not_publish_may_not_merge(pair):
    writer = make_editor("Redaktion")

    with pytest.raises(PermissionDenied):
        merge_ideas(*pair, {}, by=writer)
    assert Desk(writer).get(address(*pair)).status_code == 403
    assert "zusammenfuehren" not in Desk(writer).get(f"{LIST}{pair[0].pk}/change/").text


def test_page_shows_both_and_merges_what_was_seen(pair, chief):
    stays, goes = pair
    desk = Desk(chief)
    goes.examples.filter(place="Bonn").update(fact="Zwanzig Läden.")
    page = desk.post(LIST, {"action": "merge", "_selected_action": [stays.pk, goes.pk]}, follow=True)

    text = Markup(page.text).text
    assert Markup(page.text).inline == []
    assert "Problem 12." in text
    assert "Problem 15." in text
    assert "1 Beispiel zieht um: Trier: Eigenes" in text
    assert "verschieden erzählt: Bonn: Gemeinsames" in text
    data = {"seen": page.context["seen"], "feld-title": "goes", "feld-topics": "both", "feld-problem": "unfug"}
    done = desk.post(page.redirect_chain[-1][0], data, follow=True)
    assert "Alte Links auf Eintrag 15 führen hierher." in done.text
    assert (now(stays).title, now(stays).problem) == ("Börse für Läden", "Problem 12.")
    assert now(goes).merged_into == stays


def test_what_has_changed_meanwhile_is_shown_again(pair, chief):
    goes, desk = pair[1], Desk(chief)
    seen = desk.get(address(*pair)).context["seen"]
    Idea.objects.filter(pk=goes.pk).update(risks="Neu.")

    response = desk.post(address(*pair), {"seen": seen, "note": "Doppelt."})

    assert "Bitte sehen Sie ihn noch einmal an" in response.text
    assert "Doppelt.</textarea>" in response.text
    assert now(goes).status == "published"


@pytest.mark.parametrize("query", ["", "?geht=12", "?bleibt=x&geht=²", "?bleibt=12&geht=999999999999999999999999",
                                   "?bleibt=12&geht=12"])  # fmt: skip
def test_page_asks_for_two_numbers_whatever_is_sent(pair, chief, query):
    desk = Desk(chief)

    for response in (desk.get(f"{LIST}zusammenfuehren/{query}"), desk.post(f"{LIST}zusammenfuehren/{query}")):
        assert response.status_code == 200
        assert 'name="bleibt"' in response.text
    assert Idea.objects.published().count() == 2


def test_action_asks_for_exactly_two(pair, chief):
    make_idea()
    chosen = [idea.pk for idea in Idea.objects.all()]

    assert (
        "genau zwei" in Desk(chief).post(LIST, {"action": "merge", "_selected_action": chosen}, follow=True).text
    )


def test_form_leads_to_the_page(pair, chief):
    assert f"{LIST}zusammenfuehren/?geht=12" in Desk(chief).get(f"{LIST}{pair[0].pk}/change/").text


def test_equal_fields_are_no_question(pair):
    stays, goes = (snapshot(now(idea)) for idea in pair)

    assert set(open_questions(stays, goes)) == {"title", "problem", "topics"}


def test_page_needs_no_more_queries_for_more_examples(pair, chief):
    desk = Desk(chief)
    with_few = queries(desk, address(*pair))
    for number in range(3):
        make_example(pair[1], f"Ort {number}")

    assert queries(desk, address(*pair)) == with_few
