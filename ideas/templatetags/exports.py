"""Links to take along what a page shows, in every format that takes it."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from ideas import shortlist
from ideas.exports.formats import DOCUMENT_MOST, FORMATS

register = template.Library()


@dataclass(frozen=True)
class TakeAway:
    """The formats as (label, address), and the highest number of entries of a document where it is exceeded."""

    links: list[tuple[str, str]]
    document_most: int | None = None


@register.simple_tag(takes_context=True)
def exports_of_list(context):
    """The list with its present selection."""
    return take_away("ideas:export", context["hits"].page.paginator.count, context["filterset"].query(ansicht=""))


@register.simple_tag
def exports_of_shortlist(ideas):
    """The ideas of a shortlist."""
    return take_away("ideas:shortlist_export", len(ideas), shortlist.query_of(idea.number for idea in ideas))


@register.simple_tag
def exports_of_idea(idea):
    """One entry."""
    return take_away("ideas:idea_export", 1, number=idea.number, slug=idea.slug)


def take_away(name, count, query="", **names):
    """The formats that take ``count`` entries, under the address ``name``."""
    suffix = f"?{query}" if query else ""
    fitting = [each for each in FORMATS.values() if each.most is None or count <= each.most]
    links = [(each.label, reverse(name, kwargs={**names, "format": each.name}) + suffix) for each in fitting]
    return TakeAway(links, DOCUMENT_MOST if len(fitting) < len(FORMATS) else None)
