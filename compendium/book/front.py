"""The first pages: cover, imprint, where the entries come from, how to read a house."""

from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compendium import pages
from compendium.models import Page
from ideas.citation import german_date
from ideas.exports import printed
from ideas.facade import Front
from ideas.legend import legend

from . import blocks, prose

# Of the street on the cover: how wide a row is in units, and how many rows there are at most
COVER_WIDTH, COVER_ROWS = 880, 6


def cover(ideas, event):
    """What stands on the cover: title, origin, and a part of the street of all entries."""
    origin = ""
    if event:
        documented = sum(idea.documented_as_id is not None for idea in ideas)
        words = _(
            "On the round table of the German ministry of economics on city centres, %(date)s: %(documented)s "
            "ideas are named in public sources of the workshop series, the editors have added the others."
        )
        origin = words % {"date": german_date(event.date), "documented": documented}
    words = ngettext(
        "%(count)s entry for lively city centres", "%(count)s entries for lively city centres", len(ideas)
    )
    fronts = [Front.of(idea) for idea in ideas]
    return {
        "subtitle": words % {"count": len(ideas)},
        "origin": origin,
        "street": [asdict(row) for row in printed.street(fronts, COVER_WIDTH)[:COVER_ROWS]],
        "alt": _("A street of houses, one for each entry."),
    }


def imprint(version_date, address):
    """Who publishes the book, how current it is, what is known about licences."""
    page = Page.objects.filter(slug=Page.Slug.IMPRINT).first()
    operator = pages.operator(Page.Slug.IMPRINT)
    filled = [(str(field.verbose_name), value) for field, value in operator["filled"]]
    missing = [(str(name), _("not entered yet")) for name in operator["missing"]]
    return blocks.chapter(
        _("Imprint"),
        blocks.section(_("Details of the operator"), blocks.facts(*filled, *missing)),
        blocks.section(
            _("This edition"),
            blocks.facts(
                (_("Latest version"), german_date(version_date) if version_date else ""),
                (_("On the web: ").strip(" :"), address(reverse("start"))),
                (_("This book"), address(reverse("book"))),
            ),
            blocks.text(
                _("The book is made from the entries published on the site. Each entry carries its own version.")
            ),
        ),
        blocks.section(
            _("Licences"),
            blocks.text(_("No licence is stated for the texts.")),
            blocks.text(
                _(
                    "Coordinates and inhabitants: GeoNames (CC BY 4.0), unless another source is named. "
                    "Outline of Germany: Natural Earth (public domain)."
                )
            ),
        ),
        *(prose.sections(page.body, page.title) if page else ()),
    )


def about(event):
    """Where the entries come from, and what is not known."""
    known = pages.about()
    page = Page.objects.filter(slug=Page.Slug.ABOUT).first()
    meanings = [
        [{"text": f"{origin.label}: {number}. ", "strong": True}, {"text": str(origin.meaning)}]
        for origin, number in known["origins"]
    ]
    return blocks.chapter(
        _("Where the entries come from"),
        *(prose.sections(page.body, _("What this is")) if page else ()),
        round_table(event) if event else None,
        blocks.section(
            _("The entries by origin"),
            blocks.figures(
                (
                    known["entry_count"],
                    ngettext("entry in this book", "entries in this book", known["entry_count"]),
                ),
                *((number, str(origin.label)) for origin, number in known["origins"]),
            ),
            blocks.points(meanings),
        ),
        blocks.section(
            _("What we do not know"), blocks.points(event.open_questions.splitlines()) if event else None
        ),
        key="herkunft",
    )


def round_table(event):
    """The figures of the event, with their sources."""
    return blocks.section(
        _("The round table in figures"),
        blocks.figures(
            (event.workshop_count, ngettext("workshop", "workshops", event.workshop_count)),
            (event.participant_count, ngettext("participant", "participants", event.participant_count)),
            (event.idea_count, ngettext("idea developed", "ideas developed", event.idea_count)),
            (event.lab_count, ngettext("city lab", "city labs", event.lab_count)),
            (
                event.municipality_count,
                ngettext(
                    "further municipality for a vacancy register",
                    "further municipalities for a vacancy register",
                    event.municipality_count,
                ),
            ),
        ),
        blocks.sources(event.sources.all()),
    )


def reading():
    """How to read a house, and what the values mean."""
    known = pages.about()
    houses = [
        blocks.section(
            row.name,
            blocks.pictures([asdict(printed.painted(picture)) for picture in row.pictures], row.text),
            blocks.text(row.text),
        )
        for row in legend()
    ]
    scales = [block for name, levels in known["scales"] for block in (blocks.heading(str(name)), meanings(levels))]
    return blocks.chapter(
        _("How to read a house"),
        *houses,
        blocks.section(
            _("What the assessments mean"),
            blocks.text(
                _(
                    "These are assessments of the editors. They compare the ideas with each other; "
                    "no amounts stand behind them."
                )
            ),
            *scales,
        ),
        blocks.section(
            _("The phases of a visit"),
            blocks.text(
                _(
                    "The guide on the workshop results sorts ideas by the phase of a visit to the city centre "
                    "in which they work. So do we."
                )
            ),
            meanings(known["phases"]),
        ),
        blocks.section(
            _("Sizes of towns"), blocks.facts(*((size.name, size.text or "–") for size in known["city_sizes"]))
        ),
        lead=_("Each entry is a house in a street. Nothing on it is decoration."),
        key="lesen",
    )


def meanings(members):
    """Values with what they mean."""
    return blocks.facts(*((str(member.label), str(member.meaning)) for member in members))
