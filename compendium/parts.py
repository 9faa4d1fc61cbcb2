"""The page of all interface parts in all their states, drawn by the templates of the site from its own data."""

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ideas import facets, matrix
from ideas.filters import IdeaFilter
from ideas.models import Idea
from ideas.paging import Paged
from ideas.questions import questions
from ideas.street import quarters
from ideas.vocabularies import Origin
from workshops.models import Event, Milestone, Workshop
from workshops.querysets import cited

from .start import spread

# One facet with a choice, one value nobody knows
SELECTION = "q=Laden&kosten=gering&aufwand=unfug"


class ContactForm(forms.Form):
    """A form with an error and a field that is right, to show both."""

    name = forms.CharField(label=_("Name"), help_text=_("As it shall be shown."))
    email = forms.EmailField(label=_("E-mail"))


def parts_page():
    """The context of the page of parts."""
    published = Idea.objects.published()
    filterset = IdeaFilter(QueryDict(SELECTION), published)
    idea = published.for_page().order_by("number").first()
    street = quarters()
    form = ContactForm({"name": "Stadtmarketing", "email": "post@"})
    form.is_valid()
    return {
        "section": "parts",
        "idea": idea,
        "card": published.for_card().order_by("number").first(),
        "examples": list(idea.examples.all()) if idea else [],
        "origin": Origin(idea.origin) if idea else None,
        "meanings": idea.meanings() if idea else {},
        "workshops": Workshop.objects.all(),
        "quarters": street,
        "found": set(filterset.qs.values_list("number", flat=True)),
        "spread": spread(street),
        "filterset": filterset,
        "facets": facets.build(filterset),
        "questions": questions(filterset),
        "hits": Paged(Paginator(range(100), 20).page(2), _("This page does not exist. You see the last page.")),
        "matrix": matrix.build(published.for_street(), filterset),
        "event": cited(Event.objects.all()).first(),
        "milestones": cited(Milestone.objects.all()),
        "form": form,
    }
