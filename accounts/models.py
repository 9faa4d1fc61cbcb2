"""What is remembered about logins and rights."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    """What can happen to an account."""

    LOGIN = "login", _("signed in")
    LOGOUT = "logout", _("signed out")
    FAILED = "failed", _("login failed")
    LOCKED = "locked", _("login locked for a time")
    SECOND_FACTOR_ON = "2fa-on", _("second factor set up")
    SECOND_FACTOR_OFF = "2fa-off", _("second factor removed")
    CODES = "codes", _("new recovery codes")
    PASSWORD = "password", _("password changed")
    MADE = "made", _("account made")
    RIGHTS = "rights", _("rights changed")
    DELETED = "deleted", _("account or group deleted")


class AuditEntry(models.Model):
    """Something that happened to an account: when, by whom and to whom. No address and no typed name is kept."""

    at = models.DateTimeField(_("moment"), auto_now_add=True, db_index=True)
    event = models.CharField(_("event"), max_length=10, choices=Event)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        related_name="+",
    )
    by_name = models.CharField(_("done by"), max_length=150, blank=True)  # stays when the account is deleted
    account = models.CharField(_("account or group"), max_length=200, blank=True)
    detail = models.TextField(_("detail"), blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(event__in=Event.values), name="audit_event_known"),
        ]

    def __str__(self):
        return f"{self.get_event_display()}: {self.account}" if self.account else self.get_event_display()
