"""The way through a result: from an entry back to the list it was found in, and on to the hits beside it."""

from dataclasses import dataclass

from django.urls import reverse

from .filters import IdeaFilter
from .models import Idea


@dataclass(frozen=True)
class Walk:
    """A result around one of its hits: its list, its query string, how many it holds, and the hits beside."""

    url: str
    query: str
    count: int
    position: int
    previous: Idea | None
    next: Idea | None


def walk(parameters, idea):
    """The :class:`Walk` through the result of ``parameters``.

    None without a selection, or if the entry is not in the result (an old link, a changed entry).
    """
    filterset = IdeaFilter(parameters, Idea.objects.published())
    if not (parameters and filterset.chosen):
        return None
    keys = list(filterset.qs.values_list("pk", flat=True))
    if idea.pk not in keys:
        return None
    place = keys.index(idea.pk)
    before = keys[place - 1] if place else None
    after = keys[place + 1] if place + 1 < len(keys) else None
    beside = Idea.objects.only("number", "slug", "title").in_bulk([before, after])
    query = filterset.query()
    url = f"{reverse('ideas:list')}?{query}"
    return Walk(url, query, len(keys), place + 1, beside.get(before), beside.get(after))
