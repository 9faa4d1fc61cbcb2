"""A visitor's shortlist. Its state is the address (``idee=3&idee=17``); the server keeps nothing."""

import re
from dataclasses import dataclass

from django.utils.http import urlencode

from .models import Idea

PARAMETER = "idee"
MOST = 20
# Nothing beyond is looked up: no idea has a longer number, and no database takes endless lists.
LONGEST_NUMBER, MOST_VALUES = 8, 500


@dataclass(frozen=True)
class Shortlist:
    """The public ideas of an address in its order, and the values that name none.

    ``unknown`` also holds what exceeds :data:`MOST` ideas: nothing is dropped in silence.
    """

    ideas: list
    unknown: list


def read(parameters, ideas=None, most=MOST):
    """The :class:`Shortlist` in a query (``request.GET`` or ``request.POST``), each idea once.

    ``ideas`` is a queryset to take them from, by default all public ones.
    """
    ideas = Idea.objects.published() if ideas is None else ideas
    values = list(dict.fromkeys(parameters.getlist(PARAMETER)))
    numbers = [int(value) for value in values if re.fullmatch(f"[0-9]{{1,{LONGEST_NUMBER}}}", value)]
    wanted = numbers[:MOST_VALUES]
    found = {idea.number: idea for idea in ideas.filter(number__in=wanted)}
    chosen = [found[number] for number in dict.fromkeys(wanted) if number in found][:most]
    kept = {str(idea.number) for idea in chosen}
    return Shortlist(chosen, [value for value in values if value and value not in kept])


def query(ideas):
    """The query string of a shortlist of ``ideas``."""
    return urlencode({PARAMETER: [idea.number for idea in ideas]}, doseq=True)
