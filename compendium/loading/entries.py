"""One entry of the content files on its way to the database."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from compendium.models import Page
from ideas.models import Actor, CitySize, DocumentedIdea, Idea, PracticeExample, SynonymGroup, Topic
from workshops.models import (
    CityLab,
    Event,
    LabProject,
    Milestone,
    Municipality,
    Outcome,
    OutcomeDetail,
    Participant,
    Sector,
    SizeClass,
    Source,
    Workshop,
)

from .files import Problem

# The fields that name a record in the files, in the order in which records are written: targets before references.
KEYS = {
    Source: ["url"],
    SizeClass: ["slug"],
    Event: ["slug"],
    Milestone: ["slug"],
    Workshop: ["slug"],
    Sector: ["slug"],
    Participant: ["number"],
    Municipality: ["slug"],
    CityLab: ["slug"],
    LabProject: ["lab", "name"],
    Outcome: ["slug"],
    OutcomeDetail: ["slug"],
    Topic: ["slug"],
    Actor: ["slug"],
    CitySize: ["slug"],
    DocumentedIdea: ["slug"],
    Idea: ["number"],
    PracticeExample: ["idea", "place", "name"],
    Page: ["slug"],
    SynonymGroup: ["slug"],
}


@dataclass
class Entry:
    """A record as the content files describe it. A relation is given by the key of its target.

    ``values`` and ``related`` (many-to-many) are what a second run compares; ``first`` is set only on a new
    record, ``revised`` only when the loader changes one. ``file`` and ``label`` name the entry in messages.
    """

    model: type[Model]
    file: str
    label: str
    values: dict[str, Any]
    related: dict[str, list] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)
    revised: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self):
        """The values of the key fields, which name the record for ever."""
        return tuple(self.values[name] for name in KEYS[self.model])


def lines(items):
    """Several items as the models keep them: one per line."""
    return "\n".join(items)


def twice(entries):
    """A problem for each record, and each value that only one record may have, which stands more than once."""
    seen = set()
    for entry in entries:
        unique = [field.name for field in entry.model._meta.concrete_fields if field.unique]
        for names in [KEYS[entry.model], *([name] for name in unique if [name] != KEYS[entry.model])]:
            values = tuple(entry.values.get(name) for name in names)
            identity = (entry.model, tuple(names), values)
            if identity in seen:
                yield Problem(entry.file, entry.label, " and ".join(names), "stands in the files twice")
            if None not in values:
                seen.add(identity)
