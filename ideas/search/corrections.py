"""Typing errors: the word of our own vocabulary, or of the synonyms, that was probably meant."""

from functools import lru_cache, reduce
from operator import or_

import cologne_phonetics
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


def corrected(words, groups=(), later=None):
    """For each of ``words`` the word that was meant, where there is one; one query however many they are.

    It may be one of ``groups``, the synonyms, which no entry needs to hold, and none of ``later``, which are not
    public yet. Few errors first, then the same first letter, the same sound, and how common it is. Errors are
    counted in the word and, for the vocabulary holds one form of each word only, in its stem.
    """
    typed = {word: fold(word) for word in words if allowed(fold(word)) and not is_word(fold(word))}
    if not typed:
        return {}
    near = reduce(or_, (near_to(each) for each in typed))
    found = public_terms(later or {}).alias(word_length=Length("word"), token_length=Length("token")).filter(near)
    terms = list(found.values_list("word", "token", "documents"))
    terms += [(word, forms(word)[1], 0) for group in groups for word in group if word.isalpha()]
    meant = {word: nearest(each, terms) for word, each in typed.items()}
    return {word: each for word, each in meant.items() if each}


def is_word(typed):
    """Whether it is German or English: then it is no typing error if no entry holds it. Hund is not Hand."""
    return typed in costs() or bool(in_german(typed))


def near_to(word):
    """The condition of terms that may be meant by ``word``."""
    typed = fold(word)
    most, stem = allowed(typed), token(typed)
    near = Q(word_length__range=(max(len(word) - most - 2, SHORTEST), len(typed) + most))
    near |= Q(token_length__range=(max(len(stem) - most, SHORTEST), len(stem) + most))
    # One wrong letter at the start leaves the end of the stem as it is: most of a large vocabulary is never read.
    return near & (Q(token__startswith=stem[0]) | Q(token__endswith=stem[2:]))


@lru_cache(50_000)
def forms(word):
    """A word folded, and its stem; all synonyms are compared with each typing error."""
    folded = fold(word)
    return folded, token(folded)


def nearest(typed, terms):
    """The word of ``terms`` (word, token, documents) that is nearest to a folded word, or None."""
    folded, ways = [forms(word)[0] for word, _token, _documents in terms], []
    tokens = [each for _word, each, _documents in terms]
    for by_stem, form, others in ((False, typed, folded), (True, token(typed), tokens)):
        most = max(allowed(typed) - by_stem, 1)  # «verklebten» is not «verlegt», though the stems are near
        alike = process.extract(form, others, scorer=OSA.distance, score_cutoff=most, limit=None)
        for _form, distance, position in alike:
            word, _token, documents = terms[position]
            same_start = folded[position][0] == typed[0]
            if same_start or distance == 1:
                errors = (distance + by_stem / 2, not same_start, sound(folded[position]) != sound(typed))
                ways.append((*errors, -documents, folded[position], word))
    return min(ways)[-1] if ways else None


@lru_cache(5_000)
def sound(word):
    """How a folded word sounds, by Cologne phonetics (Postel 1969): Senjoren and Senioren are the same."""
    return "".join(code for _part, code in cologne_phonetics.encode(word))
