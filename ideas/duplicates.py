"""Entries that may be duplicates: found by their words, and remembered where an editor has found they are none.

The threshold rests on the 113 entries of the beginning. Two different ones are at most 0.28 alike; the title and
summary of an entry are 0.38 to 0.7 like the entry itself, and so is a retelling of it in half its words.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Greatest, Least

from workshops.models.signatures import name_of

from .content import shown
from .models import DistinctPair, Idea, Related
from .search.documents import tokens
from .search.related import nearest
from .search.relations import ALIKE

MOST = 5


class Pair(NamedTuple):
    """Two entries that look alike, the lower number first, and how much they do (0 to 1)."""

    one: Idea
    other: Idea
    score: float


def pairs():
    """The pairs nobody has dismissed, as rows with ``low`` and ``high`` key and ``score``, the most alike first.

    They come from what the search keeps about related entries.
    """
    dismissed = DistinctPair.objects.filter(one=OuterRef("low"), other=OuterRef("high"))
    archived = Q(idea__status=Idea.Status.ARCHIVED) | Q(other__status=Idea.Status.ARCHIVED)
    alike = Related.objects.filter(score__gte=ALIKE).exclude(archived)
    found = alike.annotate(low=Least("idea_id", "other_id"), high=Greatest("idea_id", "other_id"))
    found = found.filter(~Exists(dismissed)).order_by().values("low", "high").annotate(score=Max("score"))
    return found.order_by("-score", "low", "high")


def in_words(rows):
    """The :class:`Pair` records of some rows of :func:`pairs`, in one query."""
    ideas = Idea.objects.in_bulk({key for row in rows for key in (row["low"], row["high"])})
    both = [(ideas[row["low"]], ideas[row["high"]], row["score"]) for row in rows]
    return [Pair(*sorted((one, other), key=lambda idea: idea.number), score) for one, other, score in both]


def like(idea, content=None):
    """The entries that look like ``idea`` as it is or as ``content`` says: (entry, how much), most alike first.

    Drafts are among them; archived entries and what was found to be no duplicate are not.
    """
    with shown(idea, content):
        fields = tokens(Idea.objects.get(pk=idea.pk)).fields
    distinct = DistinctPair.objects.filter(Q(one=idea) | Q(other=idea)).values_list("one", "other")
    others = {key for pair in distinct for key in pair}
    candidates = Idea.objects.exclude(status=Idea.Status.ARCHIVED).exclude(pk__in=others)
    near = [each for each in nearest(fields, leave_out=idea.pk, limit=MOST, candidates=candidates)
            if each.cosine >= ALIKE]  # fmt: skip
    ideas = Idea.objects.in_bulk([each.pk for each in near])
    return [(ideas[each.pk], each.cosine) for each in near]


def in_order(one, other):
    """The two entries as :class:`DistinctPair` keeps them."""
    return {"one": min(one, other, key=lambda idea: idea.pk), "other": max(one, other, key=lambda idea: idea.pk)}


@transaction.atomic
def dismiss(one, other, by):
    """Remember that two entries are no duplicates."""
    signed = {"by": by, "by_name": name_of(by)}
    return DistinctPair.objects.get_or_create(**in_order(one, other), defaults=signed)[0]


def doubt(one, other):
    """Forget that two entries are no duplicates."""
    DistinctPair.objects.filter(**in_order(one, other)).delete()
