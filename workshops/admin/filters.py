"""Filters of the desk's lists, made so that a list can count for all of them at once: see :mod:`.lists`."""

from functools import cached_property, reduce
from operator import or_

from django.contrib import admin
from django.contrib.admin.utils import build_q_object_from_lookup_parameters
from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Q, Value, When


class ConditionFilter(admin.SimpleListFilter):
    """Base of filters whose values stand for conditions; ``conditions()`` is value → (words, condition).

    A list works out each condition once a record, as a flag, however many counts and filters rest on it.
    """

    any_of_them = None  # the value that stands for any of the others, if there is one

    @cached_property
    def known(self):
        """The conditions, made once for a page: Django asks for them with every value it shows."""
        return self.conditions()

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _condition) in self.known.items()]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(self.known[self.value()][1])

    def value(self):
        """The chosen value; one that nobody knows counts as none."""
        return super().value() if super().value() in self.known else None

    @property
    def flags(self):
        """The conditions by the names of their flags."""
        return {
            self.flag(value): condition
            for value, (_words, condition) in self.known.items()
            if value != self.any_of_them
        }

    def flag(self, value):
        """The name of a value's flag."""
        return f"{self.parameter_name}_{value}"

    def flagged(self, value):
        """The condition of records with the flag of a value."""
        names = self.flags if value == self.any_of_them else [self.flag(value)]
        return reduce(or_, (Q((name, True)) for name in names))

    def get_facet_counts(self, pk_attname, filtered_qs):
        values = enumerate(self.known)
        return {f"{place}__c": Count(pk_attname, filter=self.flagged(value)) for place, value in values}


class AnyOfMany(admin.RelatedFieldListFilter):
    """Records with a value of a field that holds several. Looked up in a query of its own: none is found twice."""

    def queryset(self, request, queryset):
        if not self.used_parameters:
            return queryset
        fitting = super().queryset(request, queryset.model._base_manager.all())
        return queryset.filter(pk__in=fitting.values("pk"))

    def counts(self, records):
        """How many of the ``records`` each value leads to, by the names of Django's counts."""
        numbers = dict(records.values_list(self.field_path).annotate(Count("pk")))
        return {f"{key}__c": numbers.get(key, 0) for key, _words in self.lookup_choices} | {
            "__c": numbers.get(None, 0)
        }


def condition_of(chosen, request, everything):
    """The condition of records, among ``everything``, that fit a chosen filter; None if it leaves out none."""
    if isinstance(chosen, ConditionFilter):
        return chosen.known[chosen.value()][1] if chosen.value() else None
    if type(chosen).queryset is admin.FieldListFilter.queryset:
        return build_q_object_from_lookup_parameters(chosen.used_parameters)
    return Q(pk__in=chosen.queryset(request, everything).values("pk"))


class Column(ExpressionWrapper):
    """An expression that others refer to as a whole: Django would compare all its parts, for each of them."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other

    def replace_expressions(self, replacements):
        return self


def as_flag(condition):
    """A condition as a column that is true or false, even where it cannot be decided."""
    return Column(Case(When(condition, then=Value(True)), default=Value(False)), output_field=BooleanField())


def miss(condition):
    """A column that is 1 where the condition is not met, 0 where it is."""
    return Case(When(condition, then=Value(0)), default=Value(1))
