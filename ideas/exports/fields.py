"""The data dictionary: what the tables say about an entry. CSV, XLSX and JSON take their columns from here.

Keys, columns and descriptions are an agreement with those who work on with the data, so they never change with the
language of a page: keys are English, columns German.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.timezone import localdate

from workshops.models import Evidence

from ..vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

SEPARATOR = " | "
ESTIMATE = "Redaktionelle Einschätzung; leer, wenn nicht eingeschätzt."
SEVERAL = f"Mehrere stehen in einer Zelle, getrennt durch „{SEPARATOR.strip()}“."


@dataclass(frozen=True)
class Field:
    """What is told about an entry: ``read(idea, address)`` gives the value as it stands in JSON, save for dates.

    ``kind`` says what it is: ``integer``, ``text``, ``date``, ``address``, ``term`` (a value of a vocabulary with
    slug and name, or None), ``terms``, ``lines`` (several texts) or ``examples``.
    """

    key: str
    column: str
    kind: str
    description: str
    read: Callable

    def cell(self, value):
        """The value as it stands in one cell of a table: a number, a date, or a text."""
        if self.kind == "term":
            return value["name"] if value else ""
        if self.kind == "terms":
            return SEPARATOR.join(term["name"] for term in value)
        if self.kind == "lines":
            return SEPARATOR.join(value)
        if self.kind == "examples":
            return SEPARATOR.join(example_cell(example) for example in value)
        return value


def attribute(name):
    """Reads an attribute of the idea."""
    return lambda idea, address: getattr(idea, name)


def lines(name):
    """Reads a text with one item per line as a list."""
    return lambda idea, address: [line.strip() for line in getattr(idea, name).splitlines() if line.strip()]


def fixed(name, vocabulary):
    """Reads a value of a fixed vocabulary."""
    return lambda idea, address: term(getattr(idea, name), vocabulary)


def related(name):
    """Reads related records with slug and German name."""
    return lambda idea, address: [{"slug": each.slug, "name": each.name} for each in getattr(idea, name).all()]


def term(value, vocabulary):
    """A value of a fixed vocabulary with its name; None where it is missing."""
    return {"slug": value, "name": str(vocabulary(value).label)} if value else None


def workshop(idea, address):
    """The field the entry is sorted under."""
    return {"slug": idea.workshop.slug, "name": idea.workshop.title} if idea.workshop else None


def documented_as(idea, address):
    """The name in the sources, with what they leave open."""
    return f"{idea.documented_as.title}{caveat(idea.documented_as)}" if idea.documented_as else ""


def origin_sources(idea, address):
    """The addresses of the pages that document the origin."""
    return [source.url for source in idea.documented_as.sources.all()] if idea.documented_as else []


def examples(idea, address):
    """The practice examples as dicts."""
    return [
        {
            "place": example.place,
            "municipalities": [place.name for place in example.municipalities.all()],
            "where": example.whereabouts(),
            "name": example.name,
            "year": example.year,
            "fact": example.fact,
            "source": {
                "title": example.source.name,
                "publisher": example.source.publisher,
                "url": example.source.url,
            },
            "caveat": str(Evidence(example.evidence).caveat),
        }
        for example in idea.examples.all()
    ]


def example_cell(example):
    """An example on one line."""
    year = f", {example['year']}" if example["year"] else ""
    left_open = f" ({example['caveat']})" if example["caveat"] else ""
    text = f"{example['place']}{year}: {example['name']}. {example['fact']}"
    return f"{text} Quelle: {example['source']['title']}, {example['source']['url']}{left_open}"


def caveat(record):
    """What the sources of a record leave open, in brackets."""
    words = Evidence(record.evidence).caveat
    return f" ({words})" if words else ""


FIELDS = [
    Field("number", "Nummer", "integer", "Nummer der Idee; sie bleibt für immer.", attribute("number")),
    Field("slug", "Kurzname", "text", "Name in der Adresse; er kann sich ändern.", attribute("slug")),
    Field("title", "Titel", "text", "Titel der Idee.", attribute("title")),
    Field("summary", "Kurzfassung", "text", "Die Idee in ein bis zwei Sätzen.", attribute("summary")),
    Field("workshop", "Themenfeld", "term", "Themenfeld, unter dem die Idee eingeordnet ist.", workshop),
    Field("phase", "Phase des Besuchs", "term", "Phase eines Innenstadtbesuchs.", fixed("phase", Phase)),
    Field("topics", "Themen", "terms", f"Themen der Idee. {SEVERAL}", related("topics")),
    Field("actors", "Wer es macht", "terms", f"Wer die Idee umsetzt. {SEVERAL}", related("actors")),
    Field("effort", "Aufwand", "term", ESTIMATE, fixed("effort", Effort)),
    Field("cost", "Kosten", "term", ESTIMATE, fixed("cost", Cost)),
    Field("horizon", "Zeit bis zur Wirkung", "term", ESTIMATE, fixed("horizon", Horizon)),
    Field("city_sizes", "Für welche Städte", "terms", f"Passende Stadtgrößen. {SEVERAL}", related("city_sizes")),
    Field("maturity", "Reifegrad", "term", ESTIMATE, fixed("maturity", Maturity)),
    Field("origin", "Herkunft", "term", "Woher der Eintrag stammt.", fixed("origin", Origin)),
    Field(
        "documented_as", "Belegt als", "text",
        "Name in öffentlichen Quellen zur Workshopreihe; nur bei Ideen aus der Workshopreihe.", documented_as,
    ),
    Field("origin_sources", "Quellen zur Herkunft", "lines", f"Adressen der Belege. {SEVERAL}", origin_sources),
    Field("problem", "Problem", "text", "Welches Problem die Idee angeht.", attribute("problem")),
    Field("approach", "Idee", "text", "Worin die Idee besteht.", attribute("approach")),
    Field("steps", "So geht es", "lines", f"Schritte in ihrer Reihenfolge. {SEVERAL}", lines("steps")),
    Field("success_factors", "Gelingt, wenn", "lines", f"Voraussetzungen. {SEVERAL}", lines("success_factors")),
    Field("risks", "Risiken", "lines", f"Was schiefgehen kann. {SEVERAL}", lines("risks")),
    Field(
        "example_count", "Anzahl Beispiele", "integer", "Wie viele Praxisbeispiele belegt sind.",
        lambda idea, address: len(idea.examples.all()),
    ),
    Field(
        "examples", "Beispiele", "examples",
        f"Wo es das gibt, mit Jahr (falls bekannt), Projekt, Tatsache und Quelle. {SEVERAL}", examples,
    ),
    Field("version", "Fassung", "integer", "Fassung des Eintrags, zum Zitieren.", attribute("version")),
    Field("version_date", "Datum der Fassung", "date", "Von wann die Fassung ist.", attribute("version_date")),
    Field(
        "published", "Veröffentlicht am", "date", "Tag der ersten Veröffentlichung.",
        lambda idea, address: localdate(idea.published_at),
    ),
    Field(
        "link", "Adresse", "address", "Dauerhafte Adresse des Eintrags.",
        lambda idea, address: address(idea.permanent_path()),
    ),
]  # fmt: skip


def columns(selection):
    """The fields of an export: the notes of the visitor are one of them where there are any."""
    if not selection.notes:
        return FIELDS
    note = Field(
        "note", "Notiz", "text", "Ihre eigene Notiz; das Kompendium speichert sie nicht.",
        lambda idea, address: selection.notes.get(idea.number, ""),
    )  # fmt: skip
    return [*FIELDS, note]


def rows(ideas, fields, address):
    """One row for each idea: its values in the order of ``fields``. The only place that reads them."""
    for idea in ideas:
        yield [field.read(idea, address) for field in fields]


def dictionary(fields=FIELDS):
    """The fields as JSON describes them."""
    return [
        {"key": field.key, "column": field.column, "type": field.kind, "description": field.description}
        for field in fields
    ]
