"""The legend of the façades: what each part of a house stands for."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from . import facade
from .vocabularies import Cost, Effort, Horizon, Maturity, Origin, Phase

PLAIN = facade.Front(
    number=1,
    workshop=facade.GABLE,
    horizon=Horizon.MEDIUM,
    effort=Effort.MEDIUM,
    cost=Cost.MEDIUM,
    examples=1,
    phase=Phase.OFFER,
    maturity=Maturity.PROVEN,
    origin=Origin.EDITORIAL,
)


@dataclass(frozen=True)
class Row:
    """A line of the legend: what is drawn, what it means, and houses in which only this varies."""

    name: str
    text: str
    pictures: list


def row(name, text, *variants):
    """A line of the legend; each variant changes some data of a plain house."""
    return Row(name, text, [facade.street(replace(PLAIN, **variant)) for variant in variants])


def legend():
    """The lines of the legend."""
    roofs = zip((facade.GABLE, facade.SAW_TOOTH, facade.MAST), Horizon, strict=True)
    return [
        row(
            _("Roof"),
            _(
                "Gable for Revitalisierung, saw-tooth for Relokalisierung, flat with a mast for Digitalisierung. "
                "The higher the roof, the longer it takes to work."
            ),
            *({"workshop": workshop, "horizon": horizon} for workshop, horizon in roofs),
        ),
        row(
            _("Size"),
            _("The storeys stand for the effort, the width for the cost: low, medium, high."),
            *({"effort": effort, "cost": cost} for effort, cost in zip(Effort, Cost, strict=True)),
        ),
        row(
            _("Shop window"),
            _(
                "The phase of the visit: a disc for Impulse, lines for Information, an arch for Visit, "
                "goods for Offer, rings for Loyalty."
            ),
            *({"phase": phase} for phase in Phase),
        ),
        row(
            _("Awning or scaffold"),
            _("The awning is out when the idea is proven. A pilot still has its scaffold."),
            {"maturity": Maturity.PROVEN},
            {"maturity": Maturity.PILOT},
        ),
        row(
            _("Light"),
            _("Each lit window is a documented example from a town."),
            *({"examples": examples} for examples in (1, 2, 3)),
        ),
        row(
            _("Flag"),
            _("Public sources of the workshop series name this idea. All others were chosen by the editors."),
            {"origin": Origin.WORKSHOP},
            {"origin": Origin.WORKSHOP, "workshop": facade.MAST},
        ),
    ]
