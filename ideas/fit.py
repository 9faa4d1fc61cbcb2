"""What fits us? Answers to five questions lead to a ranking with reasons.

The answers are parameters of the list, and mean this:

* City size, main problem, budget and time are conditions: an entry must carry one of the values. Budget and time
  are upper limits, each level includes all lower ones. What is not assessed does not count as fitting.
* Who acts is a wish: it moves entries up and leaves none out.
* No answer is no condition.

The order of what remains is that of :func:`place`.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import facets
from .filters import WITHOUT, IdeaFilter
from .models import Idea
from .vocabularies import Cost, Effort, Horizon

QUESTIONS = ("groesse", "thema", "akteur", "kosten", "horizont")
CONDITIONS = ("groesse", "thema", "kosten", "horizont")
LIMITS = {"kosten": Cost.values, "horizont": Horizon.values}
SHOWN = 20


@dataclass(frozen=True)
class Reason:
    """Why an entry fits: a value of a facet, and the list of all entries with it."""

    label: str
    url: str


@dataclass(frozen=True)
class Answer:
    """An answer in words, the page without it, and how many more entries would fit then (None for a wish)."""

    question: str
    label: str
    url: str
    excluded: int | None


@dataclass(frozen=True)
class Fit:
    """What fits: how many entries, the first of them as (entry, reasons) in order, and the answers behind it."""

    count: int
    matches: list
    answers: list
    list_url: str


def wanted_values(chosen):
    """What the chosen values of the list ask for: question → values; limits include all lower levels."""
    wanted = {}
    for key in QUESTIONS:
        values = {value for value in chosen.get(key, []) if value != WITHOUT}
        if values and key in LIMITS:
            highest = max(LIMITS[key].index(value) for value in values)
            values = set(LIMITS[key][: highest + 1])
        if values:
            wanted[key] = values
    return wanted


def failed(carried, wanted):
    """The conditions an entry does not fulfil. ``carried`` maps facets to its values."""
    return [key for key in CONDITIONS if key in wanted and wanted[key].isdisjoint(carried[key])]


def place(carried, wanted, examples, number):
    """The place of an entry in the ranking, as a key to sort by; the smallest comes first.

    First what meets more of the problems named, then more of those who act, then less effort (not assessed last),
    then more documented examples, then the lower number.
    """
    problems = len(wanted.get("thema", set()) & set(carried["thema"]))
    actors = len(wanted.get("akteur", set()) & set(carried["akteur"]))
    (effort,) = carried["aufwand"]
    efforts = [*Effort.values, WITHOUT]
    return (-problems, -actors, efforts.index(effort), -examples, number)


def fit(filterset):
    """The :class:`Fit` for the answers in the address of ``filterset``; None without an answer."""
    wanted = wanted_values(filterset.chosen)
    if not wanted:
        return None
    published = Idea.objects.published()
    by_facet = facets.values(IdeaFilter({}, published))
    facts = published.annotate(example_count=Count("examples")).values_list("pk", "number", "example_count")
    carried, fitting, excluded = {}, [], Counter()
    for pk, number, examples in facts:
        carried[pk] = {key: held.get(pk, (WITHOUT,)) for key, held in by_facet.items()}
        missed = failed(carried[pk], wanted)
        if not missed:
            fitting.append((place(carried[pk], wanted, examples, number), pk))
        elif len(missed) == 1:
            excluded[missed[0]] += 1
    first = [pk for _place, pk in sorted(fitting)[:SHOWN]]
    ideas = published.for_card().in_bulk(first)
    names = {field.name: dict(field.field.choices) for field in filterset.facets}
    matches = [(ideas[pk], reasons(carried[pk], wanted, names)) for pk in first if pk in ideas]
    return Fit(len(fitting), matches, answers(filterset.chosen, wanted, excluded, names), list_url(wanted))


def reasons(carried, wanted, names):
    """Why an entry fits: low effort, then each value that was asked for; ``names`` maps facets to value names."""
    asked = {"aufwand": {Effort.LOW.value}} | wanted
    words = {"aufwand": _("Effort %(value)s"), "kosten": _("Cost %(value)s")}
    return [
        Reason(
            words.get(key, "%(value)s") % {"value": names[key][value]},
            f"{reverse('ideas:list')}?{urlencode({key: value})}",
        )
        for key, values in asked.items()
        for value in names[key]
        if value in values and value in carried[key]
    ]


def answers(chosen, wanted, excluded, names):
    """The :class:`Answer` to each question that was answered."""
    words = {"kosten": _("at most %(value)s"), "horizont": _("at most %(value)s")}
    questions = {
        "groesse": _("City size"), "thema": _("Main problem"), "akteur": _("Who acts"), "kosten": _("Cost"),
        "horizont": _("Time to effect"),
    }  # fmt: skip
    given = {key: [value for value in chosen[key] if value in wanted[key]] for key in wanted}
    found = []
    for key, values in wanted.items():
        said = [LIMITS[key][len(values) - 1]] if key in LIMITS else given[key]
        label = words.get(key, "%(value)s") % {"value": ", ".join(str(names[key][value]) for value in said)}
        query = urlencode({other: held for other, held in given.items() if other != key}, doseq=True)
        url = reverse("ideas:fit") + (f"?{query}" if query else "")
        found.append(Answer(questions[key], label, url, excluded[key] if key in CONDITIONS else None))
    return found


def list_url(wanted):
    """The list of ideas that fulfil the same conditions."""
    values = {key: sorted(wanted[key]) for key in CONDITIONS if key in wanted}
    return reverse("ideas:list") + (f"?{urlencode(values, doseq=True)}" if values else "")
