"""XLSX: numbers as numbers, dates as dates, and a second sheet that explains columns and selection."""

from tempfile import TemporaryFile

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ..citation import PUBLICATION, german_date
from .fields import columns, rows
from .legible import legible

WIDTHS = {"integer": 9, "date": 13, "term": 18, "terms": 28, "lines": 45, "examples": 60, "address": 34}
TEXT_WIDTHS = {"slug": 24, "title": 40, "summary": 50, "problem": 50, "approach": 60, "note": 40}
DATE = "DD.MM.YYYY"
BOLD = Font(bold=True)
LARGE = Font(bold=True, size=14)
SHADE = PatternFill("solid", fgColor="E8E6DE")
TOP = Alignment(vertical="top", wrap_text=True)


def render(ideas, *, selection, address):
    """The workbook as an open temporary file. It is written row by row and never held in memory."""
    book = Workbook(write_only=True)
    book.properties.title = selection.title
    book.properties.creator = PUBLICATION
    book.properties.language = "de-DE"
    fields = columns(selection)
    fill(book.create_sheet(_("Ideas")), ideas, fields, selection.count, address)
    explain(book.create_sheet(_("Explanation")), fields, selection)
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def fill(sheet, ideas, fields, count, address):
    """The sheet of the entries, with its header fixed and a filter on every column."""
    sheet.freeze_panes = "D2"
    for index, field in enumerate(fields, start=1):
        width = TEXT_WIDTHS.get(field.key, WIDTHS.get(field.kind, 20))
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([cell(sheet, field.column, font=BOLD, fill=SHADE) for field in fields])
    for row in rows(ideas, fields, address):
        sheet.append([typed(sheet, field, value) for field, value in zip(fields, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{count + 1}"


def typed(sheet, field, value):
    """The cell of a value: a number, a date, a link or a text."""
    made = cell(sheet, field.cell(value))
    if field.kind == "date":
        made.number_format = DATE
    return made


def cell(sheet, value, font=None, fill=None):
    """A cell with ``value``. A text stays a text, even if it begins like a formula."""
    text = isinstance(value, str)
    made = WriteOnlyCell(sheet, value=legible(value) if text else value)
    if text:
        made.data_type = "s"
    made.alignment = TOP
    if font:
        made.font = font
    if fill:
        made.fill = fill
    return made


def explain(sheet, fields, selection):
    """The sheet that says what was chosen, how current it is, and what each column means."""
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 28
    sheet.column_dimensions["C"].width = 90
    date = german_date(selection.version_date) if selection.version_date else "–"
    filters = [(label, ", ".join(values)) for label, values in selection.filter] or [(_("Filter"), _("none"))]
    about = [
        *filters,
        (_("Number of ideas"), selection.count),
        (_("Latest version"), date),
        (_("Made on"), german_date(localtime(selection.generated).date())),
        (_("Address"), selection.address),
        (_("Licence"), selection.licence),
    ]
    sheet.append([cell(sheet, f"{PUBLICATION}: {selection.title}", LARGE)])
    sheet.append([])
    for label, value in about:
        sheet.append([cell(sheet, label, BOLD), cell(sheet, value)])
    sheet.append([])
    headers = [_("Column"), _("Name in JSON"), _("Meaning")]
    sheet.append([cell(sheet, header, BOLD, SHADE) for header in headers])
    for field in fields:
        sheet.append([cell(sheet, field.column), cell(sheet, field.key), cell(sheet, field.description)])
