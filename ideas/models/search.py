"""What the word search keeps: the tokens of each idea, their counts, and synonyms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .ideas import Idea


class SearchDocument(models.Model):
    """The tokens of one idea, as the search looks them up; separated by spaces, a field for each weight.

    The index of the database follows these columns by itself (see the migration that makes it).
    """

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="search_document")
    title = models.TextField()
    names = models.TextField()
    body = models.TextField()
    parts = models.TextField()
    analysis = models.PositiveSmallIntegerField()
    indexed_at = models.DateTimeField()

    class Meta:
        verbose_name = "search document"

    def __str__(self):
        return str(self.idea_id)


class SearchTerm(models.Model):
    """A token of the search index, a word it stands for, and how many ideas hold it."""

    token = models.CharField(max_length=60, unique=True)
    word = models.CharField(max_length=100)
    documents = models.PositiveIntegerField()

    class Meta:
        verbose_name = "search term"
        constraints = [models.CheckConstraint(condition=Q(documents__gte=1), name="searchterm_in_use")]

    def __str__(self):
        return self.word


class SynonymGroup(models.Model):
    """Words that stand for each other in a search, such as «Lastenrad» and «Cargobike»."""

    slug = models.SlugField(_("slug"), unique=True)
    words = models.TextField(
        _("words"), help_text=_("One word or expression per line. A search for one of them finds the others too.")
    )

    class Meta:
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonym groups")
        ordering = ["slug"]

    def __str__(self):
        return ", ".join(self.words.splitlines())
