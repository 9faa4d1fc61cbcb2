"""Places: municipalities with coordinates, regions without, and the size classes of towns."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..dates import Precision, precision_constraint
from ..german import german_slug, sort_key
from .signatures import Signed
from .sources import Evidence, Source


class SizeClass(models.Model):
    """A size class of towns by inhabitants: from ``lower`` to below ``upper``."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    lower = models.PositiveIntegerField(_("from inhabitants"), unique=True)
    upper = models.PositiveIntegerField(_("to below inhabitants"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence, default=Evidence.COMMON)

    history = HistoricalRecords(bases=[Signed])

    class Meta:
        verbose_name = _("size class")
        verbose_name_plural = _("size classes")
        ordering = ["lower"]
        constraints = [
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gt=F("lower")), name="sizeclass_bounds_in_order"
            ),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="sizeclass_evidence_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def city_size(self):
        """The slug of the coarser city size that ideas are assessed for: it knows no class above large cities."""
        return "grossstadt" if self.slug == "grosse-grossstadt" else self.slug

    @staticmethod
    def fitting(classes, population):
        """The one of ``classes`` whose bounds hold ``population`` (inhabitants); None below all or if unknown."""
        if population is None:
            return None
        return next(
            (
                each
                for each in classes
                if each.lower <= population and (each.upper is None or population < each.upper)
            ),
            None,
        )


class Municipality(models.Model):
    """A place named in an example, a city lab or a partner of the project LeAn; regions have no coordinates."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        REGION = "region", _("region")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_key = models.CharField(max_length=150, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MUNICIPALITY)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, such as DE."))
    state = models.CharField(_("federal state"), max_length=100, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    landmark = models.CharField(_("point the coordinates stand for"), max_length=100, blank=True)
    coordinates_evidence = models.CharField(
        _("evidence of the coordinates"), max_length=12, choices=Evidence, default=Evidence.COMMON
    )
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_date = models.DateField(_("inhabitants as of"), null=True, blank=True)
    population_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=Precision, blank=True
    )
    population_note = models.CharField(_("note on the inhabitants"), max_length=200, blank=True)
    population_sources = models.ManyToManyField(
        Source, verbose_name=_("sources of the inhabitants"), blank=True, related_name="+"
    )
    size_class = models.ForeignKey(
        SizeClass, models.PROTECT, verbose_name=_("size class"), null=True, blank=True,
        help_text=_("Follows from the inhabitants where they are known."),
    )  # fmt: skip
    size_note = models.CharField(_("note on the size class"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_lean_partner = models.BooleanField(_("named partner of LeAn"), default=False)
    lean_note = models.CharField(_("note on the partnership"), max_length=200, blank=True)
    lean_sources = models.ManyToManyField(
        Source, verbose_name=_("sources of the partnership"), blank=True, related_name="+"
    )

    history = HistoricalRecords(
        bases=[Signed], excluded_fields=["name_key"], m2m_fields=["population_sources", "lean_sources"]
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("municipality", "region")), name="municipality_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # An unknown half would make the range unknown, which a CHECK lets pass.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="municipality_coordinates_in_range",
                violation_error_message=_("Give latitude (−90 to 90) and longitude (−180 to 180), or neither."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="region") | Q(latitude__isnull=True),
                name="municipality_region_without_point",
                violation_error_message=_("A region has no coordinates."),
            ),
            models.CheckConstraint(
                condition=Q(coordinates_evidence__in=Evidence.values), name="municipality_evidence_known"
            ),
            precision_constraint("population_date", "population_precision", "municipality_population_date"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.slug = self.slug or german_slug(self.name)
        self.name_key = sort_key(self.name)
        if self.population is not None:
            self.size_class = SizeClass.fitting(SizeClass.objects.all(), self.population) or self.size_class
        super().save(*args, **kwargs)

    @property
    def whereabouts(self):
        """State (abroad the country) and size class in words, with what has to be said about them."""
        size = f"{self.size_label} ({self.size_note})" if self.size_note else self.size_label
        return ", ".join(str(part) for part in (self.state or self.country, size.strip(), self.note) if part)

    @property
    def size_label(self):
        """The size class in words; below the smallest bound the inhabitants say more than the class."""
        if self.size_class is None:
            return ""
        if self.population is not None and self.population < self.size_class.lower:
            bound = number_format(self.size_class.lower, force_grouping=True)
            return _("fewer than %(number)s inhabitants") % {"number": bound}
        return self.size_class.name
