"""PDF: a brief for the council with the entries of a selection, typeset and accessible (PDF/UA-1)."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..citation import german_date
from . import sheets
from .typesetting import typeset

TEMPLATE = "brief.typ"
COMPARED = ("effort", "cost", "horizon", "city_sizes")


def render(ideas, *, selection, address):
    """The document as bytes: what was selected, a summary of several entries, then each on a page of its own."""
    entries = list(sheets.of(ideas, address, selection.notes))
    made = localtime(selection.generated).date()
    return typeset(
        TEMPLATE,
        sheets.style()
        | {
            "title": selection.title,
            "date": [made.year, made.month, made.day],
            "subject": _("Ideas for city centres"),
            "subtitle": _("Brief from the Wissenskompendium Innenstadt"),
            "about": about(selection, german_date(made)),
            "address": selection.address,
            "address_label": _("On the web: ").strip(),
            "licence": selection.licence,
            "whole_addresses": True,
            "overview": _("Overview"),
            "header": header(entries),
            "compared": COMPARED,
            "entries": entries,
        },
    )


def about(selection, made):
    """What was filtered for, how many entries there are, how current they are, as (label, text)."""
    rows = [(label, ", ".join(values)) for label, values in selection.filter]
    rows.append((_("Number of ideas"), str(selection.count)))
    if selection.version_date:
        rows.append((_("Latest version"), german_date(selection.version_date)))
    return [*rows, (_("Made on"), made)]


def header(entries):
    """The header of the table of several entries; empty for a single one."""
    if len(entries) < 2:  # noqa: PLR2004 (one is no list)
        return []
    labels = {fact["key"]: fact["label"] for fact in entries[0]["facts"]}
    return [_("No."), _("Idea"), *(labels[key] for key in COMPARED)]
