"""The words of the index: in how many published ideas each occurs, and which of them may be shown."""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

from django.db.models import Q
from django.utils import timezone

from ..models import Idea, SearchDocument, SearchTerm
from .analysis import fold
from .documents import GAP, WEIGHTS

LONGEST_WORD = 100
BATCH = 500  # tokens at a time: bounds the parameters of a query
DIGRAPH = re.compile("([aou])e")  # read from left to right: the key of a beginning is the beginning of the key


@lru_cache(20_000)
def key(text):
    """Text for comparing beginnings: ä is ae is a, so that every way to type an umlaut finds the word."""
    return DIGRAPH.sub(r"\1", fold(text))


def planned():
    """In how many ideas that are not public yet, but counted already, each token occurs."""
    later = Counter()
    documents = SearchDocument.objects.filter(
        public=True, idea__status=Idea.Status.PUBLISHED, idea__published_at__gt=timezone.now()
    )
    for texts in documents.values_list(*WEIGHTS):
        later.update(set(" ".join(texts).split()))
    return later


def public_terms(later):
    """The terms that public ideas hold: without those that only :func:`planned` ones do."""
    hidden = Q(token=GAP)
    for count in set(later.values()):
        hidden |= Q(documents__lte=count, token__in=[token for token in later if later[token] == count])
    return SearchTerm.objects.exclude(hidden)


def held(fields):
    """The tokens that occur in ``fields``. Every idea holds GAP, so its term says how many ideas there are."""
    return set(" ".join(fields.values()).split())


def public_tokens(document):
    """The tokens that a stored document shows: none if it is not public."""
    return held({field: getattr(document, field) for field in WEIGHTS}) if document.public else set()


def count_terms(changes, surfaces):
    """Change in how many public documents tokens occur.

    ``changes`` by token; ``surfaces`` counts (token, word) pairs, the most frequent word stands for a new token. A
    part of a compound that nowhere stands alone is its own word.
    """
    words = {}
    for (token, word), _count in sorted(surfaces.items(), key=lambda item: (-item[1], item[0])):
        words.setdefault(token, word[:LONGEST_WORD])
    changed = iter(sorted((token, change) for token, change in changes.items() if change))
    while batch := dict(islice(changed, BATCH)):
        change_counts(batch, words)


def change_counts(changes, words):
    """Change in how many public documents tokens occur, a batch of them; ``words`` holds a word for new ones."""
    terms = list(SearchTerm.objects.select_for_update().filter(token__in=list(changes)).order_by("token"))
    for term in terms:
        term.documents += changes.pop(term.token)
        if not term.key and term.token in words:
            term.word, term.key = words[term.token], key(words[term.token])
    SearchTerm.objects.filter(pk__in=[term.pk for term in terms if term.documents < 1]).delete()
    kept = [term for term in terms if term.documents > 0]
    SearchTerm.objects.bulk_update(kept, ["documents", "word", "key"], batch_size=200)
    new = [
        SearchTerm(token=token, word=words.get(token, token), key=key(words.get(token, "")), documents=change)
        for token, change in changes.items()
        if change > 0
    ]
    SearchTerm.objects.bulk_create(new, batch_size=200)
