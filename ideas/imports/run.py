"""The import of ideas: a dry run is the import itself, taken back at its end.

So what the dry run shows is what the import does, with every rule of the models and of the database asked.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from workshops.german import german_slug
from workshops.numbers import check_no_gap, highest, next_number
from workshops.tables import Change, Problem, Report, Row
from workshops.tables.cells import whole_number
from workshops.tables.kinds import Names

from .. import duplicates, revisions
from ..content import apply, same
from ..diff import compare
from ..models import Idea, PracticeExample, Revision
from .columns import EXAMPLE, IDEA, MARK, NUMBER, TITLE_OF_IDEA
from .export import EXAMPLES, IDEAS, mark, with_working_copy, working_copy

MOST_WARNINGS = 100  # of possible duplicates, the most alike
BLANK_IDEA = dict.fromkeys(IDEA, "") | {
    "workshop": None, "documented_as": None, "topics": [], "actors": [], "city_sizes": [], "origin": "redaktion",
    "examples": [],
}  # fmt: skip
BLANK_EXAMPLE = dict.fromkeys(EXAMPLE, "") | {
    "id": None, "year": None, "source": None, "municipalities": [], "evidence": "quelle",
}  # fmt: skip


@dataclass
class Draft:
    """What the table says about one entry: its row (None where only examples are given) and its examples."""

    row: Row | None
    sheet: str
    line: int
    idea: Idea | None
    number: int | None = None
    base: dict = field(default_factory=dict)
    examples: list[Row] = field(default_factory=list)


def run(tables, *, by, note="", write=False):
    """Import the rows of ``tables``. Nothing is written if there is a problem, or unless ``write``."""
    with override("de"), transaction.atomic():
        work = Import(tables, by, note)
        work.all()
        if work.report.problems or not write:
            transaction.set_rollback(True)
        return work.report


class Import:
    """One run through the tables."""

    def __init__(self, tables, by, note):
        self.tables, self.by, self.note = tables, by, note
        self.names, self.report = Names(), Report()
        self.highest = highest(Idea)
        self.ideas = {idea.number: idea for idea in with_working_copy(Idea.objects.all())}
        self.lines = {}  # key of each new entry → its line
        self.by_slug = {idea.slug: idea for idea in self.ideas.values()}

    def problem(self, sheet, line, column, message):
        """Note why the table cannot be imported."""
        self.report.problems.append(Problem(sheet, line, column, str(message)))

    def all(self):
        """Every row, and what it does."""
        drafts = self.drafts()
        self.sort_examples(drafts)
        # In the order of the numbers, new ones without a number last: each number is above all before it.
        drafts.sort(key=lambda draft: (draft.number is None and draft.idea is None, draft.number or 0))
        for draft in drafts:
            before = len(self.report.problems)
            content = self.content(draft)
            if len(self.report.problems) == before:
                self.bring_in(draft, content)
        Idea.objects.filter(pk__in=self.lines).index()
        self.warn_of_duplicates()
        for found in (self.report.changes, self.report.problems):
            found.sort(key=lambda each: (each.sheet != IDEAS, each.line or 0))
        if not drafts and not self.report.problems:
            self.problem(IDEAS, None, "", _("The table holds no entry."))

    def warn_of_duplicates(self):
        """Note which new entries look very much like another, of the table or not: two queries for all of them."""
        for pair in duplicates.in_words(list(duplicates.pairs(of=list(self.lines))[:MOST_WARNINGS])):
            new, other = (pair.other, pair.one) if pair.other.pk in self.lines else (pair.one, pair.other)
            name = str(other)
            if line := self.lines.get(other.pk):
                name = _("“%(title)s” in row %(line)s") % {"title": other.title, "line": line}
            message = _("%(title)s: very similar to %(other)s (%(percent)s %%). Is it a duplicate?")
            message %= {"title": new.title, "other": name, "percent": round(100 * pair.score)}
            self.report.warnings.append(Problem(IDEAS, self.lines[new.pk], "Titel", message))

    def drafts(self):
        """The entries the sheet of ideas speaks of, each once."""
        drafts, seen = [], {}
        for row in self.tables.get(IDEAS, ()):
            draft = self.draft(row)
            if draft is None:
                continue
            key = draft.number or short_name(row)
            if key in seen:
                message = _("The same entry stands in row %(line)s already.") % {"line": seen[key]}
                self.problem(IDEAS, row.line, NUMBER if draft.number else "Titel", message)
                continue
            seen[key] = row.line
            drafts.append(draft)
        return drafts

    def draft(self, row):
        """What a row is about; None where its number does not fit."""
        try:
            number = whole_number((row.get(NUMBER) or "").strip())
        except ValueError as error:
            return self.problem(IDEAS, row.line, NUMBER, error)
        if number is None:
            return self.without_number(row)
        idea = self.ideas.get(number)
        if idea is None and number <= self.highest:
            message = _("The number %(number)s was in use and is not given again. Leave the cell empty.")
            return self.problem(IDEAS, row.line, NUMBER, message % {"number": number})
        return Draft(row, IDEAS, row.line, idea, number, working_copy(idea) if idea else BLANK_IDEA)

    def without_number(self, row):
        """A new entry – unless there is one with this short name: from an earlier run of the same table."""
        if twin := self.by_slug.get(short_name(row)):
            return Draft(row, IDEAS, row.line, twin, None, working_copy(twin))
        return Draft(row, IDEAS, row.line, None, None, BLANK_IDEA)

    def sort_examples(self, drafts):
        """Give each example to its entry; entries only the examples speak of are added."""
        by_number = {draft.idea.number if draft.idea else draft.number: draft for draft in drafts}
        by_title = {(draft.row.get("Titel") or "").strip().casefold(): draft for draft in drafts}
        for row in self.tables.get(EXAMPLES, ()):
            try:
                number = whole_number((row.get(NUMBER) or "").strip())
            except ValueError as error:
                self.problem(EXAMPLES, row.line, NUMBER, error)
                continue
            title = (row.get(TITLE_OF_IDEA) or "").strip()
            draft = by_number.get(number) if number else by_title.get(title.casefold()) if title else None
            if draft is None and number in self.ideas:
                idea = self.ideas[number]
                draft = by_number[number] = Draft(None, EXAMPLES, row.line, idea, number, working_copy(idea))
                drafts.append(draft)
            if draft is None:
                column = NUMBER if number else TITLE_OF_IDEA
                self.problem(
                    EXAMPLES, row.line, column, _("There is no such entry, neither here nor in the table.")
                )
            else:
                draft.examples.append(row)

    def content(self, draft):
        """The content of the entry as the table wants it. What it does not mention stays."""
        base = draft.base
        content = base | (self.values(IDEAS, draft.row, IDEA, base, draft.idea is None) if draft.row else {})
        if draft.row:
            self.check(IDEAS, draft.line, Idea, content)
        content["slug"] = content["slug"] or base["slug"] or from_title(content["title"])
        if draft.examples:
            content["examples"] = self.examples(draft)
        return content

    def values(self, sheet, row, fields, base, new):
        """The values of a row. A cell that says what the entry says already leaves it untouched, to the letter."""
        found = {}
        for key, (column, _meaning, kind) in fields.items():
            cell = row.get(column)
            if cell is None or (not new and cell.strip() == kind.cell(base[key], self.names).strip()):
                continue
            try:
                found[key] = kind.read(cell, self.names)
            except ValueError as error:
                self.problem(sheet, row.line, column, error)
            except ValidationError as error:
                self.problem(sheet, row.line, column, " ".join(error.messages))
        return found

    def examples(self, draft):
        """The examples of an entry in the order of the table; one with the same place and project is the same."""
        known = {(each["place"], each["name"]): each for each in draft.base["examples"]}
        seen, found = {}, []
        for row in draft.examples:
            key = ((row.get("Ort") or "").strip(), (row.get("Projekt") or "").strip())
            if key in seen:
                message = _("This example of the entry stands in row %(line)s already.") % {"line": seen[key]}
                self.problem(EXAMPLES, row.line, "Projekt", message)
            seen[key] = row.line
            base = known.get(key)
            values = (base or BLANK_EXAMPLE) | self.values(EXAMPLES, row, EXAMPLE, base or BLANK_EXAMPLE, not base)
            self.check(EXAMPLES, row.line, PracticeExample, values)
            found.append(values)
        return found

    def check(self, sheet, line, model, values):
        """Note what the model has against ``values``, by column."""
        fields = IDEA if model is Idea else EXAMPLE
        faulty = {each.column for each in self.report.problems if (each.sheet, each.line) == (sheet, line)}
        several = {each.name for each in model._meta.many_to_many}
        record = model(**{model._meta.get_field(key).attname: values[key] for key in fields if key not in several})
        # What depends on other records – numbers, unique names, constraints – is asked when it is written.
        left_out = {"number", "idea", "position"} if values.get("slug") else {"number", "idea", "position", "slug"}
        try:
            record.clean_fields(exclude=left_out)
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                column = fields[key][0] if key in fields else ""
                if column not in faulty:
                    self.problem(sheet, line, column, " ".join(messages))

    def bring_in(self, draft, content):
        """Write the entry as an editor would, and note what became of it."""
        if draft.idea and same(content, draft.base):
            self.note_change(draft, "unchanged", draft.idea.number, content)
            return
        if draft.idea and not self.may_change(draft):
            return
        try:
            with transaction.atomic():
                number, action = self.write(draft, content)
        except ValidationError as error:
            self.problem(draft.sheet, draft.line, *where(error))
            return
        self.note_change(draft, action, number, content)

    def may_change(self, draft):
        """Whether the row really means this entry as it is now."""
        given = (draft.row.get(MARK) or "").strip() if draft.row else ""
        if given and given != mark(draft.base):
            message = _("Somebody has changed the entry since the export. Export it once more and change that.")
            self.problem(IDEAS, draft.line, MARK, message)
        elif draft.row and draft.number is None:
            message = _(
                "There is an entry with this short name: number %(number)s. To change it, give its number."
            )
            self.problem(IDEAS, draft.line, NUMBER, message % {"number": draft.idea.number})
        else:
            return True
        return False

    def write(self, draft, content):
        """Make a new draft, change one, or save a pending revision of what is public."""
        if draft.idea:
            ask_the_rules(draft.idea, content)
            revisions.change(draft.idea, content, by=self.by, note=self.note, aside=True)
            live = draft.idea.status == Idea.Status.PUBLISHED
            return draft.idea.number, "aside" if live else "changed"
        revisions.need(self.by, "ideas.add_idea")
        own = {Idea._meta.get_field(key).attname: content[key] for key in IDEA}
        several = {each.name for each in Idea._meta.many_to_many}
        idea = Idea(
            number=draft.number or next_number(Idea), **{key: own[key] for key in own if key not in several}
        )
        check_no_gap(Idea, idea.number)
        idea.full_clean()
        idea.save()
        self.lines[idea.pk] = draft.line
        apply(idea, content)
        revisions.keep(idea, Revision.Event.CREATED, self.by, self.note)  # indexed with all others at the end
        return idea.number, "created"

    def note_change(self, draft, action, number, content):
        """Note what became of an entry, with the differences."""
        blank = BLANK_IDEA if draft.idea is None else draft.base
        groups = [] if action == "unchanged" else compare(blank, content)
        self.report.changes.append(
            Change(draft.sheet, draft.line, f"{number:03} {content['title']}", action, groups)
        )


def from_title(title):
    """The short name that a title leads to."""
    return german_slug(title)[: Idea._meta.get_field("slug").max_length].strip("-")


def short_name(row):
    """The short name of a row, its own or that of its title."""
    return (row.get("Kurzname") or "").strip() or from_title(row.get("Titel") or "")


def ask_the_rules(idea, content):
    """Raise ValidationError if the entry cannot be as ``content`` says; saving a revision would not notice."""
    with transaction.atomic():
        apply(Idea.objects.get(pk=idea.pk), content)
        transaction.set_rollback(True)


def where(error):
    """The column and the message of what was refused on writing."""
    if hasattr(error, "error_dict"):
        for key, messages in error.message_dict.items():
            column = NUMBER if key == "number" else IDEA[key][0] if key in IDEA else ""
            return column, " ".join(messages)
    return "", " ".join(error.messages)
