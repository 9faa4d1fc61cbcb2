"""The editors' desk for ideas, their examples and vocabularies."""

from .entries import IdeaAdmin
from .search import SearchCountAdmin
from .vocabularies import DocumentedIdeaAdmin, PracticeExampleAdmin, TermAdmin

__all__ = ["DocumentedIdeaAdmin", "IdeaAdmin", "PracticeExampleAdmin", "SearchCountAdmin", "TermAdmin"]
