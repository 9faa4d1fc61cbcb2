"""Words of the same meaning for a word that no entry holds: Trottoir, say, leads to Gehweg.

The groups that editors keep (:class:`~ideas.models.SynonymGroup`) know the field; this is the general thesaurus
behind them. It has wrong senses too, so it is asked only where there would be no hit at all.
"""

import gzip
import re
from functools import cache

from .analysis import fold, tokens
from .compounds import DATA

LONGEST_ENDING = 3  # letters in which forms of a word differ: Gehweg, Gehwegen
SHORTEST_START = 3


@cache
def groups():
    """The folded thesaurus as one text, a group a line, and its lines as written."""
    written = gzip.decompress((DATA / "thesaurus.txt.gz").read_bytes()).decode()
    return fold(written), written.splitlines()


def same_meaning(word):
    """Nouns that share a group with the noun ``word`` in any of its forms, in alphabetical order.

    Of verbs and adjectives most have too many senses: «gehen» may stand for «sterben». «kriegen» is no noun,
    though its stem is that of Krieger.
    """
    folded, written = groups()
    stem, typed = tokens(word)[0], fold(word)
    start = typed[: max(len(typed) - LONGEST_ENDING, SHORTEST_START)]
    forms, found = set(), set()
    for match in re.finditer(rf"(?:^|(?<= )){re.escape(start)}[^ \n]*", folded, re.MULTILINE):
        if tokens(match.group())[0] == stem:
            group = written[folded.count("\n", 0, match.start())].split()
            forms.update(each for each in group if tokens(each)[0] == stem)
            found.update(group)
    as_typed = {each for each in forms if fold(each) == typed}
    if not any(map(is_noun, as_typed or forms)):
        return []
    return sorted(each for each in found - forms if is_noun(each))


def is_noun(word):
    """Whether a word of the thesaurus is a noun."""
    return word[0].isupper()
