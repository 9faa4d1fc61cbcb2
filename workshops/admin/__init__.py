"""The editors' desk for everything around the round table."""

from .done_imports import DoneImportAdmin
from .event import EventAdmin, MilestoneAdmin, SectorAdmin, WorkshopAdmin
from .outcomes import OutcomeAdmin, OutcomeDetailAdmin
from .participants import ParticipantAdmin
from .places import CityLabAdmin, LabProjectAdmin, MunicipalityAdmin, SizeClassAdmin
from .sources import SourceAdmin

__all__ = [
    "CityLabAdmin",
    "DoneImportAdmin",
    "EventAdmin",
    "LabProjectAdmin",
    "MilestoneAdmin",
    "MunicipalityAdmin",
    "OutcomeAdmin",
    "OutcomeDetailAdmin",
    "ParticipantAdmin",
    "SectorAdmin",
    "SizeClassAdmin",
    "SourceAdmin",
    "WorkshopAdmin",
]
