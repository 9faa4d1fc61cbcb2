"""Make ``thesaurus.txt.gz`` from OpenThesaurus: groups of single words that mean the same.

    python build_thesaurus.py /usr/share/mythes/th_de_DE_v2.dat

The file is in the Debian package mythes-de. A group is a line. Left out are generic terms, opposites, rude
words and groups without any usual word (those in ``parts.txt.gz``). See NOTICE for the licence.
"""

import gzip
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LEFT_OUT = re.compile(r"\((?:Oberbegriff|Unterbegriff|Antonym|vulg|derb|beleid|abwert)", re.IGNORECASE)
REMARK = re.compile(r"\s*\([^)]*\)")
SINGLE = re.compile(r"[A-Za-zÄÖÜäöüßéè][A-Za-zÄÖÜäöüßéè-]{2,}")
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def groups(path):
    """The groups of words in a thesaurus file in the format of MyThes."""
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            for _meaning in range(int(line.rsplit("|", 1)[1])):
                words = [word for word in next(file).rstrip("\n").split("|")[1:] if not LEFT_OUT.search(word)]
                words = [REMARK.sub("", word).strip() for word in words]
                yield tuple(dict.fromkeys(word for word in words if SINGLE.fullmatch(word)))


def usual():
    """Folded words that are in common use."""
    with gzip.open(HERE / "parts.txt.gz", "rt", encoding="utf-8") as file:
        return {line.split()[0] for line in file}


def main(path):
    """Write the groups in alphabetical order and without a time stamp: the same source makes the same file."""
    known = usual()
    kept = {
        " ".join(sorted(group))
        for group in groups(path)
        if len(group) > 1 and any(word.lower().translate(FOLDED) in known for word in group)
    }
    with (HERE / "thesaurus.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("\n".join(sorted(kept)).encode())
    sys.stdout.write(f"{len(kept)} groups\n")


if __name__ == "__main__":
    main(sys.argv[1])
