"""Editable pages and operator data at the editors' desk."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from workshops.admin.history import Recorded

from .models import OperatorData, Page
from .pages import OPERATOR_FIELDS, operator


@admin.register(Page)
class PageAdmin(Recorded):
    """The editable pages. They are linked from every page of the site, so they cannot be deleted here."""

    list_display = ["title", "slug", "updated_at"]
    search_fields = ["title", "description", "body"]
    fields = ["slug", "title", "description", "body", "change_note", "missing_operator_data", "updated_at"]
    readonly_fields = ["missing_operator_data", "updated_at"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def get_fields(self, request, obj=None):
        if obj and obj.slug in OPERATOR_FIELDS:
            return self.fields
        return [field for field in self.fields if field != "missing_operator_data"]

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("operator data on this page"))
    def missing_operator_data(self, page):
        """What of the operator's data this page still lacks, with the way to enter it."""
        missing = get_text_list([str(name) for name in operator(page.slug)["missing"]], _("and"))
        if not missing:
            return _("Complete.")
        enter = OperatorData.current().desk_address()
        parts = (_("Missing:"), missing, enter, _("Enter operator data"))
        return format_html('<strong>⚠ {}</strong> {} – <a href="{}">{}</a>', *parts)


@admin.register(OperatorData)
class OperatorDataAdmin(Recorded):
    """What only the operator knows: one record, never deleted."""

    list_display = ["__str__", "still_missing"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, with a mark at each empty field that it is missing on the site."""
        data = obj or OperatorData()
        empty = [field.name for field in data._meta.concrete_fields if not getattr(data, field.attname)]
        marks = dict.fromkeys(empty, _("⚠ Missing. The site says so publicly until you enter it."))
        return super().get_form(request, obj, change=change, help_texts=marks, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_save_and_add_another"] = False  # there is only one
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not OperatorData.objects.exists()

    def get_model_perms(self, request):
        """What the menu offers, on every page: the list alone, which knows whether the one record is there."""
        return {
            "add": False,
            "change": self.has_change_permission(request),
            "delete": False,
            "view": self.has_view_permission(request),
        }

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("still missing"))
    def still_missing(self, data):
        return ", ".join(str(name) for name in data.missing()) or _("nothing")
