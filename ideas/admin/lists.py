"""The list of entries at the desk: found by the search of the site, whatever their status."""

from functools import partial

from django.contrib import messages
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.admin.lists import CountedList

from ..models import PracticeExample
from ..search.matching import find


def found(queryset, text, say=lambda _words: None):
    """The entries of ``queryset`` for what was typed, ranked.

    ``say`` is called with a sentence if other words were searched than typed, or hits fit only some of them.
    """
    search = find(queryset, text)
    for typed, word in search.corrections.items():
        say(_("Nothing has “%(typed)s”; searched for “%(word)s”.") % {"typed": typed, "word": word})
    if search.similar:
        said = ngettext(
            "{number} entry holds only some of the words; it comes last.",
            "{number} entries hold only some of the words; they come last.",
            search.similar,
        )
        say(said.format(number=search.similar))
    return search.ideas


def examples_told():
    """How many practice examples an entry has; counted only for the entries that are shown."""
    told = PracticeExample.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    return Coalesce(Subquery(told.values(number=Count("pk")), output_field=IntegerField()), 0)


def is_ranked(queryset):
    """Whether words were searched in ``queryset`` already."""
    return "rank" in queryset.query.annotations


class IdeaList(CountedList):
    """The list of entries. Words are searched once, among all entries; the filters narrow what they find."""

    searched = False

    def get_queryset(self, request, exclude_parameters=None):
        if self.query and not self.searched:
            self.root_queryset = found(self.root_queryset, self.query, partial(messages.info, request))
            self.searched = True
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request, queryset):
        if is_ranked(queryset) and not self.params.get(ORDER_VAR):
            return ["-rank", "number"]
        return super().get_ordering(request, queryset)

    def get_ordering_field_columns(self):
        return super().get_ordering_field_columns() if self.params.get(ORDER_VAR) or not self.query else {}
