"""``vocabularies.yaml``, ``ideas.yaml`` and ``pages.yaml`` as records of the apps ``ideas`` and ``compendium``."""

import datetime

from django.db.models import F
from django.utils import timezone, translation

from compendium.models import Page
from ideas import vocabularies
from ideas.models import Actor, CitySize, DocumentedIdea, Idea, PracticeExample, SynonymGroup, Topic
from workshops.models import Source

from .entries import Entry, lines
from .files import Problem

VOCABULARIES_FILE, IDEAS_FILE, PAGES_FILE = "vocabularies.yaml", "ideas.yaml", "pages.yaml"
SYNONYMS_FILE = "synonyms.yaml"
FIXED = {
    "phases": vocabularies.Phase,
    "effort": vocabularies.Effort,
    "cost": vocabularies.Cost,
    "horizon": vocabularies.Horizon,
    "maturity": vocabularies.Maturity,
    "origin": vocabularies.Origin,
}


def vocabulary_records(content):
    """The topics, actors and city sizes."""
    for term in content.topics:
        yield Entry(Topic, VOCABULARIES_FILE, term.slug, names(term) | {"text": term.text or ""})
    for term in content.actors:
        yield Entry(Actor, VOCABULARIES_FILE, term.slug, names(term))
    for position, term in enumerate(content.city_sizes, 1):
        values = names(term) | {"position": position, "text": term.text or ""}
        yield Entry(CitySize, VOCABULARIES_FILE, term.slug, values)


def names(term):
    """The values all vocabularies share."""
    return {"slug": term.slug, "name": term.name, "name_en": term.name_en}


def fixed_vocabulary_problems(content):
    """The fixed vocabularies live in the program; the file must say the same, so that no word of it is lost."""
    for section, vocabulary in FIXED.items():
        terms = {term.slug: term for term in getattr(content, section)}
        if set(terms) != set(vocabulary.values):
            message = f"the values must be {', '.join(vocabulary.values)}; they are part of the program"
            yield Problem(VOCABULARIES_FILE, section, "slug", message)
            continue
        for member in vocabulary:
            term = terms[member.value]
            with translation.override("de"):
                shown = {"name": str(member.label), "text": str(member.meaning)}
            with translation.override("en"):
                shown["name_en"] = str(member.label)
            for field, text in shown.items():
                if getattr(term, field) != text:
                    yield Problem(VOCABULARIES_FILE, f"{section} {term.slug}", field, f"the site says {text!r}")


class IdeaRecords:
    """Translates ``ideas.yaml``; what leads nowhere is noted in the register."""

    def __init__(self, entries, event_file, vocabulary, places, register):
        self.entries = entries
        self.places = places
        self.register = register
        self.stand = datetime.date.fromisoformat(event_file.stand)
        self.topics = {term.slug for term in vocabulary.topics}
        self.actors = {term.slug for term in vocabulary.actors}
        self.city_sizes = {term.slug for term in vocabulary.city_sizes}
        self.workshops = {workshop.id for workshop in event_file.workshops}
        self.documented = {item.id: item for item in event_file.ideen_belegt.eintraege}

    def problem(self, entry, field, message):
        """Note something that the shape check cannot see."""
        self.register.problem(IDEAS_FILE, entry, field, message)

    def all(self):
        """Every record of the file, targets before references."""
        return [*self.documented_ideas(), *self.example_sources(), *self.ideas(), *self.examples()]

    def documented_ideas(self):
        for item in self.documented.values():
            values = {"slug": item.id, "title": item.titel, "phase": item.phase or "", "workshop": item.workshop}
            yield self.register.entry(DocumentedIdea, item.id, item, values)

    def example_sources(self):
        """The sources of examples that are not in the register; known by their address only."""
        seen = {source.url for source in self.register.sources.values()}
        for idea in self.entries:
            for example in idea.examples:
                if example.url not in seen:
                    seen.add(example.url)
                    yield Entry(
                        Source,
                        IDEAS_FILE,
                        f"{idea.number} {example.name}",
                        {"url": example.url, "title": "", "publisher": ""},
                    )

    def ideas(self):
        midnight = datetime.datetime.combine(self.stand, datetime.time(), timezone.get_default_timezone())
        for idea in self.entries:
            self.check(idea)
            values = {
                "number": idea.number,
                "slug": idea.slug,
                "title": idea.title,
                "summary": idea.summary,
                "problem": idea.problem,
                "approach": idea.approach,
                "steps": lines(idea.steps),
                "success_factors": lines(idea.success_factors),
                "risks": lines(idea.risks),
                "workshop": idea.workshop,
                "phase": idea.phase or "",
                "effort": idea.effort or "",
                "cost": idea.cost or "",
                "horizon": idea.horizon or "",
                "maturity": idea.maturity or "",
                "origin": str(idea.origin),
                "documented_as": idea.documented_as,
                "status": str(Idea.Status.PUBLISHED),
            }
            related = {"topics": idea.topics, "actors": idea.actors, "city_sizes": idea.city_sizes}
            yield Entry(
                Idea, IDEAS_FILE, str(idea.number), values, related,
                first={"published_at": midnight, "version_date": self.stand},
                revised={"version": F("version") + 1, "version_date": self.stand},
            )  # fmt: skip

    def check(self, idea):
        """Note references of an idea that lead nowhere, and an origin that does not fit."""
        for field, known in (("topics", self.topics), ("actors", self.actors), ("city_sizes", self.city_sizes)):
            values = getattr(idea, field)
            for slug in values:
                if slug not in known:
                    self.problem(idea.number, field, f"{slug!r} is not in {VOCABULARIES_FILE}")
            if len(set(values)) < len(values):
                self.problem(idea.number, field, "a value stands here twice")
        if idea.workshop is not None and idea.workshop not in self.workshops:
            self.problem(idea.number, "workshop", f"there is no workshop {idea.workshop!r} in event.yaml")
        if (idea.origin == vocabularies.Origin.WORKSHOP) != (idea.documented_as is not None):
            self.problem(idea.number, "documented_as", "belongs to entries of origin 'workshop', and only to them")
        if idea.documented_as is not None and idea.documented_as not in self.documented:
            self.problem(
                idea.number, "documented_as", f"{idea.documented_as!r} is not in event.yaml, ideen_belegt"
            )
        elif idea.documented_as and idea.origin_sources != self.documented[idea.documented_as].quellen:
            self.problem(idea.number, "origin_sources", "differ from the sources in event.yaml, ideen_belegt")

    def examples(self):
        for idea in self.entries:
            for position, example in enumerate(idea.examples, 1):
                label = f"{idea.number} {example.place}: {example.name}"
                values = {
                    "idea": idea.number,
                    "place": example.place,
                    "name": example.name,
                    "position": position,
                    "fact": example.fact,
                    "year": example.year,
                    "source": example.url,
                }
                related = {"municipalities": self.places.slugs(IDEAS_FILE, label, example.place)}
                yield Entry(PracticeExample, IDEAS_FILE, label, values, related)


def page_records(entries):
    """The first texts of the editable pages."""
    for entry in entries:
        values = {name: getattr(entry, name) for name in ("slug", "title", "description", "body")}
        yield Entry(Page, PAGES_FILE, entry.slug, values)


def synonym_records(groups):
    """The first groups of words that stand for each other in a search."""
    for group in groups:
        yield Entry(SynonymGroup, SYNONYMS_FILE, group.slug, {"slug": group.slug, "words": lines(group.words)})
