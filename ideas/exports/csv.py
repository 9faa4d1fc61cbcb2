"""CSV as spreadsheets in Germany open it: UTF-8 with a byte order mark, semicolons, one entry a line."""

import csv

from .fields import columns, rows

# A cell that begins like a formula would be computed, also behind white space (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


class Line:
    """A file that hands back what is written to it, so that each row can be sent at once."""

    def write(self, text):
        return text


def render(ideas, *, selection, address):
    """The entries line by line; the first line names the columns."""
    fields = columns(selection)
    write = csv.writer(Line(), delimiter=";").writerow
    yield (BYTE_ORDER_MARK + write([field.column for field in fields])).encode()
    for row in rows(ideas, fields, address):
        yield write([defused(field.cell(value)) for field, value in zip(fields, row, strict=True)]).encode()


def defused(value):
    """``value`` as a text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    text = str(value).replace("\0", "")
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
