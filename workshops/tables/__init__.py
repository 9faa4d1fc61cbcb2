"""Tables that editors fill in with a spreadsheet: read, checked line by line, and written in the same columns.

``reading`` makes rows of an XLSX or CSV file, ``writing`` files of rows, ``cells`` says how a value stands in a
cell. What a table means is said by its importer, see :class:`Importer`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import override


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, and whether a table cannot do without it.

    ``kind`` is how its values stand in cells, see :mod:`.kinds`; ``former`` are names it had in older tables.
    """

    name: str
    description: str
    required: bool = False
    kind: object = None
    former: tuple[str, ...] = ()


def column_of(model, name, *words, **values):
    """The column of a field. It is called what the form calls the field, in German on every page."""
    with override("de"):
        return Column(capfirst(str(model._meta.get_field(name).verbose_name)), *words, **values)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a CSV file of its own. Where it is ``optional`` the others may come alone."""

    name: str
    columns: list[Column]
    optional: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a sheet: its number as the spreadsheet shows it, and its cells by column, all of them texts."""

    line: int
    cells: dict[str, str]

    def get(self, column):
        """The text of a cell, None where the table has no such column."""
        return self.cells.get(column)


@dataclass(frozen=True)
class Problem:
    """Why a table cannot be imported as it is, or should perhaps not be: where, and what to do."""

    sheet: str
    line: int | None
    column: str
    message: str


@dataclass(frozen=True)
class Change:
    """What an import does with one record: ``action`` is created, changed, aside or unchanged.

    ``groups`` are the differences as :mod:`workshops.changes` shows them.
    """

    sheet: str
    line: int
    name: str
    action: str
    groups: list = field(default_factory=list)


@dataclass
class Report:
    """What came, or would come, of an import. With problems nothing was written; warnings are to be looked at.

    ``numbers`` are those of the records it writes.
    """

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, changes=(), problems=(), warnings=(), numbers=()):
        """A report of its :meth:`plain` values; the groups of its changes stay such."""
        return cls(
            [Change(**each) for each in changes],
            [Problem(**each) for each in problems],
            [Problem(**each) for each in warnings],
            list(numbers),
        )

    def text(self):
        """The report as JSON. Dataclasses are read as they are: ``asdict`` would copy every word of it."""
        return json.dumps(self, default=vars, sort_keys=True)

    def plain(self):
        """The report as plain values."""
        return json.loads(self.text())

    def count(self, action):
        """How many records an action is for."""
        return sum(change.action == action for change in self.changes)

    def writes(self):
        """Whether there is anything to write."""
        return any(change.action != "unchanged" for change in self.changes)


@dataclass(frozen=True)
class Importer:
    """What can be imported: its ``sheets``, who may, and how.

    ``run(tables, by=user, note=…, write=…)`` gives a :class:`Report`; ``tables`` are rows by name of sheet, and
    nothing is written unless ``write``. ``rows(queryset)`` gives the cells of records, lists by name of the sheet.
    """

    key: str
    title: str
    sheets: list[Sheet]
    permissions: list[str]
    run: Callable
    rows: Callable
