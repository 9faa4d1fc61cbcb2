"""Steps at the desk: buttons, actions with counts, the decision about a revision, the history, the way back."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from ideas import revisions
from ideas.content import snapshot
from ideas.models import Idea
from tests.desk import Desk
from tests.factories import make_complete_idea, make_editor, make_example, make_idea, make_topic
from tests.visits import Markup, go_back, queries_of, visit

pytestmark = pytest.mark.django_db
LIST = "/admin/ideas/idea/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def writer(db):
    return signed_in(make_editor("Redaktion", name="Wanda"))


@pytest.fixture
def chief(db):
    return signed_in(make_editor("Schlussredaktion", name="Clara"))


@pytest.fixture
def revised(db):
    """A public entry with a pending revision."""
    idea = make_complete_idea(number=7, status="published", summary="Alte Läden stehen leer.")
    make_example(idea, "Trier", "Zweite", position=2)
    content = snapshot(idea)
    content["examples"][1]["fact"] = "Elf Läden fanden neue Mieter."
    editor = make_editor("Redaktion", name="Willi")
    revisions.change(idea, content | {"summary": "Neue Läden stehen leer."}, by=editor, note="Zahl berichtigt")
    return idea


def status(idea):
    return Idea.objects.get(pk=idea.pk).status


def hidden(page, name):
    """The value of a hidden field of a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def take(client, idea, to, **values):
    """Open the page of a step and confirm it."""
    address = f"{LIST}{idea.pk}/schritt/{to}/"
    seen = hidden(client.get(address).text, "seen")
    return client.post(address, {"confirmed": 1, "seen": seen, "note": "", **values}, follow=True)


def confirm(client, page, chosen, address=LIST, **values):
    """Confirm an action of the list on the page that asks."""
    values = {"confirmed": 1, "seen": hidden(page, "seen"), "note": "", **values}
    return client.post(address, chosen | values, follow=True)


def test_entry_goes_all_the_way_by_buttons(writer, chief, visitor):
    idea = make_complete_idea(number=7)
    form = f"{LIST}{idea.pk}/change/"
    assert "Zur Prüfung geben" in writer.get(form).text

    assert "1 Eintrag: in Prüfung." in take(writer, idea, "review", note="Bitte lesen").text
    assert "Veröffentlichen …" not in writer.get(form).text
    assert "1 Eintrag: veröffentlicht." in take(chief, idea, "published").text
    visitor.page("/ideen/7-ladenboerse/")
    take(chief, idea, "archived", note="Überholt")

    assert "Überholt" in visitor.main("/ideen/7/", status=410)
    assert [each.by_name for each in idea.revisions.all()] == ["Clara", "Clara", "Wanda", ""]


def test_step_without_the_right_is_refused(writer):
    idea = make_complete_idea(status="review")

    visit(writer, f"{LIST}{idea.pk}/schritt/published/", status=403)
    visit(writer, f"{LIST}{idea.pk}/schritt/unfug/", status=404)
    visit(writer, f"{LIST}99999/schritt/review/", status=404)

    assert status(idea) == "review"


def test_missing_reason_keeps_what_was_written(chief):
    idea = make_complete_idea(status="review")
    form = take(chief, idea, "draft", note=" ")

    assert "zwingend erforderlich" in form.text
    assert status(idea) == "review"


def test_entry_that_was_changed_after_the_look_is_not_published(chief):
    idea = make_complete_idea(status="review")
    address = f"{LIST}{idea.pk}/schritt/published/"
    seen = hidden(chief.get(address).text, "seen")
    Idea.objects.update(summary="Inzwischen anders.")

    response = chief.post(address, {"confirmed": 1, "seen": seen})

    assert "inzwischen geändert" in response.text
    assert status(idea) == "review"
    chief.post(address, {"confirmed": 1, "seen": hidden(response.text, "seen")})
    assert status(idea) == "published"


def test_publication_can_be_planned(chief, visitor):
    idea = make_complete_idea(number=7, status="review", published_at=None)
    day = timezone.localdate() + timezone.timedelta(days=2)

    take(chief, idea, "published", at_0=day.strftime("%d.%m.%Y"), at_1="08:00")

    planned = timezone.localtime(Idea.objects.get().published_at)
    assert f"{planned:%d.%m.%Y %H:%M}" == f"{day:%d.%m.%Y} 08:00"
    visitor.page("/ideen/7-ladenboerse/", status=404)
    assert f"geplant für {day:%d.%m.%Y} 08:00" in chief.get(f"{LIST}?offen=geplant").text


@pytest.fixture
def at_nine(db):
    """The 3rd of December of next year, nine o'clock, as a browser sends it; and as a sentence says it."""
    year = timezone.localdate().year + 1
    return {"at_0": f"03.12.{year}", "at_1": "09:00"}, f"3. Dezember {year} um 9 Uhr"


def test_planned_publication_is_said_to_be_still_to_come(chief, at_nine):
    idea = make_complete_idea(number=7, status="review", published_at=None)
    fields, words = at_nine

    said = take(chief, idea, "published", **fields, note="Zum Advent").text

    assert f"1 Eintrag wird am {words} veröffentlicht." in said
    history = visit(chief, f"{LIST}{idea.pk}/history/").text
    assert "Veröffentlichung geplant, Fassung 1 heutiger Stand Clara" in history
    assert f"Wird am {words} veröffentlicht. Zum Advent" in history


def test_planned_publication_gets_another_date_without_going_back(writer, chief, visitor, at_nine):
    idea = make_complete_idea(number=7, status="review", published_at=None)
    soon = timezone.localdate() + timezone.timedelta(days=2)
    take(chief, idea, "published", at_0=f"{soon:%d.%m.%Y}", at_1="08:00")
    form, address = chief.get(f"{LIST}{idea.pk}/change/").text, f"{LIST}{idea.pk}/schritt/published/"
    assert "Termin ändern" in form
    assert 'value="Sichern"' in form
    assert "Neue Fassung veröffentlichen" not in form
    assert 'value="08:00"' in chief.get(address).text
    assert f"(geplant für {soon:%d.%m.%Y} 08:00)" in chief.get(address).text
    assert "Termin ändern" not in writer.get(f"{LIST}{idea.pk}/change/").text
    visit(writer, address, status=403)

    fields, words = at_nine
    assert f"wird am {words} veröffentlicht" in take(chief, idea, "published", **fields).text

    kept = Idea.objects.get()
    assert f"{timezone.localtime(kept.published_at):%d.%m. %H:%M}" == "03.12. 09:00"
    assert kept.version_date == timezone.localdate(kept.published_at)
    assert idea.revisions.first().note == f"Wird am {words} veröffentlicht."
    visitor.page("/ideen/7-ladenboerse/", status=404)
    assert "1 Eintrag: veröffentlicht." in take(chief, idea, "published", at_0="", at_1="").text
    visitor.page("/ideen/7-ladenboerse/")
    assert "Termin ändern" not in chief.get(f"{LIST}{idea.pk}/change/").text


def test_second_of_two_who_change_a_date_looks_again(chief, at_nine):
    idea = make_complete_idea(status="review", published_at=None)
    take(chief, idea, "published", **at_nine[0])
    address = f"{LIST}{idea.pk}/schritt/published/"
    seen = hidden(chief.get(address).text, "seen")
    Idea.objects.update(published_at=timezone.now() + timezone.timedelta(days=5))

    assert "inzwischen geändert" in chief.post(address, {"confirmed": 1, "seen": seen}).text
    assert Idea.objects.get().is_planned


def test_change_of_a_planned_entry_is_no_publication(writer, chief, at_nine):
    idea = make_complete_idea(status="review", published_at=None)
    take(chief, idea, "published", **at_nine[0])
    desk = Desk(make_editor("Schlussredaktion"))
    response = desk.save(idea, desk.open(idea) | {"summary": "Neu gefasst."})

    assert "Gesichert." in Markup(response.text).text
    assert "Veröffentlicht" not in response.text.split("messagelist")[1].split("</ul>")[0]
    assert Idea.objects.get().version == 1
    history = visit(chief, f"{LIST}{idea.pk}/history/").text
    assert "bearbeitet, Fassung 1 heutiger Stand" in history
    assert "veröffentlichte Fassung" not in history
    assert 'value="Als Revision sichern"' in writer.get(f"{LIST}{idea.pk}/change/").text


def test_archived_entry_may_name_a_public_successor(chief):
    idea, other = make_complete_idea(number=7, status="published"), make_idea(number=8)

    take(chief, idea, "archived", note="Doppelt", successor="8")

    assert Idea.objects.get(number=7).merged_into == other


@pytest.mark.parametrize(
    ("successor", "reason"),
    [
        ("99", "Es gibt keinen öffentlichen Eintrag mit dieser Nummer."),
        ("9", "Es gibt keinen öffentlichen Eintrag mit dieser Nummer."),
        ("7", "Ein Eintrag kann nicht mit sich selbst zusammengeführt werden."),
    ],
)
def test_archived_entry_leads_to_no_draft_nor_to_itself(chief, successor, reason):
    idea = make_complete_idea(number=7, status="published")
    make_complete_idea("Entwurf", number=9)

    response = take(chief, idea, "archived", note="Doppelt", successor=successor)

    assert reason in response.text
    assert "Doppelt</textarea>" in response.text
    assert status(idea) == "published"


def test_action_counts_first_and_then_acts_on_those_that_are_ready(writer):
    ready = [make_complete_idea(), make_complete_idea("Zwei")]
    blocked = [make_idea("Unfertig", status="draft"), make_complete_idea("Drei", status="published")]
    chosen = {"action": "step_review", "_selected_action": [idea.pk for idea in ready + blocked]}

    page = writer.post(LIST, chosen).text
    text = Markup(page).text

    assert "„Zur Prüfung geben“ ist für 2 Einträge möglich:" in text
    assert "„Zur Prüfung geben“ ist für 2 Einträge nicht möglich; sie bleiben, wie sie sind:" in text
    assert "Es fehlt noch: Problem" in text
    assert [status(idea) for idea in ready] == ["draft", "draft"]

    response = confirm(writer, page, chosen, note="Bitte")

    assert "2 Einträge: in Prüfung." in response.text
    assert "Ausgelassen" not in response.text
    assert [status(idea) for idea in ready + blocked] == ["review", "review", "draft", "published"]


def test_action_takes_none_that_came_or_changed_after_the_look(chief):
    seen, changed, back, late = (
        make_complete_idea(name, number=number, status="review")
        for number, name in enumerate(["Gesehen", "Geändert", "Zurück", "Spät"], 1)
    )
    Idea.objects.filter(pk=late.pk).update(status="draft")
    chosen = {"action": "step_published", "select_across": 1, "_selected_action": [seen.pk]}
    page = chief.post(f"{LIST}?status__exact=review", chosen).text
    Idea.objects.filter(pk=late.pk).update(status="review")
    Idea.objects.filter(pk=changed.pk).update(summary="Ganz anders.")
    Idea.objects.filter(pk=back.pk).update(status="draft")

    text = Markup(confirm(chief, page, chosen, address=f"{LIST}?status__exact=review").text).text

    assert [status(idea) for idea in (seen, changed, back, late)] == ["published", "review", "draft", "review"]
    assert "1 Eintrag: veröffentlicht." in text
    assert "Ausgelassen: 002 Geändert. Der Eintrag wurde inzwischen geändert." in text
    assert "Ausgelassen: 003 Zurück. Nicht möglich aus dem Status „Entwurf“." in text
    assert "Ausgelassen: 004" not in text


def test_action_does_not_archive_what_was_published_after_the_look(chief):
    idea = make_complete_idea(status="review")
    chosen = {"action": "step_archived", "_selected_action": [idea.pk]}
    page = chief.post(LIST, chosen).text
    take(chief, idea, "published")

    assert "inzwischen geändert" in confirm(chief, page, chosen, note="Weg").text

    assert status(idea) == "published"


def test_action_asks_for_a_missing_reason_and_keeps_what_was_seen(chief):
    idea, changed = make_complete_idea(status="review"), make_complete_idea("Zwei", status="review")
    chosen = {"action": "step_draft", "_selected_action": [idea.pk, changed.pk]}
    page = chief.post(LIST, chosen).text
    Idea.objects.filter(pk=changed.pk).update(summary="Ganz anders.")

    again = confirm(chief, page, chosen, note=" ").text
    assert "zwingend erforderlich" in again
    confirm(chief, again, chosen, note="Darum")

    assert [status(idea), status(changed)] == ["draft", "review"]


@pytest.mark.parametrize("seen", ["", "1", "x:y", "999999999999999999:abc", "٣:abc", "1:" * 50])
def test_action_takes_any_marks_and_does_nothing(chief, seen):
    idea = make_complete_idea(status="review")
    values = {"action": "step_published", "_selected_action": [idea.pk], "confirmed": 1, "seen": seen}

    assert chief.post(LIST, values, follow=True).status_code == 200

    assert status(idea) == "review"


def test_action_needs_no_more_queries_for_more_entries(chief):
    def count():
        chosen = {"action": "step_published", "_selected_action": list(Idea.objects.values_list("pk", flat=True))}
        return queries_of(lambda: chief.post(LIST, chosen))

    make_complete_idea(status="review")
    with_revision(2)
    count()
    with_one = count()
    for number in range(2):
        make_complete_idea(f"Noch eine {number}", status="review")
        with_revision(number + 5)

    assert count() == with_one


def with_revision(number, status="published", **values):
    """An entry with a pending revision whose summary is new."""
    idea = make_complete_idea(f"Idee {number}", number=number, status=status, **values)
    content = snapshot(idea) | {"summary": f"Neues {number}."}
    revisions.change(idea, content, by=make_editor("Redaktion", name=f"Rita {number}"))
    return idea


def incomplete(idea):
    """Let the pending revision of an entry lack a text."""
    pending = revisions.pending(idea)
    pending.content["problem"] = ""
    pending.save()


def test_action_publishes_the_pending_revisions_of_public_entries(chief):
    ready, lacking, draft = with_revision(1), with_revision(2), make_complete_idea(number=3, status="review")
    incomplete(lacking)
    chosen = {"action": "step_published", "_selected_action": [ready.pk, lacking.pk, draft.pk]}

    page = chief.post(LIST, chosen).text
    text = Markup(page).text
    assert "„Veröffentlichen“ ist für 2 Einträge möglich:" in text
    assert text.count("Die offene Revision wird sofort zur neuen Fassung.") == 1
    assert f"{LIST}{ready.pk}/revision/" in page
    assert "002 Idee 2: Es fehlt noch: Problem" in text
    response = confirm(chief, page, chosen)

    assert "1 Eintrag: veröffentlicht." in response.text
    assert "1 Revision: veröffentlicht." in response.text
    ready.refresh_from_db()
    assert (ready.summary, ready.version, revisions.pending(ready)) == ("Neues 1.", 2, None)
    assert revisions.pending(lacking) is not None
    assert Idea.objects.get(pk=lacking.pk).version == 1
    assert status(draft) == "published"


def test_action_publishes_no_revision_that_was_changed_after_the_look_nor_plans_one(chief):
    changed, planned = with_revision(1), with_revision(2)
    chosen = {"action": "step_published", "_selected_action": [changed.pk, planned.pk]}
    page = chief.post(LIST, chosen).text
    incomplete(changed)

    text = Markup(confirm(chief, page, chosen, at_0="01.01.2090", at_1="09:00").text).text
    assert text.count("lässt sich nicht planen") == 2
    text = Markup(confirm(chief, page, chosen).text).text

    assert "Ausgelassen: 001 Idee 1. Der Eintrag wurde inzwischen geändert." in text
    assert [bool(revisions.pending(idea)) for idea in (changed, planned)] == [True, False]


def test_new_date_of_a_planned_entry_leaves_its_revision_pending_and_says_so(chief):
    later = timezone.now() + timezone.timedelta(days=9)
    idea = with_revision(1, published_at=later)
    chosen = {"action": "step_published", "_selected_action": [idea.pk]}

    page = chief.post(LIST, chosen).text
    assert "Die offene Revision bleibt offen; geändert wird nur der Termin." in page
    assert "bleibt offen" in chief.get(f"{LIST}{idea.pk}/schritt/published/").text
    confirm(chief, page, chosen)

    assert Idea.objects.get(pk=idea.pk).is_public
    assert revisions.pending(idea).content["summary"] == "Neues 1."


def test_note_that_is_needed_says_so(chief):
    idea = make_complete_idea(status="review")

    assert "Notiz (nötig)" in chief.get(f"{LIST}{idea.pk}/schritt/draft/").text
    assert "Notiz (nötig)" not in chief.get(f"{LIST}{idea.pk}/schritt/published/").text


def test_only_what_is_public_is_said_to_be_public_no_longer(chief):
    review, public = make_complete_idea(status="review"), make_complete_idea("Zwei", status="published")
    words = "nicht mehr öffentlich"

    assert words not in chief.get(f"{LIST}{review.pk}/schritt/draft/").text
    assert words in chief.get(f"{LIST}{public.pk}/schritt/draft/").text


def test_action_without_the_right_is_not_offered_and_does_nothing(writer):
    idea = make_complete_idea(status="review")

    assert "step_published" not in writer.get(LIST).text
    writer.post(LIST, {"action": "step_published", "_selected_action": idea.pk, "confirmed": 1})

    assert status(idea) == "review"


def test_list_finds_what_waits(chief, revised):
    make_complete_idea("Ohne")

    page = visit(chief, f"{LIST}?offen=revision").text

    assert "veröffentlicht, Revision offen" in page
    assert "Ohne" not in page


def test_revision_is_compared_and_published(chief, revised, visitor):
    page = chief.get(f"{LIST}{revised.pk}/revision/").text
    text = Markup(page).text
    assert "Zahl berichtigt" in text
    assert "entfernt: Alte neu: Neue Läden stehen leer." in text
    assert "Praxisbeispiel Trier: Zweite" in text
    assert "entfernt: Zehn neu: Elf Läden" in text

    chief.post(f"{LIST}{revised.pk}/revision/", {"seen": hidden(page, "seen"), "_publish": 1})

    assert "Neue Läden" in visitor.main("/ideen/7-ladenboerse/")
    assert Idea.objects.get().version == 2
    assert chief.get(f"{LIST}{revised.pk}/revision/").status_code == 302


def test_names_of_topics_are_separated_where_versions_are_compared(writer, revised):
    topics = [make_topic("Einzelhandel"), make_topic("Nahversorgung")]
    content = revisions.pending(revised).content | {"topics": [*revised.topics.values_list("pk", flat=True)]}
    content["topics"] += [topic.pk for topic in topics]
    revisions.change(revised, content, by=make_editor("Redaktion"))

    text = Markup(writer.get(f"{LIST}{revised.pk}/revision/").text).text

    assert re.search(r"Leerstand ?, neu: Einzelhandel ?, neu: Nahversorgung", text)


def test_revision_that_was_changed_after_the_look_is_not_published(chief, revised):
    address = f"{LIST}{revised.pk}/revision/"
    seen = hidden(chief.get(address).text, "seen")
    content = revisions.pending(revised).content | {"summary": "Ganz anders."}
    revisions.change(revised, content, by=make_editor("Redaktion"))

    response = chief.post(address, {"seen": seen, "_publish": 1, "note": "Passt"})

    assert "inzwischen geändert" in response.text
    assert "Passt</textarea>" in response.text
    assert Idea.objects.get().version == 1


def test_revision_is_discarded_with_a_reason_only(chief, revised):
    address = f"{LIST}{revised.pk}/revision/"
    seen = hidden(chief.get(address).text, "seen")

    assert "in einem Satz, warum" in chief.post(address, {"seen": seen, "_discard": 1}).text
    chief.post(address, {"seen": seen, "_discard": 1, "note": "Stimmt nicht"})

    assert revisions.pending(revised) is None
    assert revised.revisions.first().note == "Stimmt nicht"


def test_writer_discards_a_revision_of_their_own(db, revised):
    willi = signed_in(User.objects.get(username="Willi"))
    address = f"{LIST}{revised.pk}/revision/"
    page = willi.get(address).text
    assert ("_discard" in page, "_publish" in page, "_submit" in page) == (True, False, False)

    told = willi.post(address, {"seen": hidden(page, "seen"), "_discard": 1, "note": "Doch nicht"}, follow=True)

    assert "Revision verworfen" in told.text
    assert revisions.pending(revised) is None
    assert "Willi Doch nicht" in visit(willi, f"{LIST}{revised.pk}/history/").text


def test_unfinished_revision_waits_until_it_is_submitted(visitor):
    writer, chief = Desk(make_editor("Redaktion", name="Wanda")), Desk(make_editor("Schlussredaktion"))
    idea, ready = make_complete_idea(number=1, status="published"), with_revision(2)
    assert 'name="unfinished"' not in writer.get(f"{LIST}{make_complete_idea(number=3).pk}/change/").text
    saved = writer.save(idea, writer.open(idea) | {"summary": "Halb.", "unfinished": "on"}, button="_continue")
    assert "Als Revision in Arbeit gesichert." in saved.text
    assert "Sie ist noch in Arbeit." in saved.text
    assert "noch in Arbeit" in visit(writer, f"{LIST}{idea.pk}/history/").text
    assert "veröffentlicht, Revision in Arbeit" in visit(chief, f"{LIST}?offen=in-arbeit").text
    assert "veröffentlicht, Revision in Arbeit" not in visit(chief, f"{LIST}?offen=revision").text

    chosen = {"action": "step_published", "_selected_action": [idea.pk, ready.pk]}
    page = chief.post(LIST, chosen).text
    text = Markup(page).text
    assert "ist für 1 Eintrag nicht möglich; er bleibt, wie er ist:" in text
    assert "001 Ladenbörse: Die Revision ist noch in Arbeit." in text
    confirm(chief, page, chosen)
    assert [bool(revisions.pending(each)) for each in (idea, ready)] == [True, False]

    refused = chief.save(idea, chief.open(idea))
    assert "Das ist als «Noch in Arbeit» gekennzeichnet." in refused.text
    assert "Halb." in chief.save(idea, chief.open(idea), address="vorschau").text
    address = f"{LIST}{idea.pk}/revision/"
    assert "Niemand hat sie bisher zur Prüfung gegeben" in chief.get(address).text
    assert "Halb." not in visitor.main("/ideen/1-ladenboerse/")

    page = writer.get(address).text
    seen = hidden(page, "seen")
    assert "Zur Prüfung gegeben." in writer.post(address, {"seen": seen, "_submit": 1}, follow=True).text
    assert "_submit" not in writer.get(address).text
    assert "inzwischen geändert" in chief.post(address, {"seen": seen, "_publish": 1}).text
    assert "Revision offen" in visit(chief, f"{LIST}?offen=revision").text
    chief.post(address, {"seen": hidden(chief.get(address).text, "seen"), "_publish": 1})
    assert "Halb." in visitor.main("/ideen/1-ladenboerse/")


def basis(response):
    """What the form on a page carries."""
    return hidden(response.text, "basis")


@pytest.mark.parametrize("group", ["Redaktion", "Schlussredaktion"])
def test_what_somebody_still_works_on_is_never_finished_by_a_save_beside_it(group):
    idea = make_complete_idea(number=1, status="published")
    second, first = Desk(make_editor(group, name="Anna")), Desk(make_editor("Redaktion", name="Bert"))
    opened = second.open(idea)
    first.save(idea, first.open(idea) | {"summary": "Halb.", "unfinished": "on"})

    refused = second.save(idea, opened | {"problem": "Annas Problem."})
    assert "Nicht gesichert: Bert" in refused.text
    form = refused.context["adminform"].form
    assert (form["summary"].value(), form["unfinished"].value()) == ("Halb.", True)
    again = {"problem": "Annas Problem.", "summary": "Halb.", "unfinished": "on", "basis": basis(refused)}
    second.save(idea, opened | again)

    pending = revisions.pending(idea)
    assert pending.unfinished
    assert pending.content["problem"] == ("Annas Problem." if group == "Redaktion" else idea.problem)
    assert Idea.objects.get().summary != "Halb."


@pytest.mark.parametrize("group", ["Redaktion", "Schlussredaktion"])
def test_mark_of_unfinished_work_stops_a_form_opened_before(group):
    idea = make_complete_idea(number=1, status="published")
    second, first = Desk(make_editor(group, name="Anna")), Desk(make_editor("Redaktion", name="Bert"))
    first.save(idea, first.open(idea) | {"summary": "Halb."})
    opened = second.open(idea)
    first.save(idea, first.open(idea) | {"unfinished": "on"})

    assert "Nicht gesichert: Bert" in second.save(idea, opened).text
    assert revisions.pending(idea).unfinished


def test_submitting_twice_or_without_a_button_does_nothing(chief, revised):
    address = f"{LIST}{revised.pk}/revision/"
    before = revised.revisions.count()
    seen = hidden(chief.get(address).text, "seen")

    refused = chief.post(address, {"seen": seen, "_submit": 1, "note": "Noch einmal"})
    assert "schon zur Prüfung gegeben" in refused.text
    assert "Noch einmal" in refused.text
    assert chief.post(address, {"seen": seen}).status_code == 200

    assert (Idea.objects.get().version, revised.revisions.count()) == (1, before)


def test_writer_compares_but_does_not_decide(writer, revised):
    page = writer.get(f"{LIST}{revised.pk}/revision/").text

    assert "_publish" not in page
    assert writer.post(f"{LIST}{revised.pk}/revision/", {"_publish": 1}).status_code == 403
    assert Idea.objects.get().version == 1


def test_history_compares_any_two_versions(writer, chief, revised):
    karl = make_editor("Schlussredaktion", name="Karl")
    revisions.publish(revised, by=karl)
    revisions.change(revised, snapshot(Idea.objects.get()) | {"title": "Dritter Titel"}, by=karl)
    keys = list(revised.revisions.values_list("pk", flat=True))

    latest = visit(writer, f"{LIST}{revised.pk}/history/").text
    overall = visit(writer, f"{LIST}{revised.pk}/history/?von={keys[-1]}&bis={keys[0]}").text

    assert "Willi Zahl berichtigt" in latest
    assert "Karl" in latest
    assert "neu: Dritter Titel" in latest
    assert "neu: Neue" not in latest
    assert "neu: Neue Läden" in overall
    assert "neu: Dritter Titel" in overall
    assert "veröffentlichte Fassung" in overall


def test_history_shows_what_the_last_change_did_to_the_entry(chief, revised):
    address = f"{LIST}{revised.pk}/history/"
    assert "neu: Neue" in visit(chief, address).text  # the pending revision beside what is public

    revisions.publish(revised, by=make_editor("Schlussredaktion"))

    assert "neu: Neue" in visit(chief, address).text  # not beside the revision that said the same


@pytest.mark.parametrize("query", ["von=abc&bis=", "von=999999999999999999999&bis=-1", "von=1", "bis=0&von=٣"])
def test_history_takes_any_query(chief, revised, query):
    visit(chief, f"{LIST}{revised.pk}/history/?{query}")


def test_archived_entry_offers_no_way_back_that_would_be_refused(chief, revised):
    history = f"{LIST}{revised.pk}/history/"
    revisions.discard(revised, by=make_editor("Schlussredaktion"), note="Nein")
    assert "Hierauf zurücksetzen" in visit(chief, history).text

    take(chief, revised, "archived", note="Überholt")

    assert "Hierauf zurücksetzen" not in visit(chief, history).text


def test_going_back_makes_a_new_version(writer, chief, revised, visitor):
    revisions.publish(revised, by=make_editor("Schlussredaktion"))
    first = revised.revisions.last()
    address = f"{LIST}{revised.pk}/history/{first.pk}/"
    visit(writer, address, status=403)

    assert "entfernt: Neue neu: Alte" in visit(chief, address).text
    go_back(chief, address, note="War richtig")

    assert "Alte Läden" in visitor.main("/ideen/7-ladenboerse/")
    assert Idea.objects.get().version == 3
    assert (revised.revisions.first().event, revised.revisions.first().note) == ("reverted", "War richtig")


def test_going_back_over_a_pending_revision_is_refused_with_a_sentence(chief, revised):
    address = f"{LIST}{revised.pk}/history/{revised.revisions.last().pk}/"

    assert "Eine Revision ist offen." in go_back(chief, address).text


def test_entry_changed_after_the_look_does_not_go_back(chief, revised):
    revisions.publish(revised, by=make_editor("Schlussredaktion"))
    address = f"{LIST}{revised.pk}/history/{revised.revisions.last().pk}/"
    seen = hidden(chief.get(address).text, "seen")
    Idea.objects.update(summary="Inzwischen anders.")

    assert "inzwischen geändert" in chief.post(address, {"seen": seen}).text

    assert Idea.objects.get().summary == "Inzwischen anders."


def test_revision_of_another_entry_is_not_restored(chief, revised):
    other = make_complete_idea("Zwei")

    visit(chief, f"{LIST}{other.pk}/history/{revised.revisions.last().pk}/", status=404)


def test_visitors_and_strangers_see_nothing(client, revised):
    stranger = signed_in(make_editor())
    earlier = f"history/{revised.revisions.last().pk}/"
    for address in ("history/", "revision/", "vorschau/", "schritt/draft/", earlier):
        assert client.get(f"{LIST}{revised.pk}/{address}").status_code == 302
        assert stranger.get(f"{LIST}{revised.pk}/{address}").status_code == 403, address
