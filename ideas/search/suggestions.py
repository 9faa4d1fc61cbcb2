"""What a search may become while it is typed: words that complete the last one, topics, entries by their title."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from workshops.german import sort_key

from ..models import Idea, Topic
from .analysis import JOINTS, WORD
from .query import number_in
from .vocabulary import key, planned, public_terms

LONGEST, SHORTEST = 100, 2  # of what was typed, in characters
WORDS, TOPICS, IDEAS = 4, 2, 4
MOST_COMPARED = 100  # words or titles looked at to choose these


@dataclass(frozen=True)
class Suggestion:
    """Something to choose. ``kind`` is «word», «topic» or «idea»; a word is searched for, the others are pages.

    ``note`` says what it is, in the language of the page; ``lang`` is the language of ``label``.
    """

    kind: str
    label: str
    note: str
    url: str
    lang: str = "de"


def suggestions(typed):
    """What ``typed`` may become: a list of :class:`Suggestion`, words first, then topics, then entries."""
    typed = typed[:LONGEST]
    numbered = Idea.objects.published().filter(number=number_in(typed)) if number_in(typed) else ()
    if numbered := list(map(suggested, numbered)):
        return numbered
    beginnings = [match.group() for match in WORD.finditer(typed)]
    if not beginnings or len(typed.strip()) < SHORTEST:
        return []
    return [*words(typed), *topics(beginnings), *ideas(beginnings)]


def words(typed):
    """``typed`` with its last word completed; nothing if no word is being typed."""
    *_before, last = WORD.finditer(typed)
    if last.end() < len(typed):
        return
    later = planned()
    terms = public_terms(later).filter(key__startswith=key(last.group())).order_by("-documents", "key")
    rows = terms.values_list("word", "token", "documents")[:MOST_COMPARED]
    found = [(word, documents - later[token]) for word, token, documents in rows]
    nouns_first = sorted(found, key=lambda term: (not term[0][0].isupper(), -term[1]))
    for word, count in nouns_first[:WORDS]:
        label = typed[: last.start()] + word
        note = ngettext("in {number} idea", "in {number} ideas", count).format(number=count)
        if last.start():  # after other words, the number would be that of the last one alone
            note = pgettext("suggestion", "Word")
        yield Suggestion("word", label, note, f"{reverse('ideas:list')}?{urlencode({'q': label})}")


def topics(beginnings):
    """The topics in whose name each word begins as one that was typed."""
    fitting = [topic for topic in Topic.objects.only("slug", "name", "name_en") if begin(beginnings, topic.label)]
    if not fitting:
        return
    held = Idea.objects.published().filter(topics__in=fitting).order_by().values_list("topics")
    numbers = dict(held.annotate(Count("pk")))
    for topic in [topic for topic in fitting if topic.pk in numbers][:TOPICS]:
        number = numbers[topic.pk]
        note = ngettext("Topic, {number} idea", "Topic, {number} ideas", number).format(number=number)
        language = "en" if topic.label == topic.name_en else "de"
        yield Suggestion("topic", topic.label, note, topic.get_absolute_url(), language)


def ideas(beginnings):
    """The public ideas in whose title each word begins as one that was typed; by its first word first."""
    titles = Idea.objects.published()
    for beginning in beginnings:
        titles = titles.filter(Q(title_key__contains=sort_key(beginning)) | Q(title_key__contains=key(beginning)))
    titles = titles.order_by("number").only("number", "slug", "title")[:MOST_COMPARED]
    fitting = [idea for idea in titles if begin(beginnings, idea.title)]
    fitting.sort(key=lambda idea: not key(idea.title).startswith(key(beginnings[0])))
    yield from map(suggested, fitting[:IDEAS])


def suggested(idea):
    """The suggestion of an idea."""
    note = _("Idea {number}").format(number=f"{idea.number:03}")
    return Suggestion("idea", idea.title, note, idea.get_absolute_url())


def begin(beginnings, text):
    """Whether each of ``beginnings`` begins a word of ``text``, or a part of one between hyphens."""
    starts = word_starts(text)
    return all(any(word.startswith(key(beginning)) for word in starts) for beginning in beginnings)


@lru_cache(5_000)
def word_starts(text):
    """The keys of the words of ``text`` and of their parts between hyphens."""
    found = [key(match.group()) for match in WORD.finditer(text)]
    return tuple(dict.fromkeys(found + [part for word in found for part in JOINTS.split(word)]))
