"""Reads of workshops, city labs, outcomes and sources, in words of the subject."""

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from .models import CityLab, LabProject, Municipality, Outcome, OutcomeDetail, Source, Workshop


def published_ideas():
    """The ideas the public may see, reached through the relation: ideas import workshops, never the other way."""
    return Workshop.ideas.rel.related_model.objects.published()


def cited(queryset, relation="sources"):
    """``queryset`` with its sources at hand, in the order they were registered."""
    return queryset.prefetch_related(Prefetch(relation, queryset=Source.objects.order_by("pk")))


def sources_of(records, relation="sources"):
    """Every source of ``records`` once, in the order of its first use."""
    return list(dict.fromkeys(source for record in records for source in getattr(record, relation).all()))


def same_sources(records):
    """Whether all ``records`` rest on the same sources, so that one list says it for all."""
    return len({tuple(record.sources.all()) for record in records}) == 1


def workshops():
    """The workshops, each with ``idea_count``, the number of published ideas sorted under its field."""
    published = Q(ideas__in=published_ideas())
    counted = Workshop.objects.annotate(idea_count=Count("ideas", filter=published, distinct=True))
    return counted.order_by("position")  # a grouped query leaves out the usual order


def labs():
    """The city labs with their municipality, each with ``idea_count``: published ideas with an example there."""
    published = Q(municipality__examples__idea__in=published_ideas())
    counted = CityLab.objects.select_related("municipality__size_class").annotate(
        idea_count=Count("municipality__examples__idea", filter=published, distinct=True)
    )
    return counted.order_by("position")


def lab_for_page():
    """The city labs with all that the page of one shows, in a fixed number of queries."""
    projects = cited(LabProject.objects.all())
    return cited(
        cited(CityLab.objects.select_related("municipality__size_class"), "municipality__population_sources")
    ).prefetch_related(Prefetch("projects", queryset=projects))


def ideas_of_lab(lab):
    """The published ideas with a documented example in the city of the lab."""
    return published_ideas().filter(pk__in=lab.municipality.examples.values("idea"))


def outcomes():
    """The outcomes with their details and all sources."""
    return cited(Outcome.objects.all()).prefetch_related(
        Prefetch("details", queryset=cited(OutcomeDetail.objects.all()))
    )


def lean_partners():
    """The municipalities that sources name as partners of the project LeAn."""
    partners = Municipality.objects.filter(is_lean_partner=True).select_related("size_class", "city_lab")
    return cited(partners, "lean_sources")


def with_uses(sources):
    """``sources``, each with ``uses``: how often a record cites it."""
    total = 0
    for relation in Source._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.field.db_constraint:  # the history refers without, and cites nothing
            name = relation.field.name
            citing = relation.related_model._default_manager.filter(**{name: OuterRef("pk")}).order_by()
            counted = citing.values(name).annotate(number=Count("pk")).values("number")
            total = total + Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return sources.annotate(uses=total)
