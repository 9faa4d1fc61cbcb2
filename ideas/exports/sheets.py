"""One entry as the print templates take it: the dossier with its façade and pictograms, in plain data."""

from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import facade
from ..citation import PUBLICATION
from ..models import CitySize
from ..vocabularies import Cost, Effort, Horizon
from . import dossier, printed

LEVELS = {"effort": Effort, "cost": Cost, "horizon": Horizon}
# Shown with the number and in the section on the origin, not in the table of facts
ELSEWHERE = {"workshop", "origin"}


def of(ideas, address, notes=None, cited=True):
    """The sheets of ideas read with ``for_page()``, one after the other; ``cited`` says how to cite each."""
    sizes = list(CitySize.objects.values_list("pk", flat=True))
    for idea in ideas:
        with override("de"):
            yield sheet(idea, dossier.of(idea, address, (notes or {}).get(idea.number, "")), sizes, cited)


def sheet(idea, entry, sizes, cited):
    """The sheet of an idea and its dossier ``entry``; ``sizes`` are the keys of all city sizes in order."""
    front = facade.Front.of(idea)
    return {
        "number": entry.number,
        "plate": entry.plate,
        "title": entry.title,
        "summary": entry.summary,
        "hue": front.workshop if front.workshop in printed.hues() else "",
        "field": idea.workshop.title if idea.workshop else "",
        "house": asdict(printed.house(front)) | {"alt": facade.describe(front)},
        "facts": [fact(each, idea, sizes) for each in entry.facts if each.key not in ELSEWHERE],
        "sections": [
            {"title": each.title, "form": each.form.value, "items": each.items} for each in entry.sections
        ],
        "examples": [example(each) for each in entry.examples],
        "origin": entry.provenance.label,
        "origin_sentences": entry.provenance.sentences,
        "origin_sources": [source(each) for each in entry.provenance.sources],
        "edition": entry.edition,
        "link": entry.link,
        "citation": entry.citation if cited else "",
        "note": dossier.lines(entry.note),
    }


def fact(known, idea, sizes):
    """A fact with its pictogram: ``steps`` says of each of its boxes whether it is filled."""
    steps = []
    if known.key in LEVELS:
        values = LEVELS[known.key].values
        level = values.index(getattr(idea, known.key)) + 1 if known.values else 0
        steps = [place < level for place in range(len(values))]
    elif known.key == "city_sizes":
        fitting = {size.pk for size in idea.city_sizes.all()}
        steps = [size in fitting for size in sizes]
    return {"key": known.key, "label": known.label, "text": known.text, "meaning": known.meaning, "steps": steps}


def example(known):
    """An example with its source."""
    return {
        "title": known.title,
        "where": "; ".join(str(each) for each in known.where),
        "fact": known.fact,
        "source": source(known.source),
        "caveat": known.caveat,
    }


def source(record):
    """A source: its name with the publisher, and its address."""
    name = ", ".join(part for part in (record.name, record.publisher) if part)
    return {"name": name, "host": record.host, "url": record.url}


def words():
    """The words of the templates for entries."""
    return {
        "publication": PUBLICATION,
        "idea_number": _("Idea number"),
        "facts": _("Facts"),
        "assessment_note": _("Effort, cost, time to effect and maturity are estimates by the editors."),
        "examples": _("Where it exists"),
        "no_example": _("No example is documented yet."),
        "source": _("Source:"),
        "sources": _("Sources:"),
        "origin": _("Origin of the entry"),
        "cite": _("Cite"),
        "link": _("Permanent link:"),
        "note": _("Note of the reader"),
    }


def style():
    """Words, colours and marks, which every document of entries needs."""
    return {"words": words(), "colours": printed.tokens(), "hues": printed.hues(), "marks": facade.ROOF_MARKS}
