"""Ideas and the practice examples that document them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from workshops import numbers
from workshops.german import german_slug, sort_key
from workshops.models import Evidence, Municipality, Source, SourcedRecord, Workshop

from ..querysets import IdeaQuerySet
from ..vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase
from .terms import Actor, CitySize, Topic


class DocumentedIdea(SourcedRecord):
    """An idea or approach of the workshop series that public sources name, under the name they use."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("name in the sources"), max_length=200)
    phase = models.CharField(_("phase of the visit"), max_length=12, choices=Phase, blank=True)
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, verbose_name=_("workshop"), null=True, blank=True,
        help_text=_("Only where a source names the workshop."),
    )  # fmt: skip

    class Meta(SourcedRecord.Meta):
        verbose_name = _("idea named in public sources")
        verbose_name_plural = _("ideas named in public sources")
        ordering = ["title", "pk"]
        constraints = [
            *SourcedRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(phase__in=["", *Phase.values]), name="documentedidea_phase_known"),
        ]

    def __str__(self):
        return self.title


class Idea(models.Model):
    """One entry of the compendium. Its number stays for ever; the slug may change.

    Steps, success factors and risks hold one item per line.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    number = models.PositiveIntegerField(_("number"), unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_key = models.CharField(max_length=180, editable=False, db_index=True)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    approach = models.TextField(_("approach"), blank=True)
    steps = models.TextField(_("steps"), blank=True, help_text=_("One per line."))
    success_factors = models.TextField(_("success factors"), blank=True, help_text=_("One per line."))
    risks = models.TextField(_("risks"), blank=True, help_text=_("One per line."))

    workshop = models.ForeignKey(
        Workshop, models.PROTECT, verbose_name=_("field"), null=True, blank=True, related_name="ideas",
        help_text=_("The workshop theme the entry is sorted under."),
    )  # fmt: skip
    phase = models.CharField(_("phase of the visit"), max_length=12, choices=Phase, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="ideas")
    actors = models.ManyToManyField(
        Actor, verbose_name=pgettext_lazy("of an entry", "actors"), blank=True, related_name="ideas"
    )
    effort = models.CharField(_("effort"), max_length=8, choices=Effort, blank=True)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost, blank=True)
    horizon = models.CharField(_("time to effect"), max_length=14, choices=Horizon, blank=True)
    city_sizes = models.ManyToManyField(
        CitySize, verbose_name=pgettext_lazy("of an entry", "city sizes"), blank=True, related_name="ideas"
    )
    maturity = models.CharField(_("maturity"), max_length=8, choices=Maturity, blank=True)

    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.EDITORIAL)
    documented_as = models.OneToOneField(
        DocumentedIdea, models.PROTECT, verbose_name=_("documented as"), null=True, blank=True,
        related_name="idea", help_text=_("Needed for entries from the workshop series, empty for all others."),
    )  # fmt: skip

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    archive_note = models.TextField(
        _("reason for archiving"), blank=True, help_text=_("Shown to readers who follow an old link.")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("merged into"), null=True, blank=True, related_name="+",
        help_text=_("The entry that old links lead to from now on."),
    )  # fmt: skip
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    # Since when it was public before a publication that is planned anew; comes back if that is called off.
    published_before = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    version_date = models.DateField(_("date of the version"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["number"]
        # All that lists ask before they show anything; so they need not read the texts.
        indexes = [models.Index(fields=["status", "published_at", "number", "id"], name="idea_public")]
        permissions = [("publish_idea", _("Can publish, archive and revert ideas"))]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="idea_number_positive"),
            models.CheckConstraint(condition=Q(phase__in=["", *Phase.values]), name="idea_phase_known"),
            models.CheckConstraint(condition=Q(effort__in=["", *Effort.values]), name="idea_effort_known"),
            models.CheckConstraint(condition=Q(cost__in=["", *Cost.values]), name="idea_cost_known"),
            models.CheckConstraint(condition=Q(horizon__in=["", *Horizon.values]), name="idea_horizon_known"),
            models.CheckConstraint(condition=Q(maturity__in=["", *Maturity.values]), name="idea_maturity_known"),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "review", "published", "archived")), name="idea_status_known"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.WORKSHOP, documented_as__isnull=False)
                | Q(origin=Origin.EDITORIAL, documented_as__isnull=True),
                name="idea_origin_matches_documentation",
                violation_error_message=_(
                    "An entry from the workshop series needs the name it is documented under; "
                    "an editorial entry must not have one."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False, version_date__isnull=False),
                name="idea_published_has_date",
                violation_error_message=_("A published entry needs a publication date and a version date."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status="archived"),
                name="idea_merged_is_archived",
                violation_error_message=_("Only an archived entry can be merged into another."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="idea_not_merged_into_itself",
                violation_error_message=_("An entry cannot be merged into itself."),
            ),
        ]

    def __str__(self):
        return f"{self.number:03} {self.title}"

    @classmethod
    def slug_of(cls, title):
        """The slug that ``title`` makes by itself; empty where it has no letters."""
        return german_slug(title)[: cls._meta.get_field("slug").max_length].strip("-")

    def slugs_of(self, title):
        """The slugs that ``title`` may make: without, and with the number behind it."""
        longest = self._meta.get_field("slug").max_length
        slug = self.slug_of(title) or "idee"
        return slug, f"{slug[: longest - len(str(self.number)) - 1]}-{self.number}"

    def free_slug(self, title, is_taken=None):
        """The slug that ``title`` makes; with the number if another entry has that one.

        ``is_taken(slug)`` says whether one has, where more is known than the database does.
        """
        slug, numbered = self.slugs_of(title)
        return numbered if (is_taken or self.is_slug_taken)(slug) else slug

    def is_slug_taken(self, slug):
        """Whether another entry has this slug."""
        return Idea.objects.filter(slug=slug).exclude(pk=self.pk).exists()

    @property
    def slug_follows(self):
        """Whether its slug is that of its title, and still may change with it: no reader knows it yet."""
        return not self.was_public and self.slug in self.slugs_of(self.title)

    def clean(self):
        if self._state.adding:
            numbers.check_never_used(Idea, self.number)

    def derive(self):
        """Fill in what follows from the title; to be called before it is saved past :meth:`save`."""
        self.slug = self.slug or self.free_slug(self.title)
        self.title_key = sort_key(self.title)

    def save(self, *args, **kwargs):
        self.derive()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        numbers.retire(Idea, [self.number])
        return super().delete(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("ideas:detail", args=[self.number, self.slug])

    def permanent_path(self):
        """The path that stays, whatever becomes of the title; German in every language, like the entry."""
        with override("de"):
            return reverse("ideas:detail_short", args=[self.number])

    def meanings(self):
        """What its values of the fixed vocabularies stand for, by field; only where there is a value."""
        fields = {"phase": Phase, "effort": Effort, "cost": Cost, "horizon": Horizon, "maturity": Maturity}
        values = {name: getattr(self, name) for name in fields}
        return {name: fields[name](value).meaning for name, value in values.items() if value}

    def successor(self):
        """The public entry this one was merged into, through any number of mergers; None if there is none."""
        seen, entry = {self.pk}, self.merged_into
        while entry and entry.pk not in seen:
            if Idea.objects.published().filter(pk=entry.pk).exists():
                return entry
            seen.add(entry.pk)
            entry = entry.merged_into
        return None

    @property
    def is_public(self):
        """Whether the public may see it now, as ``published()`` says of many."""
        return self.status == self.Status.PUBLISHED and self.published_at <= timezone.now()

    @property
    def is_planned(self):
        """Whether it is published from a later moment on."""
        return self.status == self.Status.PUBLISHED and not self.is_public

    @property
    def was_public(self):
        """Whether the public has ever seen it, be it now or earlier."""
        return bool(self.published_before or (self.published_at and self.published_at <= timezone.now()))

    @property
    def from_named_workshop(self):
        """Whether a source names the very workshop the entry is sorted under."""
        return bool(self.documented_as and self.workshop_id and self.documented_as.workshop_id == self.workshop_id)


class PracticeExample(models.Model):
    """Where an idea was done: place, project, fact, year and source.

    ``place`` keeps the words of the content; ``municipalities`` are the places it stands for (none to several).
    """

    idea = models.ForeignKey(Idea, models.CASCADE, verbose_name=_("idea"), related_name="examples")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    place = models.CharField(_("place"), max_length=100)
    name = models.CharField(_("project"), max_length=150)
    fact = models.TextField(_("fact"))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("The year of what is told; empty if the source names none.")
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="examples")
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.SOURCE)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), blank=True, related_name="examples"
    )

    class Meta:
        verbose_name = _("practice example")
        verbose_name_plural = _("practice examples")
        ordering = ["idea", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "place", "name"],
                name="example_once_per_idea",
                violation_error_message=_("This idea already has an example with this place and project."),
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1800, 2100)),
                name="example_year_in_range",
                violation_error_message=_("The year must lie between 1800 and 2100."),
            ),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="example_evidence_known"),
        ]

    def __str__(self):
        return f"{self.place}: {self.name}"

    def whereabouts(self):
        """State and size of each of its municipalities in words; with the name where there are several places."""
        places = list(self.municipalities.all())
        return [
            (f"{place.name}: " if len(places) > 1 else "") + place.whereabouts
            for place in places
            if place.kind == Municipality.Kind.MUNICIPALITY
        ]

    def is_from(self, city_sizes):
        """Whether one of its places has one of ``city_sizes``, slugs of the facet of city sizes."""
        return any(
            place.size_class and place.size_class.city_size in city_sizes for place in self.municipalities.all()
        )
