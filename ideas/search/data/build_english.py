"""Make ``english.txt.gz`` from the word list of TU Chemnitz: German words for English words and expressions.

    python build_english.py /usr/share/trans/de-en

The file is in the Debian package trans-de-en. A line is «english|German words», in the order of the list. Kept
are English words, and expressions of two words, that have a German word in common use (those in ``parts.txt.gz``).
See NOTICE for the licence.
"""

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
LEFT_OUT = re.compile(
    r"\[(?:vulg|slang|derb|pej|obs|altertüml|veraltet|zool|bot|mus|chem|med|mil|naut|ornith|geol)", re.IGNORECASE
)
REMARK = re.compile(r"\{[^}]*\}|\([^)]*\)|\[[^\]]*\]|<[^>]*>")
ENGLISH = re.compile(r"[a-z]{2,}(?:[ -][a-z]{2,})?")
GERMAN = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
MOST = 8  # German words for an English one; the list gives the usual ones first


def pairs(path):
    """English and German words that stand for each other, by meaning."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or "::" not in line:
                continue
            german, english = (side.split("|") for side in line.split("::", 1))
            for one, other in zip(german, english, strict=False):
                if not LEFT_OUT.search(one + other):
                    yield words(other, ENGLISH), words(one, GERMAN)


def words(text, shape):
    """The words in ``text`` that have the ``shape``, without remarks."""
    found = (REMARK.sub("", each).strip() for each in text.split(";"))
    found = (each.removeprefix("to ").removeprefix("the ").removeprefix("sich ") for each in found)
    return [each for each in found if shape.fullmatch(each)]


def main(path):
    """Write the words in alphabetical order and without a time stamp: the same source makes the same file."""
    with gzip.open(HERE / "parts.txt.gz", "rt", encoding="utf-8") as file:
        usual = {line.split()[0] for line in file}
    found = defaultdict(dict)
    for english, german in pairs(path):
        for each in english:
            found[each.replace("-", " ")] |= dict.fromkeys(
                word for word in german if word.lower().translate(FOLDED) in usual
            )
    lines = [f"{english}|{' '.join(list(german)[:MOST])}" for english, german in sorted(found.items()) if german]
    with (HERE / "english.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())
    sys.stdout.write(f"{len(lines)} words and expressions\n")


if __name__ == "__main__":
    main(sys.argv[1])
