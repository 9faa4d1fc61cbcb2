"""Event, history, workshops and sectors at the editors' desk."""

from django.contrib import admin

from ..models import Event, Milestone, Sector, Workshop
from .history import Recorded, index_entries
from .records import WEB_ADDRESSES, StableSlug, SupportLast
from .requests import KnownKeys


class MilestoneInline(SupportLast, KnownKeys, admin.StackedInline):
    """The history of an event. Sources and video are chosen on the milestone's own page."""

    model = Milestone
    exclude = ["sources", "video"]
    extra = 0
    show_change_link = True


@admin.register(Event)
class EventAdmin(SupportLast, Recorded):
    """The round table with its figures."""

    list_display = ["title", "date", "organizer", "evidence", "content_date"]
    search_fields = ["title", "organizer", "text"]
    autocomplete_fields = ["sources"]
    inlines = [MilestoneInline]
    formfield_overrides = WEB_ADDRESSES


@admin.register(Milestone)
class MilestoneAdmin(SupportLast, Recorded):
    """A step on the way to the event."""

    list_display = ["title", "date", "date_precision", "evidence", "event"]
    list_select_related = ["event"]
    list_filter = ["evidence"]
    search_fields = ["title", "text"]
    autocomplete_fields = ["event", "video", "sources"]


@admin.register(Workshop)
class WorkshopAdmin(StableSlug, SupportLast, Recorded):
    """The workshops, which are also the fields the entries are sorted under."""

    list_display = ["title", "theme", "date", "date_precision", "evidence"]
    list_filter = ["evidence"]
    search_fields = ["title", "theme", "official_title", "text"]
    autocomplete_fields = ["sources"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        index_entries(obj)


@admin.register(Sector)
class SectorAdmin(SupportLast, Recorded):
    """The sectors that took part."""

    list_display = ["name", "position", "evidence"]
    list_filter = ["evidence"]
    search_fields = ["name"]
    autocomplete_fields = ["sources"]
