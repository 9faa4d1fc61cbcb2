"""Dates of which only the year or the month may be known."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How much of a date is known."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


FORMATS = {Precision.YEAR: "Y", Precision.MONTH: "F Y", Precision.DAY: "j. F Y"}
FORMATS_EN = {**FORMATS, Precision.DAY: "j F Y"}


def parse_partial(text):
    """Read ``2021``, ``2021-07`` or ``2021-07-12`` (ISO 8601) as a date and its precision.

    The date is the first day of the known period. Raises ``ValueError`` for anything else.
    """
    for precision, pattern, length in (
        (Precision.DAY, "%Y-%m-%d", 10),
        (Precision.MONTH, "%Y-%m", 7),
        (Precision.YEAR, "%Y", 4),
    ):
        if len(text) == length:
            return datetime.datetime.strptime(text, pattern).date(), precision  # noqa: DTZ007 (a date has no zone)
    raise ValueError(f"{text!r} is no date like 2021, 2021-07 or 2021-07-12")


def format_partial(date, precision, language="de"):
    """The date in words, with no more than is known: «12. Juli 2021», «Juli 2021» or «2021»."""
    if not date:
        return ""
    pattern = (FORMATS if language == "de" else FORMATS_EN)[Precision(precision)]
    return formats.date_format(date, pattern)


def moment(at):
    """A moment as one says it in a sentence: «3. Dezember 2026 um 9 Uhr»."""
    at = timezone.localtime(at)
    time = formats.date_format(at, "G:i")
    if get_language() == "de":
        time = time.removesuffix(":00")
    return gettext("%(day)s at %(time)s") % {"day": formats.date_format(at, "DATE_FORMAT"), "time": time}


def precision_constraint(date_field, precision_field, name):
    """The database rule that a date has a precision and a precision has a date."""
    return models.CheckConstraint(
        condition=Q(**{f"{date_field}__isnull": True, precision_field: ""})
        | Q(**{f"{date_field}__isnull": False, f"{precision_field}__in": Precision.values}),
        name=name,
        violation_error_message=_("Give a date together with its precision, or leave both empty."),
    )
