"""Participants as a table: import by those who administer, export in the same columns.

There is no draft of a person: what is confirmed is saved. A name comes in only with its consent.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from .changes import Group, field_changes
from .changes import Names as ShownNames
from .models import Participant, Sector, Workshop
from .numbers import check_no_gap, highest, next_number
from .participants import forget_traces
from .tables import Change, Column, Importer, Problem, Report, Sheet
from .tables.cells import whole_number
from .tables.kinds import Choice, Date, Many, Names, One, Text

SHEET, NUMBER = "Teilnehmende", "Nummer"
FIELDS = {
    "sector": ("Branche", "Branche; leer heißt: nicht bekannt.", One(Sector)),
    "workshops": ("Workshops", "Besuchte Workshops; mehrere getrennt durch |.", Many(Workshop)),
    "organization": ("Organisation", "Organisation, soweit bekannt.", Text()),
    "name": ("Name", "Nur mit Zustimmung.", Text()),
    "consented_on": ("Zustimmung vom", "Tag der Zustimmung, zum Beispiel 31.12.2026.", Date()),
    "consent_scope": (
        "Umfang der Zustimmung",
        "Was neben dem Namen gezeigt werden darf.",
        Choice(Participant.Scope),
    ),
    "consent_proof": ("Nachweis der Zustimmung", "Wo die Zustimmung aufbewahrt wird.", Text()),
}
BLANK = dict.fromkeys(FIELDS, "") | {"sector": None, "workshops": [], "consented_on": None}


def state(participant):
    """The values of a participant, relations as primary keys."""
    values = {key: getattr(participant, Participant._meta.get_field(key).attname, None) for key in FIELDS}
    return values | {"workshops": sorted(workshop.pk for workshop in participant.workshops.all())}


def rows(participants):
    """The cells of ``participants``."""
    names = Names()
    with override("de"):
        return {
            SHEET: [
                [each.number, *(kind.cell(state(each)[key], names) for key, (_n, _m, kind) in FIELDS.items())]
                for each in participants.order_by("number").prefetch_related("workshops")
            ]
        }


def run(tables, *, by, note="", write=False):
    """Import the rows of ``tables``. Nothing is written if there is a problem, or unless ``write``."""
    with override("de"), transaction.atomic():
        work = Import()
        for row in sorted(tables.get(SHEET, ()), key=in_order):
            work.attempt(row)
        report = work.report
        if not report.changes and not report.problems:
            report.problems.append(Problem(SHEET, None, "", _("The table holds no entry.")))
        for found in (report.changes, report.problems):
            found.sort(key=lambda each: each.line or 0)
        if report.problems or not write:
            transaction.set_rollback(True)
    return report


def in_order(row):
    """Rows go by their numbers, new ones without a number last: theirs are above all numbers of the table."""
    number = (row.get(NUMBER) or "").strip()
    return (not number, len(number), number)


class Import:
    """One run through the table."""

    def __init__(self):
        self.known = {each.number: each for each in Participant.objects.prefetch_related("workshops")}
        self.highest = highest(Participant)
        self.names, self.shown, self.report, self.seen = Names(), ShownNames(), Report(), {}

    def attempt(self, row):
        """Bring a row in, or note what is wrong with it by column."""
        try:
            with transaction.atomic():
                self.bring_in(row)
        except ValidationError as error:
            for key, messages in columns_of(error).items():
                self.report.problems.append(Problem(SHEET, row.line, key, " ".join(messages)))

    def bring_in(self, row):
        """Save what a row says, and note what that changes. Raises ValidationError by field."""
        number = self.number_of(row)
        participant = self.known.get(number) or Participant(number=number or next_number(Participant))
        base = state(participant) if participant.pk else BLANK
        values = base | self.values_of(row, base, participant)
        check_no_gap(Participant, number)
        groups = field_changes(Participant, plain(base), plain(values), self.shown)
        action = "added" if not participant.pk else "changed" if groups else "unchanged"
        if action != "unchanged":
            save(participant, values)
            if base["name"] and not values["name"]:
                forget_traces(participant)
        groups = [Group(changes=groups)] if groups else []
        self.report.changes.append(Change(SHEET, row.line, str(participant), action, groups))

    def number_of(self, row):
        """The number of a row; None for a new participant."""
        try:
            number = whole_number((row.get(NUMBER) or "").strip())
        except ValueError as error:
            raise ValidationError({"number": str(error)}) from None
        if number in self.seen:
            words = {"line": self.seen[number]}
            raise ValidationError({"number": _("The same entry stands in row %(line)s already.") % words})
        if number is not None:
            self.seen[number] = row.line
            if number not in self.known and number <= self.highest:
                message = _("The number %(number)s was in use and is not given again. Leave the cell empty.")
                raise ValidationError({"number": message % {"number": number}})
        return number

    def values_of(self, row, base, participant):
        """The values of a row; cells that say what is saved already are left out, and so are missing columns."""
        found, wrong = {}, {}
        for key, (column, _meaning, kind) in FIELDS.items():
            cell = row.get(column)
            if cell is None or (participant.pk and cell.strip() == kind.cell(base[key], self.names).strip()):
                continue
            try:
                found[key] = kind.read(cell, self.names)
            except ValueError as error:
                wrong[key] = str(error)
        if wrong:
            raise ValidationError(wrong)
        return found


def save(participant, values):
    """Give a participant these values."""
    for key, value in values.items():
        if key != "workshops":
            setattr(participant, Participant._meta.get_field(key).attname, value)
    participant.full_clean()
    participant.save()
    participant.workshops.set(values["workshops"])


def plain(values):
    """Values as they are compared: dates as text."""
    day = values["consented_on"]
    return values | {"consented_on": day.strftime("%d.%m.%Y") if day else ""}


def columns_of(error):
    """The messages of an error by column."""
    found = {}
    for key, messages in error.message_dict.items():
        column = NUMBER if key == "number" else FIELDS[key][0] if key in FIELDS else ""
        found.setdefault(column, []).extend(messages)
    return found


PARTICIPANT_IMPORTER = Importer(
    key="participants",
    title=SHEET,
    sheets=[
        Sheet(
            SHEET,
            [
                Column(NUMBER, "Nummer; sie bleibt für immer. Leer heißt: neu, mit der nächsten Nummer."),
                *(Column(name, meaning) for name, meaning, _kind in FIELDS.values()),
            ],
        )
    ],
    permissions=["workshops.add_participant", "workshops.change_participant"],
    run=run,
    rows=rows,
)
