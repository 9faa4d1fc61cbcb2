"""The map of places: where ideas have been done, the city labs, and the named partners of LeAn."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from workshops.german import sort_key
from workshops.germany import groups, project
from workshops.models import Municipality

from .models import PracticeExample

# Marks keep the distance of a comfortable target (WCAG 2.5.8), in units of a map at least as wide in pixels.
GAP = 24
NAME_WIDTH = 120
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
    def is_on_the_map(self):
        """Whether it can be drawn: in Germany, with coordinates."""
        return self.municipality.country == "DE" and self.municipality.latitude is not None

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

    The name of a lab stands to the right of its mark, or below if another lab is there.
    """

    x: float
    y: float
    places: list
    name_below: bool = False

    @property
    def name(self):
        """The name of a lab, without an addition in brackets for which the map has no room."""
        return str(self.lab).split(" (")[0]

    @property
    def name_x(self):
        """Where the name of a lab begins."""
        return round(self.x - 12 if self.name_below else self.x + 14, 1)

    @property
    def name_y(self):
        """The base line of the name of a lab."""
        return round(self.y + (26 if self.name_below else 4), 1)

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
    labs = [mark for mark in found if mark.lab]
    for mark in labs:
        mark.name_below = any(0 < other.x - mark.x < NAME_WIDTH and abs(other.y - mark.y) < GAP for other in labs)
    return found


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
