"""Typing errors: the word of our own vocabulary that was probably meant."""

from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..models import SearchTerm
from .analysis import fold

SHORTEST, SHORT, LONG = 4, 8, 13


def allowed(word):
    """How many letters may be wrong in ``word``."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < SHORT else 2 if len(word) < LONG else 3


def correct(word):
    """The word meant by ``word``, or None: few errors first, then the same first letter, then how common it is."""
    typed = fold(word)
    most = allowed(typed)
    if not most:
        return None
    terms = SearchTerm.objects.annotate(length=Length("word")).filter(
        length__range=(max(len(word) - most - 2, SHORTEST), len(typed) + most)
    )
    found = [(fold(text), text, documents) for text, documents in terms.values_list("word", "documents")]
    near = process.extract(typed, [each[0] for each in found], scorer=OSA.distance, score_cutoff=most, limit=None)
    ways = [
        (distance, folded[0] != typed[0], -found[position][2], folded, found[position][1])
        for folded, distance, position in near
        if distance == 1 or folded[0] == typed[0]
    ]
    return min(ways)[-1] if ways else None
