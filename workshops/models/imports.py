"""What imports need to remember: tables between upload and confirmation, and numbers that are gone."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .signatures import LONGEST_NAME

WAITING = timedelta(days=1)


class PendingImportQuerySet(models.QuerySet):
    """Reads of pending imports."""

    def expired(self):
        """Those nobody has confirmed for a day. They may hold names, and are to be deleted."""
        return self.filter(at__lte=timezone.now() - WAITING)


class PendingImport(models.Model):
    """An uploaded table between the look at what it would change and the confirmation; one a person and kind.

    ``report`` is what it would change, a :class:`workshops.tables.Report` as plain values.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    tables = models.JSONField()
    report = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["by", "kind"], name="pending_import_one_per_kind")]

    def __str__(self):
        return self.file_name


class DoneImport(models.Model):
    """An import that was confirmed: who brought in how much and when, and the ``numbers`` of the records.

    Nothing of what the table said is kept, not even its name: a withdrawal would have to find it here.
    """

    at = models.DateTimeField(_("moment"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(_("done by"), max_length=LONGEST_NAME)  # stays when the account is deleted
    kind = models.CharField(max_length=20)
    made = models.PositiveIntegerField(_("new"))
    changed = models.PositiveIntegerField(_("changed"))
    numbers = models.JSONField()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{date_format(localtime(self.at), 'SHORT_DATETIME_FORMAT')}, {self.by_name}"


class LostNumber(models.Model):
    """The highest number of a deleted record of a kind; neither it nor a lower one is given again."""

    kind = models.CharField(max_length=20, unique=True)
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("lost number")
        verbose_name_plural = _("lost numbers")
        default_permissions = ()

    def __str__(self):
        return f"{self.kind} {self.number}"
