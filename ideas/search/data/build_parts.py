"""Make ``parts.txt.gz`` anew: ``pip install wordfreq==3.1.1 PyYAML``, then run this file with Python.

wordfreq is needed for this only; the site reads the file. The analysis depends on it: run
``manage.py rebuild_search`` after a change.
"""

import gzip
import re
import unicodedata
from collections import Counter
from pathlib import Path

import wordfreq

FOLDER = Path(__file__).resolve().parent
IDEAS = FOLDER.parents[2] / "compendium/data/ideas.yaml"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SHORTEST = 3
NEW, AGAIN, LONGEST = (
    3000,
    50,
    14,
)  # what a word of the domain counts: at first, each time again; up to this length


def fold(word):
    """As ``ideas.search.analysis.fold``, which needs the result of this script."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", word).lower().translate(UMLAUTS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def counts():
    """Words and how often they occur in a thousand million."""
    counted = Counter()
    for word, frequency in wordfreq.get_frequency_dict("de", wordlist="small").items():
        if len(word) >= SHORTEST and word.isalpha():
            counted[fold(word)] += frequency * 1e9
    for word in re.findall(r"[^\W\d_]{3,}", IDEAS.read_text(encoding="utf-8")):
        folded = fold(word)
        if len(folded) <= LONGEST:
            counted[folded] += AGAIN if folded in counted else NEW
    return counted


if __name__ == "__main__":
    lines = [f"{word} {round(count)}\n" for word, count in sorted(counts().items()) if word.isascii()]
    with (FOLDER / "parts.txt.gz").open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
        file.write("".join(lines).encode())
    print(f"{len(lines)} words")  # noqa: T201 (a script)
