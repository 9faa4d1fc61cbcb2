"""The data of the whole book, from the published entries and what belongs to them."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from ideas.citation import PUBLICATION
from ideas.exports import sheets
from ideas.models import Idea
from workshops.models import Event, Workshop
from workshops.querysets import cited

from . import back, fields, front, registers


def contents(address, progress=iter):
    """The data for ``book.typ``. ``address`` makes a full address of a path, ``progress`` wraps the entries."""
    with override("de"):
        ideas = list(Idea.objects.published().for_page().order_by("number"))
        event = cited(Event.objects.all()).first()
        of_entries = dict(zip(ideas, sheets.of(progress(ideas), address, cited=False), strict=True))
        chapters = [
            front.about(event),
            front.reading(),
            *parts(of_entries),
            back.labs(ideas, event),
            back.results(event),
        ]
        chapters = [chapter for chapter in chapters if chapter["sections"]]
        topics = registers.topics(ideas)
        latest = max((idea.version_date for idea in ideas), default=None)
        return sheets.style() | {
            "title": PUBLICATION,
            "date": [latest.year, latest.month, latest.day] if latest else None,
            "keywords": [_("city centre"), *(topic["name"] for topic in topics)],
            "description": _(
                "Ideas for city centres, with effort, cost, first steps and places that have done it."
            ),
            "cover": front.cover(ideas, event),
            "imprint": front.imprint(latest, address),
            "chapters": chapters,
            "topics": topics,
            "places": registers.places(ideas),
            "sources": registers.sources(chapters),
            "book_words": words(),
        }


def parts(of_entries):
    """A part for each field that has entries, and one for those without; ``of_entries`` holds the sheets."""
    for workshop in (*cited(Workshop.objects.all()), None):
        own = [idea for idea in of_entries if idea.workshop == workshop]
        if own:
            yield fields.part(workshop, own, [of_entries[idea] for idea in own])


def words():
    """The words of the template beside those of the entries."""
    return {
        "contents": _("Contents"),
        "topics": _("Topics from A to Z"),
        "places": _("Places from A to Z"),
        "sources": _("Sources"),
        "page": _("p."),
        "topics_note": _("Each topic with its entries, their numbers and pages."),
        "places_note": _("Places with documented examples, with the numbers of the entries and their pages."),
        "sources_note": _("Every source of this book, by host, with the entries and chapters that cite it."),
    }
