"""The hits of clauses and their points. Up to MOST_RANKED are all compared, on every database alike.

Of more, only the most promising are: those with the words in the title or, where these are few, the best of the
database's own rank. Of those that fit any clause, the ones that hold the rarer words.
"""

from dataclasses import dataclass, field

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When

from ..models import Idea, SearchDocument, SearchTerm
from .documents import WEIGHTS
from .engine import engine
from .rank import rarity, score

MOST_RANKED = 1000
PROMISING = 200  # of more hits, so many are compared
ROUGHLY_RANKED = 5000  # among so many the database looks for them; reading all of tens of thousands takes too long
FINE = 10_000  # steps of rank per point


@dataclass
class Hits:
    """The keys of the ideas that fit, and the points of those that were compared: of many not all."""

    keys: list[int] = field(default_factory=list)
    points: dict[int, float] = field(default_factory=dict)

    @property
    def are_many(self):
        """Whether some were not compared."""
        return len(self.points) < len(self.keys)


@dataclass
class Counts:
    """In how many of ``total`` published ideas each token occurs; tokens that none holds are not there."""

    documents: dict[str, int]
    total: int

    @classmethod
    def of(cls, clauses):
        """The counts of the tokens of ``clauses``."""
        tokens = {token for clause in clauses for token in clause.tokens}
        documents = SearchTerm.objects.filter(token__in=tokens).values_list("token", "documents")
        return cls(dict(documents), Idea.objects.filter(status=Idea.Status.PUBLISHED).count())

    @property
    def rarities(self):
        """Token → how much it weighs."""
        return {token: rarity(documents, self.total) for token, documents in self.documents.items()}

    @property
    def unknown(self):
        """The rarity of a token that no idea holds."""
        return rarity(0, self.total)

    def most(self, clause):
        """How many ideas fit ``clause`` at the most."""
        return sum(min(self.documents.get(token, 0) for token in each.tokens) for each in clause.alternatives)


def ranked(queryset, clauses):
    """The :class:`Hits` in ``queryset`` that fit all ``clauses``; if they are many, also keys outside of it."""
    keys = engine().keys(clauses)
    inside = first(queryset, keys)
    if len(inside) > MOST_RANKED:
        return Hits(keys, points(promising(queryset, keys, clauses), clauses, Counts.of(clauses)))
    return Hits(inside, points(inside, clauses, Counts.of(clauses)) if inside else {})


def ranked_by_any(queryset, clauses, counts):
    """Key → points of the ideas in ``queryset`` that fit any of the ``clauses``, of many any of the rarer ones."""
    chosen, most = [], 0
    for clause in sorted(clauses, key=counts.most):
        most += counts.most(clause)
        if chosen and most > MOST_RANKED:
            break
        chosen.append(clause)
    fitting = engine().keys(chosen, any_clause=True)
    keys = first(queryset, fitting)
    if len(keys) > MOST_RANKED:  # then even the rarest has more hits
        keys = promising(queryset, fitting, chosen)
    return points(keys, clauses, counts) if keys else {}


def first(queryset, keys):
    """Those of ``keys`` that are in ``queryset``, up to one more than are compared."""
    inside = queryset.filter(engine().among(keys)) if keys else queryset.none()
    return list(inside.order_by().values_list("pk", flat=True)[: MOST_RANKED + 1])


def promising(queryset, keys, clauses):
    """The keys of PROMISING ideas of many that fit all ``clauses``."""
    best = engine().best_titles(clauses, PROMISING)
    if len(best) < PROMISING:
        best = engine().best(clauses, [*best, *sorted(keys)[:ROUGHLY_RANKED]], PROMISING)
    return list(queryset.filter(engine().among(best)).order_by().values_list("pk", flat=True))


def points(keys, clauses, counts):
    """Key → points of the ideas with these ``keys``."""
    rarities = counts.rarities
    rows = SearchDocument.objects.filter(engine().among(keys)).values_list("pk", *WEIGHTS)
    return {pk: score(clauses, dict(zip(WEIGHTS, row, strict=True)), rarities) for pk, *row in rows}


def in_order(queryset, hits):
    """``queryset`` with ``rank``: the points of its ``hits`` (key → points), and 0 of all others."""
    if not hits:
        return queryset.annotate(rank=Value(0))
    ranks = {pk: round(found * FINE) for pk, found in hits.items()}
    held = When(engine().among(ranks), then=engine().value_of(ranks))
    return queryset.annotate(rank=Case(held, default=Value(0), output_field=IntegerField()))


def without(queryset, clauses):
    """The ideas of ``queryset`` that fit none of the ``clauses``.

    Not by NOT IN: PostgreSQL goes through the keys for each row once they do not fit into its working memory.
    """
    documents = SearchDocument.objects.filter(engine().among(engine().keys(clauses, any_clause=True)))
    return queryset.filter(~Exists(documents.filter(pk=OuterRef("pk"))))
