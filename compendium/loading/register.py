"""The register of sources, to which every statement in event.yaml refers, and the problems found on the way."""

from .entries import Entry
from .files import Problem

EVENT_FILE = "event.yaml"


class Register:
    """Resolves the keys of sources and collects what the check of the shape cannot see."""

    def __init__(self, sources):
        self.sources = sources
        self.problems = []

    def problem(self, file, entry, field, message):
        """Note that something in a file leads nowhere or contradicts itself."""
        self.problems.append(Problem(file, str(entry), field, message))

    def urls(self, keys, entry):
        """The addresses of the sources named by ``keys``."""
        for key in keys:
            if key not in self.sources:
                self.problem(EVENT_FILE, entry, "quellen", f"there is no source {key!r} in the register")
        return [self.sources[key].url for key in keys if key in self.sources]

    def entry(self, model, label, item, values):
        """The entry of a statement of event.yaml, with its evidence and its sources."""
        values["evidence"] = str(getattr(item, "belegart", "quelle"))
        return Entry(model, EVENT_FILE, label, values, {"sources": self.urls(item.quellen, label)})
