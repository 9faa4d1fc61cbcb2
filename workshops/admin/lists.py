"""The lists of the editors' desk: filters with counts, at the price of few queries."""

from functools import cached_property, partial

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.views.main import ChangeList


class AnyOfMany(admin.RelatedFieldListFilter):
    """Records with a value of a field that holds several. Looked up in a query of its own: none is found twice."""

    def queryset(self, request, queryset):
        if not self.used_parameters:
            return queryset
        fitting = super().queryset(request, queryset.model._base_manager.all())
        return queryset.filter(pk__in=fitting.values("pk"))


class CountedList(ChangeList):
    """A change list that reads its filters once and counts for all filters nobody has chosen in one query.

    Django reads every filter anew for each count. A filter that is not chosen narrows nothing, so that its counts
    rest on the very records of the list. Filters of several values are to be :class:`AnyOfMany`: then nothing is
    found twice, and the slow DISTINCT is not needed.
    """

    @cached_property
    def filters(self):
        """What Django knows about the filters, with our way of counting."""
        filters, any_filters, other_lookups, _twice, any_chosen = super().get_filters(self.request)
        for each in filters:
            each.get_facet_queryset = partial(self.counts_of, each)
        twice = any(lookup_spawns_duplicates(self.lookup_opts, lookup) for lookup in other_lookups)
        return filters, any_filters, other_lookups, twice, any_chosen

    def get_filters(self, request):
        self.request = request
        return self.filters

    def counts_of(self, chosen, _changelist):
        """How many records each value of a filter leads to, by the names the filter gives its counts."""
        if chosen not in self.counted_together:
            return type(chosen).get_facet_queryset(chosen, self)
        start = f"f{self.filter_specs.index(chosen)}_"
        return {
            name.removeprefix(start): count for name, count in self.all_counts.items() if name.startswith(start)
        }

    @cached_property
    def counted_together(self):
        """The filters nobody has chosen. Those of several values an entry join rows, and are counted alone."""
        return [
            each
            for each in self.filter_specs
            if not self.filter_params.keys() & set(each.expected_parameters()) and not isinstance(each, AnyOfMany)
        ]

    @cached_property
    def all_counts(self):
        """The counts of :attr:`counted_together`, each name preceded by the place of its filter."""
        wanted = {
            f"f{self.filter_specs.index(each)}_{name}": count
            for each in self.counted_together
            for name, count in each.get_facet_counts(self.pk_attname, self.queryset).items()
        }
        return self.queryset.aggregate(**wanted)


class Listed(admin.ModelAdmin):
    """Base of what the desk lists: counts at the filters, and the table is counted only as far as it is shown."""

    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return CountedList
