"""The import of ideas: a look at the tables says what they would do and writes nothing; the import looks again.

So what is done is what was shown, or what has come in its way is shown in its place.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _
from django.utils.translation import override

from workshops.changes import Names as ShownNames
from workshops.models import Source
from workshops.numbers import check_no_gap, highest
from workshops.tables import Change, Problem, Report, Row
from workshops.tables.cells import one_line, record_number
from workshops.tables.kinds import Names
from workshops.tables.rules import Rules

from .. import revisions
from ..content import same
from ..diff import compare, names_in
from ..models import Idea, PracticeExample, Revision
from .alike import warnings
from .columns import EXAMPLE, EXAMPLES, IDEA, IDEAS, MARK, NUMBER, TITLE_OF_IDEA
from .entry_of_row import number_of, short_name, titled, without_entry
from .export import mark, with_working_copy, working_copy

UNIQUE = ("slug", "documented_as")
BLANK_IDEA = dict.fromkeys(IDEA, "") | {
    "workshop": None, "documented_as": None, "topics": [], "actors": [], "city_sizes": [], "origin": "redaktion",
    "examples": [],
}  # fmt: skip
BLANK_EXAMPLE = dict.fromkeys(EXAMPLE, "") | {
    "id": None, "year": None, "source": None, "municipalities": [], "evidence": "quelle",
}  # fmt: skip


@dataclass
class Draft:
    """What the table says about one entry: its row (None where only examples are given) and its examples.

    ``number`` is the one the row gives, ``stray`` says that it fits no entry.
    """

    row: Row | None
    sheet: str
    line: int
    idea: Idea | None
    number: int | None = None
    base: dict = field(default_factory=dict)
    stray: bool = False
    examples: list[Row] = field(default_factory=list)


@dataclass
class Planned:
    """An entry as the table wants it, and what that does to it."""

    draft: Draft
    number: int
    content: dict
    action: str


def run(tables, *, by, note="", write=False):
    """Say what the rows of ``tables`` would do and, to ``write``, do it: all, or nothing if there is a problem."""
    with override("de"):
        if not write:
            return Plan(tables).report
        with transaction.atomic():
            plan = Plan(tables, lock=True)
            if not plan.report.problems:
                bring_in(plan, by, note)
            return plan.report


def bring_in(plan, by, note):
    """Do what was planned."""
    keys = plan.names.save_new(by)
    created, changed = [], []
    for each in plan.planned:
        for example in each.content["examples"]:
            example["source"] = keys.get(example["source"], example["source"])
        if each.action == "created":
            created.append((Idea(number=each.number), each.content))
        elif each.action != "unchanged":
            changed.append((each.draft.idea, each.content))
    revisions.bring_in(created, changed, by=by, note=note)


class Plan:
    """What tables would do: ``planned`` by entry, and the :class:`Report` of it. The entries may be locked.

    ``taken`` are values only one entry may have, by field, each with its entry; ``claimed`` those the rows want,
    each with its line. ``faulty`` are the columns something is wrong with, by sheet and line;
    ``former`` the slugs that entries had whose slug follows their title, each after its entry.
    """

    def __init__(self, tables, *, lock=False):
        self.tables, self.planned, self.claimed = tables, [], {}
        self.faulty = defaultdict(set)
        self.names, self.rules, self.report = Names(), Rules(), Report()
        self.highest = highest(Idea)
        self.read_ideas(lock)
        self.all()

    def read_ideas(self, lock):
        """Read the entries the tables speak of, and of all others what may stand in the way."""
        rows = list(Idea.objects.values_list("pk", "number", *UNIQUE))
        self.numbers = {pk: number for pk, number, *_values in rows}
        self.keys = {number: pk for pk, number in self.numbers.items()}
        self.taken = {
            name: {values[index]: pk for pk, _number, *values in rows if values[index]}
            for index, name in enumerate(UNIQUE)
        }
        wanted = {self.keys.get(number_of(row)) for sheet in self.tables.values() for row in sheet}
        wanted |= {self.taken["slug"].get(short_name(row)) for row in self.tables.get(IDEAS, ())}
        ideas = Idea.objects.filter(pk__in=wanted - {None})
        if lock:
            list(ideas.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        self.ideas = {idea.pk: idea for idea in with_working_copy(ideas)}
        following = [pk for pk, idea in self.ideas.items() if idea.slug_follows]
        kept = Revision.objects.filter(idea__in=following).order_by().values_list("idea", KT("content__slug"))
        self.former = set(kept.distinct())

    def problem(self, sheet, line, column, message):
        """Note why the table cannot be imported."""
        self.report.problems.append(Problem(sheet, line, column, str(message)))
        self.faulty[sheet, line].add(column)

    def all(self):
        """Every row, with all that is wrong with it, and what it does."""
        drafts = self.drafts()
        self.sort_examples(drafts)
        # In the order of the numbers, new ones without a number last: each number is above all before it.
        drafts.sort(key=lambda draft: (draft.number is None and draft.idea is None, draft.number or 0))
        for draft in drafts:
            self.plan(draft)
        self.note_changes()
        new = [(each.draft.line, each.content) for each in self.planned if each.action == "created"]
        self.report.warnings = [
            Problem(IDEAS, line, IDEA["title"].name, words) for line, words in warnings(new, self.shown)
        ]
        self.report.numbers = sorted(each.number for each in self.planned if each.action != "unchanged")
        self.report.changes.sort(key=lambda each: (each.sheet != IDEAS, each.line))
        self.report.problems.sort(key=lambda each: (each.sheet != IDEAS, each.line or 0))
        if not drafts and not self.report.problems:
            self.problem(IDEAS, None, "", _("The table holds no entry."))

    def drafts(self):
        """The entries the sheet of ideas speaks of. One it names twice is a stray the second time."""
        drafts, seen = [], {}
        for row in self.tables.get(IDEAS, ()):
            draft = self.draft(row)
            key = draft.number or (draft.idea and draft.idea.number) or short_name(row)
            if key and key in seen:
                message = _("The same entry stands in row %(line)s already.") % {"line": seen[key]}
                self.problem(IDEAS, row.line, NUMBER.name if draft.number else IDEA["title"].name, message)
                draft.stray = True
            seen.setdefault(key, row.line)
            if draft.idea is None or row.get(IDEA["slug"].name):
                self.claimed.setdefault(("slug", short_name(row)), row.line)
            drafts.append(draft)
        return drafts

    def draft(self, row):
        """What a row is about."""
        stray = Draft(row, IDEAS, row.line, None, None, BLANK_IDEA, stray=True)
        try:
            number = record_number(row.get(NUMBER.name))
        except ValueError as error:
            self.problem(IDEAS, row.line, NUMBER.name, error)
            return stray
        if number is None:
            # There may be an entry with this short name: from an earlier run of the same table.
            twin = self.ideas.get(self.taken["slug"].get(short_name(row)))
            return Draft(row, IDEAS, row.line, twin, None, working_copy(twin) if twin else BLANK_IDEA)
        idea = self.ideas.get(self.keys.get(number))
        if idea is None and number <= self.highest:
            message = _("The number %(number)s was in use and is not given again. Leave the cell empty.")
            self.problem(IDEAS, row.line, NUMBER.name, message % {"number": number})
            return stray
        return Draft(row, IDEAS, row.line, idea, number, working_copy(idea) if idea else BLANK_IDEA)

    def sort_examples(self, drafts):
        """Give each example to its entry; entries only the examples speak of are added."""
        by_number, by_title = {}, defaultdict(list)
        for draft in drafts:
            by_number.setdefault(draft.idea.number if draft.idea else draft.number, draft)
            by_title[titled(draft.row, IDEA["title"])].append(draft)
        for row in self.tables.get(EXAMPLES, ()):
            try:
                number = record_number(row.get(NUMBER.name))
            except ValueError as error:
                self.problem(EXAMPLES, row.line, NUMBER.name, error)
                self.example(row, None)
                continue
            title = titled(row, TITLE_OF_IDEA)
            fitting = by_title[title] if title and not number else ()
            draft = by_number.get(number) if number else fitting[0] if len(fitting) == 1 else None
            if draft is None and (idea := self.ideas.get(self.keys.get(number))):
                draft = by_number[number] = Draft(None, EXAMPLES, row.line, idea, number, working_copy(idea))
                drafts.append(draft)
            if draft is None:
                column, message = without_entry(number, title, fitting)
                self.problem(EXAMPLES, row.line, column.name, message)
                self.example(row, None)
            else:
                draft.examples.append(row)

    def plan(self, draft):
        """Note what becomes of an entry, or everything that stands in the way."""
        before = len(self.report.problems)
        content = self.content(draft)
        is_same = draft.idea is not None and same(content, draft.base)
        if not draft.stray:
            if draft.idea is None:
                self.check_gap(draft)
            if not is_same:
                self.check_unique(draft, content)
            if draft.idea and not is_same:
                self.check_entry(draft)
        if draft.stray or len(self.report.problems) > before:
            return
        if draft.idea is None:
            self.highest = max(self.highest, draft.number or self.highest + 1)
            action = "created"
        else:
            live = draft.idea.status == Idea.Status.PUBLISHED
            action = "unchanged" if is_same else "aside" if live else "changed"
        number = draft.idea.number if draft.idea else self.highest
        self.planned.append(Planned(draft, number, content, action))

    def content(self, draft):
        """The content of the entry as the table wants it. What it does not mention stays."""
        new = draft.idea is None
        content = draft.base | (self.values(IDEAS, draft.row, IDEA, draft.base, new) if draft.row else {})
        content = self.with_slug(draft, content)
        if draft.row:
            self.check(IDEAS, draft.line, Idea, content)
        if draft.examples:
            content["examples"] = self.examples(draft)
        return content

    def with_slug(self, draft, content):
        """``content`` with the slug it will have, by the same rules as in the form."""
        idea, title = draft.idea, content["title"]
        if idea is None:
            return content | {"slug": content["slug"] or Idea.slug_of(title)}

        def is_taken(slug):
            """Whether another entry has the slug, or another row wants it."""
            claimed = self.claimed.get(("slug", slug), draft.line)
            return self.taken["slug"].get(slug, idea.pk) != idea.pk or claimed != draft.line

        if not content["slug"]:
            slug = draft.base["slug"] if idea.was_public else idea.free_slug(title, is_taken)
            return content | {"slug": slug}
        if idea.status == Idea.Status.PUBLISHED:  # what is proposed only gets it when it is published
            return content
        if (idea.pk, content["slug"]) in self.former:  # as in a table that was exported before it followed
            content |= {"slug": idea.slug}
        return revisions.with_following_slug(idea, content, is_taken)

    def values(self, sheet, row, columns, base, new):
        """The values of a row. A cell that says what the entry says already leaves it untouched, to the letter."""
        found = {}
        for name, column in columns.items():
            cell = row.get(column.name)
            if cell is None or (not new and cell.strip() == column.kind.cell(base[name], self.names).strip()):
                continue
            try:
                found[name] = column.kind.read(cell, self.names)
            except ValueError as error:
                self.problem(sheet, row.line, column.name, error)
            except ValidationError as error:
                self.problem(sheet, row.line, column.name, " ".join(error.messages))
        return found

    def examples(self, draft):
        """The examples of an entry in the order of the table; one with the same place and project is the same."""
        known = {(one_line(each["place"]), one_line(each["name"])): each for each in draft.base["examples"]}
        seen, found = {}, []
        for row in draft.examples:
            key = tuple(one_line(row.get(EXAMPLE[name].name)) for name in ("place", "name"))
            if key in seen and all(key):
                message = _("This example of the entry stands in row %(line)s already.") % {"line": seen[key]}
                self.problem(EXAMPLES, row.line, EXAMPLE["name"].name, message)
            seen.setdefault(key, row.line)
            found.append(self.example(row, known.get(key)))
        return found

    def example(self, row, base):
        """The example of a row, which was ``base`` before, or is new."""
        values = base or BLANK_EXAMPLE
        values = values | self.values(EXAMPLES, row, EXAMPLE, values, not base)
        self.check(EXAMPLES, row.line, PracticeExample, values)
        return values

    def check(self, sheet, line, model, values):
        """Note what the model has against ``values``, by column. Of a cell that cannot be read that is known."""
        known = set(self.faulty[sheet, line])
        columns = IDEA if model is Idea else EXAMPLE
        several = {each.name for each in model._meta.many_to_many}
        record = model(
            **{model._meta.get_field(name).attname: values[name] for name in columns if name not in several}
        )
        left_out = {"number", "idea", "position", "slug"} - {"slug" for slug in [values.get("slug")] if slug}
        if model is Idea and values["title"] and not values["slug"]:
            message = _("No short name can be made of this title. Give one.")
            self.problem(sheet, line, IDEA["slug"].name, message)
        for name, messages in self.rules.messages(record, left_out).items():
            column = columns[name].name if name in columns else ""
            if column not in known:
                self.problem(sheet, line, column, " ".join(messages))

    def check_gap(self, draft):
        """Note that the number of a new entry would leave a gap; of one that is wrong otherwise it counts too."""
        try:
            check_no_gap(Idea, draft.number, self.highest + 1)
        except ValidationError as error:
            self.problem(IDEAS, draft.line, NUMBER.name, " ".join(error.messages))
        else:
            self.highest = max(self.highest, draft.number or 0)

    def check_unique(self, draft, content):
        """Note what another entry has already, or another row wants."""
        for name in UNIQUE:
            value, column = content[name], IDEA[name].name
            if not value:
                continue
            line = self.claimed.setdefault((name, value), draft.line)
            other = self.taken[name].get(value)
            if other is not None and other != (draft.idea and draft.idea.pk):
                message = _("The entry with the number %(number)s has this already.")
                self.problem(draft.sheet, draft.line, column, message % {"number": self.numbers[other]})
            elif line != draft.line:
                self.problem(draft.sheet, draft.line, column, _("Row %(line)s has this already.") % {"line": line})

    def check_entry(self, draft):
        """Note that the row does not really mean this entry as it is now."""
        given = (draft.row.get(MARK.name) or "").strip() if draft.row else ""
        if draft.idea.merged_into_id:
            message = _("This entry was merged into another: number %(number)s. Change that one.")
            successor = draft.idea.successor() or draft.idea.merged_into
            self.problem(draft.sheet, draft.line, NUMBER.name, message % {"number": successor.number})
        elif draft.idea.status == Idea.Status.ARCHIVED:
            message = _("An archived entry is not edited. Set it back to draft first.")
            self.problem(draft.sheet, draft.line, NUMBER.name, message)
        elif given and given != mark(draft.base):
            message = _("Somebody has changed the entry since the export. Export it once more and change that.")
            self.problem(IDEAS, draft.line, MARK.name, message)
        elif draft.row and draft.number is None:
            message = _(
                "There is an entry with this short name: number %(number)s. To change it, give its number."
            )
            self.problem(IDEAS, draft.line, NUMBER.name, message % {"number": draft.idea.number})

    def note_changes(self):
        """Note what becomes of the entries, with the differences."""
        self.shown = ShownNames()
        self.shown.known[Source] = {key: str(source) for key, source in self.names.new.items()}
        changed = [each for each in self.planned if each.action != "unchanged"]
        names_in([content for each in changed for content in (each.draft.base, each.content)], self.shown)
        for each in self.planned:
            groups = [] if each.action == "unchanged" else compare(each.draft.base, each.content, self.shown)
            name = f"{each.number:03} {each.content['title']}"
            self.report.changes.append(Change(each.draft.sheet, each.draft.line, name, each.action, groups))
