"""The fixed vocabularies of an idea: known values, what they mean and their names.

The values are the facet values in addresses and never shown. Effort, cost, horizon and maturity are relative
editorial estimates; no amount is attached beyond the words here. Topics, actors and city sizes are tables.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Vocabulary(models.TextChoices):
    """Base of the fixed vocabularies. A member is written as value, meaning, name."""

    def __new__(cls, value, meaning):
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class Phase(Vocabulary):
    """The phase of a visit to the city centre an idea works on, after the guide on the workshop results."""

    IMPULSE = "impuls", _("The reason to go to the city centre"), _("Impulse")
    INFORMATION = "information", _("Looking for information before the visit"), _("Information")
    VISIT = "besuch", _("Arriving and spending time there"), _("Visit")
    OFFER = "angebot", _("What is offered on the spot"), _("Offer")
    LOYALTY = "bindung", _("Coming back and feeling attached to the place"), _("Loyalty")


class Effort(Vocabulary):
    """How much work an idea makes."""

    LOW = "gering", _("Can be done beside the daily business, few people involved."), _("low")
    MEDIUM = "mittel", _("Needs one person in charge with fixed hours, and several partners."), _("medium")
    HIGH = "hoch", _("Needs a project team, decisions and staying power."), _("high")


class Cost(Vocabulary):
    """How much money an idea needs."""

    LOW = "gering", _("As a rule affordable from current funds or with sponsors."), _("low")
    MEDIUM = "mittel", _("Needs a budget of its own or funding."), _("medium")
    HIGH = "hoch", _("Needs an investment or lasting finance, mostly with funding."), _("high")


class Horizon(Vocabulary):
    """How long it takes until an idea shows a first effect."""

    SHORT = "kurzfristig", _("First effect in less than six months."), _("short term")
    MEDIUM = "mittelfristig", _("First effect in six to 24 months."), _("medium term")
    LONG = "langfristig", _("First effect after more than 24 months."), _("long term")


class Maturity(Vocabulary):
    """How well an idea is proven."""

    IDEA = "idee", _("No documented example yet."), _("Idea")
    PILOT = "pilot", _("Single trials are documented."), _("Pilot")
    PROVEN = "erprobt", _("Documented examples from practice."), _("Proven")


class Origin(Vocabulary):
    """Where an entry comes from."""

    WORKSHOP = (
        "workshop",
        _(
            "Public sources name this idea as a result of the workshop series; "
            "description and examples are editorial."
        ),
        _("From the workshop series"),
    )
    EDITORIAL = "redaktion", _("Compiled by the editors from documented examples."), _("Editorial")
