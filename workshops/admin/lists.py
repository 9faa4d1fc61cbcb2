"""The lists of the editors' desk: filters with counts, at the price of few queries."""

from functools import cached_property, partial

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Count, Value
from django.utils.text import capfirst
from django.utils.translation import override

from .requests import Sound, SoundList


class AnyOfMany(admin.RelatedFieldListFilter):
    """Records with a value of a field that holds several. Looked up in a query of its own: none is found twice."""

    def queryset(self, request, queryset):
        if not self.used_parameters:
            return queryset
        fitting = super().queryset(request, queryset.model._base_manager.all())
        return queryset.filter(pk__in=fitting.values("pk"))


class CountedList(SoundList):
    """A change list that reads its filters once, and counts for all of them in one query, however many are chosen.

    Django reads every filter anew for each count, and counts for each filter alone. Here the counts of filters
    nobody has chosen, which narrow nothing, rest on the very records of the list; those of each chosen one on the
    records without it. Filters of several values are to be :class:`AnyOfMany`: then nothing is found twice, and
    the slow DISTINCT is not needed.
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

    def groups(self):
        """What is counted, by filter and name, with the records it is counted among.

        Filters nobody has chosen are counted together; those of several values an entry join rows, and are not.
        """
        together = {(None, "all"): Count("pk")}
        for each in self.filter_specs:
            chosen = self.filter_params.keys() & set(each.expected_parameters())
            without = each.expected_parameters() if chosen else None
            records = self.get_queryset(self.request, exclude_parameters=without) if chosen else self.queryset
            counts = each.get_facet_counts(self.lookup_opts.pk.attname, records).items()
            named = {(each, name): count for name, count in counts}
            if chosen or isinstance(each, AnyOfMany):
                yield records, named
            else:
                together |= named
        yield self.queryset, together

    @cached_property
    def all_counts(self):
        """Filter → name → count; under None the number of ``all`` records of the list."""
        groups = list(self.groups())
        widest = max(len(counts) for _records, counts in groups)
        rows = [
            row_of(records, place, [*counts.values()], widest) for place, (records, counts) in enumerate(groups)
        ]
        found = {each: {} for each in [None, *self.filter_specs]}
        for _records, counts in groups:
            for each, name in counts:
                found[each][name] = 0  # the database is not asked where nothing can be found
        for place, *counts in rows[0].union(*rows[1:], all=True):
            for (each, name), count in zip(groups[place][1], counts, strict=False):
                found[each][name] = count
        return found


def row_of(records, place, counts, width):
    """A row of ``width`` numbers: ``place`` and the ``counts`` of ``records``, filled up with zeros."""
    filled = counts + [Value(0)] * (width - len(counts))
    named = {f"count{position}": count for position, count in enumerate(filled)}
    return records.order_by().values(row=Value(place)).annotate(**named).values_list("row", *named)


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
