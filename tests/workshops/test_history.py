"""The history of records around the entries: who changed what and why, and the way back."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from compendium.models import Page
from ideas.models import SynonymGroup, Topic
from tests.desk import basis, filled
from tests.factories import (
    make_actor,
    make_city_size,
    make_documented_idea,
    make_editor,
    make_event,
    make_idea,
    make_lab,
    make_lab_project,
    make_milestone,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_page,
    make_sector,
    make_source,
    make_topic,
    make_workshop,
)
from tests.visits import Markup, go_back, queries, visit
from workshops.models import CityLab, LabProject

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(db):
    client = Client()
    client.force_login(make_editor("Schlussredaktion", "Verwaltung", name="Clara"))
    return client


def lab_form(lab, **values):
    """The form of a lab as a browser sends it."""
    return {
        "municipality": lab.municipality_id, "position": lab.position, "focus": lab.focus, "text": lab.text,
        "evidence": "quelle", "projects-TOTAL_FORMS": 0, "projects-INITIAL_FORMS": 0, "partners": lab.partners,
        "basis": basis(lab, LabProject),
    } | values  # fmt: skip


def basis_in(page):
    """The state that the form on a page was opened with."""
    return re.search(r'name="basis" value="([\d.-]+)"', page.text)[1]


def test_change_of_a_lab_is_kept_with_author_note_and_sources(chief):
    lab, source = make_lab(), make_source(title="Der runde Tisch")
    address = f"/admin/workshops/citylab/{lab.pk}/"

    form = lab_form(lab, focus="Neues Leben", sources=[source.pk], change_note="Nach Anruf")
    assert chief.post(f"{address}change/", form).status_code == 302

    text = visit(chief, f"{address}history/").text
    assert "bearbeitet Clara Nach Anruf" in text
    assert text.count("Clara Nach Anruf") == 1  # the record and its sources are one save
    assert "neu: Neues Leben" in text or "neu: Neues" in text
    assert "neu: Der runde Tisch" in text


def test_second_of_two_who_edit_a_record_is_stopped_and_loses_nothing(chief):
    lab = make_lab()
    address = f"/admin/workshops/citylab/{lab.pk}/change/"
    other = Client()
    other.force_login(make_editor("Verwaltung", name="Vera"))

    opened = basis_in(chief.get(address))
    other.post(address, lab_form(lab, focus="Veras Wort", basis=opened))
    refused = chief.post(address, lab_form(lab, focus="Claras Wort", basis=opened))

    assert refused.status_code == 200
    assert "Nicht gesichert: Vera hat diesen Eintrag inzwischen geändert" in refused.text
    assert "Schwerpunkt entfernt: Veras neu: Claras Wort" in Markup(refused.text).text
    assert refused.context["adminform"].form["focus"].value() == "Claras Wort"
    assert CityLab.objects.get().focus == "Veras Wort"

    opened = basis_in(refused)
    assert chief.post(address, lab_form(lab, focus="Beide", basis=opened)).status_code == 302
    assert CityLab.objects.get().focus == "Beide"


def test_second_save_takes_over_what_it_left_alone(chief):
    source, theirs = make_source(title="Alt"), make_source(title="Neu")
    lab = make_lab(text="Zwei\nZeilen", sources=[source])
    address = f"/admin/workshops/citylab/{lab.pk}/change/"
    opened = basis_in(chief.get(address))
    chief.post(address, lab_form(lab, text="Veras Text", sources=[theirs.pk], basis=opened))

    mine = lab_form(lab, text="Zwei\r\nZeilen", focus="Mein Wort", sources=[source.pk], basis=opened)
    refused = chief.post(address, mine)

    form = refused.context["adminform"].form
    assert (form["text"].value(), form["focus"].value()) == ("Veras Text", "Mein Wort")
    assert form["sources"].value() == [str(theirs.pk)]
    compared = Markup(refused.text).text
    assert "neu: Mein Wort" in compared
    assert "entfernt: Veras Text" not in compared


def make_records():
    """A record of each kind that two may edit, by the name of its pages, with a field one of them changes."""
    sources = [make_source(url="https://eins.example")]
    lab = make_lab(sources=sources)
    outcome, event = make_outcome(sources=sources), make_event()
    return {
        "workshops/citylab": (lab, "focus"),
        "workshops/labproject": (make_lab_project(lab, sources=sources), "text"),
        "workshops/outcome": (outcome, "text"),
        "workshops/event": (event, "text"),
        "workshops/milestone": (make_milestone(event, sources=sources), "text"),
        "workshops/municipality": (
            make_municipality("Gera", latitude="50.88", longitude="12.08", is_lean_partner=True),
            "name",
        ),
        "workshops/sector": (make_sector(sources=sources), "name"),
        "workshops/source": (make_source(title="Alt", ignore_reason="Darum"), "title"),
        "workshops/workshop": (make_workshop(), "theme"),
        "ideas/topic": (make_topic(), "name"),
        "ideas/actor": (make_actor(), "name"),
        "ideas/citysize": (make_city_size(), "name"),
        "ideas/documentedidea": (make_documented_idea(sources=sources), "title"),
        "ideas/synonymgroup": (SynonymGroup.objects.create(slug="rad", words="Lastenrad\nCargobike"), "words"),
        "compendium/page": (make_page(body="Eins\n\nZwei"), "title"),
    }


def test_second_save_of_any_record_shows_only_what_was_entered(admin_client):
    for kind, (record, name) in make_records().items():
        address = f"/admin/{kind}/{record.pk}/change/"
        data = filled(admin_client.get(address))
        theirs = "Lastenrad\nE-Transporter" if kind == "ideas/synonymgroup" else "Ihr Wort"
        assert admin_client.post(address, data | {name: theirs}).status_code == 302, kind

        refused = admin_client.post(address, data)

        assert refused.status_code == 200, kind
        assert refused.context["groups"] == [], kind
        assert refused.context["adminform"].form[name].value() == theirs, kind
        refused = admin_client.post(address, data | {name: "Lastenrad\nMeins"})
        assert [len(group.changes) for group in refused.context["groups"]] == [1], kind
        assert admin_client.post(address, filled(refused)).status_code == 302, kind
        record.refresh_from_db()
        assert "Meins" in getattr(record, name), kind


def test_second_save_is_compared_with_what_belongs_to_the_record(chief):
    lab = make_lab()
    project = lab.projects.create(name="Markt", text="Alt", position=1)
    address = f"/admin/workshops/citylab/{lab.pk}/change/"
    opened = basis_in(chief.get(address))
    listed = {"projects-TOTAL_FORMS": 1, "projects-INITIAL_FORMS": 1, "projects-0-id": project.pk}
    listed |= {"projects-0-lab": lab.pk, "projects-0-name": "Markt", "projects-0-position": 1}
    listed |= {"projects-0-evidence": "quelle"}
    saved = chief.post(address, lab_form(lab, basis=opened, **listed, **{"projects-0-text": "Veras Text"}))
    assert saved.status_code == 302

    refused = chief.post(address, lab_form(lab, basis=opened, **listed, **{"projects-0-text": "Mein Text"}))

    assert "Projekt eines Stadtlabors Markt" in Markup(refused.text).text
    assert "entfernt: Veras neu: Mein Text" in Markup(refused.text).text
    project.refresh_from_db()
    assert project.text == "Veras Text"


@pytest.fixture
def vera(db):
    client = Client()
    client.force_login(make_editor("Verwaltung", name="Vera"))
    return client


@pytest.mark.parametrize("sent", ["Alt.\r\n\r\nZwei \r\n", "Alt.\n\nZwei"])
def test_text_that_ends_in_white_space_counts_as_left_alone(chief, vera, sent):
    page = make_page(body="Alt.\n\nZwei \n")
    address = f"/admin/compendium/page/{page.pk}/change/"
    mine = filled(chief.get(address))
    vera.post(address, filled(vera.get(address)) | {"body": "Veras Text."})

    refused = chief.post(address, mine | {"title": "Claras Titel", "body": sent})

    assert refused.context["adminform"].form["body"].value() == "Veras Text."
    assert chief.post(address, filled(refused)).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.body) == ("Claras Titel", "Veras Text.")


@pytest.mark.parametrize("unknown", ["", "999999-", "999999", "x-y-z", "-" * 9, "²", "9" * 30, "1." * 99_999])
def test_save_after_an_unknown_state_is_stopped_only_once(chief, unknown):
    lab = make_lab()
    address = f"/admin/workshops/citylab/{lab.pk}/change/"
    data = filled(chief.get(address))

    refused = chief.post(address, data | {"basis": unknown, "focus": "Neu"})

    assert "Nicht gesichert" in refused.text
    assert "neu: Neu" in Markup(refused.text).text
    assert chief.post(address, filled(refused)).status_code == 302
    assert CityLab.objects.get().focus == "Neu"


def test_first_change_that_is_kept_stops_the_second_save_too(chief, vera):
    lab = make_lab()
    lab.history.all().delete()
    address = f"/admin/workshops/citylab/{lab.pk}/change/"
    data = filled(chief.get(address))
    assert vera.post(address, data | {"focus": "Veras Wort"}).status_code == 302

    assert "Vera hat diesen Eintrag" in chief.post(address, data | {"text": "Mein Text"}).text
    assert CityLab.objects.get().focus == "Veras Wort"


def lab_opened(client):
    """A lab with a project, the address of its form, and what that holds."""
    lab = make_lab()
    project = make_lab_project(lab, name="Markt", text="Alt\n")
    address = f"/admin/workshops/citylab/{lab.pk}/change/"
    return project, address, filled(client.get(address))


def test_second_save_takes_over_what_it_left_alone_of_what_belongs_to_the_record(chief, vera):
    project, address, mine = lab_opened(chief)
    theirs = {"projects-0-text": "Veras Text", "projects-0-name": "Veras Markt", "focus": "Veras Wort"}
    assert vera.post(address, mine | theirs).status_code == 302

    refused = chief.post(address, mine | {"text": "Mein Text", "projects-0-name": "Mein Markt"})

    assert "Name entfernt: Veras neu: Mein" in Markup(refused.text).text
    assert "entfernt: Veras Text" not in Markup(refused.text).text
    assert chief.post(address, filled(refused)).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.text, project.lab.focus) == ("Mein Markt", "Veras Text", "Veras Wort")
    assert project.lab.text == "Mein Text"


def test_deletion_of_what_somebody_else_has_changed_is_shown_as_such(chief, vera):
    project, address, mine = lab_opened(chief)
    assert vera.post(address, mine | {"projects-0-text": "Veras Text"}).status_code == 302

    refused = chief.post(address, mine | {"projects-0-DELETE": "on"})

    compared = Markup(refused.text).text
    assert "Projekt eines Stadtlabors entfernt: Markt" in compared
    assert "entfernt: Veras Text" in compared
    assert LabProject.objects.get() == project
    assert chief.post(address, filled(refused)).status_code == 302
    assert not LabProject.objects.exists()


def belongings():
    """What belongs to a record and has a page of its own: the record, and the names of both pages."""
    return {
        "workshops/labproject": (make_lab_project(make_lab()), "lab", "workshops/citylab"),
        "workshops/milestone": (make_milestone(make_event()), "event", "workshops/event"),
        "workshops/outcomedetail": (make_outcome_detail(make_outcome()), "outcome", "workshops/outcome"),
    }


@pytest.mark.parametrize("kind", ["workshops/labproject", "workshops/milestone", "workshops/outcomedetail"])
def test_change_on_the_page_of_what_belongs_to_a_record_is_not_overwritten(admin_client, vera, kind):
    child, parent, page = belongings()[kind]
    own, whole = f"/admin/{kind}/{child.pk}/change/", f"/admin/{page}/{getattr(child, parent).pk}/change/"
    mine = filled(admin_client.get(whole))
    assert vera.post(own, filled(vera.get(own)) | {"text": "Veras Text"}).status_code == 302

    refused = admin_client.post(whole, mine)

    assert "Vera hat diesen Eintrag inzwischen" in refused.text
    assert admin_client.post(whole, filled(refused)).status_code == 302
    child.refresh_from_db()
    assert child.text == "Veras Text"
    mine = filled(admin_client.get(whole))
    child.delete()
    assert "Nicht gesichert" in admin_client.post(whole, mine).text


def test_lab_goes_back_with_its_sources(chief):
    lab = make_lab(sources=[make_source(title="Alt")])
    first = lab.history.first()
    lab.focus = "Neu"
    lab.save()
    lab.sources.clear()
    address = f"/admin/workshops/citylab/{lab.pk}/history/{first.pk}/"

    assert "entfernt: Neu" in visit(chief, address).text
    go_back(chief, address, note="War richtig")

    lab = CityLab.objects.get()
    assert (lab.focus, [str(source) for source in lab.sources.all()]) == (first.focus, ["Alt"])
    assert lab.history.first().history_change_reason == "War richtig"
    assert lab.history.first().history_user.username == "Clara"


@pytest.mark.parametrize("query", ["von=abc&bis=", "von=99999999999999999999&bis=-1", "von=1"])
def test_history_takes_any_query(chief, query):
    lab = make_lab()

    visit(chief, f"/admin/workshops/citylab/{lab.pk}/history/?{query}")
    visit(chief, "/admin/workshops/citylab/999/history/", status=404)
    visit(chief, f"/admin/workshops/citylab/{lab.pk}/history/999999/", status=404)


def test_topic_and_page_have_a_history_too(chief):
    topic, page = make_topic(), make_page()
    topic.name = "Leerstände"
    topic.save()
    page.body = "Neuer Text."
    page.save()

    assert "neu: Leerstände" in visit(chief, f"/admin/ideas/topic/{topic.pk}/history/").text
    assert "neu: Neuer" in visit(chief, f"/admin/compendium/page/{page.pk}/history/").text


def test_going_back_where_another_record_has_taken_the_name_is_refused(chief):
    topic = make_topic("Leerstand")
    first = topic.history.first()
    topic.name = "Anders"
    topic.save()
    make_topic("Leerstand", slug="zwei")

    response = go_back(chief, f"/admin/ideas/topic/{topic.pk}/history/{first.pk}/")

    assert "existiert bereits" in Markup(response.text).text
    assert Topic.objects.get(pk=topic.pk).name == "Anders"


@pytest.mark.parametrize("kind", ["topic", "workshop"])
def test_entries_are_found_by_the_name_a_record_went_back_to(chief, client, kind):
    record, field = (make_topic("Zebra"), "name") if kind == "topic" else (make_workshop("Zebra"), "title")
    make_idea("Markthalle", **({"topics": [record]} if kind == "topic" else {"workshop": record}))
    first = record.history.first()
    setattr(record, field, "Quagga")
    record.save()
    record.ideas.index_many()
    app = "ideas" if kind == "topic" else "workshops"

    go_back(chief, f"/admin/{app}/{kind}/{record.pk}/history/{first.pk}/")

    assert "Markthalle" in visit(client, "/ideen/?q=Zebra").text
    assert "Markthalle" not in visit(client, "/ideen/?q=Quagga").text


def test_one_who_only_reads_cannot_go_back():
    reader = Client()
    reader.force_login(make_editor("Redaktion"))
    topic = make_topic()

    visit(reader, f"/admin/ideas/topic/{topic.pk}/history/")
    visit(reader, f"/admin/ideas/topic/{topic.pk}/history/{topic.history.first().pk}/", status=403)


def test_long_history_needs_no_more_queries(chief):
    topic = make_topic()
    address = f"/admin/ideas/topic/{topic.pk}/history/"
    for name in ("Eins", "Zwei"):
        topic.name = name
        topic.save()
    few = queries(chief, address)
    for name in ("Drei", "Vier", "Fünf"):
        topic.name = name
        topic.save()

    assert queries(chief, address) == few


@pytest.mark.parametrize("kind", ["ideas/topic", "compendium/page", "workshops/source"])
def test_record_that_is_only_read_shows_no_empty_note(chief, kind):
    reader = Client()
    reader.force_login(make_editor("Redaktion"))
    record = {"ideas/topic": make_topic, "compendium/page": make_page, "workshops/source": make_source}[kind]()
    address = f"/admin/{kind}/{record.pk}/change/"

    assert "Notiz zur Änderung" in visit(chief, address).text
    text = visit(reader, address).text
    assert "None" not in text
    assert "Notiz" not in text


def test_form_of_a_record_shown_again_saves_nothing(chief):
    lab = make_lab(focus="Leben")

    shown = chief.post(f"/admin/workshops/citylab/{lab.pk}/change/", lab_form(lab, focus="Neu", _show_again=1))

    assert "Gesichert sind sie noch nicht" in shown.text
    assert "Neu" in shown.text
    assert CityLab.objects.get().focus == "Leben"


def test_form_shown_again_after_somebody_else_has_saved_says_both(chief):
    lab = make_lab()
    form = lab_form(lab, text="Mein Text", _show_again=1)
    lab.save()

    shown = chief.post(f"/admin/workshops/citylab/{lab.pk}/change/", form)

    assert "Gesichert sind sie noch nicht" in shown.text
    assert "Nicht gesichert:" in shown.text
    assert "Mein" in shown.text


def test_page_changed_after_the_look_is_not_reverted(chief):
    page = make_page(body="Alt.")
    first = page.history.first()
    page.body = "Neu."
    page.save()
    address = f"/admin/compendium/page/{page.pk}/history/{first.pk}/"
    seen = re.search(r'name="seen" value="(\w+)"', chief.get(address).text)[1]
    page.body = "Ganz neu."
    page.save()

    refused = chief.post(address, {"seen": seen})

    assert "inzwischen geändert" in refused.text
    assert "Ganz neu" in Markup(refused.text).text
    assert Page.objects.get().body == "Ganz neu."
    assert chief.post(address).status_code == 200  # without any mark nothing was seen
    assert go_back(chief, address).status_code == 302
    assert Page.objects.get().body == "Alt."


def test_name_of_an_author_stays_when_the_account_is_deleted(chief):
    topic = make_topic()
    author = User.objects.get(username="Clara")
    author.first_name, author.last_name = "Clara", "C" * 150
    author.save()
    form = {"slug": "leerstand", "name": "Leerstände", "name_en": "", "text": "", "change_note": "Mehrzahl"}
    form["basis"] = basis(topic)
    assert chief.post(f"/admin/ideas/topic/{topic.pk}/change/", form).status_code == 302

    author.delete()

    reader = Client()
    reader.force_login(make_editor("Verwaltung"))
    assert "Clara CCC" in visit(reader, f"/admin/ideas/topic/{topic.pk}/history/").text


@pytest.mark.parametrize(
    ("app", "migration", "make"),
    [
        ("workshops", "0008", make_lab),
        ("ideas", "0015", make_topic),
        ("compendium", "0005", make_page),
    ],
)
def test_changes_from_before_names_were_kept_get_them(app, migration, make):
    record = make()
    record.history.update(history_user=make_editor(name="Vera"))
    step = import_module(f"{app}.migrations.{migration}_names_in_history")

    step.sign(apps, connection.schema_editor())

    assert record.history.get().history_user_name == "Vera"


def test_synonyms_have_a_history_with_author_and_differences(chief):
    form = {"slug": "rad", "words": "Lastenrad\r\nCargobike", "change_note": "Aus der Suche"}
    assert chief.post("/admin/ideas/synonymgroup/add/", form).status_code == 302
    group = SynonymGroup.objects.get()
    address = f"/admin/ideas/synonymgroup/{group.pk}/"
    form |= {"words": "Lastenrad\nCargobike\nTransportrad", "change_note": "Noch eins"}
    chief.post(f"{address}change/", form | {"basis": basis(group)})

    text = visit(chief, f"{address}history/").text
    assert "bearbeitet Clara Noch eins" in text
    assert "angelegt Clara Aus der Suche" in text
    assert "neu: Transportrad" in text
    go_back(chief, f"{address}history/{group.history.last().pk}/")
    assert SynonymGroup.objects.get().words == "Lastenrad\nCargobike"


def test_synonyms_of_before_have_a_first_state_to_compare_with():
    group = SynonymGroup.objects.create(slug="rad", words="Lastenrad\nCargobike")
    group.history.all().delete()

    import_module("ideas.migrations.0015_names_in_history").remember(apps, connection.schema_editor())

    assert (group.history.get().history_type, group.history.get().words) == ("+", group.words)
