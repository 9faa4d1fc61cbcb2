"""The hits of clauses and their points. Up to MOST_RANKED are all compared, on every database alike.

Of more, only the most promising are: those with the words in the title or, where these are few, the best of the
database's own rank. Of those that fit any clause, the ones that hold the rarer words.
"""

from django.db.models import Case, Count, IntegerField, Subquery, Value, When

from ..models import Idea, SearchDocument, SearchTerm
from .documents import WEIGHTS
from .engine import engine
from .rank import rarity, score

MOST_RANKED = 1000
PROMISING = 200  # of more hits, so many are compared
FINE = 10_000  # steps of rank per point


class Counts:
    """In how many of ``total`` published ideas each token occurs; tokens that none holds are not there.

    Made once for a search: what it has looked up it does not ask for again.
    """

    def __init__(self):
        self.documents, self.total, self.asked = {}, 0, set()

    @classmethod
    def of(cls, clauses):
        """The counts of the tokens of ``clauses``."""
        counts = cls()
        counts.held(clauses)
        return counts

    def learn(self, tokens):
        """Look up those of ``tokens`` that are not known yet, and with them how many ideas there are."""
        if missing := set(tokens) - self.asked:
            self.asked |= missing
            every = Idea.objects.filter(status=Idea.Status.PUBLISHED).order_by().values("status")
            total = Subquery(every.values(number=Count("pk")))
            terms = SearchTerm.objects.filter(token__in=missing).annotate(total=total)
            for token, documents, self.total in terms.values_list("token", "documents", "total"):
                self.documents[token] = documents

    def held(self, clauses):
        """The tokens of ``clauses`` that published ideas hold."""
        tokens = {token for clause in clauses for token in clause.tokens}
        self.learn(tokens)
        return tokens & self.documents.keys()

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


def ranked(queryset, clauses, counts):
    """``(key → points, whether there are more hits)`` of the ideas in ``queryset`` that fit all ``clauses``."""
    keys = list(fitting(queryset, clauses).values_list("pk", flat=True)[: MOST_RANKED + 1])
    if len(keys) > MOST_RANKED:
        return points(promising(queryset, clauses), clauses, counts), True
    return (points(engine().among(keys), clauses, counts) if keys else {}), False


def ranked_by_any(queryset, clauses, counts):
    """Key → points of the ideas in ``queryset`` that fit any of the ``clauses``, of many any of the rarer ones."""
    chosen, most = [], 0
    counts.held(clauses)
    for clause in sorted(clauses, key=counts.most):
        most += counts.most(clause)
        if chosen and most > MOST_RANKED:
            break
        chosen.append(clause)
    keys = list(fitting(queryset, chosen, any_clause=True).values_list("pk", flat=True)[: MOST_RANKED + 1])
    if len(keys) > MOST_RANKED:  # then even the rarest has more hits
        return points(promising(queryset, chosen), clauses, counts)
    return points(engine().among(keys), clauses, counts) if keys else {}


def fitting(queryset, clauses, *, any_clause=False):
    """The ideas of ``queryset`` that fit all ``clauses``, or any of them, in no order."""
    return queryset.filter(pk__in=engine().keys(clauses, any_clause=any_clause)).order_by()


def promising(queryset, clauses):
    """The keys of PROMISING ideas of many that fit all ``clauses``, as a subquery."""
    keys = engine().best(clauses, PROMISING, in_title=True)
    if len(keys) < PROMISING:
        keys = engine().best(clauses, PROMISING, in_title=False)
    return queryset.filter(pk__in=engine().among(keys)).order_by().values("pk")


def points(keys, clauses, counts):
    """Key → points of the ideas with these ``keys``, a subquery."""
    counts.held(clauses)
    rarities = counts.rarities
    rows = SearchDocument.objects.filter(pk__in=keys).values_list("pk", *WEIGHTS)
    return {pk: score(clauses, dict(zip(WEIGHTS, row, strict=True)), rarities) for pk, *row in rows}


def in_order(queryset, hits):
    """``queryset`` with ``rank``: the points of its ``hits`` (key → points), and 0 of all others."""
    if not hits:
        return queryset.annotate(rank=Value(0))
    ranks = {pk: round(found * FINE) for pk, found in hits.items()}
    held = When(pk__in=engine().among(list(ranks)), then=engine().value_of(ranks))
    return queryset.annotate(rank=Case(held, default=Value(0), output_field=IntegerField()))
