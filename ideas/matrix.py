"""The matrix: how much effort ideas make against how long they take to work."""

from dataclasses import dataclass
from itertools import product

from django.urls import reverse

from .filters import NOT_ASSESSED, WITHOUT
from .vocabularies import Effort, Horizon

DENSITIES = 4


@dataclass
class Cell:
    """The ideas of one effort and one horizon. ``density`` runs from 0 (none) to 4 (as many as anywhere)."""

    horizon: str
    ideas: list
    url: str
    density: int = 0


@dataclass
class Matrix:
    """A table with a row for each effort and a column for each horizon; «not assessed» only where it is needed."""

    columns: list
    rows: list


def build(ideas, filterset):
    """The matrix of ``ideas``; each cell links to the list with the other selections of ``filterset`` kept."""
    cells = {}
    for idea in ideas:
        cells.setdefault((idea.effort, idea.horizon), []).append(idea)
    efforts = [*Effort, *([""] if any(not idea.effort for idea in ideas) else [])]
    horizons = [*Horizon, *([""] if any(not idea.horizon for idea in ideas) else [])]
    most = max((len(each) for each in cells.values()), default=0)
    table = {}
    for effort, horizon in product(efforts, horizons):
        here = cells.get((effort, horizon), [])
        query = filterset.query(aufwand=[effort or WITHOUT], horizont=[horizon or WITHOUT], ansicht="", seite="")
        # Rounded up, so that a single idea gives some light and only the fullest cell gives all.
        density = -(-len(here) * DENSITIES // most) if here else 0
        table[effort, horizon] = Cell(name(Horizon, horizon), here, f"{reverse('ideas:list')}?{query}", density)
    rows = [(name(Effort, effort), [table[effort, horizon] for horizon in horizons]) for effort in efforts]
    return Matrix([name(Horizon, horizon) for horizon in horizons], rows)


def name(vocabulary, value):
    """The name of a value, or the words for a missing one."""
    return vocabulary(value).label if value else NOT_ASSESSED
