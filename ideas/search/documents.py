"""What of an idea is searchable, and what it weighs. Everything else follows from here."""

import zlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from .analysis import words

# What tokens are made by. Its checksum is the version of an index: one made by anything else is out of date.
MADE_BY = ["analysis.py", "compounds.py", "documents.py", "data/german.yaml", "data/parts.txt.gz"]
VERSION = zlib.crc32(
    b"".join((Path(__file__).parent / name).read_bytes() for name in MADE_BY) + version("PyStemmer").encode()
) % (2**15)  # as large as the column can hold

WEIGHTS = {"title": 12, "names": 4, "body": 2, "parts": 1}
# Usual number of tokens per field: fixed, so that the order of two entries never depends on a third.
USUAL_LENGTHS = {"title": 4, "names": 30, "body": 160, "parts": 90}
GAP = "0"  # no token is a bare number: no phrase reaches from one text into the next, and nobody can search for it


@dataclass
class Tokens:
    """The tokens of an idea by field, and a written word for each token."""

    fields: dict[str, str]
    surfaces: dict[str, str]


def searchable():
    """The relations that :func:`tokens` reads, for ``select_related`` and ``prefetch_related``."""
    return ["workshop"], ["topics", "actors", "examples"]


def texts(idea):
    """The searched texts of an idea: ``(title, names and summary, body)``, the latter two as lists."""
    names = [idea.summary]
    names += [term.name for term in [*idea.topics.all(), *idea.actors.all()]]
    if idea.workshop:
        names.append(idea.workshop.title)
    return (
        idea.title,
        names,
        body(idea) + [f"{each.place} {each.name} {each.fact}" for each in idea.examples.all()],
    )


def body(idea):
    """The texts of the body that stand in the idea itself."""
    lists = "\n".join([idea.steps, idea.success_factors, idea.risks])
    return [idea.problem, idea.approach, *lists.splitlines()]


def tokens(idea):
    """The :class:`Tokens` of ``idea``.

    The parts of compounds in the title weigh like its words, the parts of all others least. The summary weighs
    like names.
    """
    title, names, paragraphs = texts(idea)
    surfaces, fields = {}, {field: [] for field in WEIGHTS}

    def add(field, text, parts):
        for word in words(text):
            fields[field].append(word.stem)
            parts += word.parts
            surfaces.setdefault(word.stem, word.surface)
        fields[field].append(GAP)

    title_parts = []
    add("title", title, title_parts)
    fields["title"] += [*title_parts, GAP]
    for text in names:
        add("names", text, fields["parts"])
    for text in paragraphs:
        add("body", text, fields["parts"])
    return Tokens({field: " ".join(each) for field, each in fields.items()}, surfaces)
