"""One entry as a document shows it, in German and free of any format: Word, PDF and the book print the same."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from workshops.models import Evidence, Source

from ..citation import din_iso_690, german_date
from ..filters import NOT_ASSESSED
from ..vocabularies import Origin


@dataclass(frozen=True)
class Fact:
    """A fact about an entry: «Aufwand», «gering», and what that means. Without values it is not assessed."""

    key: str
    label: str
    values: list[str]
    meaning: str = ""

    @property
    def text(self):
        """The values in words."""
        return ", ".join(self.values) or str(NOT_ASSESSED)


class Form(Enum):
    """How a section is set."""

    TEXT = "text"
    NUMBERED = "numbered"
    POINTS = "points"


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, numbered steps or points. Only sections with items exist."""

    key: str
    title: str
    form: Form
    items: list[str]


@dataclass(frozen=True)
class Example:
    """A practice example. ``where`` says state and size of its places, ``caveat`` what its source leaves open."""

    place: str
    year: int | None
    name: str
    fact: str
    where: list[str]
    source: Source
    caveat: str

    @property
    def title(self):
        """Place, year and project, such as «Bünde, 2022: Sofortprogramm»."""
        return f"{self.place}{f', {self.year}' if self.year else ''}: {self.name}"


@dataclass(frozen=True)
class Provenance:
    """Where the entry comes from, in sentences, and the sources that document it."""

    label: str
    sentences: list[str]
    sources: list[Source]


@dataclass(frozen=True)
class Dossier:
    """An entry. ``link`` is its permanent address, ``edition`` its version with the date, both for citing."""

    number: int
    title: str
    summary: str
    facts: list[Fact]
    assessment_note: str
    sections: list[Section]
    examples: list[Example]
    provenance: Provenance
    edition: str
    link: str
    citation: str
    note: str

    @property
    def plate(self):
        """The number as it is shown: ``009``."""
        return f"{self.number:03}"

    def fact(self, key):
        """The fact ``key``, such as ``effort``."""
        return next(fact for fact in self.facts if fact.key == key)


def of(idea, address, note=""):
    """The :class:`Dossier` of an idea read with ``for_page()``; ``address`` makes a full address of a path."""
    with override("de"):
        link = address(idea.permanent_path())
        return Dossier(
            number=idea.number,
            title=idea.title,
            summary=idea.summary,
            facts=facts(idea),
            assessment_note=_("Effort, cost, time to effect and maturity are estimates by the editors."),
            sections=sections(idea),
            examples=[example(each) for each in idea.examples.all()],
            provenance=provenance(idea),
            edition=edition(idea),
            link=link,
            citation=din_iso_690(idea, link),
            note=note,
        )


def edition(idea):
    """The version of an entry with its date."""
    words = {"version": idea.version, "date": german_date(idea.version_date)}
    return _("Version %(version)s of %(date)s") % words


def facts(idea):
    """The facts of an idea, in the order of its page."""
    meanings = idea.meanings()

    def fixed(key, label):
        value = getattr(idea, f"get_{key}_display")()
        return Fact(key, label, [str(value)] if value else [], str(meanings.get(key, "")))

    def related(key, label):
        return Fact(key, label, [str(term) for term in getattr(idea, key).all()])

    return [
        fixed("effort", _("Effort")),
        fixed("cost", _("Cost")),
        fixed("horizon", _("Time to effect")),
        related("city_sizes", _("For which towns")),
        fixed("maturity", _("Maturity")),
        fixed("phase", _("Phase of the visit")),
        related("actors", _("Who does it")),
        related("topics", _("Topics")),
        Fact("workshop", _("Field"), [idea.workshop.title] if idea.workshop else []),
        Fact("origin", _("Origin"), [str(Origin(idea.origin).label)]),
    ]


def sections(idea):
    """The sections of an idea that hold anything, with the headings of its page."""
    every = [
        Section("problem", _("Problem"), Form.TEXT, lines(idea.problem)),
        Section("approach", pgettext("heading", "Idea"), Form.TEXT, lines(idea.approach)),
        Section("steps", _("How it is done"), Form.NUMBERED, lines(idea.steps)),
        Section("success_factors", _("It works when"), Form.POINTS, lines(idea.success_factors)),
        Section("risks", _("Risks"), Form.POINTS, lines(idea.risks)),
    ]
    return [section for section in every if section.items]


def lines(text):
    """The lines of a text that hold anything."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def example(record):
    """The :class:`Example` of a record."""
    where = record.whereabouts()
    if not record.year:
        where = [*where, _("the source names no year")]
    caveat = str(Evidence(record.evidence).caveat)
    return Example(record.place, record.year, record.name, record.fact, where, record.source, caveat)


def provenance(idea):
    """Where an idea comes from, as its page says it."""
    origin, named = Origin(idea.origin), idea.documented_as
    sentences = [str(origin.meaning)]
    if named is None:
        return Provenance(str(origin.label), sentences, [])
    words = [_("Documented as:"), f" „{named.title}“"]
    if named.has_caveat:
        words.append(f" ({Evidence(named.evidence).caveat})")
    if named.phase:
        words += [", ", _("for the phase “%(phase)s”") % {"phase": named.get_phase_display()}]
    sentences.append("".join([*words, "."]))
    if named.workshop:
        sentences.append(_("The source names the workshop %(title)s.") % {"title": named.workshop.title})
    else:
        sentences.append(_("The sources do not say which workshop it comes from."))
    return Provenance(str(origin.label), sentences, list(named.sources.all()))
