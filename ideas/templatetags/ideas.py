"""How an idea looks in templates: façade, number, field, scales and its citation."""

import re

from django import template
from django.utils.html import format_html, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ideas import facade
from ideas.vocabularies import Cost, Effort, Horizon

register = template.Library()

# How many letters of the longest word have room with which class; static/css/parts/entry.css sets the sizes.
LONG_WORDS = ((14, ""), (18, "long"), (21, "longer"))


@register.simple_tag
def house(idea):
    """The flat façade of an idea, sized by the font size around it; decoration beside its title."""
    return facade.street(facade.Front.of(idea))


@register.simple_tag
def large_house(idea):
    """The large façade of an idea with its description as text alternative."""
    front = facade.Front.of(idea)
    return facade.house(front, facade.describe(front))


@register.simple_tag
def long_words(title):
    """The class of a heading with a word that needs room, for it cannot be relied on that browsers hyphenate."""
    longest = max(len(word) for word in re.split(r"[\s/–-]+", title))
    name = next((name for most, name in LONG_WORDS if longest <= most), "longest")
    return format_html(' class="{}"', name) if name else ""


@register.filter
def within_a_line(name):
    """A name of a vocabulary among other words: English ones begin small there, German ones stay as they are."""
    return str(name).lower() if get_language() == "en" else name


@register.simple_tag
def field_mark(slug):
    """The roof that stands for a field (workshop)."""
    if slug not in facade.ROOF_MARKS:
        return ""
    svg = '<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    return format_html(svg, facade.ROOF_MARKS[slug])


@register.simple_tag
def scale(value, kind):
    """Three boxes, filled up to ``value`` of the scale ``kind`` («effort», «cost» or «horizon»); decoration."""
    values = {"effort": Effort, "cost": Cost, "horizon": Horizon}[kind].values
    level = values.index(value) + 1 if value in values else 0
    boxes = '<i class="on"></i>' * level + "<i></i>" * (len(values) - level)
    return mark_safe(f'<span class="scale" aria-hidden="true">{boxes}</span>')  # noqa: S308 (constants only)


@register.simple_tag
def strip(fronts, matches, name):
    """A quarter of the street as one drawing: the fronts whose number is in ``matches`` are lit."""
    lit = sum(front.number in matches for front in fronts)
    words = {"name": name, "lit": lit, "all": len(fronts)}
    return facade.strip(fronts, matches, _("%(name)s: %(lit)s of %(all)s ideas fit") % words)


@register.simple_tag
def windows(count):
    """A window for each of ``count`` ideas, ten to a row; decoration beside the number."""
    panes = "".join(f"M{i % 10 * 6} {i // 10 * 9}h4v7h-4z" for i in range(count))
    height = (count + 9) // 10 * 9 - 2
    svg = '<svg class="win" viewBox="0 0 58 {}" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    return format_html(svg, height, panes)
