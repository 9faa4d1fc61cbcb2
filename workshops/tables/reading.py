"""XLSX and CSV as rows of texts. What cannot be read safely is refused with a sentence that says what to do.

A file is judged by what it holds, not by its name. A workbook is an archive: its unpacked size is known before
anything is unpacked, and its XML is read by defusedxml, which openpyxl takes when it is installed.
"""

import csv
import datetime
import io
import re
import zipfile
from itertools import islice

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape

from . import Problem, Row
from .cells import ILLEGIBLE, refused_formula, undefused
from .kinds import INVISIBLE

MEGABYTE = 1_000_000
LARGEST, LARGEST_UNPACKED = 10 * MEGABYTE, 40 * MEGABYTE
LARGEST_PART, LARGEST_OTHER = 20 * MEGABYTE, MEGABYTE  # of a workbook: sheets and texts, its other XML
LARGE_PARTS = ("xl/worksheets/", "xl/sharedstrings.xml")
MOST_ROWS, MOST_COLUMNS, MOST_PARTS = 5_000, 100, 1_000
MOST_CELLS = 200_000  # that say anything; reading so many takes a few seconds
# Runs of what is formatted but says nothing; sheets "used" to their last row hold a million of these.
# Nothing moves without them if an address or the end comes next; else they give what follows its place.
EMPTY = (
    rb"(?:<((?:\w+:)?%s)(?:\s[^<>]*)?(?:/>|>\s*</\1>)\s*)+"
    rb"(?P<safe>(?=</|<(?:\w+:)?%s\s(?:[^<>]*\s)?r=))?"
)
EMPTY_CELLS, EMPTY_ROWS = (re.compile(EMPTY % (name, name)) for name in (b"c", b"row"))
CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
# Of a column beyond MOST_COLUMNS, the hundredth of which is CV
BEYOND = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']((?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3})[0-9]{1,7})")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*ref=[\"']([^\"'<>]{1,20})")
NOTHING = b"<worksheet/>"  # the XML of an empty sheet
GARBLED = re.compile("Ã[¤¶¼Ÿ\u009f„–œ]")  # umlauts of UTF-8 that were read as Windows-1252
OLD_OFFICE, ARCHIVE = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
WINDOWS = "cp1252"


class UnreadableError(Exception):
    """A file that cannot be taken; the message says why and what to do."""


def read(files, sheets, encoding="utf-8-sig"):
    """The rows of uploaded ``files`` by name of the sheet, with the problems found on the way.

    ``files`` are given by the name of the sheet they are for; a workbook, given for the first, holds all of them.
    """
    tables, problems = {}, []
    for sheet in sheets:
        if not (file := files.get(sheet.name)):
            continue
        check_size(file)
        start = file.read(4)
        file.seek(0)
        if start == OLD_OFFICE:
            raise UnreadableError(
                _("This is an old Excel file (.xls) or one with a password. Save it as .xlsx without password.")
            )
        if start == ARCHIVE and len(files) > 1:
            raise UnreadableError(_("A workbook holds all sheets. Send it alone, without a second file."))
        grids = workbook(file, sheets) if start == ARCHIVE else {sheet.name: csv_rows(file, encoding)}
        for name, grid in grids.items():
            found, trouble = table(next(each for each in sheets if each.name == name), grid)
            tables[name] = found
            problems += trouble
    return tables, problems


def check_size(file):
    """Refuse what is empty or too large."""
    if not file.size:
        raise UnreadableError(_("The file is empty."))
    if file.size > LARGEST:
        words = {"size": number_format(file.size / MEGABYTE, 0), "most": number_format(LARGEST / MEGABYTE, 0)}
        raise UnreadableError(
            _("The file has %(size)s MB; at most %(most)s MB are taken. Split it into several.") % words
        )


def workbook(file, sheets):
    """The grids of a workbook by name of the sheet; each is a list of (line, cells)."""
    check_archive(file)
    try:
        wanted = parts_of(file, sheets)
        book = load_workbook(
            without_empty_cells(file, {part: name for name, (_title, part) in wanted.items()}),
            read_only=True,
            keep_links=False,
        )
        try:
            return {name: grid(book[title]) for name, (title, _part) in wanted.items()}
        finally:
            book.close()
    except UnreadableError:
        raise
    except Exception as error:  # whatever openpyxl meets in a broken or hostile file
        raise UnreadableError(
            _("The file cannot be read as a workbook; it seems to be damaged. Open and save it once more.")
        ) from error


def check_archive(file):
    """Refuse archives that are no workbook, hold macros, or would unpack to far more than they seem."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(_("The file is damaged or incomplete. Please send it again.")) from error
    names = {part.filename.lower() for part in parts}
    too_large = any(part.file_size > largest(part.filename.lower()) for part in parts)
    if len(parts) > MOST_PARTS or too_large or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableError(_("The file unpacks to far more than a table needs and is not taken."))
    if any("vbaproject" in name or "macrosheets" in name for name in names):
        raise UnreadableError(_("The file holds macros (.xlsm). Save it as .xlsx, which has none."))
    if "xl/workbook.xml" not in names:
        raise UnreadableError(_("This is no Excel workbook. Save the table as .xlsx or as CSV."))
    file.seek(0)


def parts_of(file, sheets):
    """The title in the workbook and the part of the archive of each of the ``sheets`` that is there, by name."""
    reader = ExcelReader(file, read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    found = {}
    for page, relation in reader.parser.find_sheets():
        found.setdefault(page.name.strip().casefold(), []).append((page.name, relation.target))
    for sheet in sheets:
        pages = found.get(sheet.name.casefold(), ())
        if not pages and not sheet.optional:
            raise UnreadableError(_("The sheet “%(name)s” is missing.") % {"name": sheet.name})
        if len(pages) > 1:
            raise UnreadableError(
                _("Several sheets are called “%(name)s”. Rename those not to be read.") % {"name": sheet.name}
            )
    return {sheet.name: found[name][0] for sheet in sheets if (name := sheet.name.casefold()) in found}


def without_empty_cells(file, names):
    """The workbook without the cells and rows that say nothing: to skip them is faster than to read them.

    ``names`` are those of the sheets that are read, by their part of the archive. Of the others nothing is left:
    they may hold anything.
    """
    slim = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(slim, "w") as target:
        for part in archive.infolist():
            if part.filename in names:
                content = filled(archive.read(part), names[part.filename])
            elif part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                content = NOTHING
            else:
                content = archive.read(part)
            target.writestr(part.filename, content)
    slim.seek(0)
    return slim


def filled(content, name):
    """The XML of the sheet called ``name`` without what says nothing. Refuses merged, too many or far cells."""
    if merged := MERGED.search(content):
        message = _(
            "Cells are merged in the sheet “%(name)s” (%(cells)s). Unmerge them: each row needs its own values."
        )
        raise UnreadableError(message % {"name": name, "cells": merged[1].decode("ascii", "replace")})
    content = EMPTY_ROWS.sub(unless_needed, EMPTY_CELLS.sub(unless_needed, content))
    if sum(1 for _cell in CELL.finditer(content)) > MOST_CELLS:
        words = {"name": name, "most": number_format(MOST_CELLS, force_grouping=True)}
        raise UnreadableError(
            _("The sheet “%(name)s” has more than %(most)s filled cells. Split it into several.") % words
        )
    if beyond := BEYOND.search(content):
        raise too_wide(f"{name}, {beyond[1].decode('ascii')}")
    return content


def too_wide(where):
    """The refusal of a table that says something far to the right, where nothing is read."""
    message = _("Something stands to the right of the first %(most)s columns (%(where)s). Delete it or move it.")
    return UnreadableError(message % {"most": MOST_COLUMNS, "where": where})


def unless_needed(run):
    """What is left of a run of empty cells or rows: nothing, unless it holds the place of what comes next."""
    return run[0] if run["safe"] is None else b""


def largest(name):
    """How large a part of a workbook may be, unpacked. The time its XML takes grows with it."""
    return LARGEST_OTHER if name.endswith((".xml", ".rels")) and not name.startswith(LARGE_PARTS) else LARGEST_PART


def grid(sheet):
    """The cells of a sheet as (text, trouble), row by row."""
    sheet.reset_dimensions()  # what the file says about its size may be wrong
    rows = numbered(sheet.iter_rows(max_col=MOST_COLUMNS))
    return without_empty_rows((line, [cell_text(cell) for cell in row]) for line, row in rows)


def without_empty_rows(rows):
    """The rows in which anything can be seen."""
    return [(line, row) for line, row in rows if any(trouble or visible(text) for text, trouble in row)]


def visible(text):
    """Whether anything of a text can be seen."""
    return bool(INVISIBLE.sub("", text).strip())


def numbered(rows):
    """Header and rows with their numbers. Empty ones count, for a file may hold millions of them."""
    found = list(enumerate(islice(rows, MOST_ROWS + 2), start=1))
    if len(found) > MOST_ROWS + 1:
        most = number_format(MOST_ROWS, force_grouping=True)
        raise UnreadableError(
            _("The table has more than %(most)s rows. Split it into several, or delete empty rows below it.")
            % {"most": most}
        )
    return found


def cell_text(cell):
    """The text of a cell, and what is wrong with it: a formula or an error of the spreadsheet."""
    value = cell.value
    if cell.data_type in {"f", "e"}:
        return "", "formula" if cell.data_type == "f" else "error"
    if value is None:
        return "", None
    text = ILLEGIBLE.sub("", unescape(as_shown(value)).replace("\r\n", "\n"))
    return text.replace("\r", "\n"), None


def as_shown(value):
    """The text of a value, as a German spreadsheet shows it."""
    match value:
        case bool():
            return "WAHR" if value else "FALSCH"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.15g}".replace(".", ",")
        case datetime.datetime():
            return f"{value:%d.%m.%Y}" if value.time() == datetime.time() else f"{value:%d.%m.%Y %H:%M}"
        case datetime.date():
            return f"{value:%d.%m.%Y}"
        case datetime.time():
            return f"{value:%H:%M}"
    return str(value)


def csv_rows(file, encoding):
    """The cells of a CSV file like :func:`grid`. Semicolon, comma or tab may stand between them."""
    text = decoded(file.read(), encoding)
    head = next((line for line in io.StringIO(text, newline=None) if line.strip(";,\t\n ")), "")
    delimiter = max(";\t,", key=head.count)  # commas last: one is part of the name of a column
    if told := re.match(r"sep=([;,\t])[^\S\r\n]*(?=[\r\n]|$)", text):  # a hint for Excel
        text, delimiter = text[told.end() :], told[1]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found = numbered(rows)
    except csv.Error as error:
        line = rows.line_num
        if "field limit" in str(error):
            message = _("A cell in line %(line)s is far too long. Perhaps a quotation mark is missing before it.")
            raise UnreadableError(message % {"line": line}) from error
        raise UnreadableError(
            _("The CSV file breaks off in line %(line)s: a quotation mark is missing or too many.")
            % {"line": line}
        ) from error
    if wide := next((line for line, row in found if any(map(visible, filter(None, row[MOST_COLUMNS:])))), None):
        raise too_wide(_("row %(line)s") % {"line": wide})
    return without_empty_rows((line, [csv_text(cell) for cell in row[:MOST_COLUMNS]]) for line, row in found)


def csv_text(cell):
    """The text of a cell of CSV, and whether it is a formula."""
    cell = ILLEGIBLE.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return ("", "formula") if refused_formula(cell) else (undefused(cell), None)


def decoded(data, encoding):
    """The text of a CSV file. Files in the encoding of Windows are named as such, as nobody can be sure of it."""
    marked = BYTE_ORDER_MARKS.get(data[:2])
    if b"\0" in data and not marked:
        raise UnreadableError(_("This is neither a workbook (.xlsx) nor a CSV file."))
    for each in [marked] if marked else dict.fromkeys(["utf-8-sig", encoding]):
        try:
            text = data.decode(each)
        except UnicodeDecodeError:
            continue
        if garbled := GARBLED.search(text):
            message = _("Umlauts are garbled in the file (“%(found)s”). Save the table anew as “CSV UTF-8”.")
            raise UnreadableError(message % {"found": garbled[0]})
        return text
    if marked or encoding == WINDOWS:
        raise UnreadableError(_("The file cannot be read as text. Save it as “CSV UTF-8”."))
    raise UnreadableError(
        _(
            "The file is not in UTF-8, but probably in Windows-1252, as Excel saves “CSV”. Choose "
            "“Windows-1252” below, or save it as “CSV UTF-8”."
        )
    )


def table(sheet, lines):
    """The rows of a sheet with their columns by name, and what is wrong with header and cells."""
    if not lines and sheet.optional:
        return [], []
    if not lines:
        return [], [Problem(sheet.name, None, "", _("The table is empty; not even the header is there."))]
    (head_line, head), *body = lines
    columns = [column_called(sheet, text) for text, _trouble in head]
    if not any(columns):
        names = ", ".join(column.name for column in sheet.columns[:3])
        message = _("The first row must hold the names of the columns (%(names)s …), as in the template.")
        return [], [Problem(sheet.name, head_line, "", message % {"names": names})]
    problems = [Problem(sheet.name, head_line, *trouble) for trouble in header_trouble(sheet, head)]
    unknown = {place for place, (text, _t) in enumerate(head) if text.strip() and not columns[place]}
    rows = []
    for line, cells in body:
        found = [(column, *cell) for column, cell in zip(columns, cells, strict=False) if column]
        problems += [
            Problem(sheet.name, line, column, TROUBLE[trouble]()) for column, _t, trouble in found if trouble
        ]
        beyond = [
            text
            for place, (text, _trouble) in enumerate(cells)
            if text.strip() and place not in unknown and not (place < len(columns) and columns[place])
        ]
        if beyond:
            message = _("“%(value)s” stands in no column.") % {"value": beyond[0][:50]}
            problems.append(Problem(sheet.name, line, "", message))
        rows.append(Row(line, dict.fromkeys(filter(None, columns), "") | {name: text for name, text, _t in found}))
    return rows, problems


TROUBLE = {
    "formula": lambda: _("Here stands a formula. Put in its result as a value."),
    "error": lambda: _("Here stands an error of the spreadsheet."),
}


def column_called(sheet, text):
    """The name of the column that a heading means, None if there is none."""
    wanted = " ".join(INVISIBLE.sub("", text).split()).casefold()
    for column in sheet.columns:
        if wanted in {name.casefold() for name in (column.name, *column.former)}:
            return column.name
    return None


def header_trouble(sheet, head):
    """What is wrong with the header: (column, message)."""
    given = [text.strip() for text, _trouble in head if text.strip()]
    called = [column_called(sheet, text) for text in given]
    for text, name in zip(given, called, strict=True):
        if name is None:
            yield (
                text[:50],
                _("The import does not know this column. Remove it, or take the name from the template."),
            )
    for name in dict.fromkeys(filter(None, called)):
        if called.count(name) > 1:
            yield name, _("This column is there twice.")
    for column in sheet.columns:
        if column.required and column.name not in called:
            yield column.name, _("This column is missing.")
