"""Ideas, their vocabularies and examples; their revisions; what the search keeps."""

from .duplicates import DistinctPair
from .ideas import DocumentedIdea, Idea, PracticeExample
from .revisions import Revision
from .search import Meaning, MeaningState, Related, SearchCount, SearchDocument, SearchTerm, SynonymGroup
from .terms import Actor, CitySize, FormerActor, FormerTopic, Term, Topic

__all__ = [
    "Actor",
    "CitySize",
    "DistinctPair",
    "DocumentedIdea",
    "FormerActor",
    "FormerTopic",
    "Idea",
    "Meaning",
    "MeaningState",
    "PracticeExample",
    "Related",
    "Revision",
    "SearchCount",
    "SearchDocument",
    "SearchTerm",
    "SynonymGroup",
    "Term",
    "Topic",
]
