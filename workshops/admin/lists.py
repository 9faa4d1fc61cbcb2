"""The lists of the editors' desk: filters with counts, at the price of few queries."""

import sys
from functools import cached_property, partial

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Count, F, IntegerField, Q, Value
from django.utils.text import capfirst
from django.utils.translation import override

from .filters import AnyOfMany, Column, ConditionFilter, as_flag, condition_of, miss
from .requests import Sound, SoundList


class CountedList(SoundList):
    """A change list that reads its filters once, and counts for all of them in one query, however many are chosen.

    Django reads every filter anew for each count, and counts for each filter alone. Here each record is looked at
    once, and how many of the chosen filters it misses is noted: the values of a filter are counted among what
    misses no other. Filters of several values are to be :class:`AnyOfMany`, which have a query each: then nothing
    is found twice, and the slow DISTINCT is not needed.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self.title = capfirst(self.title)  # it begins with the name of what is listed

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

    def read(self, request):
        request.listed = self.all_counts[None]["all"]  # for the paginator of Listed
        super().read(request)

    def counts_of(self, chosen, _changelist):
        """How many records each value of a filter leads to, by the names the filter gives its counts."""
        return self.all_counts[chosen]

    @cached_property
    def conditions(self):
        """Chosen filter → condition of the records that fit it."""
        everything = self.model._default_manager.all()
        chosen = [each for each in self.filters[0] if self.filter_params.keys() & set(each.expected_parameters())]
        conditions = {each: condition_of(each, self.request, everything) for each in chosen}
        return {each: condition for each, condition in conditions.items() if condition}

    def unfiltered(self):
        """The records of the list before any filter narrows them."""
        filters = self.filters
        self.filters = ([], *filters[1:])
        try:
            return self.get_queryset(self.request).order_by()
        finally:
            self.filters, self.filter_specs = filters, filters[0]

    @cached_property
    def all_counts(self):
        """Filter → name → count; under None the number of ``all`` records of the list."""
        records = self.unfiltered()
        missed = {each: miss(condition) for each, condition in self.conditions.items()}
        columns = {f"missed{place}": Column(each, IntegerField()) for place, each in enumerate(missed.values())}
        own = dict(zip(missed, map(F, columns), strict=True))
        columns["missed"] = Column(sum(missed.values(), Value(0)), IntegerField())
        counts = {(None, "all"): Q(missed=0)}
        for each in self.filter_specs:
            if isinstance(each, ConditionFilter):
                columns |= {name: as_flag(condition) for name, condition in each.flags.items()}
            if not isinstance(each, AnyOfMany):
                others = Q(missed=own.get(each, 0))
                for name, count in each.get_facet_counts(self.lookup_opts.pk.attname, records).items():
                    counts[each, name] = count.filter & others
        # A bound, though none is wanted, lets the database work out the columns first, and each of them once.
        numbers = records.annotate(**columns)[: sys.maxsize].aggregate(
            **{f"count{place}": Count("pk", filter=each) for place, each in enumerate(counts.values())}
        )
        found = {each: {} for each in [None, *self.filter_specs]}
        for (each, name), number in zip(counts, numbers.values(), strict=True):
            found[each][name] = number
        for each in self.filter_specs:
            if isinstance(each, AnyOfMany):
                others = (condition for other, condition in self.conditions.items() if other is not each)
                found[each] = each.counts(records.filter(*others))
        return found


def without(nested, beginnings):
    """A list of texts and of lists of them, without the texts that have one of the ``beginnings``."""
    kept = [without(each, beginnings) if isinstance(each, list) else each for each in nested]
    return [each for each in kept if each != [] and not (isinstance(each, str) and each.startswith(beginnings))]


class Listed(Sound):
    """Base of what the desk lists: counts at the filters, and the table is counted only as far as it is shown."""

    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    follows_by_itself = ()  # models of records that the site makes, and deletes, by itself

    def get_changelist(self, request, **kwargs):
        return CountedList

    def construct_change_message(self, request, form, formsets, add=False):
        """What was changed, with the names of the fields in German: it is kept, and read, in this language."""
        message = super().construct_change_message(request, form, formsets, add)
        for each in message:
            if "fields" in each.get("changed", {}) and "object" not in each["changed"]:
                with override("de"):
                    each["changed"]["fields"] = [
                        str(form.fields[name].label) if name in form.fields else name for name in form.changed_data
                    ]
        return message

    def get_deleted_objects(self, objs, request):
        """What goes with ``objs``, without what says nothing to an editor: relations, and what the site makes."""
        deleted, counts, *others = super().get_deleted_objects(objs, request)
        tables = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        left_out = [*tables, *(model._meta for model in self.follows_by_itself)]
        names = {str(each.verbose_name_plural) for each in left_out}
        counts = {name: count for name, count in counts.items() if str(name) not in names}
        return without(deleted, tuple(f"{capfirst(each.verbose_name)}: " for each in left_out)), counts, *others

    def get_paginator(self, request, *args, **kwargs):
        paginator = super().get_paginator(request, *args, **kwargs)
        if hasattr(request, "listed"):
            paginator.count = request.listed
        return paginator
