"""What about an entry needs an editor, as conditions for the database. The desk counts by them, its lists filter.

Archived entries need nothing. All conditions are made anew when they are asked for, since the clock goes on.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from workshops.models import Source

from .models import DocumentedIdea, Idea, PracticeExample, Revision
from .vocabularies import Maturity

KEPT = ~Q(status=Idea.Status.ARCHIVED)
TEXTS = ("summary", "problem", "approach", "steps", "success_factors", "risks")
ASSESSMENTS = ("phase", "effort", "cost", "horizon", "maturity")
SEVERAL = ("topics", "actors", "city_sizes")
UNTOUCHED = timedelta(days=365)


@dataclass(frozen=True)
class Gap:
    """Something an entry may lack: its name in addresses, its words, the condition of entries that lack it."""

    name: str
    label: str
    condition: Q


def gaps():
    """Everything an entry may lack. What :func:`ideas.content.missing` asks for is among it."""
    found = [(name, Q(**{name: ""})) for name in (*TEXTS, *ASSESSMENTS)]
    found.append(("workshop", Q(workshop__isnull=True)))
    found += [(name, without(getattr(Idea, name).through)) for name in SEVERAL]
    named = [
        Gap(name, capfirst(str(Idea._meta.get_field(name).verbose_name)), KEPT & each) for name, each in found
    ]
    without_example = ~Q(maturity=Maturity.IDEA) & without(PracticeExample)
    return [*named, Gap("examples", _("Practice examples"), KEPT & without_example)]


def without(model):
    """The condition of entries that no record of ``model`` belongs to.

    The few without are looked up, not the many with: a list of thousands asks for this several times.
    """
    records = Exists(model.objects.filter(idea=OuterRef("pk")))
    return Q(pk__in=Idea.objects.filter(~records).values("pk"))


def incomplete():
    """The condition of entries that lack anything."""
    condition = Q()
    for gap in gaps():
        condition |= gap.condition
    return condition


def without_living_source():
    """The condition of entries none of whose sources can be reached, or that have none."""
    dead = Source.objects.unreachable().values("pk")
    told = PracticeExample.objects.exclude(source__in=dead).values("idea")
    named = DocumentedIdea.sources.through.objects.exclude(source__in=dead).values("documentedidea")
    return KEPT & ~Q(pk__in=told) & (Q(documented_as=None) | ~Q(documented_as__in=named))


def untouched():
    """The condition of entries that nobody has changed for a year."""
    return KEPT & Q(updated_at__lt=timezone.now() - UNTOUCHED)


def pending():
    """The condition of entries with a pending revision that waits for a decision."""
    return Q(pk__in=Revision.objects.filter(pending=True, unfinished=False).values("idea"))


def unfinished():
    """The condition of entries with a pending revision that somebody still works on."""
    return Q(pk__in=Revision.objects.filter(pending=True, unfinished=True).values("idea"))


def planned():
    """The condition of entries whose publication is planned."""
    return Q(status=Idea.Status.PUBLISHED, published_at__gt=timezone.now())
