"""The related ideas of each idea, kept up to date: :func:`relate` in the transaction that changes the index."""

from typing import NamedTuple

from django.db.models import Q

from ..models import Idea, Related, SearchDocument, SearchTerm
from .analysis import fold
from .related import SHOWN, Space, compare, reached, shared

KEPT = 12  # the spare ones step in where one is not public yet, has moved away or is gone
CLOSE = 40  # so many of the nearest ideas see whether what has changed belongs into their list
ALIKE = 0.3  # from here on two may be duplicates, see ideas.duplicates
MOST_ALIKE = 5
TERMS_MATTER = 0.1  # what the same topics and actors add; enough to part near-ties
REASONS = 3


class Similar(NamedTuple):
    """An idea like another, with the words that make them alike."""

    idea: Idea
    words: list[str]


def similar(idea):
    """The public ideas most like ``idea``, up to six, in two queries."""
    rows = list(
        Related.objects.filter(idea=idea, other__in=Idea.objects.published())
        .select_related("other__workshop")
        .order_by("-score", "other__number")[:SHOWN]
    )
    tokens = {token for row in rows for token in row.shared_terms.split()}
    nouns = {
        token: word
        for token, word in SearchTerm.objects.filter(token__in=tokens).values_list("token", "word")
        if word[0].isupper()
    }
    words = [[nouns[token] for token in row.shared_terms.split() if token in nouns] for row in rows]
    return [Similar(row.other, reasons(shared)) for row, shared in zip(rows, words, strict=True)]


def reasons(words):
    """The first of ``words``, without those that say the same again: «Shop» after «Onlineshop»."""
    chosen = []
    for word in words:
        if not any(fold(word) in fold(each) or fold(each) in fold(word) for each in chosen):
            chosen.append(word)
    return chosen[:REASONS]


def relate(keys, progress=iter):
    """Find anew what is like the ideas of ``keys``, which have changed or gone, and put the lists of others right.

    The list of another idea is a beginning of the true order, and stays one without comparing it with everything:
    what has changed is put in again where it belongs, if that is before the end of the list, else it is taken out.
    Only a list that has become short is made anew. Those of the nearest ideas are weighed anew as a whole, because
    the weights of words change with every entry.
    """
    keys, neighbourhood, holders, lists, close = set(keys), Neighbourhood(), {}, {}, {}
    for row in Related.objects.filter(other__in=keys).exclude(idea__in=keys):
        row.score = 0
        holders.setdefault(row.other_id, []).append(row)
    for pk in progress(sorted(SearchDocument.objects.filter(pk__in=keys).values_list("pk", flat=True))):
        around = neighbourhood.around(pk, [row.idea_id for row in holders.get(pk, [])])
        lists[pk] = neighbourhood.best(pk, around)
        if pk in neighbourhood.public:
            for other in [other for other in around if other not in keys][:CLOSE]:
                close.setdefault(other, set()).add(pk)
            for row in holders.get(pk, []):
                row.score = around.get(row.idea_id, 0)
                row.shared_terms = neighbourhood.shared(row.idea_id, pk) if row.score else ""
    rows = [row for each in holders.values() for row in each]
    for row in rows:
        if row.idea_id in close and row.score:
            close[row.idea_id].add(row.other_id)
    close |= {pk: set() for pk in correct([row for row in rows if row.idea_id not in close])}
    held = {pk: set() for pk in close}
    for pk, other in Related.objects.filter(idea__in=close).exclude(other__in=keys).values_list("idea", "other"):
        held[pk].add(other)
    neighbourhood.read({*close, *(other for others in held.values() for other in others)})
    for pk, changed in close.items():
        lists[pk] = neighbourhood.put_in(pk, held[pk], changed)
    store(lists, also=keys)


def correct(rows):
    """Write ``rows`` with new scores, without those that no longer belong into the list of their idea.

    Returns the keys of the ideas whose list is to be made anew.
    """
    ideas, keys = {row.idea_id for row in rows}, {row.pk for row in rows}
    ends, sizes = {}, {}
    others = Related.objects.filter(idea__in=ideas).exclude(pk__in=keys)
    for pk, score in others.values_list("idea", "score"):
        ends[pk] = min(score, ends.get(pk, score))
        sizes[pk] = sizes.get(pk, 0) + 1
    belong = [row for row in rows if row.score and row.score >= ends.get(row.idea_id, 0)]
    Related.objects.filter(pk__in=keys - {row.pk for row in belong}).delete()
    Related.objects.bulk_update(belong, ["score", "shared_terms"], batch_size=200)
    return {pk for pk in ideas if sizes.get(pk, 0) < SHOWN}


def store(lists, also):
    """Keep the ``lists`` (idea → what is best around it) instead of those before; none for others of ``also``."""
    Related.objects.filter(Q(idea__in=lists) | Q(idea__in=also)).delete()
    rows = [
        Related(idea_id=pk, other_id=other, score=score, shared_terms=shared_terms)
        for pk, best in lists.items()
        for other, (score, shared_terms) in best.items()
    ]
    Related.objects.bulk_create(rows, batch_size=200)


class Neighbourhood:
    """What is around ideas: other idea → score, the nearest first. Reads everything once."""

    def __init__(self):
        self.space = Space()
        self.public = self.space.public
        self.terms = {}

    def around(self, pk, also=()):
        """What is around the idea of ``pk``; the ideas of ``also`` are compared in any case."""
        vector = self.space.stored([pk]).get(pk, {})
        return self.compared(pk, {*reached(vector, Idea.objects.exclude(pk=pk), self.space), *also})

    def compared(self, pk, keys):
        """The ideas of ``keys`` that share anything with that of ``pk``."""
        vector = self.space.stored([pk]).get(pk, {})
        self.learn({pk, *keys})
        near = compare(vector, keys, self.space)
        found = {other: round(cosine + TERMS_MATTER * self.common(pk, other), 6) for other, cosine in near.items()}
        return {other: found[other] for other in sorted(found, key=lambda other: (-found[other], other))}

    def shared(self, pk, other):
        """The tokens that make two ideas alike, in one text."""
        vectors = self.space.stored([pk, other])
        return " ".join(shared(vectors[pk], vectors[other]))

    def best(self, pk, around):
        """The nearest public ones of what is around an idea: other idea → (score, shared tokens).

        Of a draft, say, also other drafts that are alike.
        """
        chosen = [item for item in around.items() if item[0] in self.public][:KEPT]
        if pk not in self.public:
            drafts = [item for item in around.items() if item[0] not in self.public and item[1] >= ALIKE]
            chosen += drafts[:MOST_ALIKE]
        return {other: (score, self.shared(pk, other)) for other, score in chosen}

    def put_in(self, pk, held, changed):
        """The list of the idea of ``pk``, which ``held`` others, with those of ``changed`` that belong into it."""
        if len(held) < SHOWN:
            return self.best(pk, self.around(pk))
        around = self.compared(pk, held | changed)
        end = min((around[other] for other in held if other in around), default=0)
        return self.best(pk, {other: score for other, score in around.items() if score >= end})

    def read(self, keys):
        """Read the ideas of ``keys`` at once."""
        self.space.stored(keys)
        self.learn(keys)

    def learn(self, keys):
        """Read the topics and actors of the ideas of ``keys``."""
        missing = sorted(keys - self.terms.keys())
        self.terms |= {pk: set() for pk in missing}
        for model, name in ((Idea.topics.through, "topic_id"), (Idea.actors.through, "actor_id")):
            for pk, term in model.objects.filter(idea__in=missing).values_list("idea_id", name):
                self.terms[pk].add((name, term))

    def common(self, one, other):
        """The share of topics and actors that two ideas have in common, 0 to 1."""
        every = self.terms[one] | self.terms[other]
        return len(self.terms[one] & self.terms[other]) / len(every) if every else 0
