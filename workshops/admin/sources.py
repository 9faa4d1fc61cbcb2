"""Sources at the editors' desk, with the report of the link check."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..links import take_over
from ..models import Source
from ..querysets import with_uses
from .history import Recorded
from .records import WEB_ADDRESSES


class IgnoredFilter(admin.SimpleListFilter):
    """Sources the link check passes over, or those it looks after."""

    title = _("ignored by the link check")
    parameter_name = "ignored"

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request, queryset):
        return {"yes": queryset.ignored, "no": queryset.watched}.get(self.value(), queryset.all)()


@admin.register(Source)
class SourceAdmin(Recorded):
    """What is cited, how often, and whether its link still works."""

    list_display = ["__str__", "link_status", "finding", "checked", "uses", "open"]
    list_filter = ["link_status", IgnoredFilter, "link_finding"]
    search_fields = ["title", "publisher", "url"]
    readonly_fields = ["link_status", "finding", "checked_at", "final_address"]
    fieldsets = [
        (None, {"fields": ["url", "title", "publisher"]}),
        (
            _("Link check"),
            {"fields": [*readonly_fields, ("ignore_reason", "ignore_until")]},
        ),
        (_("History"), {"fields": ["change_note"]}),
    ]
    formfield_overrides = WEB_ADDRESSES
    actions = ["take_over_addresses"]

    def get_queryset(self, request):
        return with_uses(super().get_queryset(request))

    def save_model(self, request, obj, form, change):
        if "url" in form.changed_data:
            obj.forget_check()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("uses"), ordering="uses")
    def uses(self, source):
        return source.uses

    @admin.display(description=Source._meta.get_field("checked_at").verbose_name, ordering="checked_at")
    def checked(self, source):
        return source.checked_at and date_format(localtime(source.checked_at), "SHORT_DATE_FORMAT")

    @admin.display(description=_("link"))
    def open(self, source):
        return format_html('<a href="{}" rel="external">{}</a>', source.url, _("open"))

    @admin.display(description=_("finding"), ordering="link_finding")
    def finding(self, source):
        """Why the link is in its state, with the number of the server where that says more."""
        words = [source.get_link_finding_display()]
        if source.http_status and source.http_status >= 400:  # noqa: PLR2004 (where HTTP's failures begin)
            words.append(f"(HTTP {source.http_status})")
        if source.is_ignored:
            words.append(_("– ignored: %(reason)s") % {"reason": source.ignore_reason})
        return " ".join(map(str, words)).strip() or self.get_empty_value_display()

    @admin.display(description=_("redirected to"))
    def final_address(self, source):
        if not source.final_url:
            return self.get_empty_value_display()
        return format_html('<a href="{}" rel="external">{}</a>', source.final_url, source.final_url)

    @admin.action(description=_("Take over the new address of redirected sources"), permissions=["change"])
    def take_over_addresses(self, request, queryset):
        """The address a lasting redirect leads to becomes the address of the source."""
        with transaction.atomic():
            taken, left = take_over(queryset)
            self.log_taken_over(request, taken)
        if taken:
            words = ngettext(
                "%(number)s new address taken over.", "%(number)s new addresses taken over.", len(taken)
            )
            self.message_user(request, words % {"number": len(taken)}, messages.SUCCESS)
        for source, reason in left:
            self.message_user(request, f"{source}: {reason}", messages.WARNING)

    def log_taken_over(self, request, sources):
        """Write into the log of the desk what has become of each address."""
        for source in sources:
            message = [{"changed": {"fields": [str(Source._meta.get_field("url").verbose_name)]}}]
            self.log_change(request, source, message)
