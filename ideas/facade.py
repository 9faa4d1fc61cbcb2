"""Façades: one shopfront per idea, drawn from the idea's own data. No colour, style or id is written into the SVG.

The same data always give the same drawing, so drawings are cached by their data. Classes are coloured by
``static/css/parts/facade.css``, so that one drawing serves day, night, print and forced colours.

    ==========  ===================================================  =====
    datum       draws                                                class
    ==========  ===================================================  =====
    workshop    hue, and the roof: gable, saw-tooth, flat with mast  r
    horizon     height of roof or mast: the longer, the higher       r
    effort      upper storeys: 1, 2, 3                               w
    cost        width in window axes: 3, 4, 5                        w
    examples    lit windows upstairs, one per documented place       l, u
    phase       motif in the shop window                             g, m
    maturity    proven: awning out; pilot: scaffold stands           a, s
    origin      flag on the roof: named in public sources            f
    number      sign over the shop; which windows are lit first      n
    ==========  ===================================================  =====

Where effort, cost or horizon is not assessed, the middle size is drawn and the words say so. Topics, actors and
city sizes have several values each and belong in words. A unit is a sixteenth of an em.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

AXES = {Cost.LOW: 3, Cost.MEDIUM: 4, Cost.HIGH: 5}
STOREYS = {Effort.LOW: 1, Effort.MEDIUM: 2, Effort.HIGH: 3}
SPAN = {Horizon.SHORT: 0, Horizon.MEDIUM: 1, Horizon.LONG: 2}
GABLE, SAW_TOOTH, MAST = "revitalisierung", "relokalisierung", "digitalisierung"
ROOF_HEIGHTS = {GABLE: (10, 15, 22), SAW_TOOTH: (7, 10, 14), MAST: (9, 15, 22)}
PLAIN_ROOF = (4, 4, 4)
# The roofs of the façades as marks of 12 × 12 units, so that colour is never the only sign of a field
ROOF_MARKS = {
    GABLE: "M0 7l6-6 6 6v5H0z",
    SAW_TOOTH: "M0 12V3l4 4V3l4 4V3l4 4v5z",
    MAST: "M0 12V6h8V0h1.5v6H12v6z",
}
AXIS, EDGE, STOREY, SHOP, SKY = 8.5, 4, 16, 27, 6
TEETH = 3
UNITS_PER_EM = 16


@dataclass(frozen=True)
class Front:
    """What of an idea is drawn. ``workshop`` is a slug, ``examples`` the number of documented places."""

    number: int
    workshop: str
    horizon: str
    effort: str
    cost: str
    examples: int
    phase: str
    maturity: str
    origin: str

    @classmethod
    def of(cls, idea):
        """The front of an idea read with ``example_count`` (:meth:`IdeaQuerySet.for_card`) or its examples."""
        count = getattr(idea, "example_count", None)
        return cls(
            number=idea.number,
            workshop=idea.workshop.slug if idea.workshop else "",
            horizon=idea.horizon,
            effort=idea.effort,
            cost=idea.cost,
            examples=len(idea.examples.all()) if count is None else count,
            phase=idea.phase,
            maturity=idea.maturity,
            origin=idea.origin,
        )

    @property
    def axes(self):
        """Window axes: the width of the house."""
        return AXES.get(self.cost, AXES[Cost.MEDIUM])

    @property
    def storeys(self):
        """Upper storeys: the height of the wall."""
        return STOREYS.get(self.effort, STOREYS[Effort.MEDIUM])

    @property
    def span(self):
        """0, 1 or 2: how long it takes until the idea works."""
        return SPAN.get(self.horizon, SPAN[Horizon.MEDIUM])

    @property
    def width(self):
        """Width of the wall in units."""
        return 2 * EDGE + self.axes * AXIS

    @property
    def wall(self):
        """Height of the wall in units."""
        return SHOP + self.storeys * STOREY + 2

    @property
    def roof(self):
        """Height of the roof or mast in units."""
        return ROOF_HEIGHTS.get(self.workshop, PLAIN_ROOF)[self.span]

    @property
    def height(self):
        """Height of the whole drawing in units."""
        return self.wall + self.roof + SKY

    @property
    def windows(self):
        """The upper windows as (x, y, is it lit): as many lit as there are examples."""
        eaves = self.height - self.wall
        corners = [
            (EDGE + a * AXIS + 2, eaves + 5 + s * STOREY) for s in range(self.storeys) for a in range(self.axes)
        ]
        lit = {(self.number * 5 + i * 7) % len(corners) for i in range(min(self.examples, len(corners)))}
        return [(x, y, i in lit) for i, (x, y) in enumerate(corners)]


def short(value):
    """A number as short as SVG allows: 12.0 is «12», 0.5 is «.5»."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def rect(x, y, width, height):
    """A rectangle as path data."""
    return f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"


def polygon(*points):
    """A closed polygon as path data."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points) + "z"


def disc(x, y, radius):
    """A full circle as path data."""
    r, across = short(radius), short(2 * radius)
    return f"M{short(x - radius)} {short(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 {short(-2 * radius)} 0z"


def path(css_class, *parts):
    """A path element, or nothing if there is nothing to draw."""
    data = "".join(parts)
    return f'<path class="{css_class}" d="{data}"/>' if data else ""


def roof_shape(front, eaves):
    """The outline of the roof, and the point where a flag may stand."""
    width, top = front.width, eaves - front.roof
    if front.workshop == GABLE:
        return polygon((0, eaves), (width / 2, top), (width, eaves)), (width / 2, top)
    if front.workshop == SAW_TOOTH:
        tooth = width / TEETH
        teeth = (polygon((i * tooth, eaves), (i * tooth, top), ((i + 1) * tooth, eaves)) for i in range(TEETH))
        return "".join(teeth), (0.5, top)
    flat = rect(0, eaves - 3, width, 3)
    if front.workshop != MAST:
        return flat, (0.5, eaves - 3)
    mast = width - 9
    bars = rect(mast, top, 1, front.roof - 3) + rect(mast - 2.5, top + 2, 6, 1)
    if front.span:
        bars += rect(mast - 1.5, top + 5, 4, 1)
    return flat + bars, (mast + 0.5, top)


def motif(phase, x, y, width, height):
    """The motif of a visit phase in a pane; told apart by form alone, nothing where the phase is unknown."""
    cx, cy, base = x + width / 2, y + height / 2, y + height - 2.6
    if phase == Phase.IMPULSE:  # a disc: the occasion, the poster
        return disc(cx, cy, 3.2)
    if phase == Phase.INFORMATION:  # the lines of a notice
        return "".join(rect(cx - 3.5, y + 3 + i * 2.6, 4.5 if i == TEETH - 1 else 7, 1.2) for i in range(TEETH))
    if phase == Phase.VISIT:  # an open arch: step in
        return f"M{short(cx - 3.2)} {short(y + height)}v-5.2a3.2 3.2 0 0 1 6.4 0v5.2z"
    if phase == Phase.OFFER:  # goods on a shelf
        cone = polygon((cx + 1.7, base), (cx + 3.1, base - 3.6), (cx + 4.5, base))
        return (
            rect(cx - 4.6, base, 9.2, 0.9)
            + disc(cx - 2.9, base - 1.6, 1.6)
            + rect(cx - 0.8, base - 5.6, 1.8, 5.6)
            + cone
        )
    if phase == Phase.LOYALTY:  # two rings
        return "".join(disc(cx + side, cy, radius) for side in (-1.7, 1.7) for radius in (3, 2))
    return ""


@lru_cache(maxsize=4096)
def drawing(front, fine):
    """The inside of the SVG. ``fine`` adds what one sees only when standing in front of the house."""
    width, height, wall = front.width, front.height, front.wall
    eaves, ground = height - wall, height - SHOP
    outline, flagpole = roof_shape(front, eaves)
    panes, glass_x, glass_y, glass_h = front.axes - 2, EDGE - 0.5, ground + 10.5, 13
    glass_w = width - glass_x - 13
    pane, door = glass_w / panes, width - 10.5
    out = [
        path("r", outline),
        path("w", rect(1, eaves, width - 2, wall)),
        path("r", rect(0, eaves, width, 2)),
        path("u", *(rect(x, y, 4.5, 9) for x, y, lit in front.windows if not lit)),
        path("l", *(rect(x, y, 4.5, 9) for x, y, lit in front.windows if lit)),
        path("r", rect(1, ground, width - 2, 5.5)),
        path("g", rect(glass_x, glass_y, glass_w, glass_h)),
        path(
            "m",
            *(motif(front.phase, glass_x + i * pane, glass_y, pane, glass_h) for i in range(panes)),
            *(rect(glass_x + i * pane - 0.25, glass_y, 0.5, glass_h) for i in range(1, panes)),
        ),
        path("d", rect(door, ground + 9, 7, SHOP - 9)),
    ]
    if front.maturity == Maturity.PROVEN:
        left, right, top, edge = glass_x, glass_x + glass_w, ground + 5.5, ground + 11
        out.append(path("a", polygon((left, top), (right, top), (right + 1.5, edge), (left - 1.5, edge))))
    elif front.maturity == Maturity.PILOT:
        poles = (rect(x, eaves - 4, 0.7, wall + 4) for x in (-0.7, width))
        boards = (rect(-1.5, eaves + 3.2 + s * STOREY, width + 3, 0.7) for s in range(front.storeys + 1))
        out.append(path("s", *poles, *boards))
    if front.origin == Origin.WORKSHOP:
        x, y = flagpole
        cloth = polygon((x + 0.4, y - 5), (x + 7, y - 3.4), (x + 0.4, y - 1.8))
        out.append(path("f", rect(x - 0.4, y - 5, 0.8, 5.5), cloth))
    if fine:
        out.append(details(front, eaves, ground, (glass_x, glass_w), door))
    return "".join(out)


def details(front, eaves, ground, glass, door):
    """Courses, glazing bars, stripes and the number of a large drawing."""
    width = front.width
    dark = [
        f"M{short(x + 2.25)} {short(y)}v9M{short(x)} {short(y + 3)}h4.5M{short(x - 0.7)} {short(y + 9.7)}h5.9"
        for x, y, lit in front.windows
    ]
    dark += [f"M1 {short(eaves + 2.5 + s * STOREY)}h{short(width - 2)}" for s in range(1, front.storeys)]
    dark.append(f"M1 {short(ground + SHOP - 1)}h{short(door - 1)}")
    x = short(door + 1.4)
    light = [f"M{x} {short(ground + 11)}h4.2v7.5h-4.2zM{x} {short(ground + 20)}h4.2v5h-4.2z"]
    top = eaves - front.roof
    if front.workshop == GABLE:
        courses = max(2, front.roof // 4)
        for i in range(1, courses):
            half = width / 2 * i / courses
            light.append(f"M{short(width / 2 - half)} {short(top + front.roof * i / courses)}h{short(2 * half)}")
    elif front.workshop == SAW_TOOTH:
        tooth = width / TEETH
        for i in range(TEETH):
            light += [
                f"M{short(i * tooth)} {short(top + front.roof * k / 4)}h{short(tooth * k / 4)}" for k in (1, 2, 3)
            ]
    else:
        light.append(f"M0 {short(eaves - 1.5)}h{short(width)}")
    if front.maturity == Maturity.PROVEN:
        glass_x, glass_w = glass
        stripes = max(4, round(glass_w / 4))
        for i in range(1, stripes):
            above, below = glass_x + glass_w * i / stripes, glass_x - 1.5 + (glass_w + 3) * i / stripes
            light.append(f"M{short(above)} {short(ground + 5.5)}L{short(below)} {short(ground + 11)}")
    number = f'<text class="n" x="{short(width / 2)}" y="{short(ground + 4.5)}">{front.number:03}</text>'
    return path("x", *dark) + path("y", *light) + number


def svg(css_class, view_box, body, label="", size=""):
    """An SVG element: an image with a name if there is a label, else hidden from assistive technology."""
    name = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return SafeString(f'<svg class="{css_class}" viewBox="{view_box}"{size} {name} focusable="false">{body}</svg>')


def street(front):
    """A flat façade for rows of houses, sized in em, so that the font size of the row scales the street."""
    width, height = short(front.width), short(front.height)
    size = f' width="{short(front.width / UNITS_PER_EM)}em" height="{short(front.height / UNITS_PER_EM)}em"'
    return svg(f"facade hue-{front.workshop}", f"0 0 {width} {height}", drawing(front, fine=False), size=size)


def house(front, label=""):
    """A large façade with details, which fills the width it is given."""
    view_box = f"-3 0 {short(front.width + 6)} {short(front.height)}"
    return svg(f"facade facade-house hue-{front.workshop}", view_box, drawing(front, fine=True), label)


def strip(fronts, matches, label):
    """A row of very small houses as one SVG: the numbers in ``matches`` are lit, the others outlines."""
    step, floor = 9, 30
    lit, dark, light = [], [], []
    for i, front in enumerate(fronts):
        x, eaves = i * step + 0.5, floor - 8 - front.storeys * 5
        peak = 2 + 1.5 * front.span
        top = {
            GABLE: f"l4 {short(-peak)}l4 {short(peak)}",
            SAW_TOOTH: f"v{short(-peak)}l4 {short(peak)}v{short(-peak)}l4 {short(peak)}",
            MAST: f"h5v{short(-peak)}h1v{short(peak)}h2",
        }.get(front.workshop, "h8")
        shape = f"M{short(x)} {floor}V{short(eaves)}{top}V{floor}z"
        if front.number not in matches:
            dark.append(shape)
            continue
        lit.append(shape)
        light.append(rect(x + 2, floor - 6, 4, 4.5))
        light += [rect(x + dx, eaves + 1.2 + s * 5, 1.5, 2.6) for s in range(front.storeys) for dx in (2, 4.5)]
    width = len(fronts) * step
    outlines = path("o", *dark).replace(" d=", ' vector-effect="non-scaling-stroke" d=')
    body = outlines + path("r", *lit) + path("l", *light) + f'<path class="z" d="M0 {floor}h{width}"/>'
    hue = fronts[0].workshop if fronts else ""
    size = ' preserveAspectRatio="none"'
    return svg(f"facade facade-slim hue-{hue}", f"0 0 {max(width, 1)} {floor + 1}", body, label, size)


def describe(front):
    """The drawing in a sentence, as text alternative of a large façade."""
    not_assessed = _("not assessed")
    roof = {GABLE: _("a gable roof"), SAW_TOOTH: _("a saw-tooth roof"), MAST: _("a flat roof with a mast")}
    shown = {
        Phase.IMPULSE: _("a disc"),
        Phase.INFORMATION: _("lines of writing"),
        Phase.VISIT: _("an arch"),
        Phase.OFFER: _("goods"),
        Phase.LOYALTY: _("two rings"),
    }
    parts = [
        _("House %(number)03d with %(roof)s")
        % {"number": front.number, "roof": roof.get(front.workshop, _("a plain flat roof"))},
        ngettext(
            "%(count)s upper storey (effort: %(value)s)",
            "%(count)s upper storeys (effort: %(value)s)",
            front.storeys,
        )
        % {"count": front.storeys, "value": Effort(front.effort).label if front.effort else not_assessed},
        _("%(count)s window axes (cost: %(value)s)")
        % {"count": front.axes, "value": Cost(front.cost).label if front.cost else not_assessed},
        ngettext(
            "%(count)s window lit (documented examples)",
            "%(count)s windows lit (documented examples)",
            front.examples,
        )
        % {"count": front.examples},
    ]
    if front.phase:
        phase = Phase(front.phase)
        parts.append(_("in the shop window %(motif)s (%(phase)s)") % {"motif": shown[phase], "phase": phase.label})
    if front.maturity == Maturity.PROVEN:
        parts.append(_("awning out (proven)"))
    elif front.maturity == Maturity.PILOT:
        parts.append(_("scaffold (pilot)"))
    if front.origin == Origin.WORKSHOP:
        parts.append(_("flag (named in sources of the workshop series)"))
    return ", ".join(str(part) for part in parts) + "."
