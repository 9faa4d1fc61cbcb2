"""Parts of the map of Germany in templates."""

from django import template
from django.utils.html import format_html
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
    """The drawing of a mark: house of a lab, ring of a partner, dot of an example, or the number of a group."""
    target = format_html('<circle class="hit" cx="{}" cy="{}" r="{}"/>', mark.x, mark.y, TARGET_RADIUS)
    if mark.single is None:
        shape = format_html(
            '<circle class="many" cx="{}" cy="{}" r="11"/><text x="{}" y="{}">{}</text>',
            mark.x, mark.y, mark.x, round(mark.y + 4, 1), len(mark.places),
        )  # fmt: skip
    elif mark.lab:
        shape = germany.lab_mark(mark.x, mark.y)
    elif mark.single.municipality.is_lean_partner:
        shape = format_html('<circle class="mun" cx="{}" cy="{}" r="5"/>', mark.x, mark.y)
    else:
        shape = format_html('<circle class="ex" cx="{}" cy="{}" r="{}"/>', mark.x, mark.y, mark.single.radius)
    name = ""
    if mark.lab:
        name = format_html(
            '<text class="name" x="{}" y="{}">{}</text>', mark.x + 13, round(mark.y + 4, 1), mark.lab
        )
    return format_html("{}{}{}", target, shape, name)
