"""The columns of ideas and their practice examples, and how each field stands in its cell.

Cells speak as editors do: vocabularies by their German names (a slug is understood as well), workshops by title,
sources by address. ``cell`` of what ``read`` gives is the cell again.
"""

from collections import Counter

from django.utils.translation import gettext as _

from workshops.models import Evidence, Municipality, Source, Workshop
from workshops.tables import Column
from workshops.tables.cells import join, split, text_cell, whole_number

from ..models import Actor, CitySize, DocumentedIdea, Topic
from ..vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

SEVERAL = "Mehrere stehen in einer Zelle, getrennt durch |."
OPTIONAL = "Leer, wenn nicht eingeschätzt."


class Text:
    """A text as it is."""

    def cell(self, value, names):
        return text_cell(value)

    def read(self, cell, names):
        return cell.strip()


class Lines(Text):
    """Several texts, one per line in the database."""

    def cell(self, value, names):
        return join(line.strip() for line in value.splitlines() if line.strip())

    def read(self, cell, names):
        return "\n".join(" ".join(text.split()) for text in split(cell))


class Year(Text):
    """A whole number or nothing."""

    def read(self, cell, names):
        return whole_number(cell.strip())


class Choice(Text):
    """A value of a fixed vocabulary; ``blank`` is what an empty cell means."""

    def __init__(self, vocabulary, blank=""):
        self.vocabulary, self.blank = vocabulary, blank

    def cell(self, value, names):
        return str(self.vocabulary(value).label) if value else ""

    def read(self, cell, names):
        if not cell.strip():
            return self.blank
        known = {str(member.label).casefold(): member.value for member in self.vocabulary}
        known |= {value: value for value in self.vocabulary.values}
        try:
            return known[cell.strip().casefold()]
        except KeyError:
            values = ", ".join(str(member.label) for member in self.vocabulary)
            words = {"value": cell.strip()[:50], "values": values}
            raise ValueError(_("“%(value)s” is not one of: %(values)s.") % words) from None


class One(Text):
    """A record of ``model``, known by its name."""

    def __init__(self, model):
        self.model = model

    def cell(self, value, names):
        return names.name(self.model, value) if value else ""

    def read(self, cell, names):
        return names.key(self.model, cell.strip()) if cell.strip() else None


class Many(One):
    """Several records of ``model``."""

    def cell(self, value, names):
        return join(names.name(self.model, key) for key in value)

    def read(self, cell, names):
        return sorted({names.key(self.model, name) for name in split(cell)})


def folded(model, name):
    """A name as it is looked for: capitals say nothing, except in addresses."""
    return name if model is Source else name.casefold()


class Names:
    """The records cells can name, each model read once. An address that is no source yet becomes one."""

    LABELS = {Workshop: "title", DocumentedIdea: "title", Source: "url"}

    def __init__(self):
        self.names, self.keys = {}, {}

    def load(self, model):
        """Read the names of ``model``. A name that two records share gives way to the slug."""
        if model in self.names:
            return
        label = self.LABELS.get(model, "name")
        slug = label if model is Source else "slug"
        rows = list(model.objects.order_by("pk").values_list("pk", slug, label))
        taken = Counter(folded(model, text) for _key, _slug, text in rows)
        self.names[model] = {key: text if taken[folded(model, text)] == 1 else short for key, short, text in rows}
        self.keys[model] = {folded(model, short): key for key, short, _text in rows}
        self.keys[model] |= {folded(model, name): key for key, name in self.names[model].items()}

    def name(self, model, key):
        """How cells call the record."""
        self.load(model)
        return text_cell(self.names[model].get(key, ""))

    def key(self, model, name):
        """The key of the record with this name. Raises ValueError with a message if there is none."""
        self.load(model)
        found = self.keys[model].get(folded(model, name))
        if found is None and model is Source:
            return self.new_source(name)
        if found is None:
            kind = model._meta.verbose_name
            raise ValueError(_("There is no %(kind)s “%(name)s”.") % {"kind": kind, "name": name[:50]})
        return found

    def new_source(self, url):
        """A source for an address that none has yet."""
        source = Source(url=url)
        source.full_clean()
        source.save()
        self.names[Source][source.pk] = url
        self.keys[Source][url] = source.pk
        return source.pk


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
