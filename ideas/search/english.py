"""German words for an English one that no entry holds: heat, say, leads to Hitze.

As with the thesaurus, the groups that editors keep come first, and it is asked only where there would be no hit.
"""

import gzip
from functools import cache

from .compounds import DATA


@cache
def dictionary():
    """The dictionary as one text, each line «english|German words»; kept as it is, it takes little memory."""
    return "\n" + gzip.decompress((DATA / "english.txt.gz").read_bytes()).decode()


def in_german(english):
    """German words for an English word or an expression of two, the usual ones first; empty if it is not known."""
    typed = " ".join(english.lower().replace("-", " ").split())
    for form in (typed, typed.removesuffix("s")):
        start = dictionary().find(f"\n{form}|")
        if form and start >= 0:
            line = dictionary()[start + 1 : dictionary().index("\n", start + 1)]
            return line.partition("|")[2].split()
    return []
