"""The map of Germany: outline, projection and marks, as parts of an SVG without colours.

Equirectangular projection, true to scale at 51.2° north, fitted into ``WIDTH`` × ``HEIGHT`` units. The outline is
Natural Earth 1:10m (public domain), simplified to 0.02°. Classes are coloured by ``static/css/parts/data.css``.
"""

import json
import math
from functools import cache, lru_cache
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


@lru_cache(maxsize=64)
def groups(points, gap):
    """Points – a tuple of (x, y) – that lie nearer than ``gap`` units together, as (x, y, indices of the points).

    The two nearest groups are joined in the middle of their points until all keep the distance, so the same points
    always give the same groups.
    """
    apart = [(x, y, (index,)) for index, (x, y) in enumerate(points)]
    while len(apart) > 1:
        pairs = (
            (math.hypot(a[0] - b[0], a[1] - b[1]), i, j)
            for i, a in enumerate(apart)
            for j, b in enumerate(apart[:i])
        )
        nearest, i, j = min(pairs)
        if nearest >= gap:
            break
        indices = sorted((*apart[j][2], *apart.pop(i)[2]))
        x, y = (sum(points[index][axis] for index in indices) / len(indices) for axis in (0, 1))
        apart[j] = (round(x, 1), round(y, 1), tuple(indices))
    return apart
