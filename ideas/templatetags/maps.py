"""Parts of the map of Germany in templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops import germany

register = template.Library()

register.simple_tag(germany.graticule)
register.simple_tag(germany.outline)
register.simple_tag(germany.lab_mark)

# A link in the drawing is at least this wide: 24 units, like the distance between two marks.
TARGET_RADIUS = 12


@register.simple_tag
def mark_label(mark):
    """What a mark shows, in words: «Coburg, 4 Ideen» or «11 Orte um Essen»."""
    if mark.single is None:
        words = {"count": len(mark.places), "name": mark.chief.municipality.name}
        return _("%(count)s places around %(name)s") % words
    count = len(mark.single.ideas)
    parts = [mark.single.municipality.name]
    if mark.lab:
        parts.append(_("city lab"))
    if count:
        parts.append(ngettext("%(count)s idea", "%(count)s ideas", count) % {"count": count})
    return ", ".join(parts)


@register.simple_tag
def draw_mark(mark):
    """The drawing of a mark: house of a lab, ring of a partner, dot of an example; groups carry their number."""
    parts = [format_html('<circle class="hit" cx="{}" cy="{}" r="{}"/>', mark.x, mark.y, TARGET_RADIUS)]
    if mark.lab:
        parts.append(germany.lab_mark(mark.x, mark.y, 1.0 if mark.single else 1.5))
    else:
        parts.append(
            format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind(mark), mark.x, mark.y, mark.radius)
        )
    if mark.single is None:
        colour = "on-light" if mark.lab else ""
        words = (colour, mark.x, round(mark.y + 5, 1), len(mark.places))
        parts.append(format_html('<text class="{}" x="{}" y="{}">{}</text>', *words))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def draw_line(mark):
    """The line from the name of a lab to its mark; empty where the name stands beside it."""
    if mark.line is None:
        return ""
    (x1, y1), (x2, y2) = mark.line
    return format_html('<path class="leader" d="M{} {}L{} {}"/>', x1, y1, x2, y2)


def kind(mark):
    """The class of the circle of a mark."""
    if mark.single is None:
        return "many"
    return "mun" if mark.single.municipality.is_lean_partner else "ex"
