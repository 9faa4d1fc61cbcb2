"""Outcomes at the editors' desk."""

from django.contrib import admin

from ..models import Outcome, OutcomeDetail
from .history import Recorded
from .records import StableSlug, SupportLast
from .requests import KnownKeys


class OutcomeDetailInline(SupportLast, KnownKeys, admin.StackedInline):
    """What else is known about an outcome. Sources are chosen on the detail's own page."""

    model = OutcomeDetail
    exclude = ["sources"]
    extra = 0
    show_change_link = True


@admin.register(Outcome)
class OutcomeAdmin(StableSlug, SupportLast, Recorded):
    """What became of the round table."""

    list_display = ["title", "position", "date", "date_precision", "organization", "evidence"]
    list_filter = ["evidence"]
    search_fields = ["title", "text", "organization"]
    autocomplete_fields = ["sources"]
    inlines = [OutcomeDetailInline]


@admin.register(OutcomeDetail)
class OutcomeDetailAdmin(SupportLast, Recorded):
    """One detail with its own sources."""

    list_display = ["title", "outcome", "position", "evidence"]
    list_select_related = ["outcome"]
    list_filter = ["evidence", "outcome"]
    search_fields = ["title", "text", "facts"]
    autocomplete_fields = ["outcome", "sources"]
