"""What an export answers when it cannot make the very document asked for: a wrong one would be worse than none."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .. import shortlist
from . import notes

# Parameters of the list that say nothing about which entries there are
OF_THE_PAGE = {"seite", "ansicht"}
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Problem:
    """What is wrong, and which parameter it is about."""

    parameter: str
    message: str


def in_query(filterset, parameters):
    """The :class:`Problem` records of the query of a list."""
    known = {*filterset.filters, *OF_THE_PAGE}
    problems = unknown_parameters(name for name in parameters if name not in known)
    problems += [unknown_value(name, value) for name, value in filterset.unknown if name not in OF_THE_PAGE]
    for name, errors in filterset.form.errors.items():
        problems += [Problem(name, f"{name}: {error}") for error in errors]
    return problems


def in_shortlist(chosen, parameters, with_notes):
    """The :class:`Problem` records of a shortlist that :func:`ideas.shortlist.read` made of ``parameters``."""
    name = shortlist.PARAMETER
    strange = [each for each in parameters if each != name and not (with_notes and notes.NAME.fullmatch(each))]
    if strange:
        return unknown_parameters(strange)
    if len({value for value in parameters.getlist(name) if value}) > shortlist.MOST:
        words = {"name": name, "most": shortlist.MOST}
        return [Problem(name, _("A shortlist takes at most %(most)s ideas (“%(name)s”).") % words)]
    if not chosen.ideas and not chosen.unknown:
        return [Problem(name, _("The shortlist is empty: no “%(name)s” was given.") % {"name": name})]
    return [unknown_value(name, value) for value in chosen.unknown]


def in_notes(given, chosen):
    """The :class:`Problem` records of the notes ``given`` on a shortlist."""
    numbers = {idea.number for idea in chosen.ideas}
    problems = []
    for number, note in given.items():
        words = {"number": number, "most": notes.LONGEST}
        if number not in numbers:
            message = _("There is a note on idea %(number)s, which is not on the shortlist.")
        elif len(note) > notes.LONGEST:
            message = _("The note on idea %(number)s is longer than %(most)s characters.")
        else:
            continue
        problems.append(Problem(f"notiz-{number}", message % words))
    return problems


def unknown_parameters(names):
    """Parameters that do not exist: they may be misspelt, and the document would hold something else."""
    shown = [Truncator(name).chars(LONGEST_SHOWN) for name in names]
    return [Problem(name, _("There is no parameter “%(name)s”.") % {"name": name}) for name in shown]


def unknown_value(name, value):
    """A value that a parameter does not have."""
    words = {"name": name, "value": Truncator(value).chars(LONGEST_SHOWN)}
    return Problem(name, _("There is no value “%(value)s” for “%(name)s”.") % words)


def too_many(count, most):
    """More entries than a document takes."""
    words = {"count": count, "most": most}
    return Problem("", _("A document takes up to %(most)s ideas. This selection has %(count)s.") % words)


def too_large():
    """More bytes than any shortlist with notes can be."""
    return Problem("", _("The notes are too long to be taken along."))


def answer(request, chosen_format, problems, **context):
    """The answer 400 that names every problem: JSON where JSON was asked for, else a page."""
    if chosen_format.name == "json":
        errors = [{"parameter": each.parameter, "message": each.message} for each in problems]
        response = JsonResponse({"errors": errors}, status=400, json_dumps_params={"ensure_ascii": False})
    else:
        response = render(request, "ideas/export_refused.html", {"problems": problems, **context}, status=400)
    response["X-Robots-Tag"] = "noindex"
    return response
