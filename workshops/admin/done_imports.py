"""Imports that were confirmed, at the editors' desk."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import DoneImport
from .imports import Importable
from .requests import ReadOnly, Sound


@admin.register(DoneImport)
class DoneImportAdmin(ReadOnly, Sound):
    """Who has imported how much and when, for those who see what was imported; to be read only."""

    list_display = ["at", "what", "by_name", "made", "changed", "records"]
    list_display_links = None
    fields = readonly_fields = list_display

    def importable(self):
        """The admins whose records can be imported, by the key of their importer."""
        admins = self.admin_site._registry.values()
        return {each.importer.key: each for each in admins if isinstance(each, Importable)}

    def get_queryset(self, request):
        seen = [key for key, each in self.importable().items() if each.has_view_permission(request)]
        return super().get_queryset(request).filter(kind__in=seen)

    def has_view_permission(self, request, obj=None):
        return any(each.has_view_permission(request) for each in self.importable().values())

    def has_module_permission(self, request):
        return super().has_module_permission(request) or self.has_view_permission(request)

    @admin.display(description=gettext_lazy("what"))
    def what(self, done):
        return self.importable()[done.kind].importer.title

    @admin.display(description=gettext_lazy("records"))
    def records(self, done):
        address = self.importable()[done.kind].address("changelist")
        return format_html('<a href="{}?import={}">{}</a>', address, done.pk, _("Show what was imported"))
