"""Splitting German compounds: «Leerstandsregister» is made of Leerstand and Register.

The cheapest way to build a word from known parts wins; a part costs the negative logarithm of its frequency.
"""

import gzip
import math
from functools import cache, lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data"
LINKS = {"": 0, "s": 0.3, "es": 2, "n": 2, "en": 2, "er": 2, "e": 2, "ens": 2, "ns": 2}  # linking element → cost
DROPPED_E = 1  # cost of a lost final e: Schul-, Sprach-
SHORTEST_WAY = 2  # letters of a part, before the list of words has its say
PER_PART = 7  # else long words fall into crumbs
KNOWN_WHOLE = 9  # a known word is split if its parts cost less than this many times its own cost
SHORTEST_COMPOUND, SHORTEST_PART, SHORTEST_STEM_OF_PERSON, SHORTEST_END = 7, 4, 8, 5


@cache
def german():
    """What ``german.yaml`` knows: sets of words, and ``stems`` as a dict."""
    content = yaml.safe_load((DATA / "german.yaml").read_text(encoding="utf-8"))
    return {key: value if isinstance(value, dict) else frozenset(value.split()) for key, value in content.items()}


@cache
def costs():
    """The cost of each word that may be part of a compound."""
    counts = {}
    with gzip.open(DATA / "parts.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            word, count = line.split()
            counts[word] = max(int(count), 1)
    for word in german()["seeds"]:
        counts[word] = max(counts.get(word, 0), 3000)
    total = sum(counts.values())
    usable = {word for word in counts if len(word) >= SHORTEST_PART} | german()["short_parts"]
    return {word: -math.log(counts[word] / total) for word in usable - german()["no_parts"] if word in counts}


def part(text, *, last):
    """``(cost, word)`` if ``text`` can be a part of a compound, else None."""
    known, found = costs(), []
    for link, extra in ({"": 0} if last else LINKS).items():
        word = text.removesuffix(link) if link else text
        if text.endswith(link) and word in known:
            found.append((known[word] + extra, word))
    if not found and not last and len(text) >= SHORTEST_PART and text + "e" in known:
        found.append((known[text + "e"] + DROPPED_E, text + "e"))
    return min(found, default=None)


@lru_cache(50_000)
def split(word):
    """The parts of a folded word, from left to right; the word alone if it is no compound."""
    if not SHORTEST_COMPOUND <= len(word) <= 60 or word in german()["whole"]:  # noqa: PLR2004 (no longer German words)
        return (word,)
    best = {0: (0.0, ())}
    for end in range(2, len(word) + 1):
        ways = []
        for start, (cost, parts) in best.items():
            if (
                (start or end < len(word))
                and end - start >= SHORTEST_WAY
                and (found := part(word[start:end], last=end == len(word)))
            ):
                ways.append((cost + found[0] + PER_PART, (*parts, found[1])))
        if ways:
            best[end] = min(ways)
    cost, parts = best.get(len(word), (math.inf, ()))
    if len(parts) < 2 or cost >= costs().get(word, math.inf) * KNOWN_WHOLE:  # noqa: PLR2004 (two make a compound)
        return (word,)
    return parts


@lru_cache(50_000)
def all_parts(word):
    """The parts of a folded word on every level: parts of parts too; empty if it is no compound."""
    found, due, seen = [], [word], set()
    while due:
        each = due.pop()
        if each in seen:
            continue
        seen.add(each)
        parts = split(each)
        for ending in ("innen", "in"):
            if len(parts) == 1 and each.endswith(ending) and len(each) - len(ending) > SHORTEST_STEM_OF_PERSON:
                parts = split(each.removesuffix(ending))
        if len(parts) > 1:
            found += parts
            due += parts
    return tuple(dict.fromkeys(each for each in found if each != word))


def known_ends(word):
    """The longest known beginning and end of a folded word that is made of more than the list knows.

    «Leerstandskümmerer» begins with Leerstand. Only what makes up half of the word says what it is about.
    """
    shortest = max(SHORTEST_END, (len(word) + 1) // 2)
    cuts = range(shortest, len(word) - 1)
    first = next((found[1] for cut in reversed(cuts) if (found := part(word[:cut], last=False))), None)
    last = next((found[1] for cut in reversed(cuts) if (found := part(word[-cut:], last=True))), None)
    return [each for each in (first, last) if each]
