"""The shape of the content files. Field names are the keys of the files, German where the files are German.

An unknown key is an error, so that nothing written in a file can be lost in silence.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel

from ideas.vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase
from workshops.dates import parse_partial
from workshops.models import Evidence


def partial_date(text):
    """Accept ``2021``, ``2021-07`` and ``2021-07-12``, and keep the words of the file."""
    parse_partial(text)
    return text


Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SourceKey = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
PartialDate = Annotated[str, AfterValidator(partial_date)]
FullDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(partial_date)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A mapping in a content file."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Sourced(Part):
    """A statement: how well it is supported (``belegart``), and by which sources of the register."""

    belegart: Evidence = Field(Evidence.SOURCE, strict=False)
    quellen: list[SourceKey] = []


# event.yaml


class Quelle(Part):
    titel: Text
    herausgeber: Text
    url: Text


class Zahlen(Part):
    workshops: Count
    teilnehmende: Count
    ideen: Count


class Dokumentation(Part):
    name: Text
    angekuendigt_fuer: Text


class Aufzeichnung(Part):
    plattform: Text
    url: Text | None
    belegart: Evidence = Field(strict=False)
    hinweis: Text | None = None


class Veranstaltung(Sourced):
    titel: Text
    veranstalter: Text
    datum: FullDate
    kurztext: Text
    format: Text
    zahlen: Zahlen
    dokumentation: Dokumentation
    aufzeichnung: Aufzeichnung


class Vorgeschichte(Sourced):
    id: Slug
    titel: Text
    datum: PartialDate | None
    kurztext: Text
    straenge: list[Text] = []
    konzept_und_moderation: list[Text] = []
    teilnehmende_hinweis: Text | None = None
    video_quelle: SourceKey | None = None


class Branche(Sourced):
    id: Slug
    name: Text


class WorkshopEntry(Sourced):
    id: Slug
    reihenfolge: Count
    titel: Text
    thema: Text
    offizieller_titel: Text | None
    datum: PartialDate | None
    datum_hinweis: Text | None = None
    kurztext: Text
    arbeitsgruppen: list[Text] = []
    beispielstaedte: list[Text] = []
    beispielbereiche: list[Text] = []
    fachimpuls: Text | None = None
    beteiligte_organisationen: list[Text] = []
    teilnehmende: Count | None
    teilnehmende_hinweis: Text | None = None


class LeitfadenPhase(Part):
    id: Slug
    nr: Count
    name: Text
    beschreibung: Text


class Aussage(Sourced):
    text: Text


class Leitfaden(Sourced):
    titel: Text
    herausgeber: Text
    erschienen: Text
    erschienen_hinweis: Text | None = None
    kurztext: Text
    phasen: list[LeitfadenPhase]
    bewertung: list[Text]
    verhaeltnis_zum_wissenskompendium: Aussage


class BelegteIdee(Sourced):
    id: Slug
    titel: Text
    phase: Phase | None = Field(strict=False)
    workshop: Slug | None


class BelegteIdeen(Part):
    hinweis: Text
    eintraege: list[BelegteIdee]


class Groessenklasse(Part):
    id: Slug
    name: Text
    von: Count
    bis_unter: Count | None
    belegart: Evidence = Field(strict=False)


class Einwohner(Part):
    wert: Count
    stand: PartialDate | None
    art: Text | None
    quellen: list[SourceKey] = []


class Koordinaten(Part):
    lat: Latitude
    lon: Longitude
    bezug: Text
    belegart: Evidence = Field(strict=False)


class LaborProjekt(Part):
    name: Text
    zeitraum: Text | None
    text: Text
    quellen: list[SourceKey]


class Stadtlabor(Sourced):
    id: Slug
    name: Text
    land: Text
    groessenklasse: Slug
    einwohner: Einwohner
    koordinaten: Koordinaten
    schwerpunkt: Text
    kurztext: Text
    partner: list[Text]
    projekte: list[LaborProjekt]
    nicht_verwechseln_mit: Text | None = None


class Stadtlabore(Part):
    hinweis: Text
    quellen: list[SourceKey]
    staedte: list[Stadtlabor]


class AussageAusgangstext(Aussage):
    anzahl: Count


class Laufzeit(Part):
    beginn: PartialDate
    ende: PartialDate


class Befragung(Part):
    ohne_systematische_erfassung_prozent: Count
    thema_wichtig_prozent: Count
    quellen: list[SourceKey]


class Folgeprojekt(Sourced):
    name: Text
    kurztext: Text
    federfuehrung: Text
    foerderung: Text
    volumen_euro: Count
    laufzeit: Laufzeit
    kickoff: PartialDate
    ausrollung: Text
    projektpartner_mindestens: Count
    richtwert: Text
    befragung: Befragung


class Kommune(Part):
    id: Slug
    name: Text
    land: Text
    stadtlabor: bool
    groessenklasse: Slug
    groessenklasse_hinweis: Text | None = None
    lat: Latitude
    lon: Longitude
    hinweis: Text | None = None
    quellen: list[SourceKey]


class Leerstandsregister(Part):
    titel: Text
    aussage_ausgangstext: AussageAusgangstext
    folgeprojekt: Folgeprojekt
    zuordnung_hinweis: Aussage
    kommunen: list[Kommune]
    kommunen_hinweis: Text


class WahrscheinlicheStudie(Sourced):
    titel: Text
    auftraggeber: Text
    durchfuehrung: Text
    erschienen: Text
    beispielkommunen: Count
    interviews_mindestens: Count


class Ergebnis(Sourced):
    id: Slug
    titel: Text
    text: Text
    zahl: Count | None
    organisation: Text | None = None
    hinweis: Text | None = None
    datum: PartialDate | None = None
    datum_belegart: Evidence = Field(Evidence.SOURCE, strict=False)
    wahrscheinlich: WahrscheinlicheStudie | None = None


class EventFile(Part):
    """``event.yaml``: event, workshops, sectors, labs, municipalities, outcomes and the register of sources."""

    version: Literal[1]
    sprache: Literal["de"]
    stand: FullDate
    quellen: dict[SourceKey, Quelle]
    veranstaltung: Veranstaltung
    vorgeschichte: list[Vorgeschichte]
    branchen: list[Branche]
    workshops: list[WorkshopEntry]
    leitfaden: Leitfaden
    ideen_belegt: BelegteIdeen
    groessenklassen: list[Groessenklasse]
    stadtlabore: Stadtlabore
    leerstandsregister: Leerstandsregister
    ergebnisse: list[Ergebnis]
    offene_punkte: list[Text]


# places.yaml


class Place(Part):
    name: Text
    kind: Literal["municipality", "region"]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    state: Text | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    population: Count | None = None
    size_class: Slug | None = None
    note: Text | None = None


class PlacesFile(Part):
    """``places.yaml``: the places named in examples, and names that stand for several places."""

    places: list[Place]
    splits: dict[Text, list[Text]] = {}


# vocabularies.yaml


class Term(Part):
    slug: Slug
    name: Text
    name_en: Text
    text: Text | None = None


class VocabulariesFile(Part):
    """``vocabularies.yaml``: names and meanings of every value used in ideas.yaml."""

    topics: list[Term]
    actors: list[Term]
    phases: list[Term]
    effort: list[Term]
    cost: list[Term]
    horizon: list[Term]
    city_sizes: list[Term]
    maturity: list[Term]
    origin: list[Term]


# ideas.yaml


class Example(Part):
    place: Text
    name: Text
    fact: Text
    year: Annotated[int, Field(ge=1800, le=2100)] | None
    url: Text


class IdeaEntry(Part):
    number: Annotated[int, Field(ge=1)]
    slug: Slug
    workshop: Slug | None
    origin: Origin = Field(strict=False)
    phase: Phase | None = Field(strict=False)
    title: Text
    summary: Text
    problem: Text
    approach: Text
    steps: list[Text]
    success_factors: list[Text]
    risks: list[Text]
    topics: list[Slug]
    actors: list[Slug]
    effort: Effort | None = Field(strict=False)
    cost: Cost | None = Field(strict=False)
    horizon: Horizon | None = Field(strict=False)
    city_sizes: list[Slug]
    maturity: Maturity | None = Field(strict=False)
    examples: list[Example]
    documented_as: Slug | None = None
    origin_sources: list[SourceKey] = []


class IdeasFile(RootModel[list[IdeaEntry]]):
    """``ideas.yaml``: the entries of the compendium."""


# pages.yaml


class PageEntry(Part):
    slug: Slug
    title: Text
    description: Text
    body: Text


class PagesFile(RootModel[list[PageEntry]]):
    """``pages.yaml``: the first texts of the pages editors can change."""


class SynonymsEntry(Part):
    """Words that stand for each other in a search."""

    slug: Slug
    words: list[Text] = Field(min_length=2)


class SynonymsFile(RootModel[list[SynonymsEntry]]):
    """``synonyms.yaml``."""
