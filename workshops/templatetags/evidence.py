"""How well a statement is supported, in templates."""

from django import template

from workshops.models import Evidence

register = template.Library()


@register.filter
def caveat(evidence):
    """The words that stand beside a statement that is less than documented; empty for all others."""
    return Evidence(evidence).caveat if evidence else ""
