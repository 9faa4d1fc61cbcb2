"""The addresses of files to take along: the list, a shortlist, one entry."""

from itertools import islice

from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .. import shortlist
from ..citation import bibtex
from ..filters import IdeaFilter
from ..models import Idea
from ..views import address, former_idea
from . import notes, refusals, selection
from .fields import dictionary
from .formats import FORMATS

READ_AT_ONCE = 200
SENT_AT_ONCE = 20


@require_safe
def of_list(request, format):
    """The ideas of the list with this query, all pages, in its order."""
    chosen_format = known_format(format)
    with override("de"):  # also the names of the filters
        filterset = IdeaFilter(request.GET, Idea.objects.published())
        filterset.form.is_valid()
    if problems := refusals.in_query(filterset, request.GET):
        return refusals.answer(request, chosen_format, problems)
    chosen = selection.of_list(filterset, request.build_absolute_uri)
    return export(request, chosen_format, filterset.qs.for_page().iterator(READ_AT_ONCE), chosen)


# Without a token: the request changes nothing, and a token would need the cookie that visitors are spared.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def of_shortlist(request, format):
    """The ideas of a shortlist in its order. A POST brings the visitor's notes along, which are stored nowhere."""
    chosen_format = known_format(format)
    posted = request.method == "POST"
    if posted and notes.too_large(request):
        return refusals.answer(request, chosen_format, [refusals.too_large()])
    parameters = request.POST if posted else request.GET
    given = notes.read(parameters) if posted else {}
    found = shortlist.read(parameters, Idea.objects.published().for_page())
    problems = refusals.in_shortlist(found, parameters, with_notes=posted)
    if problems := problems or refusals.in_notes(given, found):
        return refusals.answer(request, chosen_format, problems)
    chosen = selection.of_shortlist(found.ideas, request.build_absolute_uri, given)
    response = export(request, chosen_format, found.ideas, chosen)
    if posted:
        response["Cache-Control"] = "no-store"
    return response


@require_safe
def of_idea(request, number, slug, format):
    """One entry."""
    chosen_format = known_format(format)
    idea = Idea.objects.published().for_page().filter(number=number).first()
    if idea is None or slug != idea.slug:
        return present_address(request, idea, number, format=format)
    return export(request, chosen_format, [idea], selection.of_idea(idea, request.build_absolute_uri))


@require_safe
def fields(request):
    """The data dictionary of all tables."""
    response = JsonResponse({"fields": dictionary()}, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def citation(request, number, slug):
    """The citation of an entry as file for a bibliography."""
    idea = Idea.objects.published().filter(number=number).first()
    if idea is None or slug != idea.slug:
        return present_address(request, idea, number)
    entry = bibtex(idea, request.build_absolute_uri(idea.permanent_path()))
    response = HttpResponse(entry, content_type="application/x-bibtex; charset=utf-8")
    return as_file(response, f"wissenskompendium-idee-{number:03}.bib")


def known_format(name):
    """The format of that name; 404 if there is none."""
    if name not in FORMATS:
        raise Http404
    return FORMATS[name]


def present_address(request, idea, number, **kwargs):
    """Leads to the same file of an entry with another slug, or of the one it was merged into; else 410 or 404."""
    if idea is None:
        archived = Idea.objects.archived().select_related("merged_into").filter(number=number).first()
        idea = archived and archived.successor()
    if idea is None:
        return former_idea(request, number)
    names = {"number": idea.number, "slug": idea.slug, **kwargs}
    return redirect(reverse(f"ideas:{request.resolver_match.url_name}", kwargs=names), permanent=True)


def export(request, chosen_format, ideas, chosen):
    """The file with ``ideas``, read with ``for_page()``; a page if the format does not take so many."""
    if chosen_format.most and chosen.count > chosen_format.most:
        problem = refusals.too_many(chosen.count, chosen_format.most)
        narrow = address(reverse("ideas:list"), chosen.query)
        return refusals.answer(request, chosen_format, [problem], narrow=narrow)
    with override("de"):
        made = chosen_format.render(ideas, selection=chosen, address=request.build_absolute_uri)
    if isinstance(made, bytes):
        response = HttpResponse(made)
    elif hasattr(made, "read"):
        response = FileResponse(made)
    else:
        response = StreamingHttpResponse(german_pieces(made))
    response["Content-Type"] = chosen_format.content_type
    if chosen_format.columns:
        dictionary_address = request.build_absolute_uri(reverse("ideas:export_fields"))
        response["Link"] = f'<{dictionary_address}>; rel="describedby"; type="application/json"'
    return as_file(response, chosen.file_name(chosen_format.name))


def german_pieces(made):
    """The pieces of a file, several at once. Each is made in German, whatever the thread does in between."""
    made = iter(made)
    while True:
        with override("de"):
            piece = b"".join(islice(made, SENT_AT_ONCE))
        if not piece:
            return
        yield piece


def as_file(response, name):
    """``response`` as a file called ``name`` that search engines leave alone."""
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Robots-Tag"] = "noindex"
    return response
