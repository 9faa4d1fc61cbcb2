"""The map of Germany: outline, projection and marks, as parts of an SVG without colours.

Equirectangular projection, true to scale at 51.2° north, fitted into ``WIDTH`` × ``HEIGHT`` units. The outline is
Natural Earth 1:10m (public domain), simplified to 0.02°. Classes are coloured by ``static/css/parts/data.css``.
"""

import json
import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString

OUTLINE = Path(__file__).with_name("germany.geojson")
WIDTH, HEIGHT, MARGIN = 520, 700, 10
WEST, EAST, SOUTH, NORTH, MIDDLE = 5.6, 15.3, 47.1, 55.2, 51.2
SQUEEZE = math.cos(math.radians(MIDDLE))
SCALE = min((WIDTH - 2 * MARGIN) / ((EAST - WEST) * SQUEEZE), (HEIGHT - 2 * MARGIN) / (NORTH - SOUTH))
SMALL_ISLAND = 20  # points of an outline that a small drawing leaves out


def project(latitude, longitude):
    """The point (x, y) in units of a place in degrees (WGS 84), rounded to a tenth."""
    x = MARGIN + (float(longitude) - WEST) * SQUEEZE * SCALE
    return round(x, 1), round(MARGIN + (NORTH - float(latitude)) * SCALE, 1)


@cache
def outline(every=1):
    """The land as a path. ``every`` keeps each nth point only, and no small islands, for small drawings."""
    data = ""
    for polygon in json.loads(OUTLINE.read_text(encoding="utf-8"))["geometry"]["coordinates"]:
        ring = polygon[0]
        if every > 1 and len(ring) < SMALL_ISLAND:
            continue
        points = (project(latitude, longitude) for longitude, latitude in ring[::every])
        data += "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "z"
    return SafeString(f'<path class="land" d="{data}"/>')


@cache
def graticule():
    """The lines of every second degree with their numbers."""
    lines, words = "", ""
    for longitude in range(6, 16, 2):
        x, _ = project(NORTH, longitude)
        lines += f"M{x:g} 0V{HEIGHT}"
        words += f'<text x="{x + 3:g}" y="{HEIGHT - 4}">{longitude}° O</text>'
    for latitude in range(48, 56, 2):
        _, y = project(latitude, WEST)
        lines += f"M0 {y:g}H{WIDTH}"
        words += f'<text x="2" y="{y - 3:g}">{latitude}° N</text>'
    return SafeString(f'<g aria-hidden="true"><path class="grat" d="{lines}"/>{words}</g>')


def lab_mark(x, y, size=1.0):
    """The little house that marks a city lab."""
    across, up = 7 * size, 6 * size
    data = f"M{x - across:g} {y + across:g}v{-9 * size:g}l{across:g} {-up:g}l{across:g} {up:g}v{9 * size:g}z"
    return SafeString(f'<path class="lab" d="{data}"/>')


def locator(municipality, label):
    """A small map that shows where a municipality lies; nothing without coordinates."""
    if municipality.latitude is None:
        return ""
    mark = lab_mark(*project(municipality.latitude, municipality.longitude), 3.4)
    return SafeString(
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{outline(every=4)}{mark}</svg>"
    )


@dataclass
class Mark:
    """A mark on the map: one place, or several that lie too close together to be drawn apart."""

    x: float
    y: float
    places: list = field(default_factory=list)

    def distance(self, other):
        """The distance to another mark in units."""
        return math.hypot(self.x - other.x, self.y - other.y)

    def join(self, other):
        """Both marks as one, in the middle of all their places."""
        ours, theirs = len(self.places), len(other.places)
        both = ours + theirs
        x = (self.x * ours + other.x * theirs) / both
        return Mark(x, (self.y * ours + other.y * theirs) / both, [*self.places, *other.places])


def marks(places, gap):
    """Marks for ``places`` (with coordinates), none nearer than ``gap`` units to another.

    The two nearest marks are joined until all keep the distance; the same places always give the same marks.
    """
    apart = [Mark(*project(place.latitude, place.longitude), [place]) for place in places]
    while len(apart) > 1:
        pairs = ((a.distance(b), i, j) for i, a in enumerate(apart) for j, b in enumerate(apart[:i]))
        nearest, i, j = min(pairs)
        if nearest >= gap:
            break
        apart[j] = apart[j].join(apart.pop(i))
    return apart
