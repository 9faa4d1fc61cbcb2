"""What several kinds of records share at the editors' desk."""

from django.db import models

LAST = {"evidence": 1, "sources": 1, "change_note": 2}
# What an address without "https://" in front is taken for
WEB_ADDRESSES = {models.URLField: {"assume_scheme": "https"}}


class SupportLast:
    """First what is said, then how well it is supported, at last why it was changed."""

    def get_fields(self, request, obj=None):
        return sorted(super().get_fields(request, obj), key=lambda field: LAST.get(field, 0))


class StableSlug:
    """The slug is part of a public address: it is chosen once and then stays, so that old links keep working."""

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "slug"] if obj else fixed
