"""Sources, and how well a statement is supported by them."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .signatures import Signed


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

    UNKNOWN = "unknown", _("not known")
    OK = "ok", _("reachable")
    REDIRECT = "redirect", _("redirected")
    DEAD = "dead", _("not reachable")


class LinkFinding(models.TextChoices):
    """Why the last check of a link found what it found; empty where there is nothing to add."""

    MOVED = "moved", _("moved for good")
    TO_START_PAGE = "to-start-page", _("leads to the start page of another or the same site")
    GONE = "gone", _("the server says the page is gone")
    NO_HOST = "no-host", _("the host no longer exists")
    REFUSED = "refused", _("the host refuses connections")
    DENIED = "denied", _("the server does not let the check in")
    FAULT = "fault", _("the server reports a fault")
    TIMEOUT = "timeout", _("no answer in time")
    TLS = "tls", _("no secure connection possible")
    ROBOTS = "robots", _("robots.txt asks not to check the page")
    TOO_MANY_REDIRECTS = "redirects", _("redirected in circles")
    NOT_PUBLIC = "not-public", _("the address is not on the public web")
    NO_NETWORK = "no-network", _("no connection to the internet")


class SourceQuerySet(models.QuerySet):
    """Reads of sources."""

    def ignored(self):
        """Those the link check passes over today."""
        until = Q(ignore_until__isnull=True) | Q(ignore_until__gte=localdate())
        return self.exclude(ignore_reason="").filter(until)

    def watched(self):
        """Those the link check looks after: all that are not ignored."""
        return self.exclude(pk__in=self.model.objects.ignored())

    def unreachable(self):
        """Those that pages mark as no longer reachable."""
        return self.watched().filter(link_status=LinkStatus.DEAD)


class Source(models.Model):
    """A page on the web that supports a statement. Until an editor adds a title, readers see its host."""

    url = models.URLField(_("address"), max_length=500, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    link_status = models.CharField(
        _("last link check"), max_length=10, choices=LinkStatus, default=LinkStatus.UNKNOWN
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    link_finding = models.CharField(_("finding"), max_length=14, choices=LinkFinding, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    final_url = models.URLField(_("redirected to"), max_length=2000, blank=True)
    ignore_reason = models.CharField(
        _("ignore the link check because"), max_length=200, blank=True,
        help_text=_("With a reason the link is neither checked nor reported nor marked on pages."),
    )  # fmt: skip
    ignore_until = models.DateField(
        _("ignore the link check until"), null=True, blank=True, help_text=_("Empty means for good.")
    )

    objects = SourceQuerySet.as_manager()

    history = HistoricalRecords(
        bases=[Signed], excluded_fields=["link_status", "checked_at", "link_finding", "http_status", "final_url"]
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title", "url"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link_status__in=LinkStatus.values), name="source_link_status_known"
            ),
            models.CheckConstraint(
                condition=Q(link_finding__in=["", *LinkFinding.values]), name="source_link_finding_known"
            ),
            models.CheckConstraint(
                condition=Q(link_status=LinkStatus.UNKNOWN) | Q(checked_at__isnull=False),
                name="source_link_status_has_date",
                violation_error_message=_("The result of a link check needs its date."),
            ),
            models.CheckConstraint(
                condition=Q(ignore_until__isnull=True) | ~Q(ignore_reason=""),
                name="source_ignored_with_reason",
                violation_error_message=_("Say why the link check is to be ignored."),
            ),
        ]

    def __str__(self):
        """For the desk, which must tell two pages of one site apart: without a title the address, in short."""
        return self.title or self.url.partition("://")[2].removeprefix("www.").rstrip("/") or self.url

    @property
    def name(self):
        """What readers see: the title, else the host."""
        return self.title or self.host

    @property
    def host(self):
        """The host of the address without «www.», such as ``bremen.de``."""
        return (urlsplit(self.url).hostname or self.url).removeprefix("www.")

    @property
    def is_ignored(self):
        """Whether the link check passes the source over today."""
        return bool(self.ignore_reason) and (not self.ignore_until or self.ignore_until >= localdate())

    @property
    def is_unreachable(self):
        """Whether pages must say that the link no longer leads anywhere."""
        return self.link_status == LinkStatus.DEAD and not self.is_ignored

    def forget_check(self):
        """Drop the result of the last check, which was about another address."""
        self.link_status, self.checked_at = LinkStatus.UNKNOWN, None
        self.link_finding, self.http_status, self.final_url = "", None, ""


class SourcedRecord(models.Model):
    """Base of every record that makes a statement: how well it is supported, and by which sources."""

    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.SOURCE)
    sources = models.ManyToManyField(Source, verbose_name=_("sources"), blank=True, related_name="+")

    history = HistoricalRecords(bases=[Signed], inherit=True, m2m_fields=["sources"])

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="%(class)s_evidence_known"),
        ]

    @property
    def has_caveat(self):
        """Whether pages must show beside the statement that it is less than documented."""
        return bool(Evidence(self.evidence).caveat)
