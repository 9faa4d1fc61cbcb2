"""Places in templates."""

from django import template

from workshops import germany

register = template.Library()


@register.simple_tag
def locator(municipality, label):
    """A small map that shows where a municipality lies, described by ``label``; nothing without coordinates."""
    return germany.locator(municipality, label)
