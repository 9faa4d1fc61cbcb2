"""What visitors searched for, and what they did not find."""

from django.contrib import admin
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.admin.requests import Sound
from workshops.german import german_slug

from ..models import SearchCount


class FoundFilter(admin.SimpleListFilter):
    """Whether anything fitted when the term was last searched."""

    title = gettext_lazy("found")
    parameter_name = "gefunden"

    def lookups(self, request, model_admin):
        return [("nein", _("searched, not found")), ("ja", _("found"))]

    def queryset(self, request, queryset):
        if self.value() == "nein":
            return queryset.filter(hits=0)
        return queryset.filter(hits__gt=0) if self.value() == "ja" else queryset


@admin.register(SearchCount)
class SearchCountAdmin(Sound):
    """Each term once, the most frequent first; rare terms are shown to nobody."""

    list_display = ["term", "times", "hits", "as_synonym", "day"]
    list_display_links = None
    list_filter = [FoundFilter]
    search_fields = ["term"]
    ordering = [Coalesce("times", 0).desc(), "term"]  # an expression, for the admin knows no annotations by name

    def get_list_display(self, request):
        if request.user.has_perm("ideas.add_synonymgroup"):
            return self.list_display
        return [name for name in self.list_display if name != "as_synonym"]

    def get_queryset(self, request):
        return SearchCount.objects.by_term()

    @admin.display(description=gettext_lazy("searches"), ordering="times")
    def times(self, row):
        """How often the term was searched in twelve months."""
        return row.times

    @admin.display(description=gettext_lazy("synonym group"))
    def as_synonym(self, row):
        """The way to a new group with the term, where it was not found."""
        if row.hits:
            return ""
        query = urlencode({"slug": german_slug(row.term)[:50], "words": f"{row.term}\n"})
        address = reverse("admin:ideas_synonymgroup_add")
        return format_html('<a href="{}?{}">{}</a>', address, query, _("Make a synonym group"))

    def delete_model(self, request, obj):
        """Delete the term as a whole, not only its latest day."""
        SearchCount.objects.filter(term=obj.term).delete()

    def delete_queryset(self, request, queryset):
        SearchCount.objects.filter(term__in=list(queryset.values_list("term", flat=True))).delete()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
