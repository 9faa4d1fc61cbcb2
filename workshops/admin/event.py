"""Event, history, workshops and sectors at the editors' desk."""

from django.contrib import admin

from ..models import Event, Milestone, Sector, Workshop
from .bounds import RenamedWithinBounds, tell_what_follows
from .history import NoteForm, Recorded
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


class WorkshopForm(RenamedWithinBounds, NoteForm):
    """The form of a workshop."""


@admin.register(Workshop)
class WorkshopAdmin(StableSlug, SupportLast, Recorded):
    """The workshops, which are also the fields the entries are sorted under."""

    form = WorkshopForm
    list_display = ["title", "theme", "date", "date_precision", "evidence"]
    list_filter = ["evidence"]
    search_fields = ["title", "theme", "official_title", "text"]
    autocomplete_fields = ["sources"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and obj.SEARCHED_NAME in form.changed_data:
            obj.ideas.index_many()
            tell_what_follows(request, obj.ideas.count())


@admin.register(Sector)
class SectorAdmin(SupportLast, Recorded):
    """The sectors that took part."""

    list_display = ["name", "position", "evidence"]
    list_filter = ["evidence"]
    search_fields = ["name"]
    autocomplete_fields = ["sources"]
