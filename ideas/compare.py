"""Two to four ideas side by side: the same rows for all, and whether a row differs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .filters import NOT_ASSESSED

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Cell:
    """What a row says about one idea: ``items`` in words; ``value`` is the step of a scale, where there is one."""

    number: int
    items: list
    value: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the comparison.

    ``differs`` is None for texts, which always differ. ``scale`` names the scale its values are steps of.
    """

    name: str
    cells: list
    differs: bool | None = None
    scale: str = ""

    @property
    def is_list(self):
        """Whether any idea has more than one text here."""
        return self.differs is None and any(len(cell.items) > 1 for cell in self.cells)


def rows(ideas):
    """The rows of a comparison of ``ideas``, read with :meth:`~ideas.querysets.IdeaQuerySet.for_page`."""
    return [
        facts(_("Field"), ideas, lambda idea: [idea.workshop.title] if idea.workshop else []),
        step(_("Effort"), ideas, "effort"),
        step(_("Cost"), ideas, "cost"),
        step(_("Time to effect"), ideas, "horizon"),
        facts(_("For which towns"), ideas, lambda idea: idea.city_sizes.all()),
        facts(_("Maturity"), ideas, lambda idea: named(idea, "maturity")),
        facts(_("Phase of the visit"), ideas, lambda idea: named(idea, "phase")),
        facts(_("Who does it"), ideas, lambda idea: idea.actors.all()),
        facts(_("Topics"), ideas, lambda idea: idea.topics.all()),
        facts(_("Origin"), ideas, lambda idea: named(idea, "origin")),
        text(_("What it is about"), ideas, lambda idea: [idea.summary]),
        text(_("First step"), ideas, lambda idea: idea.steps.splitlines()[:1]),
        text(_("It works when"), ideas, lambda idea: idea.success_factors.splitlines()),
        text(_("Risks"), ideas, lambda idea: idea.risks.splitlines()),
        text(_("Where it exists"), ideas, lambda idea: [str(each) for each in idea.examples.all()]),
    ]


def facts(name, ideas, values, scale=""):
    """A row of values that can be held against each other; their order does not count."""
    said = [[str(value) for value in values(idea)] for idea in ideas]
    cells = [
        Cell(idea.number, each or [str(NOT_ASSESSED)], getattr(idea, scale) if scale else "")
        for idea, each in zip(ideas, said, strict=True)
    ]
    return Row(name, cells, len({frozenset(each) for each in said}) > 1, scale)


def step(name, ideas, scale):
    """A row of steps of ``scale`` (effort, cost or horizon)."""
    return facts(name, ideas, lambda idea: named(idea, scale), scale)


def text(name, ideas, lines):
    """A row of texts."""
    return Row(name, [Cell(idea.number, [line for line in lines(idea) if line]) for idea in ideas])


def named(idea, field):
    """The name of a value of a fixed vocabulary, or nothing."""
    return [getattr(idea, f"get_{field}_display")()] if getattr(idea, field) else []
