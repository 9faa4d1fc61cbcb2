"""What was typed, as clauses that any engine can look up. No SQL in here, and nothing typed can go wrong."""

import re
from dataclasses import dataclass

from .analysis import segments_of, token, tokens, words
from .compounds import known_ends

LONGEST = 200
PART = re.compile(r'(?:(?<=\s)|^)(?P<minus>[-−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))|"(?P<late>[^"]*)"?')
NUMBER = re.compile(
    r"\s*(?:(?:ideen?|ideas?|nr|no|nummer|number)\b[.:]?\s*)*#?\s*0*([1-9]\d{0,8})\s*", re.IGNORECASE
)
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


def number_in(text):
    """The number of an idea, if ``text`` is nothing else: «82», «082», «Idee 82», «#82»; else None."""
    found = NUMBER.fullmatch(" ".join(text[:LONGEST].split()))
    return int(found[1]) if found else None


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


def parts_of(clause):
    """A clause for each part of the compound ``clause`` is about, or for what is known of it; else none."""
    own, *others = clause.alternatives
    parts = [each for other in others for each in other.tokens]
    parts = parts or [token(each) for each in known_ends("".join(segments_of(clause.text)))]
    return [
        Clause(clause.text, (Alternative((each,)),)) for each in dict.fromkeys(parts) if each not in own.tokens
    ]
