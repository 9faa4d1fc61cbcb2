"""The round table, its people and places, what became of it, and the sources of all that."""

from .event import Event, Milestone, Participant, Sector, Workshop
from .labs import CityLab, LabProject
from .outcomes import Outcome, OutcomeDetail
from .places import Municipality, SizeClass
from .sources import Evidence, LinkFinding, LinkStatus, Source, SourcedRecord

__all__ = [
    "CityLab",
    "Event",
    "Evidence",
    "LabProject",
    "LinkFinding",
    "LinkStatus",
    "Milestone",
    "Municipality",
    "Outcome",
    "OutcomeDetail",
    "Participant",
    "Sector",
    "SizeClass",
    "Source",
    "SourcedRecord",
    "Workshop",
]
