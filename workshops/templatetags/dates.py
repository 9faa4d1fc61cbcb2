"""Dates in templates, with no more than is known of them."""

from django import template
from django.utils.translation import get_language

from workshops.dates import format_partial

register = template.Library()


@register.simple_tag
def partial_date(date, precision):
    """«12. Juli 2021», «Juli 2021» or «2021»; empty without a date."""
    return format_partial(date, precision, get_language())
