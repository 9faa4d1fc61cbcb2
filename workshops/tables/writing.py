"""Tables as XLSX and CSV, in the columns that are read back."""

import csv
import io
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .cells import defused, escaped, text_cell
from .kinds import Names
from .reading import MOST_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
BOLD, SHADE = Font(bold=True), PatternFill("solid", fgColor="E8E6DE")
TOP = Alignment(vertical="top", wrap_text=True)
WIDTH = 28


def workbook(sheets, rows):
    """All sheets with their rows as XLSX, and two that explain the columns and list what they may hold."""
    book, values = Workbook(write_only=True), permitted(sheets)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "C2"
        for index, column in enumerate(sheet.columns, 1):
            page.column_dimensions[get_column_letter(index)].width = WIDTH
            if column in values and column.kind.single:
                page.data_validations.append(offer(index, list(values).index(column) + 1, len(values[column])))
        page.append([cell(page, column.name, BOLD) for column in sheet.columns])
        for row in rows.get(sheet.name, ()):
            page.append([cell(page, value) for value in row])
    explain(book.create_sheet(_("Explanation")), sheets)
    enumerate_values(book.create_sheet(_("Permitted values")), values)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def permitted(sheets):
    """What the cells of a column may hold, in German like all tables; only columns where that is laid down."""
    names = Names()
    with override("de"):
        found = {
            column: column.kind.permitted(names) for sheet in sheets for column in sheet.columns if column.kind
        }
    return {column: values for column, values in found.items() if values}


def offer(index, place, count):
    """A list to choose from for the cells of a column: the values in column ``place`` of the permitted ones."""
    letter, values = get_column_letter(index), get_column_letter(place)
    title = _("Permitted values")
    return DataValidation(
        "list",
        formula1=f"'{title}'!${values}$2:${values}${count + 1}",
        sqref=f"{letter}2:{letter}{MOST_ROWS + 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        error=_("This is none of the permitted values."),
    )


def enumerate_values(page, values):
    """The permitted values, one column of them for each column that has any."""
    for index in range(1, len(values) + 1):
        page.column_dimensions[get_column_letter(index)].width = WIDTH
    page.append([cell(page, column.name, BOLD) for column in values])
    for row in zip_longest(*values.values(), fillvalue=""):
        page.append([cell(page, value) for value in row])


def explain(page, sheets):
    """What each column means."""
    for letter, width in zip("ABC", (16, 28, 100), strict=True):
        page.column_dimensions[letter].width = width
    page.append([cell(page, name, BOLD) for name in (_("Sheet"), _("Column"), _("Meaning"))])
    for sheet in sheets:
        for column in sheet.columns:
            page.append([cell(page, value) for value in (sheet.name, column.name, column.description)])


def cell(page, value, font=None):
    """A cell: a whole number as such, anything else as a text, even if it begins like a formula."""
    made = WriteOnlyCell(page, value=value if isinstance(value, int) else escaped(text_cell(value)))
    if not isinstance(value, int):
        made.data_type = "s"
    made.alignment = TOP
    if font:
        made.font, made.fill = font, SHADE
    return made


def comma_separated(sheet, rows):
    """One sheet as CSV: UTF-8 with a byte order mark and semicolons, as spreadsheets in Germany open it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([column.name for column in sheet.columns])
    for row in rows:
        writer.writerow([defused(text_cell(value)) for value in row])
    return file.getvalue().encode("utf-8-sig")
