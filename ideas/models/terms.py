"""The vocabularies kept as tables: topics, actors, city sizes."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from workshops.german import german_slug, sort_key
from workshops.models.signatures import Signed

from ..querysets import TermQuerySet


class Term(models.Model):
    """Base of the vocabularies kept as tables: a slug for addresses, names in German and English."""

    SEARCHED_NAME = None  # the field by which entries are found, if they are

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    name_key = models.CharField(max_length=150, editable=False)

    history = HistoricalRecords(bases=[Signed], inherit=True, excluded_fields=["name_key"])
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


class LastingTerm(Term):
    """Base of the terms that may be renamed and merged: the slugs they ever had still lead to them."""

    SEARCHED_NAME = "name"

    class Meta(Term.Meta):
        abstract = True

    def clean(self):
        former = type(self).objects.filter(former__slug=self.slug).exclude(pk=self.pk).first()
        if former:
            message = _("This slug was that of “%(term)s”. It is not given again, for old links lead there.")
            raise ValidationError({"slug": ValidationError(message, params={"term": former})})

    @transaction.atomic
    def save(self, *args, **kwargs):
        before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before != self.slug:
            self.former.get_or_create(slug=before)


class Topic(LastingTerm):
    """What an idea is about, such as vacancy."""

    text = models.CharField(_("description"), max_length=300, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self):
        return reverse("ideas:topic", args=[self.slug])


class Actor(LastingTerm):
    """Who carries an idea out, such as city management."""

    class Meta(Term.Meta):
        verbose_name = _("actor")
        verbose_name_plural = _("actors")


class FormerTerm(models.Model):
    """Base of what a term was called before: a slug of old addresses, which leads to ``term`` now.

    ``merged_key`` is the primary key of a term that was merged into it; None where the term was only renamed.
    """

    slug = models.SlugField(_("slug"), unique=True)
    merged_key = models.BigIntegerField(null=True, blank=True, unique=True, editable=False)
    term = None

    class Meta:
        abstract = True
        ordering = ["slug"]
        default_permissions = ()

    def __str__(self):
        return self.slug


class FormerTopic(FormerTerm):
    """A slug that a topic had before."""

    term = models.ForeignKey(Topic, models.CASCADE, related_name="former")

    class Meta(FormerTerm.Meta):
        verbose_name = _("former address of a topic")
        verbose_name_plural = _("former addresses of topics")


class FormerActor(FormerTerm):
    """A slug that an actor had before."""

    term = models.ForeignKey(Actor, models.CASCADE, related_name="former")

    class Meta(FormerTerm.Meta):
        verbose_name = _("former address of an actor")
        verbose_name_plural = _("former addresses of actors")


class CitySize(Term):
    """A size of town an idea suits; the values of the facet ``groesse``."""

    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    text = models.CharField(_("description"), max_length=300, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("city size")
        verbose_name_plural = _("city sizes")
        ordering = ["position"]
