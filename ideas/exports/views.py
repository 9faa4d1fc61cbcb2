"""The addresses of files to take along."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..citation import bibtex
from ..models import Idea
from ..views import former_idea


@require_safe
def citation(request, number, slug):
    """The citation of an entry as file for a bibliography."""
    idea = Idea.objects.published().filter(number=number).first()
    if idea is None or slug != idea.slug:
        return present_address(request, idea, number)
    entry = bibtex(idea, request.build_absolute_uri(idea.permanent_path()))
    response = HttpResponse(entry, content_type="application/x-bibtex; charset=utf-8")
    return as_file(response, f"wissenskompendium-idee-{number:03}.bib")


def present_address(request, idea, number, **kwargs):
    """Leads to the same file of an entry with another slug, or of the one it was merged into; else 410 or 404."""
    if idea is None:
        archived = Idea.objects.archived().select_related("merged_into").filter(number=number).first()
        idea = archived and archived.successor()
    if idea is None:
        return former_idea(request, number)
    names = {"number": idea.number, "slug": idea.slug, **kwargs}
    return redirect(reverse(f"ideas:{request.resolver_match.url_name}", kwargs=names), permanent=True)


def as_file(response, name):
    """``response`` as a file called ``name`` that search engines leave alone."""
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Robots-Tag"] = "noindex"
    return response
