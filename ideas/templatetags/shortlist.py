"""Addresses of shortlists and comparisons in templates."""

from django import template

from ideas import shortlist

register = template.Library()

register.simple_tag(shortlist.address, name="shortlist_url")
