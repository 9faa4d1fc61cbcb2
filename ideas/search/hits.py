"""The hits of clauses and their points. Up to MOST_RANKED are all compared, on every database alike.

Of more, only some are: the best with the words in the title or, where these are few, others too. Of those that fit
any clause, the ones that hold the rarer words.
"""

from dataclasses import dataclass, field

from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.utils.functional import cached_property

from ..models import SearchDocument, SearchTerm
from .documents import GAP, WEIGHTS
from .engine import engine
from .rank import rarity, score
from .vocabulary import planned

MOST_RANKED = 1000
PROMISING = 200  # with the words in the title: so many of more hits are enough
COMPARED = 300  # with others, if these are fewer
FINE = 10_000  # steps of rank per point


@dataclass
class Hits:
    """The keys of the ideas that fit, and the points of those that were compared: of many not all."""

    keys: list[int] = field(default_factory=list)
    points: dict[int, float] = field(default_factory=dict)
    are_many: bool = False


class Counts:
    """In how many of ``total`` published ideas each token occurs; tokens that none holds are not there.

    Made once for a search: what it has looked up it does not ask for again.
    """

    def __init__(self):
        self.documents, self.total, self.asked = {}, 0, set()

    @cached_property
    def later(self):
        """What only ideas that are not public yet add to the counts."""
        return planned()

    @classmethod
    def of(cls, clauses):
        """The counts of the tokens of ``clauses``."""
        counts = cls()
        counts.held(clauses)
        return counts

    def learn(self, tokens):
        """Look up those of ``tokens`` that are not known yet, and with them how many ideas there are."""
        if missing := {GAP, *tokens} - self.asked:
            self.asked |= missing
            terms = SearchTerm.objects.filter(token__in=missing)
            for token, documents in terms.values_list("token", "documents"):
                if documents > self.later[token]:
                    self.documents[token] = documents - self.later[token]
            self.total = self.documents.get(GAP, 0)

    def held(self, clauses):
        """The tokens of ``clauses`` that published ideas hold."""
        tokens = {token for clause in clauses for token in clause.tokens}
        self.learn(tokens)
        return tokens & self.documents.keys()

    def know(self, clause):
        """Whether published ideas hold what fits ``clause``, if not together."""
        self.learn(clause.tokens)
        return any(self.documents.keys() >= set(each.tokens) for each in clause.alternatives)

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


def ranked(queryset, clauses, counts, excluded=frozenset()):
    """The :class:`Hits` in ``queryset`` that fit all ``clauses``; if they are many, also keys outside of it.

    ``excluded`` are keys of ideas that are none.
    """
    keys = allowed(clauses, excluded)
    if are_many(queryset, keys):
        return Hits(keys, points(promising(queryset, keys, clauses), clauses, counts), are_many=True)
    found = points(queryset.filter(engine().among(keys)), clauses, counts) if keys else {}
    return Hits(list(found), found)


def ranked_by_any(queryset, clauses, counts, excluded=frozenset()):
    """Key → points of the ideas in ``queryset`` that fit any of the ``clauses``, of many any of the rarer ones."""
    chosen, most = [], 0
    counts.held(clauses)
    for clause in sorted(clauses, key=counts.most):
        most += counts.most(clause)
        if chosen and most > MOST_RANKED:
            break
        chosen.append(clause)
    keys = allowed(chosen, excluded, any_clause=True)
    if are_many(queryset, keys):  # then even the rarest has more hits
        return points(promising(queryset, keys, chosen), clauses, counts)
    return points(queryset.filter(engine().among(keys)), clauses, counts) if keys else {}


def allowed(clauses, excluded, *, any_clause=False):
    """The keys of the ideas that fit all ``clauses`` (or any) and are not ``excluded``."""
    keys = engine().keys(clauses, any_clause=any_clause)
    return [key for key in keys if key not in excluded] if excluded else keys


def are_many(queryset, keys):
    """Whether more of ``keys`` are in ``queryset`` than are compared: mostly the first of them say so."""

    def more(some):
        return queryset.filter(engine().among(some)).order_by()[MOST_RANKED:].exists()

    return len(keys) > MOST_RANKED and (more(keys[: 2 * MOST_RANKED]) or more(keys))


def promising(queryset, keys, clauses):
    """Those ideas of many that fit all ``clauses`` which are compared."""
    every = set(keys)
    chosen = [key for key in engine().best_titles(clauses, PROMISING) if key in every]
    if len(chosen) < PROMISING:
        chosen += sorted(every.difference(chosen))[: COMPARED - len(chosen)]
    return queryset.filter(engine().among(chosen))


def points(ideas, clauses, counts):
    """Key → points of the ``ideas``, a queryset."""
    counts.held(clauses)
    rarities = counts.rarities
    rows = SearchDocument.objects.filter(pk__in=ideas.order_by().values("pk")).values_list("pk", *WEIGHTS)
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
