"""The columns of ideas and their practice examples, and how each field stands in its cell."""

from workshops.models import Evidence, Municipality, Source, Workshop
from workshops.tables import Column, column_of
from workshops.tables.kinds import Choice, Line, Lines, Many, One, Text, Year

from ..models import Actor, CitySize, DocumentedIdea, Idea, PracticeExample, Topic
from ..vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

IDEAS, EXAMPLES = "Ideen", "Beispiele"
SEVERAL = "Mehrere stehen in einer Zelle, getrennt durch |."
OPTIONAL = "Leer, wenn nicht eingeschätzt."
NUMBER = column_of(
    Idea, "number", "Nummer der Idee; sie bleibt für immer. Leer heißt: neuer Eintrag, er bekommt die nächste."
)
NUMBER_IN_EXAMPLES = Column(NUMBER.name, "Nummer der Idee, zu der das Beispiel gehört.")
TITLE_OF_IDEA = Column("Titel der Idee", "Nur nötig, wo die Idee neu ist und noch keine Nummer hat.")
MARK = Column(
    "Prüfmarke",
    "Stand des Eintrags beim Export. So fällt auf, wenn ihn inzwischen jemand geändert hat. Bei neuen leer.",
)
REQUIRED = {"place", "name"}  # they tell which example is meant; everything else may be left out
FORMER = {"evidence": ("Beleg",)}


def columns(model, fields):
    """The columns of the ``fields`` of a model by name: what each means, and how it stands in a cell."""
    return {
        name: column_of(model, name, meaning, required=name in REQUIRED, kind=kind, former=FORMER.get(name, ()))
        for name, (meaning, kind) in fields.items()
    }


IDEA = columns(Idea, {
    "slug": ("Name in der Adresse. Leer heißt: aus dem Titel gebildet; öffentliche behalten ihren.", Text()),
    "title": ("Titel der Idee.", Line()),
    "summary": ("Die Idee in ein bis zwei Sätzen.", Text()),
    "workshop": ("Themenfeld, unter dem die Idee eingeordnet ist.", One(Workshop)),
    "phase": (f"Phase eines Innenstadtbesuchs. {OPTIONAL}", Choice(Phase)),
    "topics": (f"Themen der Idee. {SEVERAL}", Many(Topic)),
    "actors": (f"Wer die Idee umsetzt. {SEVERAL}", Many(Actor)),
    "effort": (OPTIONAL, Choice(Effort)),
    "cost": (OPTIONAL, Choice(Cost)),
    "horizon": (OPTIONAL, Choice(Horizon)),
    "city_sizes": (f"Passende Stadtgrößen. {SEVERAL}", Many(CitySize)),
    "maturity": (OPTIONAL, Choice(Maturity)),
    "origin": ("Woher der Eintrag stammt. Leer: redaktionell.", Choice(Origin, Origin.EDITORIAL)),
    "documented_as": ("Name in öffentlichen Quellen; nur bei Ideen aus der Workshopreihe.", One(DocumentedIdea)),
    "problem": ("Welches Problem die Idee angeht.", Text()),
    "approach": ("Worin die Idee besteht.", Text()),
    "steps": (f"Schritte in ihrer Reihenfolge. {SEVERAL}", Lines()),
    "success_factors": (f"Voraussetzungen. {SEVERAL}", Lines()),
    "risks": (f"Was schiefgehen kann. {SEVERAL}", Lines()),
})  # fmt: skip
EXAMPLE = columns(PracticeExample, {
    "place": ("Wo es das gibt, in den Worten der Quelle.", Line()),
    "name": ("Wie das Projekt heißt.", Line()),
    "year": ("Jahr dessen, was erzählt wird; leer, wenn die Quelle keines nennt.", Year()),
    "fact": ("Was dort geschehen ist.", Text()),
    "source": ("Adresse der Seite, die es belegt. Eine neue wird als Quelle angelegt.", One(Source)),
    "municipalities": (f"Die Orte, für die das Beispiel steht. {SEVERAL}", Many(Municipality)),
    "evidence": ("Wie gut es belegt ist. Leer: durch die Quelle.", Choice(Evidence, Evidence.SOURCE)),
})  # fmt: skip
