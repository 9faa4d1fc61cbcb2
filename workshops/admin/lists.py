"""The lists of the editors' desk: filters with counts, at the price of few queries."""

from functools import cached_property, partial

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList


class CountedList(ChangeList):
    """A change list that reads its filters once and counts for all filters nobody has chosen in one query.

    Django reads every filter anew for each count. A filter that is not chosen narrows nothing, so that its counts
    rest on the very records of the list.
    """

    @cached_property
    def filters(self):
        """What Django knows about the filters, with our way of counting."""
        known = super().get_filters(self.request)
        for each in known[0]:
            each.get_facet_queryset = partial(self.counts_of, each)
        return known

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
            if not self.filter_params.keys() & set(each.expected_parameters())
            and not getattr(getattr(each, "field", None), "many_to_many", False)
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
