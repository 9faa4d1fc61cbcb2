"""Sources at the editors' desk."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Source
from ..querysets import with_uses
from .history import Recorded
from .records import WEB_ADDRESSES


@admin.register(Source)
class SourceAdmin(Recorded):
    """What is cited, how often, and whether its link still works."""

    list_display = ["__str__", "publisher", "host", "link_status", "checked_at", "uses", "open"]
    list_filter = ["link_status"]
    search_fields = ["title", "publisher", "url"]
    readonly_fields = ["link_status", "checked_at"]
    formfield_overrides = WEB_ADDRESSES

    def get_queryset(self, request):
        return with_uses(super().get_queryset(request))

    @admin.display(description=_("uses"), ordering="uses")
    def uses(self, source):
        return source.uses

    @admin.display(description=_("host"), ordering="url")
    def host(self, source):
        return source.host

    @admin.display(description=_("link"))
    def open(self, source):
        return format_html('<a href="{}" rel="external">{}</a>', source.url, _("open"))
