"""German text as tokens: the one analysis for entries, queries and highlighting, on every database.

A token is a stem written in a–z and 0–9, so that no tokenizer or locale of a database ever changes it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer

from .compounds import all_parts, german, split

LONGEST = 60
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and the like, in pasted text
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys(INVISIBLE, ""))
# «Händler:innen», «Händler*innen», «Händler/-innen», «HändlerInnen»: the sign belongs to the word.
CHARACTER = rf"(?:[^\W_]|[\u0300-\u036f{INVISIBLE}])"
WORD = re.compile(rf"[^\W_]{CHARACTER}*(?:(?:[:*_]|/-?)(?=(?:innen|in)\b){CHARACTER}+|[-‐‑’']{CHARACTER}+)*")
GENDER_ENDING = re.compile(r"(?:[:*_]|/-?)(?:innen|in)\b", re.IGNORECASE)
JOINTS = re.compile(r"[-‐‑’']")
# What Snowball leaves apart: Nutzung and nutzen, Ärztinnen and Arzt, Händler and Handel.
NOUN_OF_VERB = re.compile(r"(?<=[a-z]{4})ung$")
WOMEN = re.compile(r"(?<=[a-z]{3})inn$")
DROPPED_VOWEL = re.compile(r"(?<=[a-z]{2}[b-df-hj-np-tv-z])el$")
stemmer = Stemmer.Stemmer("german", 0)  # lru_cache below does the caching


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its tokens, and where it stands.

    ``parts`` are the tokens of all parts of a compound, ``first_parts`` only those of the first level.
    """

    surface: str
    stem: str
    parts: tuple[str, ...]
    first_parts: tuple[str, ...]
    start: int
    end: int


def fold(text):
    """Lower case without umlauts and accents: ä is ae, ß is ss, é is e."""
    composed = unicodedata.normalize("NFC", text).lower().translate(UMLAUTS)
    decomposed = unicodedata.normalize("NFKD", composed)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(50_000)
def token(folded):
    """The stem of a folded word as a token."""
    stem = german()["stems"].get(folded)
    if not stem:
        stem = fold(stemmer.stemWord(folded))
        if stem not in german()["whole_stems"]:
            stem = DROPPED_VOWEL.sub("l", NOUN_OF_VERB.sub("", WOMEN.sub("", stem)))
    if not (stem.isascii() and stem.isalnum()):
        stem = "u" + stem.encode("utf-8", "replace").hex()
    elif stem[0].isdigit():
        stem = "n" + stem
    return stem[:LONGEST]


def segments_of(surface):
    """What stands between hyphens in a word as written, folded and without an ending for women."""
    return [each for each in JOINTS.split(fold(GENDER_ENDING.sub("", surface))) if each]


@lru_cache(50_000)
def tokens(surface):
    """``(stem, parts, first parts)`` of one word as written."""
    segments = segments_of(surface)
    whole = "".join(segments)
    if not whole:
        return "", (), ()
    stem = token(whole)
    first = segments if len(segments) > 1 else [each for each in split(whole) if each != whole]
    every = [*(segments if len(segments) > 1 else ()), *all_parts(whole)]
    for segment in segments if len(segments) > 1 else ():
        every += all_parts(segment)
    if len(segments) > 2:  # noqa: PLR2004 (two are the word as a whole): «Popup» is in «Pop-up-Gastronomie»
        every += [one + other for one, other in pairwise(segments)]
    named = dict.fromkeys(token(each) for each in first or all_parts(whole)[:2])
    return stem, tuple(dict.fromkeys(token(each) for each in every if token(each) != stem)), tuple(named)


@lru_cache(50_000)
def is_stop_word(surface):
    """Whether a word as written carries no meaning."""
    return fold(surface) in german()["stop_words"]


def words(text, *, keep_stop_words=False):
    """The words of ``text`` in order, without those that carry no meaning."""
    for match in WORD.finditer(text):
        surface = match.group()
        if not keep_stop_words and is_stop_word(surface):
            continue
        stem, parts, first = tokens(surface)
        if stem:
            yield Word(surface, stem, parts, first, match.start(), match.end())
