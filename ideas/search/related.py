"""Ideas like another: the cosine of their TF-IDF vectors over the tokens the search keeps.

:func:`nearest` compares tokens with those stored, also tokens of a text that is not stored yet. :mod:`.relations`
keeps what came of it for the pages.
"""

import math
from collections import Counter
from operator import mul
from typing import NamedTuple

from ..models import Idea, SearchDocument, SearchTerm
from .documents import GAP, WEIGHTS
from .engine import engine
from .query import Alternative, Clause

SHOWN = 6
TELLING = 80  # heaviest tokens; an idea to be compared must hold one. By 20, 68 % of the six nearest were found
MOST_COMPARED = 500  # so many entries may these tokens lead to; the most frequent are left out until it fits
SHARED = 12  # tokens kept to say why
MOST_VECTORS = 5_000  # kept in memory while many entries are compared
MOST_PARAMETERS = 900  # of one query


class Near(NamedTuple):
    """An idea near another: its key, how near (cosine, 0 to 1), the tokens they share, heaviest first."""

    pk: int
    cosine: float
    shared: tuple[str, ...]


def nearest(fields, *, leave_out=None, limit=SHOWN, candidates=None):
    """The ideas whose tokens are most like ``fields`` (name → tokens, as :func:`.documents.tokens` gives them).

    ``leave_out`` is the key of an idea, usually the one the tokens come from; ``candidates`` a queryset of ideas,
    all by default, drafts too. A list of :class:`Near`, the nearest first.
    """
    space = Space()
    vector = space.vector(fields)
    ideas = (Idea.objects.all() if candidates is None else candidates).exclude(pk=leave_out)
    found = compare(vector, reached(vector, ideas, space), space)
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit]
    vectors = space.stored([pk for pk, _cosine in best])
    return [Near(pk, cosine, shared(vector, vectors[pk])) for pk, cosine in best]


def compare(vector, keys, space):
    """How near the ideas of ``keys`` are to a vector: key → cosine, without those that share nothing."""
    near = {pk: cosine(vector, theirs) for pk, theirs in space.stored(keys).items()}
    return {pk: found for pk, found in near.items() if found}


def cosine(one, other):
    """How near two vectors are. The sum is exact, whatever the order of the tokens."""
    both = one.keys() & other.keys()
    return min(math.fsum(map(mul, map(one.__getitem__, both), map(other.__getitem__, both))), 1.0)


def shared(one, other):
    """The tokens two vectors share that make them alike, heaviest first."""
    weights = {token: one[token] * other[token] for token in one.keys() & other.keys()}
    return tuple(sorted(weights, key=lambda token: (-weights[token], token))[:SHARED])


def reached(vector, ideas, space):
    """The keys of those of the ``ideas`` that hold one of the heaviest tokens of a vector."""
    telling, count = [], 0
    for token in sorted(vector, key=lambda token: (-vector[token], token)):
        if len(telling) < TELLING and count + space.documents[token] <= MOST_COMPARED:
            telling.append(Alternative((token,)))
            count += space.documents[token]
    if not telling:
        return []
    found = ideas.filter(engine().among(engine().keys([Clause("", tuple(telling))])))
    return list(found.order_by("number").values_list("pk", flat=True)[: 2 * MOST_COMPARED])


class Space:
    """The ideas as vectors of length one: token → weight. It keeps what it has read, to compare many at once."""

    def __init__(self):
        self.total = SearchDocument.objects.filter(public=True).count()
        self.documents, self.vectors, self.public = {}, {}, set()

    def vector(self, fields):
        """The vector of ``fields``."""
        counts = counted(fields)
        self.learn(counts)
        return self.of_length_one(counts)

    def stored(self, keys):
        """The vectors of the ideas of ``keys`` by key, of those that are in the index."""
        missing = [pk for pk in keys if pk not in self.vectors]
        if len(self.vectors) + len(missing) > MOST_VECTORS:
            self.vectors.clear()
            missing = list(keys)
        if not missing:
            return {pk: self.vectors[pk] for pk in keys}
        counts = {}
        rows = SearchDocument.objects.filter(pk__in=missing).values_list("pk", "public", *WEIGHTS)
        for pk, public, *texts in rows:
            counts[pk] = counted(dict(zip(WEIGHTS, texts, strict=True)))
            if public:
                self.public.add(pk)
        self.learn(set().union(*counts.values()))
        self.vectors |= {pk: self.of_length_one(each) for pk, each in counts.items()}
        return {pk: self.vectors[pk] for pk in keys if pk in self.vectors}

    def learn(self, tokens):
        """Read how many public ideas hold each of ``tokens``."""
        unknown = sorted(set(tokens) - self.documents.keys())
        self.documents |= dict.fromkeys(unknown, 0)
        for start in range(0, len(unknown), MOST_PARAMETERS):
            terms = SearchTerm.objects.filter(token__in=unknown[start : start + MOST_PARAMETERS])
            self.documents |= dict(terms.values_list("token", "documents"))

    def of_length_one(self, counts):
        """The vector of weighted counts of tokens; the rarer a token is, the more it weighs."""
        weights = {
            token: (1 + math.log(count)) * math.log(1 + self.total / max(self.documents[token], 1))
            for token, count in counts.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {token: weight / length for token, weight in weights.items()} if length else {}


def counted(fields):
    """How often each token occurs in ``fields``; one in the title counts as often as the title weighs."""
    counts = Counter()
    for field, text in fields.items():
        for token in text.split():
            counts[token] += WEIGHTS[field]
    counts.pop(GAP, None)
    return counts
