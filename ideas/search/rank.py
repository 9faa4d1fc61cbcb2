"""The order of hits: BM25F (Robertson, Zaragoza, Taylor 2004) over the stored tokens, alike on both databases."""

import math
from collections import Counter, defaultdict
from operator import itemgetter

from .documents import USUAL_LENGTHS, WEIGHTS

SATURATION, LENGTH_MATTERS = 8, 0.6
MORE_DOCUMENTS = 5
FURTHER = 0.5  # what each further way to fit a clause counts: who also writes of Kataster is closer to Register


def rarity(documents, total):
    """The weight of a token that ``documents`` of ``total`` entries hold.

    A few entries more count as holding it, so that in a long question the one word that hardly any entry holds
    does not outweigh all others.
    """
    return math.log(1 + total / (documents + MORE_DOCUMENTS))


def score(clauses, fields, rarities):
    """How well the ``fields`` of an entry (name → tokens with spaces) fit the ``clauses``; 0 is not at all.

    A token counts for one clause only, the one it fits best: what was typed twice in other words is asked for
    once.
    """
    weighted = defaultdict(float)
    for field, text in fields.items():
        tokens = text.split()
        length = max(len(tokens), 1) / USUAL_LENGTHS[field]
        norm = WEIGHTS[field] / (1 - LENGTH_MATTERS + LENGTH_MATTERS * length)
        for token, count in Counter(filter(rarities.__contains__, tokens)).items():
            weighted[token] += norm * count
    gains = {token: rarities[token] * weight / (SATURATION + weight) for token, weight in weighted.items()}

    def of(alternative):
        found = [gains[token] for token in alternative.tokens if token in gains]
        whole = len(found) == len(alternative.tokens)
        return alternative.weight * sum(found) / math.sqrt(len(found)) if whole else 0

    ways = [(of(each), place, each.tokens) for place, clause in enumerate(clauses) for each in clause.alternatives]
    ways = sorted((way for way in ways if way[0]), key=itemgetter(0), reverse=True)
    points, used, fitted, further = 0, set(), set(), []
    for gain, place, own in ways:
        if place in fitted:
            further.append((gain, own))
        elif used.isdisjoint(own):
            points += gain
            fitted.add(place)
            used.update(own)
    for gain, own in further:
        if used.isdisjoint(own):
            points += FURTHER * gain
            used.update(own)
    return points


def possible(clauses, rarities, unknown):
    """What an entry full of each word, or of what stands for it, would score.

    A word that no entry holds, and nothing that stands for it, has the rarity ``unknown``.
    """

    def of(alternative):
        found = [rarities[token] for token in alternative.tokens if token in rarities]
        whole = len(found) == len(alternative.tokens)
        return alternative.weight * sum(found) / math.sqrt(len(found)) if whole else 0

    return sum(max(map(of, clause.alternatives)) or unknown for clause in clauses)
