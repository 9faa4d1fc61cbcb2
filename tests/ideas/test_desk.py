"""The form of an entry at the desk: what it shows, what saving leads to, and that nobody overwrites anybody."""

import re

import pytest
from django.contrib.admin import site
from django.db.models import ProtectedError
from django.utils import timezone

from ideas import revisions, workflow
from ideas.content import snapshot
from ideas.models import Idea, PracticeExample, SearchDocument
from tests.desk import PREFIX, Desk
from tests.factories import (
    make_actor,
    make_complete_idea,
    make_editor,
    make_example,
    make_idea,
    make_municipality,
    make_topic,
)
from tests.visits import Markup, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db):
    return Desk(make_editor("Redaktion", name="Wanda"))


@pytest.fixture
def chief(db):
    return Desk(make_editor("Schlussredaktion", name="Clara"))


@pytest.fixture
def public(db):
    """A public entry with two examples, topics and actors."""
    idea = make_complete_idea(number=7, status="published", actors=[make_actor()])
    make_example(idea, "Trier", "Zweite", position=2, municipalities=[make_municipality("Trier")], year=2020)
    return idea


def now(idea):
    return snapshot(Idea.objects.get(pk=idea.pk))


@pytest.mark.parametrize("status", ["draft", "review", "published"])
@pytest.mark.parametrize("who", ["writer", "chief"])
def test_saving_an_untouched_form_changes_nothing(request, who, status):
    idea = make_complete_idea(status=status, actors=[make_actor()])
    make_example(idea, "Trier", "Zweite", position=2, municipalities=[make_municipality("Trier")])
    before, desk = now(idea), request.getfixturevalue(who)

    response = desk.save(idea, desk.open(idea))

    assert "Es gab nichts zu ändern." in response.text
    assert now(idea) == before
    assert Idea.objects.get().version == 1


def test_writer_adds_a_draft_with_the_next_number(writer):
    make_idea(number=113)
    form = writer.get("/admin/ideas/idea/add/").context["adminform"].form
    data = {"number": form["number"].value(), "title": "Ladenbörse", "origin": "redaktion",
            "slug": "ladenboerse", "topics": [make_topic().pk], "change_note": "Erster Wurf",
            f"{PREFIX}-TOTAL_FORMS": 0, f"{PREFIX}-INITIAL_FORMS": 0}  # fmt: skip

    writer.post("/admin/ideas/idea/add/", writer.add_example(data, place="Gera", name="Börse"))

    idea = Idea.objects.get(number=114)
    assert (idea.status, idea.examples.get().place, idea.topics.count()) == ("draft", "Gera", 1)
    assert list(idea.revisions.values_list("event", "by_name", "note")) == [("created", "Wanda", "Erster Wurf")]


def test_draft_is_saved_with_its_examples(writer):
    idea = make_complete_idea()
    data = writer.open(idea) | {"title": "Neu", "change_note": "Gekürzt", f"{PREFIX}-0-position": 2}
    data = writer.add_example(data, place="Gera", name="Neu", position="1")

    writer.save(idea, data)

    assert now(idea)["title"] == "Neu"
    assert [each["place"] for each in now(idea)["examples"]] == ["Gera", "Offenburg"]
    assert idea.revisions.first().note == "Gekürzt"


@pytest.mark.parametrize(
    ("positions", "order"),
    [
        ({2: 1}, "Zwickau Offenburg Trier"),
        ({0: 2}, "Trier Offenburg Zwickau"),
        ({0: 3, 2: 1}, "Zwickau Trier Offenburg"),
        ({0: 9}, "Trier Zwickau Offenburg"),
        ({0: ""}, "Trier Zwickau Offenburg"),
    ],
)
def test_example_gets_the_place_that_its_new_position_names(chief, public, positions, order):
    make_example(public, "Zwickau", "Dritte", position=3)
    data = chief.open(public) | {f"{PREFIX}-{number}-position": place for number, place in positions.items()}

    chief.save(public, data)

    assert [each["place"] for each in now(public)["examples"]] == order.split()
    assert list(public.examples.values_list("position", flat=True)) == [1, 2, 3]


def test_new_example_gets_the_place_that_its_position_names(writer):
    idea = make_complete_idea()
    make_example(idea, "Trier", "Zweite", position=2)

    writer.save(idea, writer.add_example(writer.open(idea), place="Gera", name="Neu", position="2"))

    assert [each["place"] for each in now(idea)["examples"]] == ["Offenburg", "Gera", "Trier"]


def test_writer_sees_the_pending_revision_and_the_public_does_not(writer, public, visitor):
    before = now(public)
    data = writer.open(public) | {"title": "Börse neu", f"{PREFIX}-0-DELETE": "on"}
    data = writer.add_example(data, place="Gera", name="Dritte", municipalities=[make_municipality("Gera").pk])

    response = writer.save(public, data, "_continue")

    assert "Als offene Revision gesichert" in response.text
    assert "Das Formular zeigt die offene Revision" in Markup(response.text).text
    assert now(public) == before
    shown = writer.open(public)
    assert shown["title"] == "Börse neu"
    assert [shown[f"{PREFIX}-{number}-place"] for number in (0, 1)] == ["Trier", "Gera"]
    assert shown[f"{PREFIX}-1-municipalities"] != []
    assert "Börse neu" not in visitor.main("/ideen/7-ladenboerse/")


def test_list_says_what_became_of_which_entry_and_leads_back(writer, public):
    response = writer.save(public, writer.open(public) | {"summary": "Neu."})

    link = f'<a href="/admin/ideas/idea/{public.pk}/change/">007 Ladenbörse</a>: Als offene Revision gesichert.'
    assert link in response.text


def test_pending_revision_can_be_saved_again_and_again(writer, public):
    data = writer.add_example(writer.open(public), place="Gera", name="Dritte")
    writer.save(public, data | {f"{PREFIX}-0-DELETE": "on"})
    first = revisions.pending(public).content

    assert "Es gab nichts zu ändern." in writer.save(public, writer.open(public)).text
    writer.save(public, writer.open(public) | {"summary": "Neu gefasst."})

    second = revisions.pending(public).content
    assert second == first | {"summary": "Neu gefasst."}
    assert [each["place"] for each in second["examples"]] == ["Trier", "Gera"]
    assert PracticeExample.objects.count() == 2


def test_removed_example_may_be_entered_anew_in_the_pending_revision(writer, public):
    writer.save(public, writer.open(public) | {f"{PREFIX}-1-DELETE": "on"})
    data = writer.add_example(writer.open(public), place="Trier", name="Zweite", fact="Anders.")

    writer.save(public, data)

    assert [each["fact"] for each in revisions.pending(public).content["examples"]][1] == "Anders."


def test_revision_is_checked_like_the_entry(writer, public):
    make_idea(slug="vergeben")
    data = writer.open(public) | {"slug": "vergeben", f"{PREFIX}-0-year": "3000", "title": ""}

    response = writer.save(public, data)

    text = Markup(response.text).text
    assert "existiert bereits" in text
    assert "zwischen 1800 und 2100" in text
    assert "Dieses Feld ist zwingend erforderlich." in text
    assert revisions.pending(public) is None


def test_form_opens_although_the_revision_no_longer_fits(writer, public):
    writer.save(public, writer.open(public) | {"slug": "vergeben", "title": "Neu"})
    make_idea(slug="vergeben")

    data = writer.open(public)

    assert (data["title"], data["slug"]) == ("Neu", "ladenboerse")


def test_enter_key_publishes_nothing(chief, public):
    page = chief.get(f"/admin/ideas/idea/{public.pk}/change/").text
    form = page[page.index('id="idea_form"') :]

    assert re.search(r'<(?:input|button)[^>]*type="submit"[^>]*>', form)[0].endswith('name="_aside">')


def test_chief_publishes_at_once_or_puts_aside(chief, public, visitor):
    chief.save(public, chief.open(public) | {"title": "Erst aside"}, "_aside")
    assert now(public)["title"] == "Ladenbörse"

    response = chief.save(public, chief.open(public) | {"summary": "Gut."})

    assert "Der Eintrag steht jetzt in Fassung 2." in response.text
    assert now(public)["title"] == "Erst aside"
    assert "Gut." in visitor.main("/ideen/7-ladenboerse/")
    assert revisions.pending(public) is None


@pytest.mark.parametrize("who", ["writer", "chief"])
def test_second_save_is_stopped_and_both_versions_are_shown(request, writer, public, who):
    other = request.getfixturevalue(who)
    mine, theirs = writer.open(public), other.open(public)
    other.save(public, theirs | {"problem": "Viele leere Läden."})
    before, pending = now(public), revisions.pending(public)

    response = writer.save(public, mine | {"problem": "Leere Läden überall.", "summary": "Meins."})

    text = Markup(response.text).text
    assert "Nicht gesichert: " in text
    assert "entfernt: Viele" in text
    assert "neu: überall" in text
    assert response.context["adminform"].form["summary"].value() == "Meins."
    assert (now(public), revisions.pending(public)) == (before, pending)


def test_refused_form_lists_at_the_top_what_is_wrong_and_leads_there(writer, public):
    data = writer.add_example(writer.open(public) | {"summary": "x" * 500}, place="Gera", name="Neu", source="")
    data |= {f"{PREFIX}-1-DELETE": "on", f"{PREFIX}-1-fact": ""}

    response = writer.save(public, data)

    page = response.text
    assert page.index("desk-mistakes") < page.index("desk-state")
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>:', page)
    assert links == [("id_summary", "Kurzfassung"), (f"id_{PREFIX}-2-source", "Praxisbeispiel 3: Quelle")]
    assert all(f'id="{anchor}"' in page for anchor, _name in links)
    assert "den unten aufgeführten" not in page
    assert "<title>Fehler: " in re.sub(r"\s+", " ", page).replace("<title> ", "<title>")


def test_who_comes_second_reads_first_why_nothing_was_saved(writer, public):
    mine = writer.open(public)
    Desk(make_editor("Redaktion")).save(public, writer.open(public) | {"problem": "Anders."})

    page = writer.save(public, mine | {"summary": "Meins."}).text

    assert page.count("Nicht gesichert: ") == 1
    assert page.index("Nicht gesichert: ") < page.index("desk-state") < page.index("Beide Fassungen")
    assert "den unten aufgeführten" not in page


def test_author_reads_in_the_form_why_an_entry_was_given_back(writer):
    idea = make_complete_idea("Börse", number=8, status="review", published_at=None)
    clara = make_editor("Schlussredaktion", name="Clara")
    workflow.transition(idea, "draft", by=clara, note="Bitte Kosten ergänzen.")

    assert "zum Entwurf (Clara, " in Markup(writer.get(f"/admin/ideas/idea/{idea.pk}/change/").text).text
    assert "Bitte Kosten ergänzen." in writer.get(f"/admin/ideas/idea/{idea.pk}/change/").text

    writer.save(idea, writer.open(idea) | {"cost": "hoch"})
    assert "Bitte Kosten ergänzen." not in writer.get(f"/admin/ideas/idea/{idea.pk}/change/").text


def test_reviewer_reads_in_the_form_who_submitted_the_entry_and_with_what_note(writer, chief):
    idea = make_complete_idea("Börse", number=8)
    rita = make_editor("Redaktion", name="Rita")
    workflow.transition(idea, "review", by=rita, note="Bitte prüfen")
    form = f"/admin/ideas/idea/{idea.pk}/change/"

    assert re.search(r"Zur Prüfung gegeben \(Rita, [\d. :]+\) ?: Bitte prüfen", Markup(chief.get(form).text).text)

    writer.save(idea, writer.open(idea) | {"cost": "hoch"})
    assert "Bitte prüfen" in chief.get(form).text

    workflow.transition(idea, "published", by=make_editor("Schlussredaktion"))
    assert "Bitte prüfen" not in chief.get(form).text


def test_archived_form_names_the_entry_that_old_links_lead_to(chief):
    successor = make_complete_idea("Nachfolger", number=9, status="published")
    idea = make_complete_idea("Börse", number=8, status="archived", archive_note="Alt", merged_into=successor)

    page = chief.get(f"/admin/ideas/idea/{idea.pk}/change/").text

    assert f'<a href="/admin/ideas/idea/{successor.pk}/change/">009 Nachfolger</a> (veröffentlicht)' in page


def test_a_second_save_does_not_undo_what_the_other_changed_in_another_field(chief, public):
    other = Desk(make_editor("Schlussredaktion"))
    mine = chief.open(public)
    topic = make_topic("Handel")
    other.save(public, other.open(public) | {"title": "Neuer Titel", "topics": [topic.pk], "effort": "hoch"})

    response = chief.save(public, mine | {"problem": "Meins."})
    form = response.context["adminform"].form
    again = {name: form[name].value() for name in ("title", "problem", "effort")} | {
        "topics": form["topics"].value()
    }
    basis = re.search(r'name="basis" value="(\w+)"', response.text)[1]
    chief.save(public, mine | again | {"basis": basis})

    content = now(public)
    assert (content["title"], content["problem"], content["effort"]) == ("Neuer Titel", "Meins.", "hoch")
    assert content["topics"] == [topic.pk]


def test_after_looking_at_both_versions_one_may_save(writer, public):
    mine = writer.open(public)
    Desk(make_editor("Redaktion")).save(public, writer.open(public) | {"problem": "Anders."})
    response = writer.save(public, mine | {"summary": "Meins."})

    basis = re.search(r'name="basis" value="(\w+)"', response.text)[1]
    writer.save(public, mine | {"summary": "Meins.", "problem": "Anders.", "basis": basis})

    content = revisions.pending(public).content
    assert (content["problem"], content["summary"]) == ("Anders.", "Meins.")
    assert public.revisions.filter(event="proposed").count() == 2


def test_change_that_bypassed_the_desk_is_noticed_too(chief, public):
    data = chief.open(public)
    PracticeExample.objects.filter(place="Trier").update(fact="Vom Lader.")

    response = chief.save(public, data | {"summary": "Meins."})

    assert "Nicht gesichert: jemand" in response.text
    assert PracticeExample.objects.get(place="Trier").fact == "Vom Lader."


def test_form_without_its_mark_is_not_saved(chief, public):
    data = chief.open(public) | {"title": "Neu"}
    del data["basis"]

    assert "Nicht gesichert" in chief.save(public, data).text
    assert now(public)["title"] == "Ladenbörse"


def test_archived_entry_is_read_only(chief):
    idea = make_complete_idea(status="archived", archive_note="Überholt")

    page = chief.get(f"/admin/ideas/idea/{idea.pk}/change/").text

    assert 'name="title"' not in page
    assert "Zurück zum Entwurf" in page
    assert chief.post(f"/admin/ideas/idea/{idea.pk}/change/", {"title": "Neu"}).status_code == 403


def test_editors_archive_and_only_administration_deletes(writer, chief, public):
    admin = Desk(make_editor("Verwaltung"))
    address = f"/admin/ideas/idea/{public.pk}/delete/"
    for desk in (writer, chief):
        assert address not in desk.get(f"/admin/ideas/idea/{public.pk}/change/").text
        assert desk.post(address, {"post": "yes"}).status_code == 403

    example = f"/admin/ideas/practiceexample/{public.examples.first().pk}/delete/"
    assert admin.post(example, {"post": "yes"}).status_code == 403
    assert public.examples.count() == 2
    assert "Trier: Zweite" in admin.get(address).text
    admin.post(address, {"post": "yes"})

    assert not Idea.objects.exists()


def test_entry_that_cannot_be_deleted_stays_in_the_search(public):
    make_idea(status="archived", merged_into=public)  # protects it; the page says so, but it may come meanwhile

    with pytest.raises(ProtectedError):
        site.get_model_admin(Idea).delete_queryset(None, Idea.objects.filter(pk=public.pk))

    assert SearchDocument.objects.filter(pk=public.pk).exists()


def test_examples_are_never_edited_past_their_entry(chief, public):
    example = public.examples.first()

    assert 'name="fact"' not in chief.get(f"/admin/ideas/practiceexample/{example.pk}/change/").text
    assert chief.post(f"/admin/ideas/practiceexample/{example.pk}/change/", {"fact": "X"}).status_code == 403
    assert chief.post(f"/admin/ideas/practiceexample/{example.pk}/delete/", {"post": "yes"}).status_code == 403


def test_form_needs_few_queries_for_each_more_example(writer, public):
    idea = make_complete_idea("Zwei", status="published")
    address = f"/admin/ideas/idea/{idea.pk}/change/"
    with_one = queries(writer, address)
    make_example(idea, "Bonn")
    make_example(idea, "Köln")

    # The admin asks for the source and the places each example has chosen.
    assert queries(writer, address) <= with_one + 2 * 3


def test_pages_of_the_desk_hold_no_inline_scripts_or_styles(chief, writer, public):
    writer.save(public, writer.open(public) | {"title": "Neu"})

    pages = ["change/", "history/", "revision/", "schritt/draft/", "schritt/archived/", "vorschau/", "delete/"]
    for address in [*pages, f"history/{public.revisions.last().pk}/"]:
        response = chief.get(f"/admin/ideas/idea/{public.pk}/{address}")
        if address != "delete/":
            assert response.status_code == 200, address
        assert Markup(response.text).inline == [], address


def test_entry_that_is_only_read_shows_no_empty_note_and_no_advice_on_saving(public, chief):
    reader = Desk(make_editor("Verwaltung"))
    archived = make_idea(status="archived", archive_note="Überholt.")

    for desk, idea in ((reader, public), (chief, archived)):
        text = Markup(desk.get(f"/admin/ideas/idea/{idea.pk}/change/").text).text
        assert idea.title in text
        assert "None" not in text
        assert "Notiz zur Änderung" not in text
        assert "Was Sie sichern" not in text
    assert "Notiz zur Änderung" in chief.get(f"/admin/ideas/idea/{public.pk}/change/").text


@pytest.mark.parametrize("who", ["writer", "chief"])
def test_form_shown_again_with_what_was_typed_saves_nothing(request, public, who):
    desk, before = request.getfixturevalue(who), now(public)
    data = desk.add_example(desk.open(public) | {"summary": "Eine Stunde Arbeit."}, place="Gera", name="Neu")

    shown = desk.save(public, data, button="_show_again")

    assert "Gesichert sind sie noch nicht" in shown.text
    assert "Eine Stunde Arbeit." in shown.text
    assert 'value="Gera"' in shown.text
    assert now(public) == before
    assert not public.revisions.filter(pending=True).exists()


def test_new_entry_shown_again_is_not_made_yet(writer):
    data = {"number": 1, "title": "Ladenbörse", "slug": "ladenboerse", "_show_again": 1}
    data |= {f"{PREFIX}-TOTAL_FORMS": 0, f"{PREFIX}-INITIAL_FORMS": 0, "origin": "redaktion"}

    shown = writer.post("/admin/ideas/idea/add/", data)

    assert 'value="Ladenbörse"' in shown.text
    assert not Idea.objects.exists()


def test_what_was_typed_before_somebody_else_saved_is_compared(public, writer, chief):
    data = writer.open(public) | {"summary": "Eine Stunde Arbeit."}
    chief.save(public, chief.open(public) | {"summary": "Claras Satz."})

    shown = writer.save(public, data, button="_show_again")

    assert "Clara hat diesen Eintrag inzwischen geändert" in Markup(shown.text).text
    assert "Eine Stunde Arbeit." in shown.text


def test_slug_follows_the_title_until_the_entry_is_public(writer, chief):
    data = {"number": 1, "title": "Entwurf", "slug": "", "origin": "redaktion"}
    data |= {f"{PREFIX}-TOTAL_FORMS": 0, f"{PREFIX}-INITIAL_FORMS": 0}
    writer.post("/admin/ideas/idea/add/", data)
    idea = Idea.objects.get()
    assert idea.slug == "entwurf"

    writer.save(idea, writer.open(idea) | {"title": "Läden für alle"})
    assert Idea.objects.get().slug == "laeden-fuer-alle"

    Idea.objects.update(status="published", published_at=timezone.now(), version_date=timezone.localdate())
    full = {"summary": "Kurz.", "problem": "Leer.", "approach": "Eine Börse.", "steps": "Fragen"}
    full |= {"maturity": "idee", "topics": [make_topic().pk]}
    chief.save(idea, chief.open(idea) | {"title": "Läden"} | full)
    assert (Idea.objects.get().title, Idea.objects.get().slug) == ("Läden", "laeden-fuer-alle")


def test_slug_that_an_editor_has_chosen_stays_and_an_empty_one_is_made_anew(writer):
    idea = make_complete_idea("Entwurf", slug="mein-name")

    writer.save(idea, writer.open(idea) | {"title": "Läden für alle"})
    assert Idea.objects.get().slug == "mein-name"

    writer.save(idea, writer.open(idea) | {"slug": ""})
    assert Idea.objects.get().slug == "laeden-fuer-alle"


def test_second_draft_of_the_same_title_gets_its_number_into_the_slug(writer):
    make_complete_idea("Entwurf")
    second = make_complete_idea("Zwei", number=7)

    writer.save(second, writer.open(second) | {"title": "Entwurf"})
    assert Idea.objects.get(number=7).slug == "entwurf-7"
    writer.save(second, writer.open(second) | {"title": "Ein Titel aus hundert und mehr Buchstaben " + 70 * "o"})
    assert Idea.objects.get(number=7).slug == ("ein-titel-aus-hundert-und-mehr-buchstaben-" + 70 * "o")[:100]


def test_public_entry_needs_a_slug(public, chief):
    response = chief.save(public, chief.open(public) | {"slug": ""})

    assert "zwingend erforderlich" in response.text
    assert Idea.objects.get().slug == public.slug
