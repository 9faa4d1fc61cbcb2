"""Addresses that keep the selection of a list."""

import re

from django import template
from django.utils.translation import gettext as _

from ideas.search.highlight import explain

PHRASE = re.compile(r'"([^"]+)"')
register = template.Library()


@register.simple_tag(takes_context=True)
def list_url(context, page="", **changes):
    """The address of the page, or the one named, with the present selection and ``changes``.

    An empty value drops a parameter.
    """
    return context["filterset"].address(page, **changes)


@register.simple_tag(takes_context=True)
def query_of_list(context):
    """The query string of the present selection, which a hit carries along, with a shortlist to add to."""
    filterset = context["filterset"]
    return filterset.carrying(filterset.query())


@register.simple_tag(takes_context=True)
def hit_of(context, idea):
    """Why ``idea`` is a hit of the search on this page; None where nothing is searched."""
    filterset = context.get("filterset")
    search = filterset.search if filterset else None
    return explain(idea, search.clauses, alike=idea.pk in search.alike) if search else None


@register.filter
def inside_quotes(text):
    """``text`` as it stands inside quotation marks: a phrase in single ones."""
    return PHRASE.sub(lambda found: _("‘{words}’").format(words=found[1]), text)
