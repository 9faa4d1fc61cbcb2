"""The columns of ideas and their practice examples, and how each field stands in its cell."""

from workshops.models import Evidence, Municipality, Source, Workshop
from workshops.tables import Column
from workshops.tables.kinds import Choice, Lines, Many, One, Text, Year

from ..models import Actor, CitySize, DocumentedIdea, Topic
from ..vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

SEVERAL = "Mehrere stehen in einer Zelle, getrennt durch |."
OPTIONAL = "Leer, wenn nicht eingeschätzt."


NUMBER, MARK, TITLE_OF_IDEA = "Nummer", "Prüfmarke", "Titel der Idee"
NUMBER_COLUMN = Column(
    NUMBER, "Nummer der Idee; sie bleibt für immer. Leer heißt: neuer Eintrag, er bekommt die nächste."
)
MARK_COLUMN = Column(
    MARK,
    "Stand des Eintrags beim Export. So fällt auf, wenn ihn inzwischen jemand geändert hat. Bei neuen leer.",
)

# Field of the entry: (column, what it means, how it stands in a cell)
IDEA = {
    "slug": ("Kurzname", "Name in der Adresse. Leer heißt: aus dem Titel gebildet.", Text()),
    "title": ("Titel", "Titel der Idee.", Text()),
    "summary": ("Kurzfassung", "Die Idee in ein bis zwei Sätzen.", Text()),
    "workshop": ("Themenfeld", "Themenfeld, unter dem die Idee eingeordnet ist.", One(Workshop)),
    "phase": ("Phase des Besuchs", f"Phase eines Innenstadtbesuchs. {OPTIONAL}", Choice(Phase)),
    "topics": ("Themen", f"Themen der Idee. {SEVERAL}", Many(Topic)),
    "actors": ("Wer es macht", f"Wer die Idee umsetzt. {SEVERAL}", Many(Actor)),
    "effort": ("Aufwand", OPTIONAL, Choice(Effort)),
    "cost": ("Kosten", OPTIONAL, Choice(Cost)),
    "horizon": ("Zeit bis zur Wirkung", OPTIONAL, Choice(Horizon)),
    "city_sizes": ("Für welche Städte", f"Passende Stadtgrößen. {SEVERAL}", Many(CitySize)),
    "maturity": ("Reifegrad", OPTIONAL, Choice(Maturity)),
    "origin": ("Herkunft", "Woher der Eintrag stammt. Leer: redaktionell.", Choice(Origin, Origin.EDITORIAL)),
    "documented_as": (
        "Belegt als", "Name in öffentlichen Quellen; nur bei Ideen aus der Workshopreihe.", One(DocumentedIdea),
    ),
    "problem": ("Problem", "Welches Problem die Idee angeht.", Text()),
    "approach": ("Idee", "Worin die Idee besteht.", Text()),
    "steps": ("So geht es", f"Schritte in ihrer Reihenfolge. {SEVERAL}", Lines()),
    "success_factors": ("Gelingt, wenn", f"Voraussetzungen. {SEVERAL}", Lines()),
    "risks": ("Risiken", f"Was schiefgehen kann. {SEVERAL}", Lines()),
}  # fmt: skip
EXAMPLE = {
    "place": ("Ort", "Wo es das gibt, in den Worten der Quelle.", Text()),
    "name": ("Projekt", "Wie das Projekt heißt.", Text()),
    "year": ("Jahr", "Jahr dessen, was erzählt wird; leer, wenn die Quelle keines nennt.", Year()),
    "fact": ("Tatsache", "Was dort geschehen ist.", Text()),
    "source": ("Quelle", "Adresse der Seite, die es belegt. Eine neue wird als Quelle angelegt.", One(Source)),
    "municipalities": ("Kommunen", f"Die Orte, für die das Beispiel steht. {SEVERAL}", Many(Municipality)),
    "evidence": ("Beleg", "Wie gut es belegt ist. Leer: durch die Quelle.", Choice(Evidence, Evidence.SOURCE)),
}  # fmt: skip
REQUIRED = {"place", "name"}  # they tell which example is meant; everything else may be left out


def columns(fields):
    """The columns of ``fields``."""
    return [Column(name, meaning, key in REQUIRED) for key, (name, meaning, _kind) in fields.items()]
