"""The search: a queryset and what was typed go in, a :class:`Found` with the ranked queryset comes out.

Where all words together find nothing or little, it goes on: with corrected words, then with any of the words. What
it did stands in the result, so that the page can say it.
"""

from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, QuerySet, Value, When

from ..models import SearchDocument, SearchTerm, SynonymGroup
from .corrections import correct
from .documents import WEIGHTS
from .engine import engine
from .query import Clause, by_parts, of_word, read, with_synonyms
from .rank import rarity, score

MOST_RANKED = 1000  # of more hits, the engine's best are put in order and the rest follow by number
FEW = 5  # with fewer hits than this, entries that fit some of the words follow
NEAR_THE_BEST, MOST_SIMILAR = 0.45, 24  # similar hits: share of the best score they must reach; how many
FINE = 10_000  # steps of rank per point of score


@dataclass
class Found:
    """What a search came to.

    ``corrections``: typed word → word searched instead. ``exact``: how many entries fit all
    words; ``similar``: how many fit only some. Those stand behind the others. Both are counted without the facets.
    """

    ideas: QuerySet
    clauses: list[Clause] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    exact: int = 0
    similar: int = 0
    typed: list[Clause] = field(default_factory=list)

    @property
    def literally(self):
        """The same words for a search that corrects nothing: each corrected one in quotes."""
        texts = [
            (f'"{each.text}"' if each.phrase or each.text in self.corrections else each.text, each)
            for each in self.typed
        ]
        return " ".join(("-" if clause.negative else "") + text for text, clause in texts)


def matching(queryset, text):
    """The ideas of ``queryset`` that fit ``text``, with their ``rank``."""
    return find(queryset, text).ideas


def find(queryset, text):
    """Search ``queryset`` for ``text``; an empty text finds everything."""
    if not text.strip():
        return Found(queryset.annotate(rank=Value(0)))
    groups = [words.splitlines() for words in SynonymGroup.objects.values_list("words", flat=True)]
    typed = read(text)
    clauses = with_synonyms(typed, groups)
    wanted = [clause for clause in clauses if not clause.negative]
    allowed = queryset
    for clause in clauses:
        if clause.negative:
            allowed = allowed.exclude(pk__in=engine().keys(clause))
    if not wanted:
        return Found(
            allowed.annotate(rank=Value(0)) if clauses else queryset.none().annotate(rank=Value(0)), clauses
        )
    hits = ranked(allowed, wanted)
    corrections = {}
    if not hits:
        corrections = corrected(wanted)
        if corrections:
            clauses = with_synonyms(read_again(typed, corrections), groups)
            wanted = [clause for clause in clauses if not clause.negative]
            hits = ranked(allowed, wanted)
    exact = len(hits)
    loose = with_synonyms(list(by_parts(read_again(typed, corrections))), groups)
    loose = [clause for clause in loose if not clause.negative]
    if exact < FEW and len(loose) > 1 and not any(clause.phrase for clause in wanted):
        near = nearest(ranked(allowed, loose, any_clause=True))
        best = max(near.values(), default=0)
        hits = {pk: points + best for pk, points in hits.items()} | {pk: near[pk] for pk in near if pk not in hits}
    if not hits:
        corrections = {}
    return Found(put_in_order(allowed, hits, wanted), clauses, corrections, exact, len(hits) - exact, typed)


def read_again(clauses, corrections):
    """The clauses with corrected words."""
    return [of_word(corrections[each.text]) if each.text in corrections else each for each in clauses]


def ranked(queryset, clauses, *, any_clause=False):
    """The scores of the ideas in ``queryset`` that fit all ``clauses`` (or any), by key; of many the best."""
    found = fitting(queryset, clauses, any_clause)
    rows = SearchDocument.objects.values_list("pk", *WEIGHTS)
    documents = list(rows.filter(pk__in=found.order_by().values("pk"))[: MOST_RANKED + 1])
    if len(documents) > MOST_RANKED:
        best = found.order_by(engine().score(clauses).desc(), "number").values_list("pk", flat=True)[:MOST_RANKED]
        documents = list(rows.filter(pk__in=list(best)))
    if not documents:
        return {}
    total = SearchDocument.objects.count()
    wanted = {token for clause in clauses for token in clause.tokens}
    counts = SearchTerm.objects.filter(token__in=wanted).values_list("token", "documents")
    rarities = {token: rarity(documents_with, total) for token, documents_with in counts}
    return {pk: score(clauses, dict(zip(WEIGHTS, row, strict=True)), rarities) for pk, *row in documents}


def fitting(queryset, clauses, any_clause):
    """The ideas of ``queryset`` that fit all ``clauses``, or any of them."""
    if any_clause:
        alternatives = tuple(each for clause in clauses for each in clause.alternatives)
        return queryset.filter(pk__in=engine().keys(Clause("", alternatives)))
    for clause in clauses:
        queryset = queryset.filter(pk__in=engine().keys(clause))
    return queryset


def corrected(clauses):
    """What the words in ``clauses`` that no entry holds were probably meant to be."""
    tokens = {token for clause in clauses for token in clause.tokens}
    known = set(SearchTerm.objects.filter(token__in=tokens).values_list("token", flat=True))
    found = {}
    for clause in clauses:
        unknown = not any(known.issuperset(each.tokens) for each in clause.alternatives)
        if unknown and not clause.phrase and (word := correct(clause.text)):
            found[clause.text] = word
    return found


def nearest(hits):
    """The best of ``hits``: those near the best one."""
    least = max(hits.values(), default=0) * NEAR_THE_BEST
    best = sorted(hits, key=lambda pk: (-hits[pk], pk))[:MOST_SIMILAR]
    return {pk: hits[pk] for pk in best if hits[pk] >= least and hits[pk] > 0}


def put_in_order(queryset, hits, clauses):
    """The ideas of ``hits`` (key → score) as queryset with ``rank``; with those beyond the ranked ones, if any."""
    if len(hits) < MOST_RANKED:
        queryset = queryset.filter(pk__in=list(hits))
    else:
        queryset = fitting(queryset, clauses, any_clause=False)
    cases = [When(pk=pk, then=Value(round(points * FINE))) for pk, points in hits.items()]
    return queryset.annotate(rank=Case(*cases, default=Value(0), output_field=IntegerField()))
