"""The five questions of «What fits us?» with their possible answers, as the page shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .filters import WITHOUT
from .models import CitySize
from .vocabularies import Cost, Horizon


@dataclass(frozen=True)
class Option:
    """A possible answer: its value in the address, its words, a note below, and whether it is given."""

    value: str
    label: str
    note: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """A question; ``single`` ones take one answer, or none."""

    key: str
    title: str
    hint: str
    options: list
    single: bool

    @property
    def answered(self):
        """Whether any answer is given."""
        return any(option.chosen for option in self.options)


def questions(filterset):
    """The questions, with the answers in the address of ``filterset`` marked."""
    sizes = [
        Option(size.slug, str(size), size.text, size.slug in filterset.chosen.get("groesse", [])[:1])
        for size in CitySize.objects.all()
    ]
    budgets = {
        Cost.LOW: _("no budget of our own"),
        Cost.MEDIUM: _("a limited budget or funding"),
        Cost.HIGH: _("investments are possible"),
    }
    times = {
        Horizon.SHORT: _("within six months"),
        Horizon.MEDIUM: _("within two years"),
        Horizon.LONG: _("it may take longer"),
    }
    several = _("Several answers are possible.")
    cheaper, quicker = _("What costs less is included."), _("What works sooner is included.")
    costs, horizons = steps(filterset, "kosten", budgets), steps(filterset, "horizont", times)
    return [
        Question("groesse", _("How big is your town?"), "", sizes, single=True),
        Question("thema", _("What is the main problem?"), several, terms(filterset, "thema"), single=False),
        Question("akteur", _("Who would do it?"), several, terms(filterset, "akteur"), single=False),
        Question("kosten", _("What may it cost?"), cheaper, costs, single=True),
        Question("horizont", _("When shall one see something?"), quicker, horizons, single=True),
    ]


def terms(filterset, key):
    """The values of a facet as answers."""
    choices = filterset.form[key].field.choices
    chosen = filterset.chosen.get(key, [])
    return [Option(value, str(name), "", value in chosen) for value, name in choices if value != WITHOUT]


def steps(filterset, key, words):
    """The steps of a vocabulary as upper limits; of several in the address the highest counts."""
    given = [step for step in words if step.value in filterset.chosen.get(key, [])]
    return [Option(step.value, label, step.meaning, step in given[-1:]) for step, label in words.items()]
