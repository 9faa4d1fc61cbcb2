"""The round table itself: event, history, workshops, sectors and the 72 participants."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .. import numbers
from ..dates import Precision, precision_constraint
from .sources import Evidence, Source, SourcedRecord


class Event(SourcedRecord):
    """The round table that ended on 21 June 2021, with the facts and figures its sources name.

    The figures are facts of the event, not counts of records: «113 Ideen entstanden» stays true whatever the
    compendium holds.
    """

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    organizer = models.CharField(_("organizer"), max_length=200)
    date = models.DateField(_("date"))
    text = models.TextField(_("text"))
    format = models.CharField(_("format"), max_length=200)
    workshop_count = models.PositiveSmallIntegerField(_("number of workshops"))
    participant_count = models.PositiveSmallIntegerField(_("number of participants"))
    idea_count = models.PositiveSmallIntegerField(_("number of ideas"))
    lab_count = models.PositiveSmallIntegerField(_("number of city labs"))
    municipality_count = models.PositiveSmallIntegerField(_("number of further municipalities"))
    documentation = models.CharField(_("name of the documentation"), max_length=200)
    documentation_announced = models.CharField(_("documentation announced for"), max_length=100)
    recording_platform = models.CharField(_("platform of the recording"), max_length=100, blank=True)
    recording_url = models.URLField(_("address of the recording"), max_length=500, blank=True)
    recording_note = models.TextField(_("note on the recording"), blank=True)
    recording_evidence = models.CharField(
        _("evidence of the recording"), max_length=12, choices=Evidence, default=Evidence.SOURCE
    )
    documented_ideas_note = models.TextField(_("note on the ideas named in public sources"), blank=True)
    labs_note = models.TextField(_("note on the city labs"), blank=True)
    municipalities_note = models.TextField(_("note on the municipalities"), blank=True)
    open_questions = models.TextField(
        _("open questions"), blank=True, help_text=_("What is not known, one question per line.")
    )
    content_date = models.DateField(_("content as of"))

    class Meta(SourcedRecord.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["date"]
        constraints = [
            *SourcedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(recording_evidence__in=Evidence.values), name="event_recording_evidence_known"
            ),
        ]

    def __str__(self):
        return self.title


class Milestone(SourcedRecord):
    """A step on the way to the event."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="milestones")
    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(_("precision of the date"), max_length=5, choices=Precision, blank=True)
    text = models.TextField(_("text"))
    strands = models.TextField(_("strands"), blank=True, help_text=_("One per line."))
    concept = models.TextField(_("concept and moderation"), blank=True, help_text=_("One per line."))
    participants_note = models.TextField(_("note on the participants"), blank=True)
    video = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("video"), null=True, blank=True, related_name="+"
    )

    class Meta(SourcedRecord.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["date", "pk"]
        constraints = [
            *SourcedRecord.Meta.constraints,
            precision_constraint("date", "date_precision", "milestone_date_with_precision"),
        ]

    def __str__(self):
        return self.title


class Workshop(SourcedRecord):
    """One of the three workshops. For an idea it is the field («Themenfeld») the idea is sorted under."""

    SEARCHED_NAME = "title"  # the field by which entries are found

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    theme = models.CharField(_("theme"), max_length=200)
    official_title = models.CharField(_("official title"), max_length=200, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(_("precision of the date"), max_length=5, choices=Precision, blank=True)
    date_note = models.TextField(_("note on the date"), blank=True)
    text = models.TextField(_("text"))
    groups = models.TextField(_("working groups"), blank=True, help_text=_("One per line."))
    example_cities = models.TextField(_("example cities"), blank=True, help_text=_("One per line."))
    example_fields = models.TextField(_("example fields"), blank=True, help_text=_("One per line."))
    keynote = models.CharField(_("expert input"), max_length=200, blank=True)
    organizations = models.TextField(_("organizations involved"), blank=True, help_text=_("One per line."))
    participant_count = models.PositiveSmallIntegerField(_("number of participants"), null=True, blank=True)
    participants_note = models.TextField(_("note on the participants"), blank=True)

    class Meta(SourcedRecord.Meta):
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["position"]
        constraints = [
            *SourcedRecord.Meta.constraints,
            precision_constraint("date", "date_precision", "workshop_date_with_precision"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("workshops:workshop", args=[self.slug])


class Sector(SourcedRecord):
    """A line of work that took part, such as gastronomy."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta(SourcedRecord.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position"]

    def __str__(self):
        return self.name


class ParticipantQuerySet(models.QuerySet):
    """Reads of participants."""

    def named(self):
        """Those who may be named, with what pages show of them."""
        return self.exclude(name="").filter(consented_on__isnull=False).prefetch_related("workshops")

    def delete(self):
        """Delete the records for good; their numbers are not given again."""
        numbers.retire(self.model, self.values_list("number", flat=True))
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class Participant(models.Model):
    """One of the people who took part: a number, and no more than is known or consented to.

    Sector, workshops and organization are unknown for all 72 and never estimated. A name is kept
    only with recorded consent and shown nowhere without it.
    """

    class Scope(models.TextChoices):
        NAME = "name", _("name only")
        ORGANIZATION = "organization", _("name and organization")
        ALL = "all", _("name, organization and workshops")

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    sector = models.ForeignKey(Sector, models.PROTECT, verbose_name=_("sector"), null=True, blank=True)
    workshops = models.ManyToManyField(Workshop, verbose_name=_("workshops"), blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    consented_on = models.DateField(_("consent to being named given on"), null=True, blank=True)
    consent_scope = models.CharField(
        _("what the consent covers"), max_length=12, choices=Scope, blank=True,
        help_text=_("What may be shown together with the name."),
    )  # fmt: skip
    consent_proof = models.CharField(
        _("where the consent is kept"), max_length=200, blank=True, help_text=_("For example: form, folder 3.")
    )

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="participant_number_positive"),
            models.CheckConstraint(
                condition=Q(name="") | Q(consented_on__isnull=False),
                name="participant_name_needs_consent",
                violation_error_message=_("A name may be kept only with the date of the recorded consent."),
            ),
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True, consent_scope="")
                | Q(consented_on__isnull=False, consent_scope__in=("name", "organization", "all")),
                name="participant_consent_with_scope",
                violation_error_message=_("A consent has a date and says what it covers, or there is none."),
            ),
        ]

    def __str__(self):
        # Never the name: what stands for the record is kept in logs, where a withdrawal would have to find it.
        return _("Participant %(number)s") % {"number": self.number}

    def clean(self):
        if self._state.adding:
            numbers.check_never_used(Participant, self.number)
        self.check_consent()

    def check_consent(self):
        """Refuse a consent of a day that is still to come."""
        if self.consented_on and self.consented_on > localdate():
            raise ValidationError({"consented_on": _("The consent cannot lie in the future.")})

    def delete(self, *args, **kwargs):
        numbers.retire(Participant, [self.number])
        return super().delete(*args, **kwargs)

    @property
    def public_name(self):
        """The name as far as there is consent to show it, else empty."""
        return self.name if self.consented_on else ""

    @property
    def public_organization(self):
        """The organization to show beside the name, as far as the consent goes."""
        covered = self.consent_scope in {self.Scope.ORGANIZATION, self.Scope.ALL}
        return self.organization if self.public_name and covered else ""

    @property
    def public_workshops(self):
        """The workshops to show beside the name, as far as the consent goes."""
        return list(self.workshops.all()) if self.public_name and self.consent_scope == self.Scope.ALL else []
