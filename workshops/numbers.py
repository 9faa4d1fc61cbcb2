"""Numbers that stay for ever: a new record gets one that no record ever had, deleted ones included."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from .models import LostNumber


def highest(model):
    """The highest number a record of ``model`` has or had."""
    lost = LostNumber.objects.filter(kind=model._meta.model_name).values_list("number", flat=True).first()
    return max(model._base_manager.aggregate(highest=Max("number"))["highest"] or 0, lost or 0)


def next_number(model):
    """The number for a new record."""
    return highest(model) + 1


def check_never_used(model, number):
    """Refuse a number for a new record that is not above all there ever were; one in use is refused elsewhere."""
    if number and number <= highest(model) and not model._base_manager.filter(number=number).exists():
        message = _("The number %(number)s was in use and is not given again. The next free one is %(next)s.")
        raise ValidationError({"number": message % {"number": number, "next": next_number(model)}})


def retire(model, numbers):
    """Remember the numbers of records that are about to be deleted."""
    if gone := max(numbers, default=0):
        row, _made = LostNumber.objects.get_or_create(kind=model._meta.model_name, defaults={"number": gone})
        LostNumber.objects.filter(pk=row.pk, number__lt=gone).update(number=gone)
