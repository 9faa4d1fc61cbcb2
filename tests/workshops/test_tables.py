"""Reading and writing tables: cells keep what they say, and files that are none are refused with a sentence."""

import datetime
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from tests.workshops.books import book, edited, upload
from workshops.tables import Column, Sheet
from workshops.tables.cells import defused, join, split, text_cell, undefused, whole_number
from workshops.tables.reading import LARGEST, MOST_ROWS, UnreadableError, read
from workshops.tables.writing import comma_separated, workbook

SHEET = Sheet("Ideen", [Column("Nummer", ""), Column("Titel", "", required=True), Column("Text", "")])
EXTRA = Sheet("Beispiele", [Column("Ort", "", required=True)], optional=True)
GOOD = book(Ideen=[["Titel"], ["x"]]).read()
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1)


def read_one(file, encoding="utf-8-sig"):
    """The cells of the first sheet, and the problems as (line, column, message)."""
    tables, problems = read({"Ideen": file}, [SHEET, EXTRA], encoding)
    rows = [(row.line, *(row.get(column.name) for column in SHEET.columns)) for row in tables.get("Ideen", ())]
    return rows, [(problem.line, problem.column, problem.message) for problem in problems]


def refusal(file, encoding="utf-8-sig"):
    """Why a file is not taken."""
    with pytest.raises(UnreadableError) as error:
        read({"Ideen": file}, [SHEET, EXTRA], encoding)
    return str(error.value)


@given(st.lists(words.map(lambda text: " ".join(text.split())).filter(bool)))
def test_several_values_share_a_cell_and_come_back(values):
    assert split(join(values)) == values or len(join(values)) >= 32_767


@given(st.text())
def test_cells_of_csv_come_back_whatever_they_begin_with(text):
    cell = text_cell(text)

    assert undefused(defused(cell)) == cell
    assert not defused(cell).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("cell", ["1,5", "-1", "²", "12a", "1.000", "1" * 10])
def test_numbers_are_whole(cell):
    with pytest.raises(ValueError, match=r"ganze Zahl|als Zahl zu groß"):
        whole_number(cell)


def test_workbook_is_read_by_the_names_of_its_columns():
    file = book(
        Ideen=[[" titel ", None, "Nummer"], ["Markt\r\nHalle", None, 7.0], [None, None, None], [2024, None, ""]]
    )

    assert read_one(file) == ([(2, "7", "Markt\nHalle", None), (4, "", "2024", None)], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_with_any_usual_delimiter(encoding, delimiter):
    text = f'Nummer{delimiter}Titel\r\n7{delimiter}"Ä ""B""\nC"\r\n\r\n{delimiter}\'=1+1\r\n'

    assert read_one(upload(text.encode(encoding))) == ([(2, "7", 'Ä "B"\nC', None), (4, "", "=1+1", None)], [])


@pytest.mark.parametrize(
    "text",
    [
        "Titel\tGelingt, wenn\nMarkt\tZeit",
        "\n\nTitel,Text\nMarkt,Zeit",
        ",,\nTitel,Text\nMarkt,Zeit",
        "Titel,Text\rMarkt,Zeit; Geld; Platz",
        "sep=,\r\nTitel,Text\r\nMarkt,Zeit",
    ],
    ids=["comma in a heading", "blank lines", "empty cells", "old Mac", "told"],
)
def test_delimiter_is_that_of_the_header(text):
    sheet = Sheet("Ideen", [Column("Titel", ""), Column("Text", ""), Column("Gelingt, wenn", "")])

    tables, problems = read({"Ideen": upload(text.encode())}, [sheet])

    assert problems == []
    assert [row.get("Titel") for row in tables["Ideen"]] == ["Markt"]
    assert len(tables["Ideen"][0].cells) == 2


def test_header_is_found_at_once_however_long_the_first_line_is():
    began = time.monotonic()

    assert "leer" in read_one(upload(b"; " * 1_000_000))[1][0][2]
    assert time.monotonic() - began < 5


def test_values_are_read_as_a_german_spreadsheet_shows_them():
    day = datetime.datetime(2024, 5, 1)  # noqa: DTZ001 (a cell has no zone)
    values = [day, day.replace(hour=13, minute=30), datetime.time(8, 5), True, 0.1 + 0.2, 12.0]

    rows, _problems = read_one(book(Ideen=[["Titel"], *[[value] for value in values]]))

    assert [row[2] for row in rows] == ["01.05.2024", "01.05.2024 13:30", "08:05", "WAHR", "0,3", "12"]


def test_characters_that_excel_writes_by_their_number_are_those():
    rows = [["Titel"], ["Eins_x000D_\nzwei"], ["Drei_x0000_vier_xD800_"], ["_x005F_x000D_"], ["_x12_"]]

    read = [row[2] for row in read_one(book(Ideen=rows))[0]]

    assert read == ["Eins\nzwei", "Dreivier", "_x000D_", "_x12_"]
    written = workbook([SHEET], {"Ideen": [[number, text, ""] for number, text in enumerate(read)]})
    assert [row[2] for row in read_one(upload(written))[0]] == read


def test_rows_in_which_nothing_can_be_seen_are_none():
    assert read_one(book(Ideen=[["Titel"], [" "], ["\xa0", "\u200b"], ["Markt"]]))[0] == [(4, None, "Markt", None)]
    assert read_one(upload("Titel;Text\n ;\t\nMarkt;\n\xa0\n".encode()))[0] == [(3, None, "Markt", "")]


@pytest.mark.parametrize("gap", [99, 200, 900])
def test_what_stands_far_to_the_right_is_not_dropped_silently(gap):
    rows = [["Titel", *[None] * gap, "Text"], ["Markt", *[None] * gap, "weit weg"]]
    delimited = "\n".join(";".join(cell or "" for cell in row) for row in rows).encode()

    assert f"den ersten 100 Spalten steht noch etwas (Ideen, {get_column_letter(gap + 2)}1)" in refusal(
        book(Ideen=rows)
    )
    assert "steht noch etwas (Zeile 1)" in refusal(upload(delimited))
    assert read_one(book(Ideen=[["Titel", *[None] * 98, "Text"], ["Markt"]]))[0] == [(2, None, "Markt", "")]


@pytest.mark.parametrize("other", [b"Ort\nTrier", GOOD], ids=["CSV", "workbook"])
@pytest.mark.parametrize("first", [GOOD, b"Titel\nMarkt"], ids=["workbook", "CSV"])
def test_of_a_workbook_and_a_second_file_none_is_left_out_silently(first, other):
    files = {"Ideen": upload(first), "Beispiele": upload(other)}

    if GOOD not in (first, other):
        assert [len(rows) for rows in read(files, [SHEET, EXTRA])[0].values()] == [1, 1]
        return
    with pytest.raises(UnreadableError, match="ohne zweite Datei"):
        read(files, [SHEET, EXTRA])


def test_csv_brings_in_no_characters_that_a_cell_cannot_hold():
    text = "Titel\nMa\x01rk\x0bt\uffff\tHalle\n\x07=1+1"

    assert read_one(upload(text.encode()))[0][0] == (2, None, "Markt\tHalle", None)
    assert read_one(upload(text.encode()))[1][0][:2] == (3, "Titel")


def test_csv_of_windows_is_named_and_read_when_asked_for():
    data = "Nummer;Titel\n1;Läden".encode("cp1252")

    assert "Windows-1252" in refusal(upload(data))
    assert read_one(upload(data), "cp1252") == ([(2, "1", "Läden", None)], [])


def test_written_tables_are_read_back():
    rows = [[1, "=2+3", "'quoted"], [2, "-1", " a | b \\ c"], [3, "@x\nzweite Zeile", "\t+"]]
    expected = [(line, str(row[0]), *row[1:]) for line, row in enumerate(rows, 2)]

    assert read_one(upload(workbook([SHEET, EXTRA], {"Ideen": rows}))) == (expected, [])
    assert read_one(upload(comma_separated(SHEET, rows))) == (expected, [])


def test_formulas_and_errors_are_refused_by_cell():
    _rows, problems = read_one(book(Ideen=[["Nummer", "Titel"], ["=1+1", "Markt"], [2, "#NAME?"]]))

    assert [problem[:2] for problem in problems] == [(2, "Nummer"), (3, "Titel")]
    assert "Formel" in problems[0][2]
    assert read_one(upload(b"Nummer;Titel\n=1+1;Markt"))[1][0][:2] == (2, "Nummer")


@pytest.mark.parametrize(
    ("head", "column", "words"),
    [
        (["Nummer"], "Titel", "fehlt"),
        (["Titel", "Farbe"], "Farbe", "kennt"),
        (["Titel", "titel"], "Titel", "zweimal"),
    ],
)
def test_header_must_fit(head, column, words):
    problems = read_one(book(Ideen=[head, ["x"] * len(head)]))[1]

    assert (problems[0][0], problems[0][1].capitalize()) == (1, column)
    assert words in problems[0][2]


def test_value_beyond_the_columns_is_not_dropped_silently():
    assert "verrutscht" in read_one(book(Ideen=[["Titel"], ["Markt", "verrutscht"]]))[1][0][2]


@pytest.mark.parametrize(
    "file", [book(Ideen=[["Unsere Ideen"], [], ["Nummer", "Titel"], [1, "Markt"]]), upload(b"1;Markt\n2;Halle")]
)
def test_table_without_header_says_what_the_first_row_must_hold(file):
    assert [(line, column) for line, column, words in read_one(file)[1] if "Namen der Spalten" in words] == [
        (1, "")
    ]


def test_rest_of_the_table_is_read_although_a_column_is_unknown():
    rows, problems = read_one(book(Ideen=[["Farbe", "Titel"], ["rot", "Markt"], ["blau", "=1+1"]]))

    assert [row[2] for row in rows] == ["Markt", ""]
    assert [problem[:2] for problem in problems] == [(1, "Farbe"), (3, "Titel")]


def test_headings_with_what_cannot_be_seen_are_known():
    assert read_one(book(Ideen=[["\xa0Nummer ", "Ti\u00adtel\u200b"], [7, "Markt"]]))[0] == [
        (2, "7", "Markt", None)
    ]


def test_csv_with_a_hint_for_excel_and_in_utf_8_whatever_was_chosen():
    assert read_one(upload("sep=;\nNummer;Titel\n7;Läden".encode()), "cp1252") == ([(3, "7", "Läden", None)], [])


def test_empty_sheet_that_may_be_left_out_is_no_error():
    assert read({"Ideen": book(Ideen=[["Titel"], ["Markt"]], Beispiele=[])}, [SHEET, EXTRA])[1] == []


def test_empty_table_says_so():
    assert "leer" in read_one(book(Ideen=[]))[1][0][2]


@pytest.mark.parametrize("row", ["x", None])
def test_more_rows_than_are_taken_are_refused(row):
    rows = [["Titel"], *[[row]] * MOST_ROWS]

    assert len(read_one(book(Ideen=[*rows[:-1], ["x"]]))[0]) == (MOST_ROWS if row else 1)
    assert "5.000" in refusal(book(Ideen=[*rows, ["x"]]))
    assert "5.000" in refusal(upload("\n".join(["Titel", *[row or ""] * MOST_ROWS, "x"]).encode()))


def archive(**parts):
    """An archive with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def with_part(name, content, workbook=GOOD):
    """A good workbook with one more (or another) part."""
    source, file = io.BytesIO(workbook), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


def merged(name):
    """A workbook with merged cells in the sheet of this name."""
    sheets = {"Ideen": [["Titel"], ["Markt"]], "Beispiele": [["Ort"], ["Trier"]], "Notizen": [["Was"], ["x"]]}
    return edited(book(**sheets).read(), lambda made: made[name].merge_cells("A2:A3")).read()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c
t="inlineStr">
<is><t>&b;</t></is></c></row></sheetData></worksheet>"""
OUTSIDE = BOMB.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/hostname"')


def rows_of_xml(rows):
    """A workbook whose sheet holds these rows."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    title = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row>'
    return with_part("xl/worksheets/sheet1.xml", head + title + rows + b"</sheetData></worksheet>")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leer"),
        (b"PK\x03\x04 abgeschnitten", "beschädigt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 alt", ".xls"),
        (b"%PDF-1.7 \0\0", "weder"),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "keine Excel-Arbeitsmappe"),
        (archive(word__document_xml="<w/>"), "keine Excel-Arbeitsmappe"),
        (with_part("xl/vbaProject.bin", b"Sub Auto_Open"), "Makros"),
        (with_part("xl/media/big.bin", b"\0" * 101_000_000), "entpackt"),
        (with_part("xl/styles.xml", b" " * 1_100_000), "entpackt"),
        (with_part("xl/sharedStrings.xml", b" " * 21_000_000), "entpackt"),
        (rows_of_xml(b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'), "5.000"),
        (rows_of_xml(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "5.000"),
        (with_part("xl/worksheets/sheet1.xml", b"<worksheet><kaputt"), "beschädigt"),
        (with_part("xl/worksheets/sheet1.xml", BOMB), "beschädigt"),
        (with_part("xl/worksheets/sheet1.xml", OUTSIDE), "beschädigt"),
        (with_part("xl/workbook.xml", b""), "beschädigt"),
        (book(Tabelle1=[["Titel"]]).read(), "Ideen"),
        (b'Titel\n"offen', "Anführungszeichen"),
        (b"Titel\n" + b"x" * 200_000, "viel zu lang"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "weder"),
        ("Titel\nLÃ¤den".encode(), "verstümmelt"),
        (merged("Ideen"), "Im Blatt „Ideen“ sind Zellen verbunden (A2:A3)"),
        (merged("Beispiele"), "Im Blatt „Beispiele“ sind Zellen verbunden (A2:A3)"),
        (book(**{"Ideen": [["Titel"]], "IDEEN ": [["Titel"]]}).read(), "Mehrere Blätter heißen „Ideen“"),
        (b"\xff\xfe\x00", "CSV UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_sentence(data, words):
    assert words in refusal(upload(data))


@pytest.mark.parametrize(
    "rows",
    [
        b"<row/>" * 100_000,
        b"".join(b'<row r="%d" spans="1:1"/>' % number for number in range(2, 100_000)),
        b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (number, number) for number in range(2, 100_000)),
        b'<row r="2">' + b'<c s="1"></c>' * 500_000 + b"</row>",
    ],
    ids=["rows", "numbered", "formatted", "wide"],
)
def test_cells_that_are_formatted_but_empty_are_skipped_cheaply(rows):
    began = time.monotonic()

    assert read_one(upload(rows_of_xml(rows))) == ([], [])
    assert time.monotonic() - began < 5  # 0.5 s; reading them one by one takes a minute


def inline(text, address=b""):
    """A filled cell of a sheet, with or without its address."""
    return b'<c %s t="inlineStr"><is><t>%s</t></is></c>' % (address and b'r="%s"' % address, text)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (b"<row>" + inline(b"7") + b"<c></c>" + inline(b"x") + b"<c/></row>", [(2, "7", "", "x")]),
        (b"<row><c/>" + inline(b"M") + b"</row><row/><row><c/></row><row><c/>" + inline(b"H") + b"</row><row/>",
         [(2, "", "M", ""), (5, "", "H", "")]),
        (b'<row r="3"><c r="A3"/><c r="B3" s="1"/>' + inline(b"x") + b"</row>", [(3, "", "", "x")]),
        (b'<row r="3"/><row><c/><c/>' + inline(b"x", b"B4") + b'<c r="C4"/></row>', [(4, "", "x", "")]),
        (b'<row/><row r="9"><c s="1"/><c s="1" r="B9"/>' + inline(b"x", b"C9") + b"</row>", [(9, "", "", "x")]),
    ],
    ids=["cells", "rows", "mixed", "after addresses", "before addresses"],
)  # fmt: skip
def test_empty_cells_and_rows_keep_the_place_of_what_has_no_address(rows, expected):
    head = b"<row>" + inline(b"Nummer") + inline(b"Titel") + inline(b"Text") + b"</row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet += head + rows + b"</sheetData></worksheet>"

    assert read_one(upload(with_part("xl/worksheets/sheet1.xml", sheet))) == (expected, [])


def test_sheets_that_are_not_read_may_hold_anything():
    formatted = rows_of_xml(b"<row>" + b"<c><v>1</v></c>" * 201_000 + b"</row>")
    with zipfile.ZipFile(io.BytesIO(formatted)) as large:
        content = large.read("xl/worksheets/sheet1.xml")
    other = book(Ideen=[["Titel"], ["Markt"]], Notizen=[["x"]]).read()

    assert read_one(upload(merged("Notizen"))) == ([(2, None, "Markt", None)], [])
    for notes in (content, BOMB, b"<worksheet><kaputt"):
        file = upload(with_part("xl/worksheets/sheet2.xml", notes, other))
        assert read_one(file) == ([(2, None, "Markt", None)], [])


def test_more_filled_cells_than_any_table_needs_are_refused():
    rows = b"".join(b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>" for _number in range(2_100))

    assert "Das Blatt „Ideen“ hat mehr als 200.000 ausgefüllte Zellen" in refusal(upload(rows_of_xml(rows)))


def test_too_large_file_is_refused_before_it_is_read():
    file = upload(b"x")
    file.size = 5 * LARGEST

    assert refusal(file) == "Die Datei ist 50 MB groß, angenommen werden höchstens 10 MB. Teilen Sie sie auf."
