"""The parts of the book: the entries, one workshop field after the other."""

from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.exports import printed
from ideas.facade import Front
from workshops.dates import format_partial

from . import blocks

STREET_WIDTH = 800


def part(workshop, ideas, sheets):
    """A part with its street and entries; ``workshop`` is None for entries without a field."""
    numbers = {"first": ideas[0].number, "last": ideas[-1].number}
    if workshop:
        title, lead, key, sections = workshop.title, workshop.theme, workshop.slug, of_workshop(workshop, ideas)
    else:
        title, lead, key = _("Without a field"), "", "ohne"
        sections = [blocks.section("", blocks.text(without_field(len(ideas))))]
    return blocks.chapter(title, *sections, lead=lead, key=f"feld-{key}") | {
        "hue": key if key in printed.hues() else "",
        "street": [asdict(row) for row in printed.street([Front.of(idea) for idea in ideas], STREET_WIDTH)],
        "alt": _("The houses of the entries of this part, from %(first)03d to %(last)03d.") % numbers,
        "entries": sheets,
    }


def of_workshop(workshop, ideas):
    """What is known of the workshop, and what the field says about the entries."""
    documented = sum(idea.documented_as_id is not None for idea in ideas)
    return [
        blocks.section(
            _("Entries sorted under this field"), blocks.text(sorted_here(workshop, len(ideas), documented))
        ),
        blocks.section(
            _("The workshop"),
            blocks.text(workshop.text),
            blocks.caveat(workshop),
            blocks.facts(
                (_("When"), when(workshop)),
                (
                    _("Official title"),
                    f"„{workshop.official_title}“" if workshop.official_title else _("not known"),
                ),
                (_("Working groups"), blocks.known(workshop.groups)),
                (_("Participants"), blocks.known(participants(workshop))),
                (_("Organizations involved"), blocks.known(workshop.organizations)),
                (_("Expert input"), workshop.keynote),
                (_("Cities looked at as examples"), workshop.example_cities),
                (_("Fields looked at as examples"), workshop.example_fields),
            ),
            blocks.sources(workshop.sources.all()),
        ),
    ]


def when(workshop):
    """The date of a workshop as far as it is known."""
    date = format_partial(workshop.date, workshop.date_precision) if workshop.date else ""
    note = f"({workshop.date_note})" if date and workshop.date_note else workshop.date_note
    return blocks.known(" ".join(part for part in (date, note) if part))


def participants(workshop):
    """How many took part, and what has to be said about that."""
    count = "" if workshop.participant_count is None else str(workshop.participant_count)
    return " ".join(part for part in (count, workshop.participants_note) if part)


def sorted_here(workshop, count, documented):
    """That the field sorts entries and does not tell where they come from."""
    sorting = ngettext(
        "%(counter)s entry of the compendium is sorted under the field “%(field)s”. "
        "That does not mean that it was developed in this workshop.",
        "%(counter)s entries of the compendium are sorted under the field “%(field)s”. "
        "That does not mean that they were developed in this workshop.",
        count,
    )
    named = ngettext(
        "Public sources name %(counter)s of them as a result of the workshop series.",
        "Public sources name %(counter)s of them as results of the workshop series.",
        documented,
    )
    return f"{sorting % {'counter': count, 'field': workshop.title}} {named % {'counter': documented}}"


def without_field(count):
    """What the entries without a field are."""
    words = ngettext(
        "%(count)s entry is not sorted under a field.", "%(count)s entries are not sorted under a field.", count
    )
    return words % {"count": count}
