"""Import and export of ideas: look, then all or nothing; never public by itself; a round trip without loss."""

import datetime
import io
import re
import time
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ideas import revisions, workflow
from ideas.content import same, snapshot
from ideas.imports import IDEA_IMPORTER
from ideas.models import Idea, PracticeExample, Revision, SearchDocument
from tests.factories import (
    make_actor,
    make_city_size,
    make_complete_idea,
    make_documented_idea,
    make_editor,
    make_example,
    make_idea,
    make_municipality,
    make_topic,
    make_workshop,
)
from tests.visits import Markup
from tests.workshops.books import book, cells, edited, upload
from workshops.models import PendingImport, Source
from workshops.numbers import next_number
from workshops.tables import Row
from workshops.tables.kinds import MOST_GUESSED
from workshops.tables.reading import read

pytestmark = pytest.mark.django_db
LIST = "/admin/ideas/idea/"
HEAD = ["Nummer", "Titel", "Kurzfassung", "Themen"]
EXAMPLE_HEAD = ["Nummer", "Titel der Idee", "Ort", "Projekt", "Jahr", "Tatsache", "Quelle"]


@pytest.fixture
def writer():
    return make_editor("Redaktion", name="Wanda")


@pytest.fixture
def desk(writer):
    client = Client()
    client.force_login(writer)
    return client


def run(by, write=True, **sheets):
    """Import a workbook with these sheets."""
    tables, problems = read({"Ideen": book(**sheets)}, IDEA_IMPORTER.sheets)
    assert problems == []
    return IDEA_IMPORTER.run(tables, by=by, note="Import: tabelle.xlsx", write=write)


def problems(report):
    """What is wrong, as (sheet, line, column)."""
    return [(each.sheet, each.line, each.column) for each in report.problems]


def actions(report):
    """What becomes of each record."""
    return [(change.name, change.action) for change in report.changes]


def export(client, ideas, format="xlsx"):
    """The file with the chosen ideas."""
    chosen = [idea.pk for idea in ideas]
    response = client.post(LIST, {"action": f"export_{format}", "_selected_action": chosen})
    assert response.status_code == 200
    return response


def send(client, file, **values):
    """Upload a file; the page that follows."""
    return client.post(f"{LIST}import/", {"file": file, **values}, follow=True)


def confirm(client, page):
    """Press the button of the page that shows what would change."""
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    return client.post(f"{LIST}import/pruefen/", {"seen": seen}, follow=True)


def unpacked(content):
    """The files of an archive (bytes) by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def make_rich_idea(number, **values):
    """An entry in which every field holds something awkward."""
    idea = make_idea(
        f"Idee | mit Strich {number}",
        number=number,
        summary="=SUMME(1;2)",
        problem="Zwei\n\nAbsätze",
        approach="  vorn und hinten  ",
        steps="Erstens | zweitens\n\n  Drittens \\ viertens  ",
        success_factors="'Anführung'",
        risks="-1 Laden",
        workshop=make_workshop(f"Workshop {number}"),
        phase="besuch",
        effort="hoch",
        cost="gering",
        horizon="langfristig",
        maturity="pilot",
        origin="workshop",
        documented_as=make_documented_idea(f"Märkte {number}"),
        topics=[make_topic(f"Grün | Klima {number}"), make_topic(f"Leerstand {number}")],
        actors=[make_actor(f"Handel {number}")],
        city_sizes=[make_city_size(f"Stadt {number}")],
        **values,
    )
    places = [make_municipality(f"Ort {number}"), make_municipality(f"Dorf {number}")]
    make_example(idea, "Trier", "Zweite", position=1, year=2021, evidence="zuordnung", municipalities=places)
    make_example(idea, "Erfurt", "Erste", position=2, fact="@fakt\nmit Zeile")
    return idea


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_export_and_import_of_everything_changes_nothing(desk, writer, format):
    ideas = [make_rich_idea(1), make_rich_idea(2, status="draft"), make_idea(number=3, status="archived")]
    revisions.change(ideas[0], snapshot(ideas[0]) | {"summary": "Neu"}, by=writer)
    before = [snapshot(idea) for idea in Idea.objects.order_by("number")]

    response = export(desk, ideas, format)
    if format == "xlsx":
        page = send(desk, upload(response.content))
    else:
        files = unpacked(response.content)
        page = send(desk, upload(files["Ideen.csv"], "Ideen.csv"), file0=upload(files["Beispiele.csv"], "B.csv"))

    assert "3 unverändert" in Markup(page.text).text
    assert "nichts zu importieren" in page.text
    assert len(PendingImport.objects.get().tables["Beispiele"]) == 4
    assert [snapshot(idea) for idea in Idea.objects.order_by("number")] == before
    assert Revision.objects.count() == 2  # what was found, and the one above


def test_new_entries_become_drafts_with_the_next_numbers(writer):
    make_idea(number=7)
    make_topic("Leerstand")
    report = run(
        writer,
        Ideen=[HEAD, [None, "Markthalle", "Alles frisch.", "leerstand"], [8, "Brunnen", None, None]],
        Beispiele=[EXAMPLE_HEAD, [None, "Markthalle", "Trier", "Halle", 2021, "Steht.", "https://neu.example/"]],
    )

    assert report.problems == []
    assert actions(report) == [("009 Markthalle", "created"), ("008 Brunnen", "created")]
    hall = Idea.objects.get(number=9)
    assert (hall.status, hall.slug, hall.origin, hall.is_public) == ("draft", "markthalle", "redaktion", False)
    assert [topic.name for topic in hall.topics.all()] == ["Leerstand"]
    assert [(each.place, each.year, each.source.url) for each in hall.examples.all()] == [
        ("Trier", 2021, "https://neu.example/")
    ]
    assert hall.revisions.get().note == "Import: tabelle.xlsx"
    assert hall.revisions.get().by == writer


def test_history_of_a_new_source_says_who_imported_it(writer):
    example = [None, "Markthalle", "Trier", "Halle", 2021, "Steht.", "https://neu.example/"]

    run(writer, Ideen=[HEAD, [None, "Markthalle", None, None]], Beispiele=[EXAMPLE_HEAD, example])

    event = Source.objects.get().history.get()
    assert (event.history_user, event.history_user_name) == (writer, "Wanda")


def test_second_run_of_the_same_table_changes_nothing(writer):
    sheets = {
        "Ideen": [HEAD, [None, "Markthalle", "Alles frisch.", None], [1, "Brunnen", "Plätschert.", None]],
        "Beispiele": [EXAMPLE_HEAD, [1, None, "Trier", "Brunnen", None, "Steht.", "https://neu.example/"]],
    }
    run(writer, **sheets)
    revised = Revision.objects.count()

    report = run(writer, **sheets)

    assert {action for _name, action in actions(report)} == {"unchanged"}
    assert (Idea.objects.count(), Source.objects.count(), Revision.objects.count()) == (2, 1, revised)


def test_public_entry_changes_only_through_a_pending_revision(desk, writer):
    idea = make_complete_idea(number=7, status="published", summary="Alt.")

    def change(workbook):
        sheet = workbook["Ideen"]
        column = [cell.value for cell in sheet[1]].index("Kurzfassung") + 1
        sheet.cell(2, column).value = "Neu."

    page = send(desk, edited(export(desk, [idea]).content, change))
    assert "1 geändert, als noch nicht öffentliche Revision" in Markup(page.text).text
    assert re.search(r"<del>.*Alt.*</del><ins>.*Neu.*</ins>", page.text)
    assert revisions.pending(idea) is None
    done = confirm(desk, page)

    assert "Importiert: 1 als Revision." in done.text
    assert revisions.pending(idea).content["summary"] == "Neu."
    idea.refresh_from_db()
    assert (idea.summary, idea.version) == ("Alt.", 1)


def test_chief_editor_does_not_publish_by_import_either():
    boss = make_editor()
    boss.is_superuser = True
    boss.save()
    idea = make_complete_idea(number=7, status="published", summary="Alt.")

    run(boss, Ideen=[["Nummer", "Kurzfassung"], [7, "Neu."]])

    idea.refresh_from_db()
    assert idea.summary == "Alt."
    assert revisions.pending(idea).content["summary"] == "Neu."


def test_draft_is_changed_at_once_and_columns_left_out_stay(writer):
    idea = make_complete_idea(number=7, summary="Alt.")

    report = run(writer, Ideen=[["Nummer", "Kurzfassung"], [7, "Neu."]])

    assert actions(report) == [("007 Ladenbörse", "changed")]
    idea.refresh_from_db()
    assert (idea.summary, idea.problem, idea.topics.count(), idea.examples.count()) == (
        "Neu.",
        "Leere Läden.",
        1,
        1,
    )


def test_empty_cell_empties_the_field(writer):
    idea = make_complete_idea(number=7, effort="hoch")

    run(writer, Ideen=[["Nummer", "Aufwand", "Themen"], [7, None, None]])

    idea.refresh_from_db()
    assert (idea.effort, idea.topics.count()) == ("", 0)


def test_examples_are_replaced_reordered_and_kept_by_the_table(writer):
    idea = make_complete_idea(number=7)
    kept = idea.examples.get()
    url = kept.source.url
    rows = [[7, None, "Trier", "Neu", None, "Steht.", url], [7, None, kept.place, kept.name, 2020, kept.fact, url]]

    run(writer, Beispiele=[EXAMPLE_HEAD, *rows], Ideen=[HEAD])

    assert [(each.name, each.year) for each in idea.examples.order_by("position")] == [
        ("Neu", None),
        (kept.name, 2020),
    ]
    assert PracticeExample.objects.filter(pk=kept.pk).exists()


def test_errors_name_row_and_column_and_nothing_is_written(writer):
    make_idea("Brunnen", number=7, status="draft")
    rows = [
        [7, "Brunnen", "Neu.", "Gibtsnicht"],
        ["acht", "Markt", None, None],
        [None, None, "Ohne Titel", None],
        [7, "Noch einmal", None, None],
        [30, "x" * 121, None, None],
        [31, "Gut", None, None],
    ]
    examples = [
        [99, None, "Trier", "Halle", None, "Steht.", "https://a.example/"],
        [31, None, "Trier", "Halle", "bald", "Steht.", "kein Link"],
        [31, None, "Trier", "Halle", 1066, None, "https://a.example/"],
        [None, None, "Trier", "Halle", None, "Steht.", "https://a.example/"],
    ]

    report = run(writer, Ideen=[HEAD, *rows], Beispiele=[EXAMPLE_HEAD, *examples])

    assert set(problems(report)) == {
        ("Ideen", 2, "Themen"), ("Ideen", 3, "Nummer"), ("Ideen", 4, "Titel"), ("Ideen", 5, "Nummer"),
        ("Ideen", 6, "Titel"), ("Ideen", 6, "Nummer"), ("Ideen", 7, "Nummer"), ("Beispiele", 2, "Nummer"),
        ("Beispiele", 3, "Jahr"), ("Beispiele", 3, "Quelle"), ("Beispiele", 4, "Projekt"),
        ("Beispiele", 4, "Jahr"), ("Beispiele", 4, "Tatsache"), ("Beispiele", 5, "Titel der Idee"),
    }  # fmt: skip
    messages = {each.column: each.message for each in report.problems if each.line == 2 and each.sheet == "Ideen"}
    assert messages["Themen"] == "Nicht bekannt (Thema): „Gibtsnicht“. Bisher ist nichts angelegt."
    assert Idea.objects.get().summary == "Eine Idee in einem Satz."
    assert not Source.objects.exists()


def test_rules_across_fields_are_asked_too(writer):
    make_complete_idea("Erste", number=1)
    public = make_complete_idea("Zweite", number=2, status="published")
    head = ["Nummer", "Titel", "Kurzname", "Herkunft"]

    report = run(writer, Ideen=[head, [2, "Zweite", "erste", ""], [3, "Dritte", "", "Aus der Workshopreihe"]])

    assert [each.line for each in report.problems] == [2, 3]
    assert "Belegt" in report.problems[1].message or "belegt" in report.problems[1].message
    assert revisions.pending(public) is None


def test_lost_numbers_are_never_given_again(writer):
    make_idea(number=7)
    make_idea(number=9).delete()
    make_idea(number=12)
    Idea.objects.filter(number=12).delete()

    report = run(writer, Ideen=[HEAD, [9, "Alte Nummer", None, None]])
    assert problems(report) == [("Ideen", 2, "Nummer")]
    assert "nicht wieder benutzt" in report.problems[0].message

    assert actions(run(writer, Ideen=[HEAD, [None, "Neu", None, None]])) == [("013 Neu", "created")]
    assert next_number(Idea) == 14


@pytest.mark.parametrize("number", [9, 2147483647])
def test_slip_of_the_keyboard_does_not_end_the_numbering(writer, admin_client, number):
    make_idea(number=7)

    report = run(writer, Ideen=[HEAD, [8, "Passt", None, None], [number + 1, "Vertippt", None, None]])
    page = admin_client.post(f"{LIST}add/", {"number": number, "title": "Neu", "slug": "neu"})

    assert problems(report)[0] == ("Ideen", 3, "Nummer")
    assert "Die nächste freie ist 8" in Markup(page.text).text
    assert next_number(Idea) == 8


def test_form_offers_the_next_free_number_and_refuses_a_lost_one(admin_client):
    make_idea(number=9).delete()

    assert 'name="number" value="10"' in admin_client.get(f"{LIST}add/").text
    response = admin_client.post(f"{LIST}add/", {"number": 9, "title": "Neu", "slug": "neu"})
    assert "schon vergeben" in response.text


def test_archived_entry_is_not_changed(writer):
    make_complete_idea(number=7, status="archived")

    report = run(writer, Ideen=[["Nummer", "Kurzfassung"], [7, "Neu."]])

    assert "archiviert" in report.problems[0].message.lower()


def test_merged_entry_is_not_changed_but_the_one_it_was_merged_into(writer):
    make_complete_idea(number=7, status="archived", merged_into=make_complete_idea("Markt", number=3))

    report = run(writer, Ideen=[["Nummer", "Kurzfassung"], [7, "Neu."]])

    assert problems(report) == [("Ideen", 2, "Nummer")]
    assert "Nummer 3" in report.problems[0].message


def test_of_several_mergers_the_entry_of_today_is_named(writer):
    today = make_complete_idea(number=3, status="published")
    between = make_complete_idea("Halle", number=5, status="archived", merged_into=today)
    make_complete_idea("Stand", number=7, status="archived", merged_into=between)

    report = run(writer, Ideen=[["Nummer", "Kurzfassung"], [7, "Neu."]])

    assert "Nummer 3" in report.problems[0].message


def test_line_breaks_in_titles_and_names_are_blanks(writer):
    example = [None, "Markt\nhalle", "Trier\n", "Halle\nam Fluss", 2020, "Steht.\nNoch.", "https://a.example/"]
    sheets = {"Ideen": [HEAD, [None, "Markt\nhalle", "Kurz.\nGut.", None]], "Beispiele": [EXAMPLE_HEAD, example]}

    run(writer, **sheets)

    found = PracticeExample.objects.get()
    assert (found.idea.title, found.idea.slug, found.idea.summary) == ("Markt halle", "markt-halle", "Kurz.\nGut.")
    assert (found.place, found.name, found.fact) == ("Trier", "Halle am Fluss", "Steht.\nNoch.")
    assert actions(run(writer, **sheets)) == [("001 Markt halle", "unchanged")]


def test_example_is_the_same_however_its_line_is_broken(writer):
    idea = make_idea("Markt halle", number=7, status="draft")
    kept = make_example(idea, "Trier", "Halle am Fluss", fact="Alt.")
    row = [None, "Markt\nhalle", "Trier", "Halle\nam Fluss", 2020, "Neu.", "https://a.example/"]
    twice = [EXAMPLE_HEAD, row, [*row[:3], "Halle am  Fluss", *row[4:]]]

    report = run(writer, Ideen=[HEAD, [7, "Markt halle", None, None]], Beispiele=twice)
    assert problems(report) == [("Beispiele", 3, "Projekt")]

    run(writer, Ideen=[HEAD, [7, "Markt halle", None, None]], Beispiele=twice[:2])
    assert PracticeExample.objects.get().pk == kept.pk
    assert PracticeExample.objects.get().fact == "Neu."


def test_change_by_somebody_else_since_the_export_is_not_overwritten(desk, writer):
    idea = make_complete_idea(number=7, summary="Alt.")
    exported = export(desk, [idea]).content
    revisions.change(idea, snapshot(idea) | {"summary": "Von Willi."}, by=make_editor("Redaktion", name="Willi"))

    def change(workbook):
        workbook["Ideen"].cell(2, 3).value = "Neuer Titel"

    page = send(desk, edited(exported, change))

    assert "Seit dem Export hat jemand den Eintrag geändert" in page.text
    assert 'value="Importieren"' not in page.text


def test_entry_with_the_same_short_name_needs_its_number(writer):
    make_idea("Markthalle", number=7)

    report = run(writer, Ideen=[HEAD, [None, "Markthalle", "Anders.", None]])

    assert problems(report) == [("Ideen", 2, "Nummer")]
    assert "Nummer 7" in report.problems[0].message


def test_message_after_an_import_leads_to_exactly_what_was_imported(desk):
    for number in (1, 2, 3):
        make_idea(f"Alt {number}", number=number, status="draft", published_at=None, summary="Kurz.")
    table = [HEAD, [2, "Geändert", "Kurz.", None], [3, "Alt 3", "Kurz.", None], [None, "Ganz neu", "Kurz.", None]]

    told = confirm(desk, send(desk, book(Ideen=table)))

    assert "Importiert: 1 neu, 1 geändert." in told.text
    address = re.search(r'href="(/admin/ideas/idea/\?import=\d+)">Importierte Einträge zeigen', told.text)[1]
    assert [idea.number for idea in desk.get(address).context["cl"].result_list] == [2, 4]
    assert len(desk.get(f"{LIST}?import=999").context["cl"].result_list) == 4
    done = Markup(desk.get("/admin/workshops/doneimport/").text).text
    assert re.search(r"Ideen\w+11Importierte Einträge zeigen", done)
    stranger = make_editor(name="fremd")
    desk.force_login(stranger)
    assert desk.get("/admin/workshops/doneimport/").status_code == 403


def test_what_changes_between_look_and_confirmation_is_shown_again(desk, writer):
    idea = make_complete_idea(number=7, summary="Alt.")
    page = send(desk, book(Ideen=[["Nummer", "Kurzfassung"], [7, "Neu."]]))
    revisions.change(idea, snapshot(idea) | {"summary": "Von Willi."}, by=make_editor("Redaktion", name="Willi"))

    again = confirm(desk, page)

    assert "Inzwischen hat sich etwas geändert" in again.text
    idea.refresh_from_db()
    assert idea.summary == "Von Willi."
    assert "Importiert: 1 geändert." in confirm(desk, again).text


def test_looking_again_writes_nothing_and_costs_nothing(desk):
    make_complete_idea(number=7)
    send(desk, book(Ideen=[HEAD, *[[None, f"Neu {number}", "Kurz.", None] for number in range(20)]]))

    with CaptureQueriesContext(connection) as captured:
        page = desk.get(f"{LIST}import/pruefen/")

    assert "20 neu, als Entwurf" in Markup(page.text).text
    assert len(captured) < 10
    assert Idea.objects.count() == 1
    assert "Importiert: 20 neu." in confirm(desk, page).text
    assert SearchDocument.objects.count() == 21


def test_rows_wait_under_the_account_that_sent_them(desk):
    send(desk, book(Ideen=[["Titel"], ["Markt"]]))
    other = Client()
    other.force_login(make_editor("Redaktion"))

    assert other.get(f"{LIST}import/pruefen/").url == f"{LIST}import/"
    send(desk, book(Ideen=[["Titel"], ["Halle"]]))
    assert PendingImport.objects.count() == 1
    confirm(desk, desk.get(f"{LIST}import/pruefen/"))
    assert not PendingImport.objects.exists()
    assert Idea.objects.get().title == "Halle"


def test_entry_deleted_while_the_table_is_read_is_named_as_missing(writer):
    make_idea(number=7)

    def delete_meanwhile(execute, sql, params, many, context):
        if sql.startswith("SELECT") and '"ideas_idea"."id" IN' in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute("DELETE FROM ideas_searchdocument")
                cursor.cursor.execute("DELETE FROM ideas_idea")
        return execute(sql, params, many, context)

    example = [7, None, "Trier", "Halle", 2021, "Steht.", "https://neu.example/"]
    with connection.execute_wrapper(delete_meanwhile):
        report = run(writer, write=False, Ideen=[HEAD], Beispiele=[EXAMPLE_HEAD, example])

    assert problems(report) == [("Beispiele", 2, "Nummer")]


def test_second_of_two_clicks_finds_the_import_done(desk, writer):
    page = send(desk, book(Ideen=[["Titel"], ["Markt"]]))
    twin = Client()
    twin.force_login(writer)
    depth, clicks = len(connection.savepoint_ids), []

    def click_once_more(execute, sql, params, many, context):
        """As soon as the table is read, the other click comes in, unless a transaction holds it off."""
        result = execute(sql, params, many, context)
        is_read = sql.startswith("SELECT") and "workshops_pendingimport" in sql
        if is_read and len(connection.savepoint_ids) == depth and not clicks:
            clicks.append(None)
            confirm(twin, page)
        return result

    with connection.execute_wrapper(click_once_more):
        first = confirm(desk, page)
    second = confirm(desk, page)

    assert "Importiert: 1 neu." in Markup(first.text).text
    assert "wartet nicht mehr" in Markup(second.text).text
    assert second.redirect_chain == [(LIST, 302)]
    assert Idea.objects.count() == 1


def test_table_replaced_or_withdrawn_meanwhile_is_not_imported_unseen(desk):
    page = send(desk, book(Ideen=[["Titel"], ["Markt"]]))
    send(desk, book(Ideen=[["Titel"], ["Halle"]]))

    other = Markup(confirm(desk, page).text).text
    assert "Inzwischen hat sich etwas geändert" in other
    assert "Halle" in other
    PendingImport.objects.all().delete()
    assert "wartet nicht mehr" in Markup(confirm(desk, page).text).text
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("sheet", "column", "cell", "words"),
    [
        ("Ideen", "Nummer", "Nr. 1", "„Nr. 1“ ist keine ganze Zahl."),
        ("Ideen", "Nummer", 0, "beginnen bei 1"),
        ("Ideen", "Nummer", 1e12, "zu groß"),
        ("Ideen", "Titel", "x" * 30_000, "höchstens 120 Zeichen"),
        (
            "Ideen",
            "Themen",
            "Leerstnad | Kilma",
            "„Leerstnad“. Meinten Sie „Leerstand“? Nicht bekannt (Thema): „Kilma“",
        ),
        ("Ideen", "Themen", "Klima, Leerstand", "Mehrere Werte trennt ein |."),
        ("Ideen", "Themen", "Weltraum", "Es gibt: Leerstand, Klima."),
        ("Ideen", "Aufwand", "viel", "„viel“ gehört nicht zu: gering, mittel, hoch."),
        ("Ideen", "Herkunft", "Aus der Workshopreihe", "unter dem er belegt ist"),
        ("Beispiele", "Jahr", "1.1.2020", "„1.1.2020“ ist keine ganze Zahl."),
        ("Beispiele", "Jahr", 1066, "zwischen 1800 und 2100"),
        ("Beispiele", "Quelle", None, "darf nicht leer sein"),
        ("Beispiele", "Quelle", "javascript:alert(1)", "gültige Adresse"),
        ("Beispiele", "Titel der Idee", None, "Geben Sie die Nummer der Idee an"),
        ("Beispiele", "Titel der Idee", "Halle", "Keine Zeile im Blatt Ideen hat diesen Titel."),
        ("Beispiele", "Nummer", 999, "Diesen Eintrag gibt es nicht"),
    ],
)
def test_odd_cells_are_refused_in_words_anyone_understands(writer, sheet, column, cell, words):
    make_topic("Leerstand")
    make_topic("Klima")
    head = [*HEAD, "Aufwand", "Herkunft"]
    rows = {"Ideen": [None, "Markt", "Kurz.", None, None, None]}
    rows["Beispiele"] = [None, "Markt", "Trier", "Halle", 2020, "Steht.", "https://a.example/"]
    heads = {"Ideen": head, "Beispiele": EXAMPLE_HEAD}
    rows[sheet][heads[sheet].index(column)] = cell

    report = run(writer, **{name: [heads[name], rows[name]] for name in heads})

    found = {(each.sheet, each.line, each.column): each.message for each in report.problems}
    assert words in found[sheet, 2, column]
    assert not Idea.objects.exists()


def test_nearest_name_is_looked_for_only_so_many_times(writer):
    make_topic("Leerstand")
    wrong = [f"Leerstand {number}" for number in range(MOST_GUESSED + 2)]
    rows = [[None, f"Markt {number}", None, name] for number, name in enumerate([*wrong, wrong[0]])]

    report = run(writer, Ideen=[HEAD, *rows])

    said = [each.message.removeprefix(f"Nicht bekannt (Thema): „{name}“. ")
            for each, name in zip(report.problems, [*wrong, wrong[0]], strict=True)]  # fmt: skip
    assert said == ["Meinten Sie „Leerstand“?"] * MOST_GUESSED + ["Es gibt: Leerstand."] * 2 + [said[0]]


@pytest.mark.parametrize(
    ("column", "cell", "title"),
    [
        ("Nummer", "7.0", "Brunnen"),
        ("Nummer", "7,0", "Brunnen"),
        ("Nummer", "'007", "Brunnen"),
        ("Nummer", "\xa07\xa0", "Brunnen"),
        ("Themen", "leer\u00adstand\u200b | | KLIMA |", "Brunnen"),
    ],
)
def test_odd_cells_whose_meaning_is_clear_are_understood(writer, column, cell, title):
    idea = make_idea(title, number=7, status="draft", topics=[make_topic("Leerstand"), make_topic("Klima")])
    rows = {"Nummer": 7, "Kurzfassung": "Neu."} | {column: cell}

    report = run(writer, Ideen=[list(rows), list(rows.values())])

    assert actions(report) == [("007 Brunnen", "changed")]
    idea.refresh_from_db()
    assert (idea.summary, idea.topics.count()) == ("Neu.", 2)


def test_example_of_one_of_two_rows_with_its_title_needs_the_number(writer):
    ideas = [["Nummer", "Titel", "Kurzname"], [1, "Markt", "markt"], [2, "Markt", "markt-am-fluss"]]
    example = [None, "Markt", "Trier", "Halle", 2020, "Steht.", "https://a.example/"]

    report = run(writer, Ideen=ideas, Beispiele=[EXAMPLE_HEAD, example])

    assert problems(report) == [("Beispiele", 2, "Titel der Idee")]
    assert "mehrere Zeilen" in report.problems[0].message
    run(writer, Ideen=ideas, Beispiele=[EXAMPLE_HEAD, [2, *example[1:]]])
    assert PracticeExample.objects.get().idea.number == 2


def test_short_name_of_another_entry_is_refused_with_its_number(writer):
    make_idea("Markt", number=7)

    report = run(writer, Ideen=[["Nummer", "Titel"], [8, "Markt"]])

    assert problems(report) == [("Ideen", 2, "Kurzname")]
    assert report.problems[0].message == "Das steht schon im Eintrag mit der Nummer 7."


def test_errors_take_time_with_the_rows_and_not_with_their_square(writer):
    wrong = {"Aufwand": "viel", "Kosten": "viel", "Reifegrad": "viel", "Phase des Besuchs": "viel"}

    def seconds(count):
        rows = [Row(line, {"Titel": f"Markt {line}" + "x" * 120, **wrong}) for line in range(2, count + 2)]
        began = time.process_time()
        report = IDEA_IMPORTER.run({"Ideen": rows}, by=writer)
        assert len(report.problems) == 5 * count
        return time.process_time() - began

    seconds(10)
    assert seconds(5_000) < 25 * seconds(500)  # ten times as long; 50 times if each row looks at all errors


def test_title_without_letters_needs_a_short_name(writer):
    report = run(writer, Ideen=[HEAD, [None, "🎪", None, None], [None, "!!!", None, None]])

    assert problems(report) == [("Ideen", 2, "Kurzname"), ("Ideen", 3, "Kurzname")]
    assert actions(run(writer, Ideen=[["Titel", "Kurzname"], ["🎪", "zelt"]])) == [("001 🎪", "created")]


def test_same_title_as_an_entry_is_a_warning(writer):
    make_idea("Markthalle", number=7, slug="anders")

    report = run(writer, write=False, Ideen=[HEAD, [None, "Markthalle", "Ganz neu.", None]])

    assert [each.message for each in report.warnings] == [
        "Markthalle: sehr ähnlich zu 007 Markthalle (100 %). Ist es eine Dublette?"
    ]


def test_web_address_without_scheme_is_understood(writer):
    rows = [
        [None, "Markt", "Trier", name, 2020, "Steht.", "www.trier.example/halle"] for name in ("Halle", "Platz")
    ]

    run(writer, Ideen=[HEAD, [None, "Markt", None, None]], Beispiele=[EXAMPLE_HEAD, *rows])

    assert Source.objects.get().url == "https://www.trier.example/halle"


def test_errors_of_header_cells_and_rules_come_at_once(desk):
    rows = [
        ["Titel", "Farbe", "Aufwand", "Themen"],
        ["=1+1", "rot", "viel", None],
        ["Markt", None, "hoch", "Weltraum"],
    ]

    page = send(desk, book(Ideen=rows, Beispiele=[["Ort", "Jahr"], ["Trier", "bald"]]))

    found = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td>", page.text)
    assert found == [
        ("Ideen", "1", "Farbe"), ("Ideen", "2", "Titel"), ("Beispiele", "1", "Projekt"), ("Ideen", "2", "Aufwand"),
        ("Ideen", "3", "Themen"), ("Beispiele", "2", "Jahr"),
    ]  # fmt: skip
    assert not PendingImport.objects.exists()


def test_two_rows_never_take_the_same_short_name_or_documented_name(writer):
    make_documented_idea("Märkte")
    make_idea("Brunnen", number=7, status="draft")
    head = ["Nummer", "Titel", "Kurzname", "Herkunft", "Belegt als"]
    rows = [
        [7, "Brunnen", "wasser", "Aus der Workshopreihe", "Märkte"],
        [8, "Anders", "wasser", "Aus der Workshopreihe", "Märkte"],
        [9, "Drittens", "brunnen", "", ""],
    ]

    report = run(writer, Ideen=[head, *rows])

    assert problems(report) == [("Ideen", 3, "Kurzname"), ("Ideen", 3, "Belegt als"), ("Ideen", 4, "Kurzname")]
    assert report.problems[0].message == "Das steht schon in Zeile 2."


def test_slug_follows_a_title_changed_by_a_table_as_in_the_form(desk):
    make_complete_idea("Markt", number=1, status="published")
    draft = make_complete_idea("Alt", number=2)
    chosen = make_complete_idea("Zelt", number=3, slug="mein-name")
    public = make_complete_idea("Platz", number=4, status="published")
    returned = make_complete_idea("Turm", number=5, published_at=timezone.now())
    later = timezone.now() + datetime.timedelta(days=1)
    planned = make_complete_idea("Plan", number=6, status="published", published_at=later)
    titles = {draft: "Läden für alle", chosen: "Pavillon", public: "Anger", returned: "Tor", planned: "Karte"}

    def rename(workbook):
        sheet = workbook["Ideen"]
        for row in range(2, 7):
            sheet.cell(row, 3).value = next(
                new for old, new in titles.items() if old.number == sheet.cell(row, 1).value
            )

    page = send(desk, edited(export(desk, titles).content, rename))
    confirm(desk, page)

    assert re.search(r"Kurzname.*<del>.*alt.*</del><ins>.*laeden-fuer-alle", page.text, re.DOTALL)
    assert dict(Idea.objects.values_list("title", "slug")) == {
        "Markt": "markt", "Läden für alle": "laeden-fuer-alle", "Pavillon": "mein-name", "Platz": "platz",
        "Tor": "turm", "Plan": "plan",
    }  # fmt: skip
    assert [revisions.pending(idea).content["slug"] for idea in (public, planned)] == ["platz", "plan"]
    revisions.publish(planned, by=make_editor("Schlussredaktion"))
    assert Idea.objects.get(title="Karte").slug == "karte"


@pytest.mark.parametrize("mark", ["Prüfmarke", ""])
def test_table_that_renames_a_draft_changes_nothing_the_second_time(desk, mark):
    make_complete_idea("Alt", number=7)

    def rename(workbook):
        sheet = workbook["Ideen"]
        sheet.cell(2, 3).value = "Neu"
        if not mark:
            sheet.cell(2, sheet.max_column).value = None

    content = edited(export(desk, [Idea.objects.get()]).content, rename).read()
    confirm(desk, send(desk, upload(content)))
    again = send(desk, upload(content))

    assert "1 unverändert" in Markup(again.text).text
    assert Idea.objects.get().slug == "neu"


def test_slug_that_follows_takes_none_of_another_entry_or_row(writer):
    make_complete_idea("Markt", number=1, status="published")
    for number in range(2, 6):
        make_complete_idea(f"Entwurf {number}", number=number)
    head = ["Nummer", "Titel", "Kurzname"]
    rows = [[2, "Markt", "entwurf-2"], [3, "Halle", "entwurf-3"], [4, "Halle", "entwurf-4"],
            [5, "Laube", "entwurf-5"], [6, "Anders", "laube"], [None, "Turm", ""]]  # fmt: skip

    report = run(writer, Ideen=[head, *rows])

    assert report.problems == []
    assert dict(Idea.objects.filter(number__gt=1).values_list("number", "slug")) == {
        2: "markt-2", 3: "halle", 4: "halle-4", 5: "laube-5", 6: "laube", 7: "turm",
    }  # fmt: skip


def test_emptied_slug_is_made_of_the_title_unless_the_entry_was_public(writer):
    make_complete_idea("Zelt", number=1, slug="mein-name")
    public = make_complete_idea("Platz", number=2, slug="unser-platz", status="published")

    report = run(writer, Ideen=[["Nummer", "Titel", "Kurzname"], [1, "Zelt", ""], [2, "Platz", ""]])

    assert actions(report) == [("001 Zelt", "changed"), ("002 Platz", "unchanged")]
    assert dict(Idea.objects.values_list("number", "slug")) == {1: "zelt", 2: "unser-platz"}
    assert revisions.pending(public) is None


def test_former_headings_are_still_read(writer):
    make_complete_idea("Markt", number=7)

    report = run(
        writer,
        Beispiele=[["Nummer", "Ort", "Projekt", "Beleg"], [7, "Offenburg", "Börse 7", "allgemein"]],
        Ideen=[HEAD],
    )

    assert actions(report) == [("007 Markt", "changed")]


def test_columns_are_called_what_the_form_calls_the_fields(desk):
    page = Markup(desk.get(f"{LIST}add/").text).text

    for column in IDEA_IMPORTER.sheets[0].columns:
        assert column.name == "Prüfmarke" or column.name in page


def test_exported_files_have_german_names_with_the_day(desk):
    idea, day = make_idea(), timezone.localdate().isoformat()

    assert f'"ideen-{day}.xlsx"' in export(desk, [idea]).headers["Content-Disposition"]
    assert f'"ideen-{day}-csv.zip"' in export(desk, [idea], "csv").headers["Content-Disposition"]
    assert '"ideen-vorlage.xlsx"' in desk.get(f"{LIST}import/vorlage.xlsx").headers["Content-Disposition"]


def test_template_lists_the_permitted_values_and_offers_them(desk):
    make_topic("Grün | Klima")
    make_city_size("Mittelstadt")

    content = desk.get(f"{LIST}import/vorlage.xlsx").content

    lists = {
        column[0]: [value for value in column[1:] if value]
        for column in zip(*cells(content)["Erlaubte Werte"], strict=True)
    }
    assert lists["Themen"] == ["Grün \\| Klima"]
    assert lists["Für welche Städte"] == ["Mittelstadt"]
    assert lists["Aufwand"] == ["gering", "mittel", "hoch"]
    assert "Titel" not in lists
    page = load_workbook(io.BytesIO(content))["Ideen"]
    offers = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    effort = [column.name for column in IDEA_IMPORTER.sheets[0].columns].index("Aufwand")
    place = get_column_letter(list(lists).index("Aufwand") + 1)
    assert offers[f"{get_column_letter(effort + 1)}2:{get_column_letter(effort + 1)}5001"] == (
        f"'Erlaubte Werte'!${place}$2:${place}$4"
    )
    assert "Grün \\| Klima" in desk.get(f"{LIST}import/").text


def test_three_bad_lines_are_corrected_and_imported(desk):
    make_topic("Leerstand")
    bad = [HEAD, [None, "Markt", None, "Leerstnad"], ["x", "Halle", None, None], [None, None, "Ohne", None]]
    page = send(desk, book(Ideen=bad))
    text = Markup(page.text).text
    assert "Die Tabelle hat 3 Fehler" in text
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td>", page.text)
    assert rows == [("Ideen", "2", "Themen"), ("Ideen", "3", "Nummer"), ("Ideen", "4", "Titel")]

    good = [HEAD, [None, "Markt", None, "Leerstand"], [None, "Halle", None, None], [None, "Brunnen", "Ohne", None]]
    done = confirm(desk, send(desk, book(Ideen=good)))

    assert "Importiert: 3 neu." in done.text
    assert set(Idea.objects.values_list("title", "status")) == {
        ("Markt", "draft"), ("Halle", "draft"), ("Brunnen", "draft"),
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04kaputt", "Titel\nLäden".encode("cp1252"), b"Titel\n=1+1"])
def test_bad_file_is_answered_on_the_page(desk, content):
    page = send(desk, upload(content))

    assert page.status_code == 200
    assert "errorlist" in page.text or "errornote" in page.text
    assert not PendingImport.objects.exists()


def test_upload_without_file_says_so(desk):
    assert "errorlist" in desk.post(f"{LIST}import/", {}).text


def test_templates_hold_the_columns_that_are_read(desk):
    sheets = cells(desk.get(f"{LIST}import/vorlage.xlsx").content)

    for sheet in IDEA_IMPORTER.sheets:
        assert sheets[sheet.name][0] == [column.name for column in sheet.columns]
    assert desk.get(f"{LIST}import/vorlage.csv").headers["Content-Type"] == "application/zip"
    assert desk.get(f"{LIST}import/vorlage.pdf").status_code == 404


def test_who_may_not_write_may_not_import(client):
    reader = make_editor("Verwaltung")
    client.force_login(reader)

    for address in ("import/", "import/pruefen/", "import/vorlage.xlsx"):
        assert client.get(LIST + address).status_code == 403
    assert f"{LIST}import/" not in client.get(LIST).text


def test_export_and_check_need_no_more_queries_for_more_ideas(desk):
    def count(ideas):
        with CaptureQueriesContext(connection) as captured:
            content = export(desk, ideas).content
        return len(captured), content

    first = make_rich_idea(1)
    count([first])
    one, _content = count([first])
    three, content = count([first, make_rich_idea(2), make_rich_idea(3)])
    assert three == one
    send(desk, upload(content))
    with CaptureQueriesContext(connection) as captured:
        desk.get(f"{LIST}import/pruefen/")
    assert len(captured) < 60


def test_pages_hold_no_inline_scripts_or_styles(desk):
    assert Markup(desk.get(f"{LIST}import/").text).inline == []
    page = send(desk, book(Ideen=[["Titel"], ["Markt"]]))
    assert Markup(page.text).inline == []


def test_imported_draft_can_be_published_like_any_other(writer):
    make_topic("Leerstand")
    head = [*HEAD, "Problem", "Idee", "So geht es", "Reifegrad"]
    run(
        writer,
        Ideen=[head, [None, "Markt", "Satz.", "Leerstand", "P.", "I.", "Eins | Zwei", "Erprobt"]],
        Beispiele=[EXAMPLE_HEAD, [None, "Markt", "Trier", "Halle", None, "Steht.", "https://a.example/"]],
    )
    idea = Idea.objects.get()

    workflow.transition(idea, "review", by=writer)

    assert idea.steps == "Eins\nZwei"
    assert same(snapshot(idea), idea.revisions.first().content)


SHOES = "Schuhputzer bürsten Stiefel am Bahnsteig blank."


def test_rows_like_an_entry_or_each_other_are_imported_with_a_warning(desk, writer):
    for title in ("Lastenräder verleihen", "Bücherschrank", "Trinkbrunnen"):
        make_idea(title)
    make_idea("Seifenkisten", number=90, summary="Kinder rollen mit Seifenkisten den Schlossberg hinab.")
    rows = [
        ["", "Seifenkisten am Berg", "Kinder rollen mit Seifenkisten den Schlossberg hinab.", ""],
        ["", "Schuhe putzen", SHOES, ""],
        ["", "Geputzte Schuhe", SHOES, ""],
        ["", "Wasserspiele", "Fontänen kühlen heiße Tage.", ""],
    ]

    report = run(writer, write=False, Ideen=[HEAD, *rows])
    shown = Markup(send(desk, book(Ideen=[HEAD, *rows])).text).text

    found = {(each.line, each.column): each.message for each in report.warnings}
    assert report.problems == []
    assert sorted(found) == [(2, "Titel"), (4, "Titel")]
    assert re.fullmatch(
        r"Seifenkisten am Berg: sehr ähnlich zu 090 Seifenkisten \(\d\d %\)\. Ist es eine Dublette\?",
        found[2, "Titel"],
    )
    assert "Geputzte Schuhe: sehr ähnlich zu „Schuhe putzen“ in Zeile 3" in found[4, "Titel"]
    assert "Mögliche Dubletten" in shown
    assert found[4, "Titel"] in shown
    assert run(writer, Ideen=[HEAD, *rows]).count("created") == 4


def test_rows_of_a_table_need_no_queries_of_their_own(writer):
    make_complete_idea("Lastenräder verleihen", number=1)
    make_topic("Klima")

    def rows(count, words):
        rows = [["", f"Nie {number} dagewesen {words}", SHOES, "Klima"] for number in range(count)]
        examples = [
            ["", row[1], "Trier", "Halle", 2020, "Steht.", f"https://{words}.example/{row[1][4]}"] for row in rows
        ]
        return {"Ideen": [HEAD, *rows], "Beispiele": [EXAMPLE_HEAD, *examples]}

    def count(write, **sheets):
        with CaptureQueriesContext(connection) as captured:
            report = run(writer, write=write, **sheets)
        assert report.problems == []
        return len(captured)

    def changed(*ideas):
        exported = IDEA_IMPORTER.rows(Idea.objects.filter(pk__in=[idea.pk for idea in ideas]))
        heads = {sheet.name: [column.name for column in sheet.columns] for sheet in IDEA_IMPORTER.sheets}
        for row in exported["Ideen"]:
            row[2] = f"Neu: {row[2]}"
            row[3] += " Und mehr."
        for row in exported["Beispiele"]:
            row[5] += " Und mehr."
        return {name: [head, *exported[name]] for name, head in heads.items()}

    few, many = rows(60, "Schuhe"), rows(160, "Hüte")  # more than the search compares with others at once
    count(False, **few)  # what is read once for each process

    # A hundred rows more are some batches more: of entries, of what they refer to, of examples and revisions.
    assert count(False, **many) <= count(False, **few) + 5
    assert count(True, **many) <= count(True, **few) + 10
    drafts = list(Idea.objects.filter(status="draft"))
    few, many = changed(*drafts[:60]), changed(*drafts[60:])
    assert len(many["Ideen"]) > len(few["Ideen"]) + 100
    assert count(False, **many) <= count(False, **few) + 5
    assert count(True, **many) <= count(True, **few) + 10
    Idea.objects.update(status="published", published_at=timezone.now(), version_date=timezone.localdate())
    few, many = changed(*drafts[:60]), changed(*drafts[60:])
    assert count(True, **many) <= count(True, **few) + 10


def test_looking_at_a_table_writes_nothing(writer):
    make_complete_idea(number=1)
    sheets = {
        "Ideen": [HEAD, [1, "Anders", None, "leerstand"], [None, "Markthalle", "Alles frisch.", "leerstand"]],
        "Beispiele": [
            EXAMPLE_HEAD,
            [None, "Markthalle", "Trier", "Halle", 2021, "Steht.", "https://neu.example/"],
        ],
    }

    with CaptureQueriesContext(connection) as captured:
        report = run(writer, write=False, **sheets)

    assert actions(report) == [("001 Anders", "changed"), ("002 Markthalle", "created")]
    statements = {query["sql"].split()[0] for query in captured.captured_queries}
    assert statements <= {"SELECT", "SAVEPOINT", "RELEASE"}
