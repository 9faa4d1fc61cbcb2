"""What a row of a table says about the entry it means."""

from django.utils.translation import gettext as _

from workshops.tables.cells import one_line, record_number

from ..models import Idea
from .columns import IDEA, NUMBER, TITLE_OF_IDEA


def number_of(row):
    """The number a row gives, None where there is none or a wrong one."""
    try:
        return record_number(row.get(NUMBER.name))
    except ValueError:
        return None


def without_entry(number, title, fitting):
    """Why an example that gives this number or title belongs to no entry: the column, and a sentence.

    ``fitting`` are the entries of the table with the title.
    """
    if number:
        return NUMBER, _("There is no such entry, neither here nor in the table.")
    if fitting:
        message = _(
            "Several rows of the ideas have this title. Give them numbers, and here the one that is meant."
        )
    elif title:
        message = _("No row of the ideas has this title. An entry that is not in the table needs its number.")
    else:
        message = _("Give the number of the idea, or its title if it is new.")
    return TITLE_OF_IDEA, message


def titled(row, column):
    """A title a row names, as it is compared with others."""
    return one_line(row.get(column.name)).casefold()


def short_name(row):
    """The short name of a row, its own or that of its title."""
    return (row.get(IDEA["slug"].name) or "").strip() or Idea.slug_of(row.get(IDEA["title"].name) or "")
