"""The search index: call :func:`index` in the transaction that changes an idea, :func:`forget` before it goes."""

from collections import Counter
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ..models import Idea, SearchDocument, SearchTerm
from . import meaning
from .documents import VERSION, WEIGHTS, searchable, tokens
from .engine import engine
from .relations import relate
from .vocabulary import count_terms, held, public_tokens

FIELDS = list(WEIGHTS)
BATCH = 500  # ideas at a time: bounds memory, and the parameters of a query
MOST_RELATED = 50  # ideas that are compared anew while an editor waits: 3 s among 10,000


@transaction.atomic
def index(ideas, progress=iter):
    """Store the tokens of the ``ideas``, a queryset, and what is like them; ``progress`` wraps a list of keys."""
    keys = list(ideas.order_by().values_list("pk", flat=True))
    write(keys, progress)
    relate(keys)
    meaning.write(keys, progress)


@transaction.atomic
def index_many(ideas):
    """Store the tokens of the ``ideas`` at once: a word they are filed under has changed, or a table brought them.

    Of more than MOST_RELATED ideas what is like them, and their vectors, stay as they were until each is indexed
    itself, a draft when it is published, or all are: thousands take minutes, and an editor is waiting.
    """
    keys = list(ideas.order_by().values_list("pk", flat=True).distinct())
    write(keys)
    if len(keys) <= MOST_RELATED:
        relate(keys)
        meaning.write(keys)


@transaction.atomic
def write(keys, progress=iter):
    """Store the tokens of the ideas with these ``keys``."""
    engine().lock()
    changes, surfaces, remaining = Counter(), Counter(), iter(progress(keys))
    while batch := list(islice(remaining, BATCH)):
        store(batch, changes, surfaces)
    count_terms(changes, surfaces)
    if len(keys) > BATCH:
        engine().learn_sizes()


def store(keys, changes, surfaces):
    """Write the documents of the ideas with these ``keys``; note how counts of tokens change, and their words."""
    related, many = searchable()
    before = SearchDocument.objects.in_bulk(keys)
    documents = []
    for idea in Idea.objects.filter(pk__in=keys).select_related(*related).prefetch_related(*many):
        found = tokens(idea)
        public = idea.status == Idea.Status.PUBLISHED
        if public:
            changes.update(held(found.fields))
            surfaces.update(found.surfaces.items())
        if idea.pk in before:
            changes.subtract(public_tokens(before[idea.pk]))
        documents.append(
            SearchDocument(idea=idea, public=public, analysis=VERSION, indexed_at=timezone.now(), **found.fields)
        )
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["idea"],
        update_fields=[*FIELDS, "public", "analysis", "indexed_at"],
        batch_size=100,
    )


@transaction.atomic
def forget(ideas):
    """Take the ``ideas``, a queryset, out of the index."""
    engine().lock()
    keys = list(ideas.values_list("pk", flat=True))
    documents = SearchDocument.objects.filter(pk__in=keys)
    changes = Counter()
    for document in documents:
        changes.subtract(public_tokens(document))
    documents.delete()
    count_terms(changes, Counter())
    relate(keys)


def rebuild(progress=iter):
    """Make the whole index anew, in one transaction; the vectors, which take long, in many after it."""
    with transaction.atomic():
        SearchDocument.objects.all().delete()
        SearchTerm.objects.all().delete()
        keys = list(Idea.objects.values_list("pk", flat=True))
        write(keys, progress)
        relate(keys)
    meaning.write(keys, progress)


def out_of_date():
    """The ideas whose entry in the index or vector is missing, of another analysis or status, or too old."""
    document = SearchDocument.objects.filter(pk=OuterRef("pk"))
    stale = ~Q(search_document__analysis=VERSION) | Q(search_document__indexed_at__lt=F("updated_at"))
    published = Q(status=Idea.Status.PUBLISHED)
    stale |= (published & Q(search_document__public=False)) | (~published & Q(search_document__public=True))
    stale |= meaning.missing()
    return Idea.objects.filter(~Exists(document) | stale)


def differing(progress=iter):
    """The numbers of the ideas that the index does not hold as they are, whoever changed idea or index.

    It reads every idea as a rebuild does; :func:`out_of_date` goes by time and status only, so a change in the
    database itself escapes it.
    """
    related, many = searchable()
    keys = iter(progress(list(Idea.objects.order_by("number").values_list("pk", flat=True))))
    while batch := list(islice(keys, BATCH)):
        documents = SearchDocument.objects.in_bulk(batch)
        for idea in Idea.objects.filter(pk__in=batch).select_related(*related).prefetch_related(*many):
            held = tokens(idea).fields | {"public": idea.status == Idea.Status.PUBLISHED, "analysis": VERSION}
            document = documents.get(idea.pk)
            if not document or any(getattr(document, name) != value for name, value in held.items()):
                yield idea.number
