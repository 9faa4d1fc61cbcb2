"""The facets of the list: for each value whether it is chosen. A template only prints them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """A value of a facet."""

    value: str
    label: str
    chosen: bool


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
        """Whether it has so many values that they scroll, the chosen ones first."""
        return len(self.options) > LONG


LONG = 12


def build(filterset):
    """The facets of an :class:`ideas.filters.IdeaFilter`, in its order."""
    return [facet(field, filterset.chosen.get(field.name, [])) for field in filterset.facets]


def facet(field, chosen):
    """The facet of one bound field of the filter."""
    options = [Option(value, str(label), value in chosen) for value, label in field.field.choices]
    if len(options) > LONG:
        options.sort(key=lambda option: not option.chosen)
    return Facet(field.name, field.label, options)
