"""The order of hits: BM25F (Robertson, Zaragoza, Taylor 2004) over the stored tokens, alike on both databases."""

import math
from collections import Counter

from .documents import USUAL_LENGTHS, WEIGHTS

SATURATION, LENGTH_MATTERS = 1.2, 0.6


def rarity(documents, total):
    """The weight of a token that ``documents`` of ``total`` entries hold."""
    return math.log(1 + (max(total - documents, 0) + 0.5) / (documents + 0.5))


def score(clauses, fields, rarities):
    """How well the ``fields`` of an entry (name → tokens with spaces) fit the ``clauses``; 0 is not at all.

    An entry that fits few of the clauses counts less than the sum of what it fits.
    """
    counts = {field: Counter(text.split()) for field, text in fields.items()}
    norms = {
        field: WEIGHTS[field]
        / (1 - LENGTH_MATTERS + LENGTH_MATTERS * max(sum(counted.values()), 1) / USUAL_LENGTHS[field])
        for field, counted in counts.items()
    }

    def of_token(token):
        weighted = sum(norms[field] * counted[token] for field, counted in counts.items())
        return rarities.get(token, 0) * weighted / (SATURATION + weighted)

    def of(alternative):
        found = [of_token(token) for token in alternative.tokens]
        return alternative.weight * sum(found) / math.sqrt(len(found)) if all(found) else 0

    points = [max(map(of, clause.alternatives)) for clause in clauses]
    return sum(points) * math.sqrt(sum(each > 0 for each in points) / len(points))
