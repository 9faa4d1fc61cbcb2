"""The map of places: where ideas have been done, the city labs, and the named partners of LeAn."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from workshops.german import sort_key
from workshops.germany import groups, project
from workshops.models import Municipality

from .models import PracticeExample

# Marks keep the distance of a comfortable target (WCAG 2.5.8). A unit is at least a pixel: the map is never drawn
# narrower than its 520 units, but scrolls in its frame.
GAP = 24
# The room a name of a lab takes, in units: for each letter, and in height.
LETTER_WIDTH, NAME_HEIGHT = 7.5, 11
# Where it may stand above or below its mark: its base line, and how much of it lies left of the middle.
RISES, SHIFTS = (-15, 23, 28), (0.5, 0.25, 0.75, 0, 1, -0.1, -0.2)
# Further away, with a line that leads to the mark; the line keeps off other marks by the clearance.
FAR_RISES, CLEARANCE = (-50, -40, 52, 62), 3
# What speaks against a place for a name, beside the square units it covers: the line, and that it misleads.
COST_OF_LINE, COST_OF_MISTAKE, CLEARLY = 40, 400, 0.8
SMALLEST_DOT, LARGEST_DOT, GROWTH = 4.0, 7.0, 0.4


@dataclass
class Place:
    """A municipality with the public ideas that have an example there."""

    municipality: Municipality
    ideas: list = field(default_factory=list)

    @property
    def lab(self):
        """The city lab of the place, if it is one."""
        return getattr(self.municipality, "city_lab", None)

    @property
    def is_region(self):
        """Whether it is a region, which has no point on the map."""
        return self.municipality.kind == Municipality.Kind.REGION

    @property
    def sort_key(self):
        """The key for alphabetical order."""
        return self.municipality.name_key

    @property
    def anchor(self):
        """The name of the place in the list beside the map."""
        return f"ort-{self.municipality.slug}"

    @property
    def radius(self):
        """The radius of its dot: larger where more ideas have been done."""
        return min(LARGEST_DOT, SMALLEST_DOT + GROWTH * max(0, len(self.ideas) - 1))


@dataclass
class Mark:
    """A mark on the map: one place, or several that lie too close together to be drawn apart.

    ``name_x`` and ``name_y`` are where the name of a lab begins, on its base line; ``line`` are the ends of the
    line from there to the mark, where one is needed; see :func:`place_names`.
    """

    x: float
    y: float
    places: list
    name_x: float = 0
    name_y: float = 0
    line: tuple | None = None

    @property
    def name(self):
        """The name of a lab, without an addition in brackets for which the map has no room."""
        return str(self.lab).split(" (")[0]

    @property
    def box(self):
        """The corners of what is drawn: left, top, right, bottom."""
        reach = GAP / 2 if self.lab else self.radius
        return self.x - reach, self.y - reach, self.x + reach, self.y + reach

    @property
    def single(self):
        """The only place of the mark; None for a group."""
        return self.places[0] if len(self.places) == 1 else None

    @property
    def lab(self):
        """The city lab the mark stands for, alone or with its neighbours."""
        return next((place.lab for place in self.places if place.lab), None)

    @property
    def radius(self):
        """The radius of the dot of a single place; the circle of a group is as large as its distance allows."""
        return self.single.radius if self.single else GAP / 2 - 1

    @property
    def chief(self):
        """The place a group is named after: its lab, else the largest town."""
        return max(self.places, key=lambda place: (bool(place.lab), place.municipality.population or 0))

    @property
    def anchor(self):
        """What the mark links to in the list."""
        return self.single.anchor if self.single else f"um-{self.chief.municipality.slug}"


def places(ideas):
    """The places to show for the queryset ``ideas``: those with examples, city labs and partners of LeAn."""
    by_id = {idea.pk: idea for idea in ideas.select_related("workshop")}
    links = PracticeExample.municipalities.through.objects.filter(practiceexample__idea__in=by_id)
    ideas_at = defaultdict(set)
    for municipality, idea in links.values_list("municipality_id", "practiceexample__idea_id"):
        ideas_at[municipality].add(idea)
    found = []
    for municipality in Municipality.objects.select_related("size_class", "city_lab").order_by("name_key", "pk"):
        here = sorted((by_id[idea] for idea in ideas_at[municipality.pk]), key=lambda idea: idea.number)
        if here or municipality.is_lean_partner or hasattr(municipality, "city_lab"):
            found.append(Place(municipality, here))
    return found


def marks(shown):
    """The marks for places in Germany that have coordinates."""
    drawn = [
        place for place in shown if place.municipality.latitude is not None and place.municipality.country == "DE"
    ]
    points = tuple(project(place.municipality.latitude, place.municipality.longitude) for place in drawn)
    found = [Mark(x, y, [drawn[index] for index in indices]) for x, y, indices in groups(points, GAP)]
    place_names(found)
    return found


def place_names(found):
    """Put the name of each lab beside, above or below its mark: where it covers least of the others.

    Between close towns something may have to be covered: a dot rather than another lab. A name that would stand
    nearer to another mark is put further away, with a line to its own.
    """
    taken = [mark.box for mark in found] + 9 * [mark.box for mark in found if mark.lab]
    for mark in found:
        if not mark.lab:
            continue
        width = LETTER_WIDTH * len(mark.name)
        others = [other for other in found if other is not mark]
        ways = []
        for start in [(mark.x + 14, mark.y + 4), (mark.x - 14 - width, mark.y + 4), *around(mark, width, RISES)]:
            cost = covered(start, width, taken) + mistaken(mark, start, width, others)
            ways.append((cost, start, None))
        for start in around(mark, width, FAR_RISES):
            line = leader(mark, start, width)
            crossed = any(distance((other.x, other.y), line) < other.radius + CLEARANCE for other in others)
            cost = COST_OF_LINE + covered(start, width, taken) + COST_OF_MISTAKE * crossed
            ways.append((cost, start, line))
        _cost, (x, y), mark.line = min((way for way in ways if way[1][0] >= 0), key=lambda way: way[0])
        mark.name_x, mark.name_y = round(x, 1), round(y, 1)
        taken.append(name_box(x, y, width))


def around(mark, width, rises):
    """Places for a name above and below its mark; none begins left of the map."""
    return [(max(0, mark.x - width * share), mark.y + rise) for rise in rises for share in SHIFTS]


def mistaken(mark, start, width, others):
    """The cost of a name that stands clearly nearer to another mark than to its own."""
    box = name_box(*start, width)
    own = CLEARLY * math.dist((mark.x, mark.y), nearest(mark, box))
    return COST_OF_MISTAKE * any(math.dist((other.x, other.y), nearest(other, box)) < own for other in others)


def nearest(mark, box):
    """The point of a box that is nearest to a mark."""
    left, top, right, bottom = box
    return min(max(mark.x, left), right), min(max(mark.y, top), bottom)


def leader(mark, start, width):
    """The line from a name to its mark: from the nearest point of its box to the rim of the mark."""
    x, y = nearest(mark, name_box(*start, width))
    rim = GAP / 2 / math.dist((mark.x, mark.y), (x, y))
    end = mark.x + (x - mark.x) * rim, mark.y + (y - mark.y) * rim
    return (round(x, 1), round(y, 1)), (round(end[0], 1), round(end[1], 1))


def distance(point, line):
    """How far a point is from a line with two ends."""
    (x1, y1), (x2, y2) = line
    along = ((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)
    share = min(max(along, 0), 1)
    return math.dist(point, (x1 + share * (x2 - x1), y1 + share * (y2 - y1)))


def name_box(x, y, width):
    """The corners of a name whose base line begins at ``x``, ``y``."""
    return x, y - NAME_HEIGHT, x + width, y + 2


def covered(start, width, taken):
    """How much of the boxes ``taken`` a name at ``start`` would cover, in square units."""
    left, top, right, bottom = name_box(*start, width)
    return sum(
        max(0, min(right, box[2]) - max(left, box[0])) * max(0, min(bottom, box[3]) - max(top, box[1]))
        for box in taken
    )


def by_state(shown):
    """The places of the list as (heading, places): by federal state, then abroad, then regions."""

    def rank(place):
        municipality = place.municipality
        if place.is_region:
            return 2, _("Regions and nationwide")
        if municipality.country != "DE":
            return 1, _("Outside Germany")
        return 0, municipality.state

    ordered = sorted(
        shown, key=lambda place: (rank(place)[0], sort_key(rank(place)[1]), place.municipality.name_key)
    )
    return [(heading, list(places)) for (_rank, heading), places in groupby(ordered, key=rank)]
