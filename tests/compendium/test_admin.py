"""The editors' desk: every page of it opens, in a fixed number of queries, under the same strict policy."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from compendium.models import OperatorData, Page
from tests.desk import basis
from tests.factories import (
    make_editor,
    make_event,
    make_lab,
    make_lab_project,
    make_milestone,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_page,
    make_participant,
    make_sector,
    make_size_class,
    make_source,
    make_workshop,
)
from tests.visits import Markup, queries, visit
from workshops.models import CityLab, Source, Workshop

pytestmark = pytest.mark.django_db
SLUGS = {"Bremen": "ueber", "Erfurt": "impressum", "Trier": "datenschutz"}


def size_class(name):
    """A size class with bounds of its own."""
    return make_size_class(name, lower=sum(name.encode()), upper=None)


ONE_MORE = {
    "compendium/page": lambda name: make_page(SLUGS[name]),
    "workshops/citylab": lambda name: make_lab(name, sources=[make_source()]),
    "workshops/event": lambda name: make_event(slug=name),
    "workshops/labproject": lambda name: make_lab_project(make_lab(name), sources=[make_source()]),
    "workshops/milestone": lambda name: make_milestone(make_event(slug=name), name, video=make_source()),
    "workshops/municipality": lambda name: make_municipality(name, size_class=size_class(name)),
    "workshops/outcome": lambda name: make_outcome(name, sources=[make_source()]),
    "workshops/outcomedetail": lambda name: make_outcome_detail(make_outcome(name), name),
    "workshops/participant": lambda name: make_participant(sector=make_sector(name)),
    "workshops/sector": lambda name: make_sector(name, sources=[make_source()]),
    "workshops/sizeclass": size_class,
    "workshops/source": lambda name: make_source(title=name),
    "workshops/workshop": make_workshop,
}


@pytest.fixture
def editor(client):
    """Someone who may do everything, at the desk."""
    client.force_login(User.objects.create_superuser("redaktion", password="geheim"))
    return client


def test_every_kind_of_record_is_tried_here():
    ours = {
        f"{model._meta.app_label}/{model._meta.model_name}"
        for model in admin.site._registry
        if model._meta.app_label in {"compendium", "workshops"}
    }

    assert ours == {*ONE_MORE, "compendium/operatordata", "workshops/doneimport"}  # nobody adds to these


@pytest.mark.parametrize("kind", ONE_MORE)
def test_list_and_form_need_no_more_queries_for_more_records(editor, kind):
    record = ONE_MORE[kind]("Bremen")
    addresses = [f"/admin/{kind}/", f"/admin/{kind}/add/", f"/admin/{kind}/{record.pk}/change/"]
    with_one = [queries(editor, address) for address in addresses]

    ONE_MORE[kind]("Erfurt")
    ONE_MORE[kind]("Trier")

    assert [queries(editor, address) for address in addresses] == with_one


@pytest.mark.parametrize(
    ("kind", "parent", "add"),
    [
        ("citylab", make_lab, make_lab_project),
        ("event", make_event, make_milestone),
        ("outcome", make_outcome, make_outcome_detail),
    ],
)
def test_form_needs_no_more_queries_for_more_records_within(editor, kind, parent, add):
    record = parent()
    address = f"/admin/workshops/{kind}/{record.pk}/change/"
    add(record, "Eins", sources=[make_source()])
    with_one = queries(editor, address)

    add(record, "Zwei", sources=[make_source()])
    add(record, "Drei", sources=[make_source()])

    assert queries(editor, address) == with_one


@pytest.mark.parametrize("kind", ONE_MORE)
def test_search_hides_what_does_not_fit(editor, kind):
    record = ONE_MORE[kind]("Bremen")
    change = f"/admin/{kind}/{record.pk}/change/"

    assert change in editor.get(f"/admin/{kind}/").text
    assert change not in editor.get(f"/admin/{kind}/?q=zzz").text


@pytest.mark.parametrize("kind", ONE_MORE)
def test_pages_hold_no_inline_scripts_or_styles(editor, kind):
    record = ONE_MORE[kind]("Bremen")

    for address in (f"/admin/{kind}/", f"/admin/{kind}/add/", f"/admin/{kind}/{record.pk}/change/",
                    f"/admin/{kind}/{record.pk}/history/"):  # fmt: skip
        response = editor.get(address)
        assert response.status_code == 200
        assert Markup(response.text).inline == []
        assert "script-src 'self'" in response["Content-Security-Policy"]


def test_autocomplete_finds_sources_and_labs(editor):
    make_source(title="Der runde Tisch")
    make_lab("Bremen")

    for model, field, term in (("event", "sources", "runde"), ("labproject", "lab", "brem")):
        query = {"app_label": "workshops", "model_name": model, "field_name": field, "term": term}
        assert len(editor.get("/admin/autocomplete/", query).json()["results"]) == 1


def test_source_shows_how_often_it_is_cited(editor):
    source = make_source(title="Der runde Tisch")
    make_source(title="Nie zitiert")
    make_lab("Bremen", sources=[source])
    make_milestone(make_event(), video=source, sources=[source])
    make_municipality("Erfurt").lean_sources.add(source)

    text = visit(editor, "/admin/workshops/source/").text

    assert "Der runde Tisch" in text
    uses = {source.title: source.uses for source in admin.site._registry[Source].get_queryset(None)}
    assert uses == {"Der runde Tisch": 4, "Nie zitiert": 0}


def test_source_form_shows_the_last_check_but_does_not_ask_for_it(editor):
    source = make_source(link_status="dead")

    response = editor.get(f"/admin/workshops/source/{source.pk}/change/")

    assert "nicht erreichbar" in response.text
    assert 'name="link_status"' not in response.text


def test_a_public_address_stays(editor):
    workshop = make_workshop("Revitalisierung")

    assert 'name="slug"' not in editor.get(f"/admin/workshops/workshop/{workshop.pk}/change/").text
    assert 'name="slug"' in editor.get("/admin/workshops/workshop/add/").text


def test_a_workshop_can_be_entered_and_changed(editor):
    form = {"slug": "neu", "position": 4, "title": "Neu", "theme": "Thema", "text": "Text", "evidence": "quelle"}

    assert editor.post("/admin/workshops/workshop/add/", form).status_code == 302
    workshop = Workshop.objects.get(slug="neu")
    change = f"/admin/workshops/workshop/{workshop.pk}/change/"
    assert editor.post(change, form | {"title": "Neuer", "basis": basis(workshop)}).status_code == 302

    assert Workshop.objects.get().title == "Neuer"


def test_a_date_without_precision_is_refused_in_german(editor):
    form = {"slug": "neu", "position": 4, "title": "Neu", "theme": "Thema", "text": "Text", "evidence": "quelle"}

    response = editor.post("/admin/workshops/workshop/add/", form | {"date": "2021-03-24"})

    assert response.status_code == 200
    assert "Genauigkeit" in Markup(response.text).text
    assert not Workshop.objects.exists()


def test_a_name_without_consent_is_refused(editor):
    participant = make_participant()
    address = f"/admin/workshops/participant/{participant.pk}/change/"

    response = editor.post(address, {"number": participant.number, "name": "Erika Muster"})

    assert response.status_code == 200
    assert "Zustimmung" in Markup(response.text).text
    participant.refresh_from_db()
    assert participant.name == ""


def test_pages_name_the_missing_operator_data(editor):
    imprint, about = make_page("impressum"), make_page("ueber")

    text = visit(editor, f"/admin/compendium/page/{imprint.pk}/change/").text

    assert "Es fehlt: Name des Betreibers, Postanschrift" in text
    assert "Es fehlt" not in visit(editor, f"/admin/compendium/page/{about.pk}/change/").text
    fill_in_operator_data()
    assert "Vollständig." in visit(editor, f"/admin/compendium/page/{imprint.pk}/change/").text


def test_pages_can_be_changed_but_not_deleted(editor):
    page = make_page("impressum")
    form = {"title": "Impressum", "description": "Wer", "body": "Neuer Text.", "basis": basis(page)}

    assert editor.post(f"/admin/compendium/page/{page.pk}/change/", form).status_code == 302
    assert editor.post(f"/admin/compendium/page/{page.pk}/delete/", {"post": "yes"}).status_code == 403

    assert Page.objects.get().body == "Neuer Text."
    assert Page.objects.get().slug == "impressum"


def test_desk_has_one_word_for_an_account():
    vera = Client()
    vera.force_login(make_editor("Verwaltung"))

    users = "/admin/auth/user/"
    for address in ("/admin/", users, f"{users}add/", f"{users}{make_editor(name='Rolf').pk}/change/"):
        text = visit(vera, address).text.replace("Benutzername", "")
        assert "Konten" in text
        assert "Benutzer" not in text


def test_operator_data_are_entered_once_and_then_changed(editor):
    assert editor.get("/admin/compendium/operatordata/add/").status_code == 200
    assert editor.post("/admin/compendium/operatordata/add/", {"name": "Stadt"}).status_code == 302

    assert editor.get("/admin/compendium/operatordata/add/").status_code == 403
    assert "/admin/compendium/operatordata/add/" not in editor.get("/admin/").text
    form = {"name": "Neue Stadt", "basis": basis(OperatorData.current())}
    assert editor.post("/admin/compendium/operatordata/1/change/", form).status_code == 302
    assert OperatorData.current().name == "Neue Stadt"


def test_operator_form_marks_what_is_missing(editor):
    OperatorData(name="Stadt", email="post@stadt.example").save()

    text = visit(editor, "/admin/compendium/operatordata/1/change/").text

    assert text.count("⚠ Fehlt.") == 9
    assert "Postanschrift" in visit(editor, "/admin/compendium/operatordata/").text


def test_staff_without_permission_see_the_page_for_403(client):
    staff = User.objects.create_user("praktikum", password="geheim", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_citylab"))
    client.force_login(staff)
    make_lab("Bremen")

    assert "Bremen" in visit(client, "/admin/workshops/citylab/").text
    assert "Diese Tür ist zu" in visit(client, "/admin/workshops/source/", status=403).text
    visit(client, "/admin/workshops/citylab/add/", status=403)
    assert CityLab.objects.count() == 1


def account_form(**values):
    """The form of an account as a browser sends it."""
    joined = {"date_joined_0": "01.01.2026", "date_joined_1": "08:00:00"}
    return {"username": "neu", "is_active": "on", "is_staff": "on"} | joined | values


def test_administration_gives_rights_through_groups_and_no_further(client):
    client.force_login(make_editor("Verwaltung"))
    account = User.objects.create_user("neu")
    group = Group.objects.get(name="Redaktion")
    right = Permission.objects.get(codename="publish_idea")
    form = account_form(groups=[group.pk], is_superuser="on", user_permissions=[right.pk])

    assert client.post(f"/admin/auth/user/{account.pk}/change/", form).status_code == 302

    account.refresh_from_db()
    assert list(account.groups.all()) == [group]
    assert not account.is_superuser
    assert not account.user_permissions.exists()


def test_administration_cannot_touch_a_superuser(client):
    client.force_login(make_editor("Verwaltung"))
    root = User.objects.create_superuser("root", password="geheim")

    for page in ("change", "password", "delete"):
        answer = client.post(f"/admin/auth/user/{root.pk}/{page}/", account_form(post="yes"))
        assert answer.status_code == 403, page

    root.refresh_from_db()
    assert root.username == "root"


def test_visitors_are_sent_to_the_login(client):
    response = client.get("/admin/workshops/source/")

    assert (response.status_code, response.url) == (302, "/admin/login/?next=/admin/workshops/source/")


def fill_in_operator_data():
    """Every field of the operator data, filled in."""
    names = [field.name for field in OperatorData._meta.concrete_fields if not field.primary_key]
    OperatorData(**(dict.fromkeys(names, "Angabe") | {"email": "post@stadt.example"})).save()
