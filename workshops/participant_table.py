"""Participants as a table: import by those who administer, export in the same columns.

There is no draft of a person: what is confirmed is saved. A name comes in only with its consent.
"""

from dataclasses import dataclass

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from .changes import Group, field_changes
from .changes import Names as ShownNames
from .models import Participant, Sector, Workshop
from .numbers import check_no_gap, highest
from .participants import forget_traces
from .tables import Change, Importer, Problem, Report, Sheet, column_of
from .tables.cells import record_number
from .tables.kinds import Choice, Date, Many, Names, One, Text
from .tables.rules import Rules

SHEET = "Teilnehmende"
NUMBER = column_of(
    Participant, "number", "Nummer; sie bleibt für immer. Leer heißt: neu, mit der nächsten Nummer."
)
FIELDS = {
    name: column_of(Participant, name, meaning, kind=kind)
    for name, meaning, kind in (
        ("sector", "Branche; leer heißt: nicht bekannt.", One(Sector)),
        ("workshops", "Besuchte Workshops; mehrere getrennt durch |.", Many(Workshop)),
        ("organization", "Organisation, soweit bekannt.", Text()),
        ("name", "Nur mit Zustimmung.", Text()),
        ("consented_on", "Tag der Zustimmung, zum Beispiel 31.12.2026.", Date()),
        ("consent_scope", "Was neben dem Namen gezeigt werden darf.", Choice(Participant.Scope)),
        ("consent_proof", "Wo die Zustimmung aufbewahrt wird.", Text()),
    )
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
                [each.number, *(column.kind.cell(state(each)[key], names) for key, column in FIELDS.items())]
                for each in participants.order_by("number").prefetch_related("workshops")
            ]
        }


def run(tables, *, by, note="", write=False):
    """Say what the rows of ``tables`` would do and, to ``write``, do it: all, or nothing if there is a problem."""
    with override("de"):
        if not write:
            return Plan(tables).report
        with transaction.atomic():
            plan = Plan(tables, lock=True)
            if not plan.report.problems:
                bring_in(plan)
                log(plan, by)
            return plan.report


def bring_in(plan):
    """Do what was planned."""
    for each in plan.planned:
        participant = each.participant
        give(participant, each.values)
        participant.save()
        if each.values["workshops"] != each.base["workshops"]:
            participant.workshops.set(each.values["workshops"])
        if each.base["name"] and not each.values["name"]:
            forget_traces(participant)


def log(plan, by):
    """Write into the log of the desk, the only history of participants, that ``by`` has imported them."""
    for flag, is_new in ((ADDITION, True), (CHANGE, False)):
        people = [each.participant for each in plan.planned if (each.base is BLANK) == is_new]
        if by and people:
            LogEntry.objects.log_actions(by.pk, people, flag, _("Imported as a table."))


def give(participant, values):
    """Set the fields of a participant that lie in its own row."""
    for key in FIELDS.keys() - {"workshops"}:
        setattr(participant, Participant._meta.get_field(key).attname, values[key])


def in_order(row):
    """Rows go by their numbers, new ones without a number last: theirs are above all numbers of the table."""
    number = (row.get(NUMBER.name) or "").strip()
    return (not number, len(number), number)


@dataclass
class Planned:
    """A participant to save, with the values before and after."""

    participant: Participant
    base: dict
    values: dict


class Plan:
    """What a table would do: ``planned`` by participant, and the :class:`Report` of it."""

    def __init__(self, tables, *, lock=False):
        people = Participant.objects.select_for_update(no_key=True) if lock else Participant.objects
        self.known = {each.number: each for each in people.order_by("pk").prefetch_related("workshops")}
        self.highest = highest(Participant)
        self.names, self.shown, self.rules = Names(), ShownNames(), Rules()
        self.planned, self.report, self.seen = [], Report(), {}
        for row in sorted(tables.get(SHEET, ()), key=in_order):
            self.plan(row)
        for found in (self.report.changes, self.report.problems):
            found.sort(key=lambda each: each.line)
        self.report.numbers = sorted(each.participant.number for each in self.planned)
        if not self.report.changes and not self.report.problems:
            self.report.problems.append(Problem(SHEET, None, "", _("The table holds no entry.")))

    def plan(self, row):
        """Note what becomes of a row, or everything that is wrong with it."""
        wrong, number = {}, None
        try:
            number = self.number_of(row)
        except (ValueError, ValidationError) as error:
            wrong["number"] = getattr(error, "messages", [str(error)])
        participant = self.known.get(number) or Participant(number=number or self.highest + 1)
        base = state(participant) if participant.pk else BLANK
        values = base | self.values_of(row, base, participant, wrong)
        self.check(participant, values, wrong)
        for key, messages in wrong.items():
            column = NUMBER if key == "number" else FIELDS[key]
            self.report.problems.append(Problem(SHEET, row.line, column.name, " ".join(messages)))
        if not wrong:
            self.note_change(row, participant, base, values)

    def note_change(self, row, participant, base, values):
        """Note what becomes of a participant."""
        changes = field_changes(Participant, plain(base), plain(values), self.shown)
        action = "added" if not participant.pk else "changed" if changes else "unchanged"
        if action != "unchanged":
            self.planned.append(Planned(participant, base, values))
        if action == "added":
            self.highest = participant.number
        groups = [Group(changes=changes)] if changes else []
        self.report.changes.append(Change(SHEET, row.line, str(participant), action, groups))

    def number_of(self, row):
        """The number of a row; None for a new participant. Raises ValueError or ValidationError with a message."""
        number = record_number(row.get(NUMBER.name))
        if number is None:
            return None
        if number in self.seen:
            message = _("The same entry stands in row %(line)s already.")
            raise ValidationError(message % {"line": self.seen[number]})
        self.seen[number] = row.line
        if number in self.known:
            return number
        if number <= self.highest:
            message = _("The number %(number)s was in use and is not given again. Leave the cell empty.")
            raise ValidationError(message % {"number": number})
        check_no_gap(Participant, number, self.highest + 1)
        self.highest = number
        return number

    def values_of(self, row, base, participant, wrong):
        """The values of a row; cells that say what is saved already are left out, and so are missing columns."""
        found = {}
        for key, column in FIELDS.items():
            cell = row.get(column.name)
            if cell is None or (
                participant.pk and cell.strip() == column.kind.cell(base[key], self.names).strip()
            ):
                continue
            try:
                found[key] = column.kind.read(cell, self.names)
            except ValueError as error:
                wrong[key] = [str(error)]
        return found

    def check(self, participant, values, wrong):
        """Note in ``wrong`` what the rules have against the values."""
        record = Participant()
        give(record, values)
        found = self.rules.messages(record, {"number", *wrong})
        if "consented_on" not in {*found, *wrong}:
            try:
                record.check_consent()
            except ValidationError as error:
                found |= error.message_dict
        wrong |= found


def plain(values):
    """Values as they are compared: dates as text."""
    day = values["consented_on"]
    return values | {"consented_on": day.strftime("%d.%m.%Y") if day else ""}


PARTICIPANT_IMPORTER = Importer(
    key="participants",
    title=SHEET,
    sheets=[Sheet(SHEET, [NUMBER, *FIELDS.values()])],
    permissions=["workshops.add_participant", "workshops.change_participant"],
    run=run,
    rows=rows,
)
