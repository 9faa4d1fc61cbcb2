"""Reads of ideas, in words of the subject."""

import datetime

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Subquery, Sum
from django.utils import timezone

from workshops import numbers


class IdeaQuerySet(models.QuerySet):
    """Reads of ideas. Every public output starts at :meth:`published`."""

    def published(self):
        """The ideas the public may see now. A publication date in the future counts from that moment on."""
        return self.filter(status=self.model.Status.PUBLISHED, published_at__lte=timezone.now())

    def archived(self):
        """The ideas that once were public and are no longer; a draft that was put away never was."""
        return self.filter(status=self.model.Status.ARCHIVED, published_at__isnull=False)

    def successors(self):
        """The numbers that were public and merged, each with the one at the end of the way, in one query."""
        rows = self.filter(merged_into__isnull=False).values_list("number", "merged_into__number", "published_at")
        merged = {number: successor for number, successor, _public in rows}

        def end(number):
            seen = set()
            while number in merged and number not in seen:
                seen.add(number)
                number = merged[number]
            return number

        return {number: end(number) for number, _successor, public in rows if public}

    def index(self):
        """Bring the search index up to date for these ideas; call it in the transaction that changes them."""
        from .search.indexing import index  # noqa: PLC0415 (needs the models, which need this module)

        index(self)

    def index_many(self):
        """As :meth:`index` for ideas that change together; of very many, what is like them stays as it was."""
        from .search.indexing import index_many  # noqa: PLC0415 (needs the models, which need this module)

        index_many(self)

    def most_compared(self):
        """How many ideas that change together are compared anew at once."""
        from .search import indexing  # noqa: PLC0415 (needs the models, which need this module)

        return indexing.MOST_RELATED

    def delete(self):
        """Delete the ideas for good; their numbers are not given again."""
        numbers.retire(self.model, self.values_list("number", flat=True))
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def before(self, idea):
        """The idea with the next lower number, or None."""
        return self.filter(number__lt=idea.number).order_by("-number").first()

    def after(self, idea):
        """The idea with the next higher number, or None."""
        return self.filter(number__gt=idea.number).order_by("number").first()

    def for_card(self):
        """With all that a card in a list shows, in a fixed number of queries."""
        return (
            self.select_related("workshop")
            .prefetch_related("topics")
            .annotate(example_count=Count("examples", distinct=True))
        )

    def for_street(self):
        """With what is drawn of each idea and its title, in one query, in the order of the numbers."""
        fields = ["number", "slug", "title", "horizon", "effort", "cost", "phase", "maturity", "origin"]
        return (
            self.select_related("workshop")
            .only(*fields, "workshop__slug", "workshop__title", "workshop__position")
            .annotate(example_count=Count("examples"))
            .order_by("number")
        )

    def for_page(self):
        """With all that the page of an idea shows, in a fixed number of queries."""
        examples = self.model.examples.rel.related_model.objects.select_related("source").prefetch_related(
            "municipalities__size_class"
        )
        return self.select_related("workshop", "documented_as__workshop").prefetch_related(
            "topics", "actors", "city_sizes", "documented_as__sources", Prefetch("examples", queryset=examples)
        )

    def with_content(self):
        """With all that belongs to the content of an entry, in a fixed number of queries."""
        return self.prefetch_related("topics", "actors", "city_sizes", "examples__municipalities")


class TermQuerySet(models.QuerySet):
    """Reads of topics and actors."""

    def with_published_count(self):
        """Each with ``idea_count``, the number of published ideas that carry it."""
        published = self.model.ideas.rel.related_model.objects.published()
        counted = self.annotate(idea_count=Count("ideas", filter=models.Q(ideas__in=published), distinct=True))
        return counted.order_by(*self.model._meta.ordering)  # a grouped query leaves out the usual order

    def present_slugs(self):
        """The slugs that terms had before, each with the one that stands for it now."""
        return dict(self.filter(former__isnull=False).values_list("former__slug", "slug"))

    def present_keys(self):
        """The primary keys of terms that were merged, each with that of the term they were merged into."""
        return dict(self.filter(former__merged_key__isnull=False).values_list("former__merged_key", "pk"))


class SearchCountQuerySet(models.QuerySet):
    """Reads of what visitors searched for. After twelve months it is nobody's business any more."""

    KEPT = datetime.timedelta(days=365)
    SHOWN_FROM = 3  # searches; what was searched less often is shown to nobody

    def recent(self):
        """The rows that may still be looked at."""
        return self.filter(day__gt=timezone.localdate() - self.KEPT)

    def expired(self):
        """The rows to delete."""
        return self.filter(day__lte=timezone.localdate() - self.KEPT)

    def by_term(self):
        """The latest row of each term searched often enough, with ``times``; the most frequent come first."""
        same = self.model.objects.recent().filter(term=OuterRef("term")).order_by()
        times = same.values("term").annotate(times=Sum("count")).values("times")
        latest = same.order_by("-day").values("pk")[:1]
        terms = self.annotate(times=Subquery(times)).filter(pk=Subquery(latest), times__gte=self.SHOWN_FROM)
        return terms.order_by("-times", "term")

    def not_found(self):
        """Of :meth:`by_term` those that fitted nothing when they were last searched."""
        return self.by_term().filter(hits=0)
