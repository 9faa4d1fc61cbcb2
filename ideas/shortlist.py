"""A visitor's shortlist. Its state is the address (``idee=3&idee=17``); the server keeps nothing."""

import re
from dataclasses import dataclass, field

import segno
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from .models import Idea

PARAMETER = "idee"
MOST = 20
# Nothing beyond is looked up: no idea has a longer number, and no database takes endless lists.
LONGEST_NUMBER, MOST_VALUES = 8, 500


@dataclass(frozen=True)
class Shortlist:
    """The public ideas of an address in its order, and the values that name none.

    ``unknown`` also holds what exceeds :data:`MOST` ideas: nothing is dropped in silence.
    ``surplus`` are those of them that name an idea. ``merged`` are values that stand for another idea by now, with
    that idea.
    """

    ideas: list
    unknown: list
    surplus: list = field(default_factory=list)
    merged: list = field(default_factory=list)

    @property
    def numbers(self):
        """The numbers of the ideas, in order."""
        return [idea.number for idea in self.ideas]

    @property
    def strangers(self):
        """The values that name no public idea."""
        return [value for value in self.unknown if value not in self.surplus]


def read(parameters, ideas=None, most=MOST):
    """The :class:`Shortlist` in a query (``request.GET`` or ``request.POST``), each idea once.

    ``ideas`` is a queryset to take them from, by default all public ones.
    """
    ideas = Idea.objects.published() if ideas is None else ideas
    values = dict.fromkeys(value.strip() for value in parameters.getlist(PARAMETER))
    numbers = {value: int(value) for value in values if re.fullmatch(f"[0-9]{{1,{LONGEST_NUMBER}}}", value)}
    found = {idea.number: idea for idea in ideas.filter(number__in=[*numbers.values()][:MOST_VALUES])}
    merged = []
    if not found.keys() >= {*numbers.values()}:
        successors = Idea.objects.successors()
        moved = {value: successors[number] for value, number in numbers.items() if number in successors}
        found |= {idea.number: idea for idea in ideas.filter(number__in=moved.values())} if moved else {}
        merged = [(value, found[number]) for value, number in moved.items() if number in found]
        numbers |= {value: idea.number for value, idea in merged}
    known = [found[number] for number in dict.fromkeys(numbers.values()) if number in found]
    kept = {idea.number for idea in known[:most]}
    unknown = [value for value in values if value and numbers.get(value) not in kept]
    return Shortlist(known[:most], unknown, [value for value in unknown if numbers.get(value) in found], merged)


def carried(parameters):
    """The numbers of a shortlist that an address carries along to another page, so that it can be added to there.

    Without a script nothing else remembers them; whether they name ideas is seen on the shortlist.
    """
    values = dict.fromkeys(parameters.getlist(PARAMETER))
    return [value for value in values if re.fullmatch(f"[0-9]{{1,{LONGEST_NUMBER}}}", value)][:MOST]


def address(name, numbers):
    """The address of the page ``name`` (such as ``ideas:shortlist``) for the ideas with these numbers."""
    query = query_of(numbers)
    return reverse(name) + (f"?{query}" if query else "")


def without(name, numbers, number):
    """The address of the page ``name`` for the ideas with these numbers, but for one."""
    return address(name, [each for each in numbers if each != number])


def query_of(numbers):
    """The query string of a shortlist of the ideas with these numbers."""
    return urlencode({PARAMETER: numbers}, doseq=True)


@dataclass(frozen=True)
class Line:
    """An idea of a shortlist and the addresses of the list with it further up, further down, and without it.

    Those that move it lead to its place in the list, so that a keyboard can go on there.
    """

    idea: Idea
    up: str
    down: str
    without: str


def lines(ideas):
    """The :class:`Line` of each idea of a shortlist; the first has no way up, the last none down."""
    numbers = [idea.number for idea in ideas]

    def swapped(place, other):
        changed = list(numbers)
        changed[place], changed[other] = changed[other], changed[place]
        return f"{address('ideas:shortlist', changed)}#idee-{numbers[place]}"

    return [
        Line(
            idea,
            up=swapped(place, place - 1) if place else "",
            down=swapped(place, place + 1) if place + 1 < len(numbers) else "",
            without=without("ideas:shortlist", numbers, idea.number),
        )
        for place, idea in enumerate(ideas)
    ]


def qr_code(link):
    """A QR code as SVG without size or styles: dark on white in every colour scheme, as cameras want it."""
    code = segno.make(link, micro=False, error="m")
    drawing = code.svg_inline(omitsize=True, light="#fff", svgclass=None, lineclass=None)
    return mark_safe(drawing)  # noqa: S308 (numbers only: the link itself is not in the drawing)
