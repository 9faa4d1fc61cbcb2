"""Filters of the list of entries: what is waiting, what is missing, what has been left alone."""

from functools import cached_property

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import upkeep


class ConditionFilter(admin.SimpleListFilter):
    """Base of filters whose values stand for conditions; ``conditions()`` is value → (words, condition)."""

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

    def get_facet_counts(self, pk_attname, filtered_qs):
        """The counts as plain conditions, which the database answers in one pass."""
        conditions = enumerate(self.known.values())
        return {f"{place}__c": Count(pk_attname, filter=each) for place, (_words, each) in conditions}


class WaitingFilter(ConditionFilter):
    """Entries with a pending revision, or planned for later."""

    title = gettext_lazy("waiting")
    parameter_name = "offen"

    def conditions(self):
        return {
            "revision": (_("pending revision"), upkeep.pending()),
            "geplant": (_("planned publication"), upkeep.planned()),
        }


class GapFilter(ConditionFilter):
    """Entries that lack something."""

    title = gettext_lazy("missing")
    parameter_name = "fehlt"

    def conditions(self):
        found = {gap.name: (gap.label, gap.condition) for gap in upkeep.gaps()}
        return {"etwas": (_("anything"), upkeep.incomplete())} | found


class CareFilter(ConditionFilter):
    """Entries that should be looked at again."""

    title = gettext_lazy("to be looked at")
    parameter_name = "pflege"

    def conditions(self):
        return {
            "ohne-quelle": (_("without a source that can be reached"), upkeep.without_living_source()),
            "unberuehrt": (_("not changed for a year"), upkeep.untouched()),
        }
