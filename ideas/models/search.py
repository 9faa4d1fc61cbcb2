"""What the search keeps: the tokens of each idea, their counts, its vector, and synonyms."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from workshops.models.signatures import Signed

from ..querysets import SearchCountQuerySet
from .ideas import Idea


class SearchDocument(models.Model):
    """The tokens of one idea, as the search looks them up; separated by spaces, a field for each weight.

    The index of the database follows these columns by itself (see the migration that makes it; another one that
    changes this table must set the triggers again). ``public``: its tokens count as :class:`SearchTerm`.
    """

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="search_document")
    title = models.TextField()
    names = models.TextField()
    body = models.TextField()
    parts = models.TextField()
    public = models.BooleanField(default=False)
    analysis = models.PositiveSmallIntegerField()
    indexed_at = models.DateTimeField()

    class Meta:
        verbose_name = "search document"

    def __str__(self):
        return str(self.idea_id)


class Meaning(models.Model):
    """The vector of one idea, made by a language model; kept only if SEMANTIC_SEARCH is on.

    384 numbers of two bytes, the lowest first. ``digest`` says of which text and model they are.
    """

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="meaning")
    vector = models.BinaryField()
    model = models.CharField(max_length=80)
    digest = models.CharField(max_length=32)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = "meaning"
        constraints = [
            models.CheckConstraint(condition=Exact(Length("vector"), 2 * 384), name="meaning_length"),
        ]

    def __str__(self):
        return str(self.idea_id)


class MeaningState(models.Model):
    """The one record that says whether a vector has changed: its ``token`` is then another."""

    token = models.BigIntegerField()

    class Meta:
        verbose_name = "state of meanings"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="meaningstate_only_one")]

    def __str__(self):
        return str(self.token)


class SearchTerm(models.Model):
    """A token of the index, a word it stands for, and how many published ideas hold it.

    Drafts do not count, so that no word of theirs is ever shown. The token 0, which every idea holds, says how
    many published ideas there are. Beginnings of words are compared with ``key``; it is empty for a part of
    compounds that nowhere stands alone.
    """

    token = models.CharField(max_length=60, unique=True)
    word = models.CharField(max_length=100)
    key = models.CharField(max_length=100, blank=True, db_index=True)
    documents = models.PositiveIntegerField()

    class Meta:
        verbose_name = "search term"
        constraints = [models.CheckConstraint(condition=Q(documents__gte=1), name="searchterm_in_use")]

    def __str__(self):
        return self.word


class Related(models.Model):
    """A published idea like another: how much, and by which tokens, the most telling first.

    Of ideas that are not public, others like that are kept too where they may be duplicates; no page shows them.
    The score is the cosine, at most 1, and what equal topics and actors add. A few more are kept than are shown.
    """

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="related")
    other = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    score = models.FloatField()
    shared_terms = models.TextField()

    class Meta:
        verbose_name = "related idea"
        ordering = ["idea", "-score", "other"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "other"], name="related_once"),
            models.CheckConstraint(condition=~Q(idea=F("other")), name="related_is_another"),
            models.CheckConstraint(condition=Q(score__gt=0), name="related_score_positive"),
        ]

    def __str__(self):
        return f"{self.idea_id} {self.other_id}"


class SearchCount(models.Model):
    """How often a term was searched on a day, and how many ideas fitted it last. Nothing about who searched."""

    day = models.DateField(_("last searched on"))
    term = models.CharField(_("searched for"), max_length=60)
    hits = models.PositiveIntegerField(_("hits"))
    count = models.PositiveIntegerField(_("searches"), default=1)

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("search term of visitors")
        verbose_name_plural = _("search terms of visitors")
        ordering = ["-day", "term"]
        indexes = [models.Index(fields=["term", "-day"], name="searchcount_latest")]
        constraints = [
            models.UniqueConstraint(fields=["day", "term"], name="searchcount_once_a_day"),
            models.CheckConstraint(condition=Q(count__gte=1), name="searchcount_counted"),
        ]

    def __str__(self):
        return self.term


class SynonymGroup(models.Model):
    """Words that stand for each other in a search, such as «Lastenrad» and «Cargobike»."""

    slug = models.SlugField(_("slug"), unique=True)
    words = models.TextField(
        _("words"), help_text=_("One word or expression per line. A search for one of them finds the others too.")
    )

    history = HistoricalRecords(bases=[Signed])

    class Meta:
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonym groups")
        ordering = ["slug"]

    def __str__(self):
        return ", ".join(self.words.splitlines())

    def clean(self):
        """Two words at least, each once: forms of a word are one to the search. Several groups may share one."""
        from ..search.synonyms import stems_of  # noqa: PLC0415 (needs this model)

        words = [line.strip() for line in self.words.splitlines() if line.strip()]
        by_stems = {}
        for word in words:
            by_stems.setdefault(stems_of(word) or word, []).append(word)
        if twice := [each for each in by_stems.values() if len(each) > 1]:
            said = "; ".join(", ".join(f"„{word}“" for word in each) for each in twice)
            message = _("The search takes these for the same word, so one of them is enough: %(words)s.")
            raise ValidationError({"words": ValidationError(message, params={"words": said})})
        if len(words) == 1:
            raise ValidationError(
                {"words": _("One word stands for nothing else. Enter two or more, one per line.")}
            )
        self.words = "\n".join(words)
