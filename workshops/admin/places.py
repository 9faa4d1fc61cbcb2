"""Places and city labs at the editors' desk."""

from django.contrib import admin

from ..german import sort_key
from ..models import CityLab, LabProject, Municipality, SizeClass
from .history import Recorded
from .records import StableSlug, SupportLast
from .requests import KnownKeys


@admin.register(SizeClass)
class SizeClassAdmin(Recorded):
    """The size classes of towns."""

    list_display = ["name", "lower", "upper", "evidence"]
    search_fields = ["name"]


@admin.register(Municipality)
class MunicipalityAdmin(Recorded):
    """Municipalities and regions."""

    list_display = ["name", "kind", "state", "country", "population", "size_class", "is_lean_partner"]
    list_select_related = ["size_class"]
    list_filter = ["kind", "is_lean_partner", "size_class", "country", "state"]
    search_fields = ["name_key", "slug"]
    autocomplete_fields = ["size_class", "population_sources", "lean_sources"]
    prepopulated_fields = {"slug": ["name"]}

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, sort_key(search_term))


class LabProjectInline(SupportLast, KnownKeys, admin.StackedInline):
    """The projects of a lab. Their sources are chosen on the project's own page."""

    model = LabProject
    exclude = ["sources"]
    extra = 0
    show_change_link = True


@admin.register(CityLab)
class CityLabAdmin(StableSlug, SupportLast, Recorded):
    """The city labs with their projects."""

    list_display = ["__str__", "focus", "position", "evidence"]
    list_filter = ["evidence"]
    search_fields = ["municipality__name", "focus", "text"]
    autocomplete_fields = ["municipality", "sources"]
    inlines = [LabProjectInline]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("municipality")


@admin.register(LabProject)
class LabProjectAdmin(SupportLast, Recorded):
    """One project of a city lab."""

    list_display = ["name", "lab", "period", "evidence"]
    list_select_related = ["lab__municipality"]
    list_filter = ["evidence"]
    search_fields = ["name", "text", "lab__municipality__name"]
    autocomplete_fields = ["lab", "sources"]
