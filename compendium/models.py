"""Pages that editors can change, what only the operator knows, and what the content files have loaded."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from workshops.models.signatures import Signed


class Page(models.Model):
    """A page whose text editors change in the admin, written in Markdown (CommonMark)."""

    class Slug(models.TextChoices):
        ABOUT = "ueber", _("About the compendium")
        IMPRINT = "impressum", _("Imprint")
        PRIVACY = "datenschutz", _("Privacy")
        ACCESSIBILITY = "barrierefreiheit", _("Accessibility")
        PLAIN_LANGUAGE = "leichte-sprache", _("Plain language")

    slug = models.SlugField(_("page"), unique=True, choices=Slug)
    title = models.CharField(_("title"), max_length=100)
    description = models.CharField(_("description"), max_length=200, help_text=_("For search engines."))
    body = models.TextField(_("text"), help_text=_("Markdown: ## heading, - list, [text](address)."))
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    history = HistoricalRecords(bases=[Signed], excluded_fields=["updated_at"])

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__in=("ueber", "impressum", "datenschutz", "barrierefreiheit", "leichte-sprache")),
                name="page_slug_known",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])


class OperatorData(models.Model):
    """What only the operator of the site knows: one record, empty until the operator fills it in.

    Nothing here is ever invented: pages show what is known, admin and ``manage.py check`` name what is missing.
    """

    name = models.CharField(_("name of the operator"), max_length=200, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    representative = models.CharField(_("represented by"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    responsible = models.CharField(_("responsible for the content (§ 18 Abs. 2 MStV)"), max_length=200, blank=True)
    privacy_contact = models.TextField(_("data protection officer"), blank=True)
    supervisory_authority = models.CharField(_("data protection authority"), max_length=200, blank=True)
    hosting = models.TextField(_("hosting provider and log retention"), blank=True)
    accessibility_contact = models.TextField(_("contact for barriers"), blank=True)
    enforcement_body = models.TextField(_("enforcement body for accessibility"), blank=True)

    history = HistoricalRecords(bases=[Signed])

    class Meta:
        verbose_name = _("operator data")
        verbose_name_plural = _("operator data")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="operatordata_only_one"),
        ]

    def __str__(self):
        return self.name or str(_("operator data"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls):
        """The one record; an empty unsaved one while the operator has entered nothing."""
        return cls.objects.first() or cls()

    def desk_address(self):
        """Where it is entered: the form of the one record, or the empty one."""
        if self.pk:
            return reverse("admin:compendium_operatordata_change", args=[self.pk])
        return reverse("admin:compendium_operatordata_add")

    def missing(self):
        """The verbose names of what the operator has not yet filled in."""
        return [
            field.verbose_name
            for field in self._meta.concrete_fields
            if not field.primary_key and not getattr(self, field.attname)
        ]


class LoadedRecord(models.Model):
    """What ``load_compendium`` last wrote to a record, to tell an editor's change from an unchanged record."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=550)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loadedrecord_once")]

    def __str__(self):
        return f"{self.model} {self.key}"
