"""What became of the round table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..dates import Precision, precision_constraint
from .sources import Evidence, SourcedRecord


class Outcome(SourcedRecord):
    """One result of the round table, such as the vacancy register."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(_("precision of the date"), max_length=5, choices=Precision, blank=True)
    date_evidence = models.CharField(
        _("evidence of the date"), max_length=12, choices=Evidence, default=Evidence.SOURCE
    )

    class Meta(SourcedRecord.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["position"]
        constraints = [
            *SourcedRecord.Meta.constraints,
            precision_constraint("date", "date_precision", "outcome_date_with_precision"),
            models.CheckConstraint(
                condition=models.Q(date_evidence__in=Evidence.values), name="outcome_date_evidence_known"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def date_has_caveat(self):
        """Whether pages must show beside the date that it is less than documented."""
        return self.date_evidence in {Evidence.ORIGINAL_TEXT, Evidence.ATTRIBUTION}


class OutcomeDetail(SourcedRecord):
    """What else is known about an outcome, with its own sources: the project or study behind it, a caveat."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, verbose_name=_("outcome"), related_name="details")
    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    facts = models.TextField(_("facts"), blank=True, help_text=_("One per line, as «Label: value»."))

    class Meta(SourcedRecord.Meta):
        verbose_name = _("detail of an outcome")
        verbose_name_plural = _("details of outcomes")
        ordering = ["outcome", "position", "pk"]

    def __str__(self):
        return self.title

    def fact_pairs(self):
        """The facts as (label, value) pairs; a line without a colon is a value without a label."""
        for line in self.facts.splitlines():
            label, colon, value = line.partition(": ")
            yield (label, value) if colon else ("", line)
