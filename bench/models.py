"""The texts of the ideas, as other searches get them."""

from django.db import models
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin

from ideas.models import Idea


class PeerTextQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """Texts that modelsearch can search."""


class PeerText(index.Indexed, models.Model):
    """The searched texts of one idea by weight, as :func:`ideas.search.documents.texts` gives them."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True)
    title = models.TextField()
    names = models.TextField()
    body = models.TextField()

    objects = PeerTextQuerySet.as_manager()
    search_fields = [
        index.SearchField("title", boost=8),
        index.SearchField("names", boost=4),
        index.SearchField("body", boost=2),
    ]

    def __str__(self):
        return self.title
