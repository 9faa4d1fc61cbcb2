"""Participants: named only with consent, forgotten when they ask for it, and kept in a table."""

import datetime
import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tests.desk import filled
from tests.factories import make_editor, make_participant, make_sector, make_workshop
from tests.visits import Markup, queries
from tests.workshops.books import book, upload
from workshops.models import DoneImport, Participant, PendingImport
from workshops.participant_table import PARTICIPANT_IMPORTER
from workshops.participants import mark
from workshops.tables.reading import read

User = get_user_model()
pytestmark = pytest.mark.django_db
LIST = "/admin/workshops/participant/"
DAY = datetime.date(2026, 11, 1)
HEAD = ["Nummer", "Branche", "Workshops", "Organisation", "Name", "Zustimmung vom", "Umfang der Zustimmung"]


@pytest.fixture
def administration():
    client = Client()
    client.force_login(make_editor("Verwaltung", name="Vera"))
    return client


def make_named(**values):
    """A participant who has consented to being named."""
    known = {"name": "Erika Muster", "consented_on": DAY, "consent_scope": "name", "organization": "Musterladen"}
    return make_participant(**known | values)


def act(client, *participants, **values):
    """Use the action on personal data."""
    chosen = [each.pk for each in participants]
    return client.post(LIST, {"action": "personal_data", "_selected_action": chosen, **values}, follow=True)


def save(client, participant, seen=None, **values):
    """Save the form of a participant, as it is now or as it was ``seen``."""
    form = {"number": participant.number, "seen": seen or mark(participant), **values}
    return client.post(f"{LIST}{participant.pk}/change/", form)


def run(write=True, **sheets):
    tables, problems = read({"Teilnehmende": book(**sheets)}, PARTICIPANT_IMPORTER.sheets)
    assert problems == []
    return PARTICIPANT_IMPORTER.run(tables, by=None, write=write)


@pytest.mark.parametrize(
    ("scope", "organization"), [("name", ""), ("organization", "Musterladen"), ("all", "Musterladen")]
)
def test_what_is_shown_goes_as_far_as_the_consent(scope, organization):
    participant = make_named(consent_scope=scope)

    assert participant.public_name == "Erika Muster"
    assert participant.public_organization == organization


def test_without_consent_nothing_is_shown_and_logs_never_hold_the_name():
    participant = make_participant(organization="Musterladen")

    assert (participant.public_name, participant.public_organization) == ("", "")
    assert "Erika" not in str(make_named())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "Erika Muster"}, "Zustimmung"),
        ({"name": "Erika Muster", "consented_on": "2026-11-01"}, "Umfang"),
        ({"name": "Erika Muster", "consented_on": "2999-11-01", "consent_scope": "name"}, "Zukunft"),
    ],
)
def test_form_refuses_a_name_without_full_consent(administration, values, words):
    participant = make_participant()

    response = save(administration, participant, **values)

    assert words in Markup(response.text).text
    assert Participant.objects.get().name == ""


def test_data_of_a_person_are_handed_out(administration):
    participant = make_named(number=5, sector=make_sector("Handel"), consent_proof="Formular, Ordner 3")
    participant.workshops.add(make_workshop("Revitalisierung"))
    save(administration, participant, name="Erika Muster", consented_on="2026-11-01", consent_scope="all")

    page = act(administration, participant)
    assert "Erika Muster" in page.text
    assert Markup(page.text).inline == []
    response = act(administration, participant, step="export")

    person = json.loads(response.content)["participants"][0]
    assert (person["name"], person["consent"]["given_on"]) == ("Erika Muster", "2026-11-01")
    assert [entry["by"] for entry in person["log"]] == ["Vera"]
    assert "attachment" in response.headers["Content-Disposition"]


def test_withdrawal_removes_the_name_everywhere_at_once(administration):
    participant, other = make_named(), make_named(name="Max Beispiel")
    named = [HEAD[4:], ["Erika Muster", "01.11.2026", "nur Name"]]
    administration.post(f"{LIST}import/", {"file": book(Teilnehmende=named)})
    assert PendingImport.objects.exists()

    assert "Bitte bestätigen" in act(administration, participant, step="withdraw").text
    participant.refresh_from_db()
    assert participant.name == "Erika Muster"
    act(administration, participant, step="withdraw", sure="on")

    participant.refresh_from_db()
    assert (participant.name, participant.consented_on, participant.consent_scope) == ("", None, "")
    assert participant.organization == "Musterladen"
    assert not PendingImport.objects.exists()
    assert "Erika Muster" not in administration.get(LIST).text
    assert "Erika Muster" not in administration.get(f"{LIST}?q=Erika").text.replace('value="Erika"', "")
    assert not any("Erika" in entry.object_repr + entry.change_message for entry in LogEntry.objects.all())
    other.refresh_from_db()
    assert other.name == "Max Beispiel"


@pytest.mark.parametrize("step", ["withdraw", "erase"])
def test_form_opened_before_the_consent_ended_does_not_bring_the_name_back(administration, step):
    participant = make_named()
    opened = mark(participant)
    act(administration, participant, step=step, sure="on")
    entered = {"name": "Erika Muster", "consented_on": "01.11.2026", "consent_scope": "name"}

    for token in (opened, "anders", "[]", '{"pk": 1}'):
        response = save(administration, participant, seen=token, **entered, organization="Neuer Laden")
        assert "Nicht gesichert: Vera hat diesen Eintrag inzwischen geändert" in Markup(response.text).text
        assert not Participant.objects.exclude(name="").exists()

    response = save(administration, participant, seen=opened, **entered, organization="Neuer Laden")
    form = response.context["adminform"].form
    assert [form[name].value() for name in entered] == ["", "", ""]
    assert "Erika" not in response.text

    save(administration, participant, seen=form["seen"].value(), organization="Neuer Laden")
    assert (Participant.objects.get().organization, Participant.objects.get().name) == ("Neuer Laden", "")


def test_second_of_two_who_edit_a_participant_sees_both_versions(administration):
    participant = make_named()
    opened = mark(participant)
    entered = {"name": "Erika Muster", "consented_on": "01.11.2026", "consent_scope": "name"}
    save(administration, participant, **entered, organization="Veras Laden", consent_proof="Ordner 3")

    response = save(administration, participant, seen=opened, **entered, organization="Mein Laden")

    changes = Markup(response.text).text
    assert "Organisation entfernt: Veras neu: Mein Laden" in changes
    assert "entfernt: Ordner 3" not in changes
    form = response.context["adminform"].form
    assert (form["organization"].value(), form["consent_proof"].value()) == ("Mein Laden", "Ordner 3")

    save(administration, participant, seen=form["seen"].value(), **entered, organization="Beide Läden")
    assert Participant.objects.get().organization == "Beide Läden"


JUNK = [
    "0" * 64, '{"workshops": 5}', '{"number": 1e999}', "[" * 100_000, '{"sector": []}:x', "ä:²",
]  # fmt: skip


@pytest.mark.parametrize("seen", JUNK)
def test_save_after_an_unknown_state_is_stopped_only_once(administration, seen):
    participant = make_participant(number=1)

    refused = save(administration, participant, seen=seen, organization="Neu")

    assert "Nicht gesichert" in refused.text
    assert administration.post(f"{LIST}{participant.pk}/change/", filled(refused)).status_code == 302
    assert Participant.objects.get().organization == "Neu"


@pytest.mark.parametrize("ended", [True, False])
def test_old_form_of_an_unknown_state_holds_a_name_only_while_there_is_one(administration, ended):
    participant = make_named(number=1)
    address = f"{LIST}{participant.pk}/change/"
    data = filled(administration.get(address)) | {"seen": "anders"}
    if ended:
        act(administration, participant, step="withdraw", sure="on")

    refused = administration.post(address, data | {"organization": "Neu"})

    assert ("Erika" in refused.text) == (not ended)
    assert administration.post(address, filled(refused)).status_code == 302
    kept = Participant.objects.get()
    assert (kept.organization, kept.name) == ("Neu", "" if ended else "Erika Muster")


def test_form_says_under_signature_what_it_was_opened_with(administration):
    participant = make_named()
    forged = mark(participant).replace("Musterladen", "Meins")
    Participant.objects.update(organization="Veras Laden")

    refused = save(administration, participant, seen=forged, organization="Meins")

    assert refused.context["adminform"].form["organization"].value() == "Meins"


def test_import_of_participants_is_logged_without_a_name(administration):
    participant, untouched = make_participant(number=1), make_participant(number=2)
    rows = [
        HEAD,
        [1, None, None, None, "Erika Muster", DAY, "Name"],
        [None, None, None, "Laden", None, None, None],
    ]
    page = administration.post(f"{LIST}import/", {"file": book(Teilnehmende=rows)}, follow=True)
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]

    told = administration.post(f"{LIST}import/pruefen/", {"seen": seen}, follow=True)

    address = re.search(r'href="([^"]+import=\d+)">Importierte Einträge zeigen', told.text)[1]
    assert [each.number for each in administration.get(address).context["cl"].result_list] == [1, 3]
    done = DoneImport.objects.get()
    assert (done.by_name, done.made, done.changed, done.numbers) == ("Vera", 1, 1, [1, 3])
    log = LogEntry.objects.values_list("user__username", "object_repr", "change_message").order_by("pk")
    assert list(log) == [
        ("Vera", "Teilnehmende Person 3", "Als Tabelle importiert."),
        ("Vera", "Teilnehmende Person 1", "Als Tabelle importiert."),
    ]
    assert "Erika" not in f"{list(log)} {vars(done)}"
    assert "Als Tabelle importiert." in administration.get(f"{LIST}{participant.pk}/history/").text
    assert "Als Tabelle importiert." not in administration.get(f"{LIST}{untouched.pk}/history/").text
    assert "TeilnehmendeVera11" in Markup(administration.get("/admin/workshops/doneimport/").text).text
    page = Markup(
        administration.get(f"/admin/workshops/doneimport/{DoneImport.objects.get().pk}/change/").text
    ).text
    assert "Durch: Vera" in page
    assert "Numbers" not in page


def test_number_of_a_new_participant_leaves_no_gap(administration):
    participant = make_participant(number=72)

    tables, _problems = read({"Teilnehmende": book(Teilnehmende=[["Nummer"], [75]])}, PARTICIPANT_IMPORTER.sheets)
    report = PARTICIPANT_IMPORTER.run(tables, by=None, write=True)
    added = administration.post(f"{LIST}add/", {"number": 32767})
    moved = save(administration, participant, number=32767)

    assert "Die nächste freie ist 73" in report.problems[0].message
    assert all("Die nächste freie ist 73" in Markup(page.text).text for page in (added, moved))
    assert Participant.objects.get().number == 72
    assert run(Teilnehmende=[["Nummer"], [74], [73]]).problems == []


def wait(hours):
    """Let a table wait for import for so many hours."""
    make_editor("Verwaltung", name="Wera")
    pending = PendingImport.objects.create(by=User.objects.get(username="Wera"), kind="participants", tables={})
    PendingImport.objects.filter(pk=pending.pk).update(at=timezone.now() - datetime.timedelta(hours=hours))


@pytest.mark.parametrize("page", ["import/", "import/pruefen/", "import/vorlage.csv"])
@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_table_with_names_is_kept_for_a_day_only(administration, page, hours, left):
    wait(hours)

    administration.get(f"{LIST}{page}")

    assert PendingImport.objects.count() == left


def test_forgotten_table_is_dropped_at_the_next_login(client):
    wait(25)

    client.post("/admin/login/", {"username": "wer", "password": "falsch"})

    assert not PendingImport.objects.exists()


def test_old_log_that_named_the_person_is_cleaned(administration):
    participant = make_named()
    save(administration, participant, name="Erika Muster", consented_on="2026-11-01", consent_scope="all")
    LogEntry.objects.update(object_repr="Erika Muster")

    save(administration, participant)

    assert not LogEntry.objects.filter(object_repr__contains="Erika").exists()


def test_erasure_leaves_nothing_but_the_number(administration):
    participant = make_named(number=5, sector=make_sector("Handel"))
    participant.workshops.add(make_workshop("Revitalisierung"))
    done = {"by_name": "Vera", "made": 2, "changed": 0}
    imports = [
        DoneImport.objects.create(kind=kind, numbers=[4, 5], **done).pk for kind in ("participants", "ideas")
    ]

    act(administration, participant, step="erase", sure="on")

    assert [DoneImport.objects.get(pk=each).numbers for each in imports] == [[4], [4, 5]]

    participant = Participant.objects.get()
    assert (participant.number, participant.name, participant.organization, participant.sector) == (
        5,
        "",
        "",
        None,
    )
    assert participant.workshops.count() == 0
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == [
        "Personenbezogene Angaben gelöscht."
    ]


def test_nobody_else_sees_participants(client):
    participant = make_named()
    client.force_login(make_editor("Redaktion", "Schlussredaktion"))

    assert client.get(LIST).status_code == 403
    assert act(client, participant, step="export").status_code == 403
    assert client.get(f"{LIST}import/").status_code == 403


def test_export_and_import_of_everything_changes_nothing(administration):
    people = [make_named(number=1, sector=make_sector("Handel")), make_participant(number=2)]
    people[0].workshops.set([make_workshop("Revitalisierung"), make_workshop("Digitalisierung")])
    chosen = {"_selected_action": [each.pk for each in people]}

    for format, name in (("xlsx", "t.xlsx"), ("csv", "t.csv")):
        content = administration.post(LIST, {"action": f"export_{format}", **chosen}).content
        page = administration.post(f"{LIST}import/", {"file": upload(content, name)}, follow=True)
        assert "2 unverändert" in Markup(page.text).text


def test_table_adds_and_changes_participants(administration):
    make_sector("Handel")
    make_workshop("Revitalisierung")
    make_participant(number=2)
    rows = [[2, "Handel", "Revitalisierung", "Laden", "Erika Muster", "01.11.2026", "nur Name"], [None, "handel"]]

    report = run(Teilnehmende=[HEAD, *rows])

    assert [(change.name, change.action) for change in report.changes] == [
        ("Teilnehmende Person 2", "changed"), ("Teilnehmende Person 3", "added"),
    ]  # fmt: skip
    erika = Participant.objects.get(number=2)
    assert (erika.name, erika.consented_on, erika.consent_scope) == ("Erika Muster", DAY, "name")
    assert [workshop.title for workshop in erika.workshops.all()] == ["Revitalisierung"]


def test_errors_of_a_table_name_row_and_column(administration):
    make_participant(number=7)
    rows = [
        [8, None, None, None, "Ohne Einwilligung", None, None],
        [9, "Raumfahrt", None, None, None, "gestern", "viel"],
        [3, None, None, None, None, None, None],
        [8, None, None, None, None, None, None],
    ]

    report = run(Teilnehmende=[HEAD, *rows])

    assert {(each.line, each.column) for each in report.problems} == {
        (2, "Name"), (3, "Branche"), (3, "Zustimmung vom"), (3, "Umfang der Zustimmung"), (4, "Nummer"),
        (5, "Nummer"),
    }  # fmt: skip
    assert Participant.objects.count() == 1


def test_lost_numbers_are_never_given_again():
    make_participant(number=9).delete()
    Participant.objects.filter(number=make_participant(number=12).number).delete()

    assert run(Teilnehmende=[["Organisation"], ["Laden"]]).changes[0].name == "Teilnehmende Person 13"


def test_list_needs_no_more_queries_for_more_people(administration):
    make_named(sector=make_sector("Handel"))
    one = queries(administration, LIST)
    make_named(sector=make_sector("Kunst"))
    make_named(sector=make_sector("Gastronomie"))

    assert queries(administration, LIST) == one


def test_a_name_is_public_by_its_consent_not_by_being_there():
    assert Participant(number=1, name="Erika Muster").public_name == ""
    assert Participant(number=1, name="Erika Muster", consented_on=datetime.date(2026, 1, 1)).public_name
