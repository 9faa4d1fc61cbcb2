"""The city labs and their projects."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .places import Municipality
from .sources import SourcedRecord


class CityLab(SourcedRecord):
    """A city that offered to try out elements of the results."""

    slug = models.SlugField(_("slug"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    municipality = models.OneToOneField(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="city_lab"
    )
    focus = models.CharField(_("focus"), max_length=300)
    text = models.TextField(_("text"))
    partners = models.TextField(_("partners"), blank=True, help_text=_("One per line."))
    not_to_confuse = models.CharField(_("not to be confused with"), max_length=300, blank=True)

    class Meta(SourcedRecord.Meta):
        verbose_name = _("city lab")
        verbose_name_plural = _("city labs")
        ordering = ["position"]

    def __str__(self):
        return self.municipality.name

    def get_absolute_url(self):
        return reverse("workshops:lab", args=[self.slug])


class LabProject(SourcedRecord):
    """What a city lab has done or plans. The period stays in the words of the source."""

    lab = models.ForeignKey(CityLab, models.CASCADE, verbose_name=_("city lab"), related_name="projects")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = models.CharField(_("name"), max_length=200)
    period = models.CharField(
        _("period"), max_length=100, blank=True, help_text=_("In the words of the source; empty if unknown.")
    )
    text = models.TextField(_("text"))

    class Meta(SourcedRecord.Meta):
        verbose_name = _("project of a city lab")
        verbose_name_plural = _("projects of city labs")
        ordering = ["lab", "position", "pk"]
        constraints = [
            *SourcedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["lab", "name"], name="labproject_name_once_per_lab"),
        ]

    def __str__(self):
        return self.name
