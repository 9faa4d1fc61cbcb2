"""Typing errors: the word of our own vocabulary that was probably meant."""

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analysis import fold, token
from .compounds import costs
from .english import in_german
from .vocabulary import public_terms

SHORTEST, SHORT, LONG = 4, 8, 13


def allowed(word):
    """How many letters may be wrong in ``word``."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < SHORT else 2 if len(word) < LONG else 3


def correct(word):
    """The word meant by ``word``, or None: few errors first, then the same first letter, then how common it is.

    Errors are counted in the word and, for the vocabulary holds one form of each word only, in its stem.
    """
    typed = fold(word)
    most = allowed(typed)
    # A word that no entry holds is no typing error if it is German or English: Hund is not Hand.
    if not most or typed in costs() or in_german(typed):
        return None
    stem = token(typed)
    near = Q(word_length__range=(max(len(word) - most - 2, SHORTEST), len(typed) + most))
    near |= Q(token_length__range=(max(len(stem) - most, SHORTEST), len(stem) + most))
    # One wrong letter at the start leaves the end of the stem as it is: most of a large vocabulary is never read.
    near &= Q(token__startswith=stem[0]) | Q(token__endswith=stem[2:])
    terms = public_terms().alias(word_length=Length("word"), token_length=Length("token")).filter(near)
    found = list(terms.values_list("word", "token", "documents"))
    folded = [fold(text) for text, _token, _documents in found]
    ways = []
    for by_stem, form, forms in ((False, typed, folded), (True, stem, [each[1] for each in found])):
        alike = process.extract(form, forms, scorer=OSA.distance, score_cutoff=most, limit=None)
        for _form, distance, position in alike:
            word, _token, documents = found[position]
            same_start = folded[position][0] == typed[0]
            if same_start or distance == 1:
                ways.append((distance + by_stem / 2, not same_start, -documents, folded[position], word))
    return min(ways)[-1] if ways else None
