"""Entries for measuring speed: sentences of the real ideas in new combinations, with a rare word in each.

The same number of entries is always made of the same texts. Rare words come from the word list of the search, rank
by rank less often (Zipf), so that the vocabulary grows with the corpus as it does in real texts.
"""

import gzip
import random
import re
from dataclasses import dataclass
from io import StringIO

import yaml
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from ideas.models import Idea, SynonymGroup
from ideas.search.compounds import DATA
from ideas.search.documents import texts
from workshops.german import sort_key

SYNONYMS = settings.BASE_DIR / "compendium" / "data" / "synonyms.yaml"
BATCH = 1000
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
COPIED = ["phase", "effort", "cost", "horizon", "maturity", "workshop_id"]
MANY = ["topics", "actors", "city_sizes"]


@dataclass
class Real:
    """What is taken from a real idea."""

    idea: Idea
    title: list[str]
    summary: str
    sentences: list[str]
    many: dict[str, list[int]]


def fill(count, progress=iter):
    """Load the compendium and add entries up to ``count``; the index is not touched for those added."""
    call_command("load_compendium", verbosity=0, stdout=StringIO())
    real = [read(idea) for idea in Idea.objects.prefetch_related(*MANY, "examples").order_by("number")]
    chance = random.Random(4)  # noqa: S311 (no secret: the same entries every time)
    rare = rare_words(chance)
    first = Idea.objects.order_by("-number").first().number + 1
    for start in progress(range(first, count + 1, BATCH)):
        made = [combined(number, real, chance, rare) for number in range(start, min(start + BATCH, count + 1))]
        Idea.objects.bulk_create([idea for idea, _source in made])
        for name in MANY:
            through, (own, other) = links(name)
            through.objects.bulk_create(
                through(**{own: idea.pk, other: key}) for idea, source in made for key in source.many[name]
            )


def refresh_synonyms():
    """Replace the groups of synonyms by those shipped: words may have come since a database was filled."""
    groups = yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))
    SynonymGroup.objects.all().delete()
    SynonymGroup.objects.bulk_create(
        SynonymGroup(slug=group["slug"], words="\n".join(group["words"])) for group in groups
    )


def read(idea):
    """The parts of a real idea."""
    _title, _names, body = texts(idea)
    sentences = [each for text in body for each in SENTENCE.split(text) if len(each) > 15]  # noqa: PLR2004
    many = {name: [each.pk for each in getattr(idea, name).all()] for name in MANY}
    return Real(idea, idea.title.split(), idea.summary, sentences, many)


def rare_words(chance):
    """A function that returns words, the first of a shuffled list most often."""
    with gzip.open(DATA / "parts.txt.gz", "rt", encoding="utf-8") as file:
        words = [word for word, _count in map(str.split, file) if len(word) > 4]  # noqa: PLR2004
    chance.shuffle(words)
    return lambda: words[int(len(words) ** chance.random()) - 1]


def combined(number, real, chance, rare):
    """An entry of the texts of two real ideas, and the one whose topics, actors and values it has."""
    one, other = chance.choice(real), chance.choice(real)

    def sentences(source, count):
        return [f"{chance.choice(source.sentences)} {rare()}" for _ in range(count)]

    title = " ".join([*one.title[: max(1, len(one.title) - 2)], *other.title[-2:], rare()])[:120]
    now = timezone.now()
    idea = Idea(
        number=number, slug=f"eintrag-{number}", title=title, title_key=sort_key(title), summary=other.summary,
        problem=" ".join(sentences(one, 2)), approach=" ".join(sentences(one, 3)),
        steps="\n".join(sentences(one, 3)), success_factors=sentences(other, 1)[0], risks=sentences(other, 1)[0],
        status=Idea.Status.PUBLISHED, published_at=now, version_date=now.date(),
        **{name: getattr(one.idea, name) for name in COPIED},
    )  # fmt: skip
    return idea, one


def links(name):
    """The table of a relation of ideas and its two columns: of the idea and of the other side."""
    field = Idea._meta.get_field(name)
    return field.remote_field.through, (f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id")
