"""How values stand in the cells of a table, and back.

Several values share a cell, separated by ``|``; within a value ``|`` and a backslash have a backslash before them.
"""

import re

from django.utils.translation import gettext as _

SEPARATOR = " | "
# What XML 1.0 knows no way to write (https://www.w3.org/TR/xml/#charsets), and the longest text of a cell in Excel
ILLEGIBLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST = 32_767
MOST_DIGITS = 9
# A cell of a CSV file that begins like a formula would be computed (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def escaped(text):
    """A text for XLSX, where ``_x000D_`` stands for the character of this number."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def one_line(cell):
    """The text of a cell in one line: a break, or several blanks, are one blank."""
    return " ".join((cell or "").split())


def text_cell(value):
    """A value as the text of a cell, as every spreadsheet can hold it."""
    return ILLEGIBLE.sub("", "" if value is None else str(value))[:LONGEST]


def join(values):
    """Several texts in one cell."""
    return text_cell(SEPARATOR.join(re.sub(r"([\\|])", r"\\\1", value) for value in values))


def split(cell):
    """The texts of a cell, without empty ones."""
    parts = re.findall(r"((?:\\.|[^\\|])*\\?)(?:\||$)", cell, re.DOTALL)
    return [text for part in parts if (text := re.sub(r"\\([\\|])", r"\1", part).strip())]


def defused(cell):
    """A cell for CSV: what begins like a formula, or with an apostrophe, gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(("'", *FORMULA)) or cell.lstrip().startswith(FORMULA) else cell


def refused_formula(cell):
    """Whether a cell of a CSV file is a formula that was not defused."""
    return cell.startswith("=")


def undefused(cell):
    """A cell of CSV as it was before :func:`defused`."""
    inner = cell[1:]
    defused_before = cell.startswith("'") and defused(inner) == cell
    return inner if defused_before else cell


def whole_number(cell):
    """A whole number, None where the cell is empty. Raises ValueError with a message for anything else."""
    if not cell:
        return None
    if not (found := re.fullmatch(r"'?0*([0-9]+)(?:[.,]0{1,2})?", cell)):
        raise ValueError(_("“%(value)s” is no whole number.") % {"value": cell[:50]})
    if len(found[1]) > MOST_DIGITS:
        raise ValueError(_("“%(value)s” is too large a number.") % {"value": cell[:50]})
    return int(found[1])


def record_number(cell):
    """As :func:`whole_number`, for the number of a record: they begin at 1."""
    number = whole_number((cell or "").strip())
    if number == 0:
        raise ValueError(_("The numbers begin at 1. Leave the cell empty for a new entry."))
    return number
