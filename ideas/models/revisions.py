"""What happened to an entry, and what it said after that."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .ideas import Idea


class Revision(models.Model):
    """What happened to an entry: when, by whom, why, and the whole entry as it was afterwards.

    ``content`` is what :func:`ideas.content.snapshot` returns. A pending revision holds what the public does not
    see yet; an entry has one at most. An ``unfinished`` one is not for review yet.
    """

    class Event(models.TextChoices):
        LOADED = "loaded", _("loaded from the content files")
        FOUND = "found", _("changed outside the desk")
        CREATED = "created", _("created")
        EDITED = "edited", _("edited")
        SUBMITTED = "submitted", _("submitted for review")
        RETURNED = "returned", _("set back to draft")
        PLANNED = "planned", _("publication planned")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")
        PROPOSED = "proposed", _("revision saved, not public")
        DISCARDED = "discarded", _("revision discarded")
        REVISED = "revised", _("new version published")
        REVERTED = "reverted", _("earlier version restored")
        MERGED = "merged", _("merged")

    # After these the entry itself is as it was before.
    ASIDE = (Event.PROPOSED, Event.DISCARDED)
    # Only these happen while a revision is pending, and leave it pending.
    BESIDE = (Event.PROPOSED, Event.FOUND, Event.PLANNED, Event.MERGED, Event.EDITED)

    idea = models.ForeignKey(Idea, models.CASCADE, verbose_name=_("idea"), related_name="revisions")
    event = models.CharField(_("what happened"), max_length=10, choices=Event)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(_("name"), max_length=150, blank=True)  # stays when the account is deleted
    note = models.TextField(_("note"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Idea.Status)
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    pending = models.BooleanField(_("pending"), default=False)
    unfinished = models.BooleanField(_("still in progress"), default=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(pending=True), name="revision_one_pending_per_idea"
            ),
        ]

    def __str__(self):
        return f"{self.idea}: {self.get_event_display()}"
