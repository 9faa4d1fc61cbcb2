"""Words that stand for each other, and a query understood with them."""

from collections import defaultdict
from copy import copy
from dataclasses import replace
from functools import cache, lru_cache

from ..models import SynonymGroup
from .analysis import token, words
from .compounds import german
from .query import OF_SYNONYM, Alternative


class Synonyms:
    """Groups of words and expressions: what stands for what."""

    def __init__(self, groups):
        self.groups = groups
        self.others = defaultdict(list)  # stems of an expression → (word, stems) of what stands for it
        for group in groups:
            known = [(word, stems) for word in group if (stems := stems_of(word))]
            for _word, stems in known:
                self.others[stems] += [each for each in known if each[1] != stems]
        self.widest = max(map(len, self.others), default=1)

    def with_also(self, groups):
        """These and other ``groups``."""
        if not groups:
            return self
        joined, more = copy(self), Synonyms(groups)
        joined.groups = [*self.groups, *groups]
        joined.others = self.others | {
            stems: [*self.others.get(stems, []), *others] for stems, others in more.others.items()
        }
        joined.widest = max(self.widest, more.widest)
        return joined

    def understand(self, clauses):
        """The clauses with what stands for them, and without words that say little, if others are left.

        «Ideen» says little in «Ideen zum Leerstand», «Leute» in a question, but not in «junge Leute», an
        expression.
        """
        clauses = self.widen(clauses)
        return [each for each in clauses if each.phrase or not is_weak(each)] or clauses

    def widen(self, clauses):
        """The clauses with what stands for them; several words may be one expression."""
        result, position = [], 0
        while position < len(clauses):
            for length in range(min(self.widest, len(clauses) - position), 0, -1):
                run = clauses[position : position + length]
                stems = tuple(stem for clause in run for stem in clause.alternatives[0].tokens)
                plain = not any(clause.negative or clause.phrase for clause in run)
                if plain and stems in self.others and (length > 1 or len(stems) == 1):
                    result.append(with_others(run, stems, self.others[stems]))
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


def kept():
    """The :class:`Synonyms` that editors keep now."""
    return read(tuple(SynonymGroup.objects.values_list("words", flat=True)))


@lru_cache(1)
def read(texts):
    """The synonyms of groups with a word or expression a line; read again only when one has changed."""
    return Synonyms([text.splitlines() for text in texts])


@lru_cache(10_000)
def stems_of(expression):
    """The stems of the words of an expression."""
    return tuple(each.stem for each in words(expression))


def is_weak(clause):
    """Whether the word of ``clause`` says little beside others."""
    tokens = clause.alternatives[0].tokens
    return len(tokens) == 1 and tokens[0] in weak_stems()


@cache
def weak_stems():
    """The stems of the words that say little."""
    return {token(word) for word in german()["weak_words"]}
