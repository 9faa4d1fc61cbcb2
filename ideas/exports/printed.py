"""Drawings on paper: the SVG of façades and maps with the daylight colours of the style sheets written in.

On the site ``static/css`` colours the drawings by class. Paper has no style sheet, so the same rules are read from
there once: whoever changes a colour of the site changes it in print.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from .. import facade

# The typeface of printed documents, built into Typst
TYPEFACE = "Libertinus Serif"
# The colours of a house without a field, as tokens
NO_FIELD = {"hue": "ink-2", "hue-text": "ink-2", "wall": "sunk", "mid": "line-strong", "deep": "ink"}
GAP, NUMBER_HEIGHT, NUMBER_SIZE = 3, 11, 8


@dataclass(frozen=True)
class Picture:
    """A drawing with its size in units."""

    svg: str
    width: float
    height: float


def style_sheet(name):
    """The text of a style sheet of the site."""
    return Path(finders.find(f"css/{name}")).read_text(encoding="utf-8")


def declarations(text):
    """The declarations of a rule, as (property, value)."""
    return [
        (name.strip(), value.strip()) for name, _colon, value in (each.partition(":") for each in text.split(";"))
    ]


@cache
def tokens():
    """The tokens by day: ``ink`` is ``#19212b``."""
    first = re.search(r":root\s*{(.*?)}", style_sheet("tokens.css"), re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", first))


@cache
def hues():
    """The colours of each field by slug: ``hue``, ``wall`` and so on. An empty slug stands for no field."""
    found = {"": {name: tokens()[token] for name, token in NO_FIELD.items()}}
    for slug, rule in re.findall(r"\.hue-(\w+)\s*{([^}]*)}", style_sheet("tokens.css")):
        found[slug] = {name.removeprefix("--"): resolved(value, {}) for name, value in declarations(rule) if value}
    return found


def resolved(value, hue):
    """``value`` with its variables replaced."""
    return re.sub(r"var\(--([\w-]+)[^)]*\)", lambda match: hue.get(match[1]) or tokens()[match[1]], value)


@cache
def rules():
    """What draws each class of façades and maps: (class, [(property, value)])."""
    sheets = sorted(Path(finders.find("css/parts")).glob("*.css"))
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    found = []
    for selector, rule in re.findall(r"^\.(?:facade|map) (:is\([^)]*\)|\.\w+) {([^}]*)}", text, re.MULTILINE):
        drawn = [(key, value) for key, value in declarations(rule) if key.startswith(("fill", "stroke", "text"))]
        found += [(css_class, drawn) for css_class in re.findall(r"\.(\w+)", selector)]
    found.append(("n", [("font-family", TYPEFACE), ("font-weight", "600"), ("font-size", "5px")]))
    return found


@cache
def style_of(slug):
    """The rules for drawings in the hue of a field as CSS; for an empty slug those that hold without one."""
    scope, hue = f".hue-{slug} " if slug else "", hues()[slug]
    return "".join(
        f"{scope}.{css_class}{{{';'.join(f'{name}:{resolved(value, hue)}' for name, value in drawn)}}}"
        for css_class, drawn in rules()
    )


def painted(svg):
    """A drawing of the site as a :class:`Picture`."""
    style = "".join(style_of(slug) for slug in hues() if not slug or f"hue-{slug}" in svg)
    width, height = map(float, re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg).groups())
    opening, rest = svg.split(">", 1)
    opening = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Picture(f"{opening}><style>{style}</style>{rest}", width, height)


def house(front):
    """The large façade of one entry."""
    return painted(facade.house(front))


def street(fronts, width):
    """Rows of houses on ground lines, each at most ``width`` units wide and, but for the last, spread over it."""
    rows, row, used = [], [], 0
    for front in fronts:
        if row and used + front.width > width:
            rows.append(row)
            row, used = [], 0
        row.append(front)
        used += front.width + GAP
    spread = [street_row(each, width, full=True) for each in rows]
    return spread + ([street_row(row, width, full=False)] if row else [])


def street_row(fronts, width, full):
    """One row of houses with their numbers below; ``full`` spreads it over the whole width."""
    free = width - sum(front.width for front in fronts)
    gap = free / len(fronts) if full else GAP
    highest = max(front.height for front in fronts)
    x, body = gap / 2, ""
    for front in fronts:
        place = f"translate({facade.short(x)} {facade.short(highest - front.height)})"
        middle = f'x="{facade.short(x + front.width / 2)}" y="{facade.short(highest + NUMBER_HEIGHT - 2)}"'
        body += f'<g class="hue-{front.workshop}" transform="{place}">{facade.drawing(front, fine=False)}</g>'
        number_style = (
            f'font-family="{TYPEFACE}" font-size="{NUMBER_SIZE}" text-anchor="middle" fill="{tokens()["ink-2"]}"'
        )
        body += f"<text {middle} {number_style}>{front.number:03}</text>"
        x += front.width + gap
    across = facade.short(width if full else x - gap / 2)
    ground = f'<path d="M0 {facade.short(highest)}h{across}" stroke="{tokens()["ground"]}" stroke-width="1.2"/>'
    box = f"0 0 {facade.short(width)} {facade.short(highest + NUMBER_HEIGHT)}"
    return painted(f'<svg class="facade" viewBox="{box}">{body}{ground}</svg>')
