"""What the start page shows: every number is counted, or a fact of the event with its source."""

from collections import Counter

from ideas.legend import legend
from ideas.models import PracticeExample, Topic
from ideas.street import quarters
from ideas.vocabularies import Phase
from workshops.models import Event
from workshops.querysets import cited, labs


def start_page():
    """The context of the start page."""
    street = quarters()
    ideas = [idea for quarter in street for idea in quarter.ideas]
    return {
        "section": "start",
        "own_search": True,
        "event": cited(Event.objects.all()).first(),
        "quarters": street,
        "entry_count": len(ideas),
        "documented_count": sum(idea.origin == "workshop" for idea in ideas),
        "example_count": PracticeExample.objects.filter(idea__in=ideas).count(),
        "specimen": max(ideas, key=lambda idea: (idea.example_count, -idea.number), default=None),
        "legend": legend(),
        "spread": spread(street),
        "topics": [topic for topic in Topic.objects.with_published_count() if topic.idea_count],
        "labs": labs(),
    }


def spread(street):
    """How the ideas spread: (phase of a visit, [(quarter, number of ideas)]) for each phase."""
    counts = [(quarter, Counter(idea.phase for idea in quarter.ideas)) for quarter in street]
    return [(phase, [(quarter, count[phase]) for quarter, count in counts]) for phase in Phase]
