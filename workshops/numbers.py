"""Numbers that stay for ever: a new record gets one that no record ever had, deleted ones included."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _


def lost_numbers():
    """The table of lost numbers, looked up late because the models themselves use this module."""
    return apps.get_model("workshops", "LostNumber").objects


def highest(model):
    """The highest number a record of ``model`` has or had."""
    lost = lost_numbers().filter(kind=model._meta.model_name).values_list("number", flat=True).first()
    return max(model._base_manager.aggregate(highest=Max("number"))["highest"] or 0, lost or 0)


def next_number(model):
    """The number for a new record."""
    return highest(model) + 1


def check_never_used(model, number):
    """Refuse a number for a new record that is not above all there ever were; one in use is refused elsewhere."""
    if number and number <= highest(model) and not model._base_manager.filter(number=number).exists():
        message = _("The number %(number)s was in use and is not given again. The next free one is %(next)s.")
        raise ValidationError({"number": message % {"number": number, "next": next_number(model)}})


def check_no_gap(model, number, following=None):
    """Refuse a number beyond the next one, a slip of the keyboard: it leaves a gap or ends the numbering.

    ``following`` is the next one, where that is known already.
    """
    if number and number > (following := following or next_number(model)):
        message = _("The number %(number)s would leave a gap. The next free one is %(next)s.")
        raise ValidationError({"number": message % {"number": number, "next": following}})


def retire(model, numbers):
    """Remember the numbers of records that are about to be deleted."""
    if gone := max(numbers, default=0):
        row, _made = lost_numbers().get_or_create(kind=model._meta.model_name, defaults={"number": gone})
        lost_numbers().filter(pk=row.pk, number__lt=gone).update(number=gone)
