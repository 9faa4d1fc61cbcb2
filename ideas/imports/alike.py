"""Which new entries of a table look very much like another one, of the table or not; found without saving any."""

from collections import defaultdict
from heapq import nlargest
from types import SimpleNamespace

from django.utils.translation import gettext as _

from workshops.german import sort_key
from workshops.models import Workshop

from ..models import Actor, Idea, Topic
from ..search.documents import tokens
from ..search.related import MOST_VECTORS, Space, cosine, reached
from ..search.relations import ALIKE

MOST_WARNINGS = 100  # of possible duplicates, the most alike
TELLING = 40  # heaviest tokens of a row; what it is like holds some of them
MOST_HOLDERS = 30  # rows that one token leads to: rows all alike are compared with the first of them
ENOUGH = ALIKE / 2  # of the likeness must lie in the heaviest tokens of a row


class Listed(list):
    """Records that are not saved, as the search asks for them."""

    def all(self):
        return self


def warnings(new, names):
    """A sentence for each of the ``new`` entries – (line, content) – that is much like another: (line, sentence).

    ``names`` are those of the records the contents refer to.
    """
    if not new:
        return []
    space = Space()
    fields = [tokens(unsaved(content, names)).fields for _line, content in new]
    space.learn({token for each in fields for text in each.values() for token in text.split()})
    vectors = [space.vector(each) for each in fields]
    found = [*among(vectors), *with_saved(vectors, space), *with_same_title(new)]
    best = {pair[1:]: pair[0] for pair in sorted(found, key=lambda pair: pair[0])}
    found = [(score, *pair) for pair, score in sorted(best.items(), key=lambda item: -item[1])[:MOST_WARNINGS]]
    saved = Idea.objects.in_bulk([pk for _score, _number, pk, _first in found if pk])
    sentences = []
    for score, number, pk, first in found:
        line, content = new[number]
        other = (
            str(saved[pk])
            if pk
            else _("“%(title)s” in row %(line)s") % {"title": new[first][1]["title"], "line": new[first][0]}
        )
        words = {"title": content["title"], "other": other, "percent": round(100 * score)}
        sentences.append(
            (line, _("%(title)s: very similar to %(other)s (%(percent)s %%). Is it a duplicate?") % words)
        )
    return sentences


def unsaved(content, names):
    """An entry as the search reads it."""
    texts = {name: value for name, value in content.items() if isinstance(value, str)}
    return SimpleNamespace(
        **texts,
        topics=Listed(SimpleNamespace(name=name) for name in names.of(Topic, content["topics"])),
        actors=Listed(SimpleNamespace(name=name) for name in names.of(Actor, content["actors"])),
        workshop=content["workshop"] and SimpleNamespace(title=names.of(Workshop, [content["workshop"]])[0]),
        examples=Listed(SimpleNamespace(**each) for each in content["examples"]),
    )


class Holders:
    """The rows among whose heaviest tokens a token is, with its weight there."""

    def __init__(self, vectors=()):
        self.vectors, self.rows = {}, defaultdict(list)
        for number, vector in enumerate(vectors):
            self.add(number, vector)

    def add(self, number, vector):
        """Add a row."""
        self.vectors[number] = vector
        for token in nlargest(TELLING, vector, key=lambda token: (vector[token], token)):
            if len(self.rows[token]) < MOST_HOLDERS:
                self.rows[token].append((number, vector[token]))

    def near(self, vector):
        """The rows that are much like ``vector``: (how much, number)."""
        shared = defaultdict(float)
        for token in vector.keys() & self.rows.keys():
            weight = vector[token]
            for number, theirs in self.rows[token]:
                shared[number] += weight * theirs
        likely = [number for number, score in shared.items() if score >= ENOUGH]
        found = [(cosine(vector, self.vectors[number]), number) for number in likely]
        return [pair for pair in found if pair[0] >= ALIKE]


def among(vectors):
    """The pairs of rows that are alike: (how much, number of the later, None, number of the earlier)."""
    earlier, found = Holders(), []
    for number, vector in enumerate(vectors):
        found += [(score, number, None, other) for score, other in earlier.near(vector)]
        earlier.add(number, vector)
    return found


def with_same_title(new):
    """The rows that have the title of a saved entry, as in :func:`with_saved`."""
    titles = defaultdict(list)
    for number, (_line, content) in enumerate(new):
        titles[sort_key(content["title"])].append(number)
    saved = Idea.objects.exclude(status=Idea.Status.ARCHIVED).filter(title_key__in=titles)
    return [(1.0, number, pk, None) for pk, key in saved.values_list("pk", "title_key") for number in titles[key]]


def with_saved(vectors, space):
    """The rows that are like a saved entry: (how much, number, key of the entry, None)."""
    ideas = Idea.objects.exclude(status=Idea.Status.ARCHIVED)
    keys = list(ideas.order_by("pk").values_list("pk", flat=True)[: MOST_VECTORS + 1])
    if len(keys) > MOST_VECTORS:
        keys = sorted({pk for vector in vectors for pk in reached(vector, ideas, space)})
    rows, found = Holders(vectors), []
    for start in range(0, len(keys), MOST_VECTORS):
        for pk, vector in space.stored(keys[start : start + MOST_VECTORS]).items():
            found += [(score, number, pk, None) for score, number in rows.near(vector)]
    return found
