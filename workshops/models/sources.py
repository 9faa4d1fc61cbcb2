"""Sources, and how well a statement is supported by them."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Evidence(models.TextChoices):
    """How well a statement is supported (``belegart`` in the content files)."""

    SOURCE = "quelle", _("documented by the sources named")
    ORIGINAL_TEXT = "ausgangstext", _("so far confirmed by no further page")
    ATTRIBUTION = "zuordnung", _("a likely attribution that no source states expressly")
    COMMON = "allgemein", _("generally known, without a single citation")

    @property
    def caveat(self):
        """The words that stand beside a statement that is less than documented; empty for all others."""
        return self.label if self in {Evidence.ORIGINAL_TEXT, Evidence.ATTRIBUTION} else ""


class LinkStatus(models.TextChoices):
    """What the last check of a link found."""

    UNKNOWN = "unknown", _("not checked")
    OK = "ok", _("reachable")
    REDIRECT = "redirect", _("redirected")
    DEAD = "dead", _("not reachable")


class Source(models.Model):
    """A page on the web that supports a statement. Until an editor adds a title it is shown as its host."""

    url = models.URLField(_("address"), max_length=500, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    link_status = models.CharField(
        _("last link check"), max_length=10, choices=LinkStatus, default=LinkStatus.UNKNOWN
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["link_status", "checked_at"])

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title", "url"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link_status__in=LinkStatus.values), name="source_link_status_known"
            ),
        ]

    def __str__(self):
        return self.title or self.host

    @property
    def host(self):
        """The host of the address without «www.», such as ``bremen.de``."""
        return (urlsplit(self.url).hostname or self.url).removeprefix("www.")


class SourcedRecord(models.Model):
    """Base of every record that makes a statement: how well it is supported, and by which sources."""

    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.SOURCE)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="+")

    history = HistoricalRecords(inherit=True, m2m_fields=["sources"])

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="%(class)s_evidence_known"),
        ]

    @property
    def has_caveat(self):
        """Whether pages must show beside the statement that it is less than documented."""
        return bool(Evidence(self.evidence).caveat)
