"""CSV, XLSX and JSON: the same rows in three forms."""

import csv
import datetime
import io
import json

import pytest
from openpyxl import load_workbook

from ideas.exports.csv import defused
from ideas.exports.fields import FIELDS, dictionary
from tests.factories import (
    make_documented_idea,
    make_event,
    make_example,
    make_idea,
    make_municipality,
    make_size_class,
    make_source,
    make_topic,
    make_workshop,
)

pytestmark = pytest.mark.django_db


def content(client, address):
    """The bytes of an export."""
    response = client.get(address)
    assert response.status_code == 200, response.text[:500]
    assert not response.cookies
    return response.getvalue()


def csv_rows(client, address):
    """The rows of a CSV export as dicts by column."""
    text = content(client, address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def sheets(client, address):
    """The workbook of an XLSX export."""
    return load_workbook(io.BytesIO(content(client, address)))


@pytest.fixture
def idea():
    """An entry with something in every field."""
    source = make_source(title="Die Quelle", publisher="Ein Verband", url="https://quelle.example/a")
    idea = make_idea(
        "Laden auf Zeit", number=9, summary="Kurz; mit Semikolon", problem='Sie sagen "leer".', approach="Neu.",
        steps="Erst\nDann", success_factors="Lage", risks="Keiner\nRegen", phase="angebot", effort="mittel",
        cost="hoch", horizon="kurzfristig", maturity="pilot", version=3,
        version_date=datetime.date(2026, 12, 24),
        published_at=datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC),
        topics=[make_topic("Einzelhandel"), make_topic("Leerstand", name_en="Vacancy")],
        workshop=make_workshop("Digitalisierung"), origin="workshop",
        documented_as=make_documented_idea("Märkte", [source], evidence="ausgangstext"),
    )  # fmt: skip
    town = make_municipality(size_class=make_size_class(), population=59_238)
    make_example(idea, "Offenburg", year=2024, municipalities=[town], source=source, evidence="zuordnung")
    return idea


def test_csv_opens_in_a_spreadsheet(client, idea):
    raw = content(client, "/ideen/export.csv")

    assert raw.startswith(b"\xef\xbb\xbfNummer;Kurzname;Titel;Kurzfassung;")
    row = csv_rows(client, "/ideen/export.csv")[0]
    assert list(row) == [field.column for field in FIELDS]
    assert row["Nummer"] == "9"
    assert row["Kurzfassung"] == "Kurz; mit Semikolon"
    assert row["Problem"] == 'Sie sagen "leer".'
    assert row["Themen"] == "Einzelhandel | Leerstand"
    assert row["So geht es"] == "Erst | Dann"
    assert row["Zeit bis zur Wirkung"] == "kurzfristig"
    assert row["Für welche Städte"] == ""
    assert row["Datum der Fassung"] == "2026-12-24"
    assert row["Veröffentlicht am"] == "2026-11-23"  # in Berlin it was already the next day
    assert row["Belegt als"].startswith("Märkte (")
    assert row["Beispiele"].startswith("Offenburg, 2024: Ladenbörse. Zehn Läden fanden neue Mieter. Quelle: ")
    assert row["Beispiele"].endswith("naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt)")
    assert row["Adresse"] == "http://testserver/ideen/9/"


@pytest.mark.parametrize("formula", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n-1", "\xa0@x"])
def test_formulas_are_defused(client, formula):
    make_idea("Formel", number=1, problem=formula, summary=formula)

    row = csv_rows(client, "/ideen/export.csv")[0]

    assert row["Kurzfassung"] == f"'{formula}"
    assert row["Problem"] == f"'{formula}"
    assert json.loads(content(client, "/ideen/export.json"))["ideas"][0]["problem"] == formula


@pytest.mark.parametrize("harmless", ["Leer", "– ein Strich", "a=b", "3 + 4", ""])
def test_other_texts_stay_as_they_are(harmless):
    assert defused(harmless) == harmless


def test_json_says_what_it_holds(client, idea):
    make_event()
    make_idea("Anderes", number=10, version_date=datetime.date(2027, 1, 1))

    made = json.loads(content(client, "/ideen/export.json?thema=leerstand&q=laden&seite=3&ansicht=matrix"))

    meta = made["meta"]
    assert meta["query"] == "q=laden&thema=leerstand"
    assert meta["address"] == "http://testserver/ideen/?q=laden&thema=leerstand"
    assert meta["filter"] == [
        {"label": "Suche", "values": ["„laden“"]},
        {"label": "Thema", "values": ["Leerstand"]},
    ]
    assert (meta["title"], meta["count"], meta["version"]) == ("Ideen: „laden“, Leerstand", 1, "2026-12-24")
    assert meta["licence"]["name"] is None
    assert "GeoNames (CC BY 4.0)" in meta["licence"]["text"]
    assert datetime.datetime.fromisoformat(meta["generated"]).tzinfo
    assert meta["fields"] == dictionary()
    (entry,) = made["ideas"]
    assert list(entry) == [field["key"] for field in meta["fields"]]
    assert (entry["number"], entry["slug"]) == (9, "laden-auf-zeit")
    assert entry["effort"] == {"slug": "mittel", "name": "mittel"}
    assert entry["workshop"] == {"slug": "digitalisierung", "name": "Digitalisierung"}
    assert entry["city_sizes"] == []
    assert entry["steps"] == ["Erst", "Dann"]
    assert entry["origin_sources"] == ["https://quelle.example/a"]
    assert entry["examples"] == [
        {
            "place": "Offenburg",
            "municipalities": ["Offenburg"],
            "where": ["Baden-Württemberg, Mittelstadt"],
            "name": "Ladenbörse",
            "year": 2024,
            "fact": "Zehn Läden fanden neue Mieter.",
            "source": {"title": "Die Quelle", "publisher": "Ein Verband", "url": "https://quelle.example/a"},
            "caveat": "naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt",
        }
    ]


def test_missing_values_are_null_in_json(client):
    make_idea("Leer", number=1)

    (entry,) = json.loads(content(client, "/ideen/export.json"))["ideas"]

    assert {entry[key] for key in ("workshop", "phase", "effort", "cost", "horizon", "maturity")} == {None}
    assert entry["examples"] == entry["topics"] == entry["steps"] == []


def test_workbook_has_types_fixed_header_and_filter(client, idea):
    make_idea("=1+1", number=10, summary="=HYPERLINK(1)", problem="Steuer\x07zeichen")

    sheet = sheets(client, "/ideen/export.xlsx")["Ideen"]

    header = [cell.value for cell in sheet[1]]
    assert header == [field.column for field in FIELDS]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:{sheet.cell(1, len(FIELDS)).column_letter}3")
    row = dict(zip(header, sheet[2], strict=True))
    assert (row["Nummer"].value, row["Nummer"].data_type) == (9, "n")
    assert row["Datum der Fassung"].value == datetime.datetime(2026, 12, 24)  # noqa: DTZ001 (a cell has no zone)
    assert row["Datum der Fassung"].is_date
    second = dict(zip(header, sheet[3], strict=True))
    assert (second["Titel"].value, second["Titel"].data_type) == ("=1+1", "s")
    assert second["Kurzfassung"].data_type == "s"
    assert second["Problem"].value == "Steuerzeichen"
    assert all(sheet.column_dimensions[cell.column_letter].width >= 9 for cell in sheet[1])


def test_second_sheet_explains_columns_and_selection(client, idea):
    sheet = sheets(client, "/ideen/export.xlsx?thema=leerstand&kosten=hoch")["Erläuterung"]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Wissenskompendium Innenstadt: Ideen: Leerstand, Kosten hoch"
    told = {row[0]: row[1] for row in rows if not row[2]}
    assert (told["Thema"], told["Kosten"], told["Anzahl der Ideen"]) == ("Leerstand", "hoch", 1)
    assert told["Stand der Einträge"] == "24. Dezember 2026"
    assert told["Adresse"] == "http://testserver/ideen/?thema=leerstand&kosten=hoch"
    explained = [row for row in rows if row[2]]
    assert explained[0] == ["Spalte", "Name in JSON", "Bedeutung"]
    assert explained[1:] == [[field.column, field.key, field.description] for field in FIELDS]


def test_selection_without_entries_is_an_empty_table(client):
    make_topic("Leerstand")

    assert csv_rows(client, "/ideen/export.csv?thema=leerstand") == []
    made = json.loads(content(client, "/ideen/export.json?thema=leerstand"))
    assert (made["meta"]["count"], made["meta"]["version"], made["ideas"]) == (0, None, [])
    assert sheets(client, "/ideen/export.xlsx?thema=leerstand")["Ideen"].max_row == 1


def test_data_dictionary_has_an_address_that_every_table_names(client, idea):
    for name in ("csv", "xlsx", "json"):
        response = client.get(f"/ideen/export.{name}")
        assert response.getvalue()
        link, relation, _kind = response["Link"].split("; ")
        assert (link, relation) == ("<http://testserver/ideen/export/felder.json>", 'rel="describedby"')

    fields = client.get("/ideen/export/felder.json").json()["fields"]

    assert fields == dictionary()
    assert all(field["key"] and field["column"] and field["description"] for field in fields)
    assert len({field["key"] for field in fields}) == len({field["column"] for field in fields}) == len(fields)


def test_english_address_gives_the_same_german_table(client, idea):
    german = content(client, "/ideen/export.csv?thema=leerstand")

    assert content(client, "/en/ideen/export.csv?thema=leerstand") == german
    made = json.loads(content(client, "/en/ideen/export.json?thema=leerstand&kosten=hoch"))
    assert made["meta"]["filter"] == [
        {"label": "Thema", "values": ["Leerstand"]},
        {"label": "Kosten", "values": ["hoch"]},
    ]
    assert made["ideas"][0]["maturity"]["name"] == "Pilot"


@pytest.mark.parametrize("name", ["csv", "json", "xlsx"])
def test_tables_need_the_same_queries_for_1_and_3_entries(client, django_assert_max_num_queries, name):
    def add(number):
        idea = make_idea(number=number, topics=[make_topic(f"Thema {number}")])
        size = make_size_class(f"Klasse {number}", lower=number, upper=number + 1)
        make_example(idea, municipalities=[make_municipality(f"Stadt {number}", size_class=size)])

    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            add(number)
        with django_assert_max_num_queries(20) as captured:
            content(client, f"/ideen/export.{name}")
        counts.append(len(captured))

    assert counts[0] == counts[1]
