"""Why an entry is a hit: the words marked in its texts, and what else led to it."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from .analysis import words
from .documents import body
from .query import OF_SYNONYM

SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\s*\n\s*")
LONGEST_PASSAGE, BEFORE = 220, 80  # characters of a passage; of these before the first marked word


@dataclass
class Hit:
    """The texts of an entry with the words found in ``<mark>``; all of them are safe HTML.

    ``passage`` is the best of the body, empty where title or summary hold every word. ``stands_for`` names the
    synonyms found instead of what was typed, as (synonym, typed) pairs. ``elsewhere``: nothing shown holds a word.
    ``alike``: it is one for its content, not for words.
    """

    title: SafeString
    summary: SafeString
    passage: SafeString
    stands_for: list[tuple[str, str]]
    elsewhere: bool
    alike: bool


def explain(idea, clauses, *, alike=False):
    """The :class:`Hit` that ``idea`` is for ``clauses``."""
    wanted = [clause for clause in clauses if not clause.negative]
    visible = held(f"{idea.title}\n{idea.summary}")
    unseen = {token for clause in wanted if not shown(clause, visible) for token in clause.tokens}
    passage = best_passage(body(idea), unseen) if unseen else ""
    visible |= held(passage)
    tokens = {token for clause in wanted for token in shown(clause, visible)}
    return Hit(
        title=mark(idea.title, tokens),
        summary=mark(idea.summary, tokens),
        passage=mark(passage, tokens),
        stands_for=[pair for clause in wanted for pair in synonyms(clause, visible)],
        elsewhere=not (alike or tokens),
        alike=alike,
    )


def shown(clause, visible):
    """The tokens of those alternatives of ``clause`` that the ``visible`` tokens hold as a whole."""
    return {token for each in clause.alternatives if visible.issuperset(each.tokens) for token in each.tokens}


def held(text):
    """Every token of ``text``."""
    return {token for word in words(text) for token in (word.stem, *word.parts)}


def mark(text, tokens):
    """``text`` as HTML with each word that holds one of ``tokens`` in ``<mark>``."""
    pieces, position = [], 0
    for word in words(text):
        if word.stem in tokens or not tokens.isdisjoint(word.parts):
            pieces += [escape(text[position : word.start]), "<mark>", escape(word.surface), "</mark>"]
            position = word.end
    return SafeString("".join([*pieces, escape(text[position:])]))


def best_passage(texts, tokens):
    """The sentence of ``texts`` that holds most of ``tokens``, cut to a length; empty if none holds any."""
    sentences = [sentence for text in texts for sentence in SENTENCE_ENDS.split(text) if sentence]
    best = max(sentences, key=lambda sentence: len(held(sentence) & tokens), default="")
    found = [word for word in words(best) if word.stem in tokens or not tokens.isdisjoint(word.parts)]
    if not found or len(best) <= LONGEST_PASSAGE:
        return best if found else ""
    start = max(found[0].start - BEFORE, 0)
    end = start + LONGEST_PASSAGE
    start = best.rfind(" ", 0, start) + 1 if start else 0
    if end >= len(best):
        return ("… " if start else "") + best[start:]
    end = max(best.rfind(" ", 0, end), found[0].end)
    return ("… " if start else "") + best[start:end] + " …"


def synonyms(clause, visible):
    """(synonym, typed) for what fits a clause in place of its own words."""
    fitting = [each for each in clause.alternatives if visible.issuperset(each.tokens)]
    if fitting and all(each.weight == OF_SYNONYM for each in fitting):
        yield fitting[0].word, clause.text
