"""Where a selection has no hit: what leads on, each with the number of ideas found there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Idea, Topic
from .search.analysis import words
from .search.matching import find
from .search.query import read

MOST_WORDS = 4


@dataclass
class Way:
    """A link that leads on."""

    label: str
    url: str
    count: int


def ways_out(filterset):
    """The ways that lead to any idea: without filters, with fewer words or none, the nearest topic, all."""
    ways = []
    chosen = [facet for facet in filterset.facets if facet.name in filterset.chosen]
    for facet in chosen:
        count = filterset.narrowed(filterset.by_words, leave_out=facet.name).count()
        label = _("Without the filter “%(name)s”") % {"name": facet.label}
        ways.append(Way(label, address(filterset.query(**{facet.name: ""})), count))
    if "q" in filterset.chosen:
        if len(chosen) > 1:
            label = _("Search “%(words)s” without filters") % {"words": filterset.chosen["q"]}
            ways.append(Way(label, filterset.without_facets, filterset.by_words.count()))
        if chosen:
            count = filterset.narrowed(filterset.queryset.all()).count()
            label = _("Keep the filters, without the search word")
            ways.append(Way(label, address(filterset.query(q="", sortierung="")), count))
        ways += fewer_words(filterset)
        if topic := nearest_topic(filterset):
            label = _("The topic “%(name)s”") % {"name": topic.label}
            ways.append(Way(label, topic.get_absolute_url(), topic.idea_count))
    ways.append(Way(_("Show all ideas"), reverse("ideas:list"), Idea.objects.published().count()))
    return [way for way in ways if way.count]


def fewer_words(filterset):
    """Without quotation marks, and each of some words alone; with the filters that are chosen."""
    wanted = [clause for clause in filterset.search.clauses if not clause.negative]
    ways = []
    if any(clause.phrase for clause in wanted):
        text = " ".join(filterset.chosen["q"].replace('"', " ").split())
        ways.append(searching(filterset, _("Search without quotation marks"), text))
        wanted = [clause for clause in read(text) if not clause.negative]
    if len(wanted) > 1:
        label = _("Search for “%(word)s” alone")
        ways += [searching(filterset, label % {"word": each.text}, each.text) for each in wanted[:MOST_WORDS]]
    return ways


def searching(filterset, label, text):
    """The way to a search for ``text`` instead."""
    found = find(filterset.queryset.all(), text).ideas
    return Way(label, address(filterset.query(q=text)), filterset.narrowed(found).count())


def address(query):
    """The list with a query string."""
    return reverse("ideas:list") + (f"?{query}" if query else "")


def nearest_topic(filterset):
    """The topic whose name and description share most with the words and what stands for them; None if nothing."""
    wanted = {token for clause in filterset.search.clauses for token in clause.tokens}
    shared = []
    for topic in Topic.objects.with_published_count():
        held = {token for word in words(f"{topic.name} {topic.text}") for token in (word.stem, *word.parts)}
        shared.append((len(wanted & held), topic.idea_count, topic.pk, topic))
    best = max(shared, default=(0,))
    return best[-1] if best[0] else None
