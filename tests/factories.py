"""Plain builders for tests. Every argument has a default, so that a test names only what matters to it."""

import datetime
from itertools import count

from django.contrib.auth.models import Group, User
from django.utils import timezone

from compendium.models import Page
from ideas.models import Actor, CitySize, DocumentedIdea, Idea, PracticeExample, Topic
from ideas.search import indexing
from workshops.german import german_slug
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

numbers = count(1001)


def make_source(**values):
    """A source with an address of its own; a result of the link check was found just now."""
    if "link_status" in values:
        values.setdefault("checked_at", timezone.now())
    values.setdefault("url", f"https://www.quelle-{next(numbers)}.example/seite")
    return Source.objects.create(**values)


def make_event(**values):
    """The event, with the figures of the round table."""
    defaults = {
        "slug": "runder-tisch",
        "title": "Abschlussveranstaltung des runden Tisches",
        "organizer": "Ministerium",
        "date": datetime.date(2021, 6, 21),
        "text": "Am 21. Juni 2021 endete der runde Tisch.",
        "format": "Workshopreihe",
        "workshop_count": 3,
        "participant_count": 72,
        "idea_count": 113,
        "lab_count": 4,
        "municipality_count": 15,
        "documentation": "Wissenskompendium",
        "documentation_announced": "Mitte Juli 2021",
        "content_date": datetime.date(2026, 11, 23),
    }
    return Event.objects.create(**(defaults | values))


def make_workshop(title="Revitalisierung", **values):
    """A workshop; its slug follows from the title."""
    values.setdefault("slug", german_slug(title))
    values.setdefault("position", next(numbers))
    values.setdefault("theme", f"Thema {title}")
    values.setdefault("text", f"Der Workshop {title}.")
    return Workshop.objects.create(title=title, **values)


def make_topic(name="Leerstand", **values):
    """A topic; its slug follows from the name."""
    return Topic.objects.create(name=name, **values)


def make_actor(name="Handel", **values):
    """An actor; its slug follows from the name."""
    return Actor.objects.create(name=name, **values)


def make_city_size(name="Mittelstadt", **values):
    """A city size; its slug follows from the name."""
    values.setdefault("position", next(numbers))
    return CitySize.objects.create(name=name, **values)


def make_documented_idea(title="Märkte", sources=(), **values):
    """A name under which public sources mention an idea of the workshop series."""
    values.setdefault("slug", german_slug(title))
    documented = DocumentedIdea.objects.create(title=title, **values)
    documented.sources.set(sources)
    return documented


def make_idea(title=None, *, topics=(), actors=(), city_sizes=(), **values):
    """A published idea, unless ``status`` says otherwise. The search knows it, but not what is like it."""
    values.setdefault("number", next(numbers))
    values.setdefault("status", Idea.Status.PUBLISHED)
    values.setdefault("published_at", timezone.now() - datetime.timedelta(days=1))
    values.setdefault("version_date", datetime.date(2026, 11, 23))
    values.setdefault("summary", "Eine Idee in einem Satz.")
    idea = Idea.objects.create(title=title or f"Idee {values['number']}", **values)
    idea.topics.set(topics)
    idea.actors.set(actors)
    idea.city_sizes.set(city_sizes)
    indexing.write([idea.pk])
    return idea


def make_compared_idea(title=None, **values):
    """As :func:`make_idea`, and what is like it is known too."""
    idea = make_idea(title, **values)
    Idea.objects.filter(pk=idea.pk).index()
    return idea


def make_size_class(name="Mittelstadt", lower=20_000, upper=100_000, **values):
    """A size class of towns; its slug follows from the name."""
    values.setdefault("slug", german_slug(name))
    return SizeClass.objects.create(name=name, lower=lower, upper=upper, **values)


def make_municipality(name="Offenburg", **values):
    """A municipality in Germany."""
    values.setdefault("country", "DE")
    values.setdefault("state", "Baden-Württemberg")
    return Municipality.objects.create(name=name, **values)


def make_lab(name="Bremen", *, sources=(), **values):
    """A city lab in the municipality of that name, which is made if it is missing."""
    slug = german_slug(name)
    municipality = Municipality.objects.filter(slug=slug).first() or make_municipality(name)
    values.setdefault("slug", slug)
    values.setdefault("position", next(numbers))
    values.setdefault("focus", "Zwischennutzung leerer Läden")
    values.setdefault("text", f"{name} probiert etwas aus.")
    lab = CityLab.objects.create(municipality=municipality, **values)
    lab.sources.set(sources)
    return lab


def make_lab_project(lab, name="Pop-up-Store", *, sources=(), **values):
    """A project of a city lab."""
    values.setdefault("text", "Ein Laden auf Zeit.")
    project = LabProject.objects.create(lab=lab, name=name, **values)
    project.sources.set(sources)
    return project


def make_outcome(title="Digitales Leerstandsregister", *, sources=(), **values):
    """An outcome of the round table."""
    values.setdefault("slug", german_slug(title))
    values.setdefault("position", next(numbers))
    values.setdefault("text", "Das ist daraus geworden.")
    outcome = Outcome.objects.create(title=title, **values)
    outcome.sources.set(sources)
    return outcome


def make_outcome_detail(outcome, title="LeAn", *, sources=(), **values):
    """What else is known about an outcome."""
    values.setdefault("slug", german_slug(title))
    detail = OutcomeDetail.objects.create(outcome=outcome, title=title, **values)
    detail.sources.set(sources)
    return detail


def make_example(idea, place="Offenburg", name="Ladenbörse", *, municipalities=(), **values):
    """A practice example of an idea, with a source of its own."""
    values.setdefault("fact", "Zehn Läden fanden neue Mieter.")
    if "source" not in values:
        values["source"] = make_source()
    example = PracticeExample.objects.create(idea=idea, place=place, name=name, **values)
    example.municipalities.set(municipalities)
    indexing.write([idea.pk])
    return example


def make_milestone(event, title="Auftakt", *, sources=(), **values):
    """A step on the way to the event."""
    values.setdefault("slug", german_slug(title))
    values.setdefault("text", "So begann es.")
    milestone = Milestone.objects.create(event=event, title=title, **values)
    milestone.sources.set(sources)
    return milestone


def make_sector(name="Gastronomie", *, sources=(), **values):
    """A sector that took part."""
    values.setdefault("slug", german_slug(name))
    values.setdefault("position", next(numbers))
    sector = Sector.objects.create(name=name, **values)
    sector.sources.set(sources)
    return sector


def make_participant(**values):
    """A participant: a number and nothing else."""
    values.setdefault("number", next(numbers))
    if values.get("consented_on"):
        values.setdefault("consent_scope", "name")
    return Participant.objects.create(**values)


def make_page(slug="impressum", **values):
    """An editable page."""
    values.setdefault("title", slug.title())
    values.setdefault("description", "Worum es geht.")
    values.setdefault("body", "Ein Text.")
    return Page.objects.create(slug=slug, **values)


def make_editor(*groups, name=None):
    """Someone at the desk, in the groups of these names."""
    editor = User.objects.create_user(name or f"redaktion-{next(numbers)}", is_staff=True)
    editor.groups.set(Group.objects.filter(name__in=groups))
    return editor


def make_complete_idea(title="Ladenbörse", **values):
    """An entry that lacks nothing for publication, with one example; a draft unless ``status`` says otherwise."""
    values.setdefault("status", Idea.Status.DRAFT)
    if values["status"] == Idea.Status.DRAFT:
        values.setdefault("published_at", None)
    texts = {"problem": "Leere Läden.", "approach": "Eine Börse.", "steps": "Fragen\nSammeln"}
    topic = Topic.objects.filter(name="Leerstand").first() or make_topic()
    idea = make_idea(title, topics=[topic], **(texts | values))
    make_example(idea, name=f"Börse {idea.number}")
    return idea
