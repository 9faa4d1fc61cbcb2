"""What editors have found out about entries that look alike."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .ideas import Idea


class DistinctPair(models.Model):
    """Two entries that look alike and are no duplicates, as an editor has found. ``one`` has the lower key."""

    one = models.ForeignKey(Idea, models.CASCADE, verbose_name=_("idea"), related_name="+")
    other = models.ForeignKey(Idea, models.CASCADE, verbose_name=_("other idea"), related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(_("name"), max_length=150, blank=True)  # stays when the account is deleted
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("pair that is no duplicate")
        verbose_name_plural = _("pairs that are no duplicates")
        ordering = ["one", "other"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinctpair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinctpair_in_order"),
        ]

    def __str__(self):
        return f"{self.one} ≠ {self.other}"
