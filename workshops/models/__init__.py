"""The round table, its people and places, what became of it, and the sources of all that."""

from .event import Event, Milestone, Participant, Sector, Workshop
from .imports import DoneImport, LostNumber, PendingImport
from .labs import CityLab, LabProject
from .outcomes import Outcome, OutcomeDetail
from .places import Municipality, SizeClass
from .sources import Evidence, LinkFinding, LinkStatus, Source, SourcedRecord

__all__ = [
    "CityLab",
    "DoneImport",
    "Event",
    "Evidence",
    "LabProject",
    "LinkFinding",
    "LinkStatus",
    "LostNumber",
    "Milestone",
    "Municipality",
    "Outcome",
    "OutcomeDetail",
    "Participant",
    "PendingImport",
    "Sector",
    "SizeClass",
    "Source",
    "SourcedRecord",
    "Workshop",
]
