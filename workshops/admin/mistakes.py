"""What is wrong in a form of the desk, in one list: each field by its name, with the way to it."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst


@dataclass(frozen=True)
class Mistake:
    """A sentence about a form: which field or record within it is meant, and the id of that on the page.

    Without a name it is about the form as a whole.
    """

    sentence: str
    name: str = ""
    anchor: str = ""


def mistakes(form, formsets):
    """All that is wrong in ``form`` and the ``formsets`` below it; what is about the whole form comes first."""
    found = in_form(form)
    for formset in formsets:
        kind = formset.model._meta
        found += [
            Mistake(sentence, capfirst(str(kind.verbose_name_plural)), f"{formset.prefix}-group")
            for sentence in formset.non_form_errors()
        ]
        for number, each in enumerate(formset.forms, 1):
            if not each.cleaned_data.get("DELETE"):
                found += in_form(each, f"{capfirst(str(kind.verbose_name))} {number}", each.prefix)
    return sorted(found, key=lambda each: bool(each.name))


def in_form(form, record="", anchor=""):
    """What is wrong in one form: that of the page, or that of a ``record`` below it."""
    found = []
    for name, sentences in form.errors.items():
        if name == NON_FIELD_ERRORS:
            place = record, anchor
        else:
            label = capfirst(str(form[name].label))
            place = f"{record}: {label}" if record else label, form[name].auto_id
        found += [Mistake(sentence, *place) for sentence in sentences]
    return found
