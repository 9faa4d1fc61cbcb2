"""The street: all published ideas as houses, in quarters by field."""

from dataclasses import dataclass

from workshops.models import Workshop

from .facade import Front
from .models import Idea


@dataclass
class Quarter:
    """The ideas of one field in the order of their numbers; ``workshop`` is None for ideas without a field."""

    workshop: Workshop | None
    ideas: list

    @property
    def fronts(self):
        """What is drawn of each idea."""
        return [Front.of(idea) for idea in self.ideas]

    @property
    def numbers(self):
        """The numbers of the ideas."""
        return {idea.number for idea in self.ideas}


def quarters():
    """The street in the order of the workshops; quarters without a house are left out."""
    ideas = list(Idea.objects.published().for_street())
    fields = [*Workshop.objects.all(), None]
    found = [Quarter(field, [idea for idea in ideas if idea.workshop == field]) for field in fields]
    return [quarter for quarter in found if quarter.ideas]
