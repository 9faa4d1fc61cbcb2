"""The facets of the list: each value with its count, whether it is chosen, and the way to drop it.

A count says how many entries carry the value among those that fit the words and all *other* facets; so it is what
a visitor gets who chooses this value alone in its facet. Templates only print what stands here.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain

from .filters import WITHOUT, FacetFilter

LONG = 12


@dataclass(frozen=True)
class Option:
    """A value of a facet; ``url`` is the page without it, where it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    url: str = ""

    @property
    def is_idle(self):
        """Whether choosing it would lead to nothing."""
        return not (self.count or self.chosen)


@dataclass(frozen=True)
class Facet:
    """A facet with its values; ``key`` is the parameter in addresses."""

    key: str
    label: str
    options: list

    @property
    def chosen(self):
        """The chosen values."""
        return [option for option in self.options if option.chosen]

    @property
    def is_long(self):
        """Whether it has so many values that they scroll: the chosen ones first, the idle ones last."""
        return len(self.options) > LONG


def build(filterset):
    """The facets of an :class:`ideas.filters.IdeaFilter`, in its order."""
    counts = count(filterset)
    return [facet(field, counts[field.name], filterset) for field in filterset.facets]


def facet(field, counts, filterset):
    """The facet of one bound field of the filter; ``ohne`` is only there where a value is missing, or chosen."""
    chosen = filterset.chosen.get(field.name, [])
    options = [
        Option(value, str(label), counts[value], value in chosen, without(filterset, field.name, value))
        for value, label in field.field.choices
        if value != WITHOUT or counts[value] or value in chosen
    ]
    if len(options) > LONG:
        options.sort(key=lambda option: (not option.chosen, option.is_idle))
    return Facet(field.name, field.label, options)


def without(filterset, key, value):
    """The address of the page without one chosen value; empty if it is not chosen."""
    chosen = filterset.chosen.get(key, [])
    if value not in chosen:
        return ""
    return filterset.address(**{key: [each for each in chosen if each != value]})


def count(filterset):
    """How many entries each value of each facet stands for: a ``Counter`` by facet.

    An entry counts in a facet if it fits all others. One that fits all counts everywhere, one that misses a single
    facet counts in that one, all others nowhere: one walk through the entries counts all facets.
    """
    carried = values(filterset)
    chosen = {key: set(filterset.chosen[key]) for key in carried if key in filterset.chosen}
    fitting, missing_one = [], {key: [] for key in carried}
    for entry in next(iter(carried.values())):
        missed = [key for key, wanted in chosen.items() if wanted.isdisjoint(carried[key][entry])]
        if not missed:
            fitting.append(entry)
        elif len(missed) == 1:
            missing_one[missed[0]].append(entry)
    return {
        key: Counter(chain.from_iterable(held[entry] for entry in chain(fitting, missing_one[key])))
        for key, held in carried.items()
    }


def values(filterset):
    """What each entry found by the words carries: facet → entry → its values, ``ohne`` where it has none.

    One query for all facets with a single value, one for each of the others, however many entries there are.
    """
    entries = filterset.by_words.order_by()
    filters = {key: each for key, each in filterset.filters.items() if isinstance(each, FacetFilter)}
    single = {key: each.field_name for key, each in filters.items() if each.is_single}
    carried = {key: {} for key in filters}
    for entry, *row in entries.values_list("pk", *single.values()):
        for key, value in zip(single, row, strict=True):
            carried[key][entry] = (value or WITHOUT,)
    for key in filters.keys() - single.keys():
        found = defaultdict(set)
        for entry, value in entries.values_list("pk", filters[key].field_name):
            if value:
                found[entry].add(value)
        carried[key] = {entry: found.get(entry, (WITHOUT,)) for entry in carried[next(iter(single))]}
    return carried
