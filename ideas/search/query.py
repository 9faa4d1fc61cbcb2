"""What was typed, as clauses that any engine can look up. No SQL in here, and nothing typed can go wrong."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from .analysis import segments_of, token, tokens, words
from .compounds import german, known_ends

LONGEST = 200
PART = re.compile(r'(?:(?<=\s)|^)(?P<minus>[-−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))|"(?P<late>[^"]*)"?')
OWN, OF_PARTS, OF_SYNONYM = 1.0, 0.7, 0.6  # what a match counts by the way it came about


@dataclass(frozen=True)
class Alternative:
    """One way to fit a clause: all ``tokens``, side by side if ``in_order``. ``word`` names a synonym."""

    tokens: tuple[str, ...]
    in_order: bool = False
    weight: float = OWN
    word: str = ""


@dataclass(frozen=True)
class Clause:
    """A word or phrase that was typed: any of the ``alternatives`` will do; ``negative``: none may."""

    text: str
    alternatives: tuple[Alternative, ...]
    negative: bool = False
    phrase: bool = False

    @property
    def tokens(self):
        """Every token of every alternative."""
        return {token for each in self.alternatives for token in each.tokens}


def of_word(surface, *, negative=False):
    """The clause of one word: its stem or all parts of it. None if there is nothing to look up."""
    stem, _every, first = tokens(surface)
    if not stem:
        return None
    alternatives = [Alternative((stem,))]
    if len(first) > 1 and not negative:  # who leaves out «Stadtfest» does not leave out every Fest in a Stadt
        alternatives.append(Alternative(first, weight=OF_PARTS))
    return Clause(surface, tuple(alternatives), negative=negative)


def of_phrase(text, *, negative):
    """The clause of a phrase: its stems side by side, or those of what stands between hyphens («Pop-up»)."""
    found = list(words(text))
    stems = tuple(word.stem for word in found)
    segments = tuple(token(each) for word in found for each in segments_of(word.surface))
    ways = dict.fromkeys([stems, segments])
    alternatives = tuple(Alternative(each, in_order=len(each) > 1) for each in ways)
    return Clause(text.strip(), alternatives, negative, phrase=True)


def read(text):
    """The clauses of ``text``, however many: words, "phrases", -exclusions."""
    clauses = []
    for match in PART.finditer(text[:LONGEST]):
        negative = bool(match["minus"])
        phrase = match["phrase"] if match["phrase"] is not None else match["late"]
        if phrase is not None:
            clauses += [of_phrase(phrase, negative=negative)] if any(words(phrase)) else []
            continue
        clauses += [of_word(word.surface, negative=negative) for word in words(match["word"])]
    return list(dict.fromkeys(clauses))


def understood(clauses, groups):
    """The clauses with what stands for them in ``groups``, and without words that say little, if others are left.

    «Ideen» says little in «Ideen zum Leerstand», «Leute» in a question, but not in «junge Leute», an expression.
    """
    clauses = with_synonyms(clauses, groups)
    return [each for each in clauses if each.phrase or not is_weak(each)] or clauses


def is_weak(clause):
    """Whether the word of ``clause`` says little beside others."""
    tokens = clause.alternatives[0].tokens
    return len(tokens) == 1 and tokens[0] in weak_stems()


@cache
def weak_stems():
    """The stems of the words that say little."""
    return {token(word) for word in german()["weak_words"]}


def parts_of(clause):
    """A clause for each part of the compound ``clause`` is about, or for what is known of it; else none."""
    own, *others = clause.alternatives
    parts = [each for other in others for each in other.tokens]
    parts = parts or [token(each) for each in known_ends("".join(segments_of(clause.text)))]
    return [
        Clause(clause.text, (Alternative((each,)),)) for each in dict.fromkeys(parts) if each not in own.tokens
    ]


@lru_cache(5000)
def stems_of(expression):
    """The stems of the words of an expression; every search asks for those of all synonyms."""
    return tuple(each.stem for each in words(expression))


def with_synonyms(clauses, groups):
    """The clauses with what stands for them in ``groups``, lists of words; two words may be one expression."""
    meanings = {}
    for group in groups:
        read_group = [(word, stems_of(word)) for word in group]
        for _word, stems in read_group:
            if stems:
                others = [each for each in read_group if each[1] and each[1] != stems]
                meanings.setdefault(stems, []).extend(others)
    widest = max(map(len, meanings), default=1)
    result, position = [], 0
    while position < len(clauses):
        for length in range(min(widest, len(clauses) - position), 0, -1):
            run = clauses[position : position + length]
            stems = tuple(stem for clause in run for stem in clause.alternatives[0].tokens)
            plain = not any(clause.negative or clause.phrase for clause in run)
            if plain and stems in meanings and (length > 1 or len(stems) == 1):
                result.append(with_others(run, stems, meanings[stems]))
                break
        else:
            length = 1
            result.append(clauses[position])
        position += length
    return result


def with_others(run, stems, others):
    """The clauses of ``run`` as one that also fits the ``others``: (word, stems) pairs."""
    own = run[0].alternatives if len(run) == 1 else (Alternative(stems),)
    more = [Alternative(tokens, in_order=len(tokens) > 1, weight=OF_SYNONYM, word=word) for word, tokens in others]
    text = " ".join(clause.text for clause in run)
    return replace(run[0], text=text, alternatives=tuple(dict.fromkeys([*own, *more])))
