"""The vocabularies kept as tables: topics, actors, city sizes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from workshops.german import german_slug, sort_key

from ..querysets import TermQuerySet


class Term(models.Model):
    """Base of the vocabularies kept as tables: a slug for addresses, names in German and English."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    name_key = models.CharField(max_length=150, editable=False)

    history = HistoricalRecords(inherit=True, excluded_fields=["name_key"])
    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name_key", "pk"]

    def __str__(self):
        return self.label

    def save(self, *args, **kwargs):
        self.slug = self.slug or german_slug(self.name)
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def label(self):
        """The name in the language of the page."""
        return (get_language() == "en" and self.name_en) or self.name


class Topic(Term):
    """What an idea is about, such as vacancy."""

    text = models.CharField(_("description"), max_length=300, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self):
        return reverse("ideas:topic", args=[self.slug])


class Actor(Term):
    """Who carries an idea out, such as city management."""

    class Meta(Term.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")


class CitySize(Term):
    """A size of town an idea suits; the values of the facet ``groesse``."""

    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    text = models.CharField(_("description"), max_length=300, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("city size")
        verbose_name_plural = _("city sizes")
        ordering = ["position"]
