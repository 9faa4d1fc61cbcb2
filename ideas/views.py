"""The pages of ideas, topics and places."""

from dataclasses import asdict
from functools import wraps

from django.http import Http404, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from workshops.models import Workshop

from . import compare, facets, fit, matrix, searches, shortlist
from . import map as places_map
from .citation import citations
from .filters import IdeaFilter
from .models import Idea, Topic
from .paging import paged
from .questions import questions
from .search.relations import similar
from .search.suggestions import suggestions
from .street import quarters
from .vocabularies import Origin
from .walk import walk
from .ways_out import ways_out

SUGGESTIONS_KEPT = 120  # seconds in the cache of a browser


def drops_empty(view):
    """Lead an address with empty parameters, as forms make them, to the one without."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if any(not value for _name, values in request.GET.lists() for value in values):
            return redirect(address(request.path, without_empty(request.GET)))
        return view(request, *args, **kwargs)

    return wrapped


@require_safe
@drops_empty
def idea_list(request):
    """The ideas that fit the query, a page at a time."""
    filterset = IdeaFilter(request.GET, Idea.objects.published(), carried=shortlist.carried(request.GET))
    hits = paged(filterset.qs, request.GET.get("seite", ""), filterset.first)
    number = hits.page.number
    context = {
        "section": "ideas",
        "own_search": True,
        "filterset": filterset,
        "carried": filterset.carried,
        "facets": facets.build(filterset),
        "hits": hits,
        "quarters": quarters(),
        "found": set(filterset.qs.values_list("number", flat=True)),
        "canonical_path": address(
            request.path, filterset.query(seite=number if number > 1 and not filterset.as_matrix else "")
        ),
        "indexed": not (filterset.unknown or filterset.form.errors or hits.notice) and hits.page.paginator.count,
    }
    if not hits.page.paginator.count:
        context["ways_out"] = ways_out(filterset)
    if filterset.as_matrix:
        context["matrix"] = matrix.build(filterset.qs.for_street(), filterset)
    return searches.count_after(render(request, "ideas/idea_list.html", context), request, filterset)


@require_safe
@cache_control(public=True, max_age=SUGGESTIONS_KEPT)
def suggestion_list(request):
    """What the search in ``q`` may become, and a sentence that says how many these are, for screen readers."""
    found = suggestions(request.GET.get("q", ""))
    said = ngettext("{number} suggestion", "{number} suggestions", len(found)).format(number=len(found))
    return JsonResponse({"suggestions": [asdict(each) for each in found], "said": said})


@require_safe
def idea_detail(request, number, slug=""):
    """One idea. The number decides; any other slug leads to the present one."""
    idea = Idea.objects.published().for_page().filter(number=number).first()
    if idea is None:
        return former_idea(request, number)
    if slug != idea.slug:
        return redirect(address(idea.get_absolute_url(), request.GET.urlencode()), permanent=True)
    found = walk(request.GET, idea)
    sizes = request.GET.getlist("groesse")
    permalink = request.build_absolute_uri(idea.permanent_path())
    context = {
        "section": "ideas",
        "idea": idea,
        "examples": sorted(idea.examples.all(), key=lambda example: not example.is_from(sizes)),
        "origin": Origin(idea.origin),
        "meanings": idea.meanings(),
        "permalink": permalink,
        "citations": citations(idea, permalink),
        "walk": found,
        "carried": shortlist.carried(request.GET),
        "previous": found.previous if found else Idea.objects.published().before(idea),
        "next": found.next if found else Idea.objects.published().after(idea),
        "related": similar(idea),
    }
    return render(request, "ideas/idea_detail.html", context)


def former_idea(request, number):
    """What answers at the number of an idea that is not public: its successor, 410 with the reason, or 404."""
    idea = Idea.objects.archived().select_related("merged_into").filter(number=number).first()
    if idea is None:
        raise Http404
    if successor := idea.successor():
        return redirect(successor, permanent=True)
    return render(request, "ideas/idea_gone.html", {"section": "ideas", "idea": idea}, status=410)


@require_safe
def comparison(request):
    """Two to four ideas side by side; with fewer, how to get there."""
    listed = shortlist.read(request.GET, Idea.objects.published().for_page())
    ideas = listed.ideas[: compare.MOST]
    numbers = [idea.number for idea in ideas]
    context = {
        "section": "shortlist",
        "listed": listed,
        "ideas": ideas,
        "columns": [(idea, shortlist.without("ideas:compare", numbers, idea.number)) for idea in ideas],
        "left_out": listed.ideas[compare.MOST :],
        "rows": compare.rows(ideas) if len(ideas) >= compare.FEWEST else [],
        "canonical_path": shortlist.address("ideas:compare", numbers),
    }
    return render(request, "ideas/compare.html", context)


@require_safe
def shortlist_page(request):
    """The ideas a visitor has noted. The address is the list: nothing is stored."""
    listed = shortlist.read(request.GET, Idea.objects.published().for_card())
    here = shortlist.address("ideas:shortlist", listed.numbers)
    link = request.build_absolute_uri(here)
    context = {
        "section": "shortlist",
        "listed": listed,
        "lines": shortlist.lines(listed.ideas),
        "link": link,
        "qr_code": shortlist.qr_code(link),
        "canonical_path": here,
    }
    return render(request, "ideas/shortlist.html", context)


@require_safe
@drops_empty
def fit_page(request):
    """What fits us? Five questions, and a ranking with reasons as soon as one is answered."""
    filterset = IdeaFilter(request.GET, Idea.objects.published())
    query = urlencode({key: filterset.chosen[key] for key in fit.QUESTIONS if key in filterset.chosen}, doseq=True)
    context = {
        "section": "fit",
        "filterset": filterset,
        "questions": questions(filterset),
        "fit": fit.fit(filterset),
        "canonical_path": address(request.path, query),
    }
    return render(request, "ideas/fit.html", context)


@require_safe
def topic_list(request):
    """All topics with the number of their ideas."""
    context = {"section": "ideas", "topics": Topic.objects.with_published_count()}
    return render(request, "ideas/topic_list.html", context)


@require_safe
def topic_detail(request, slug):
    """One topic with all its ideas. A former slug, also of a topic merged into it, leads to the present one."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        topic = get_object_or_404(Topic, former__slug=slug)
        return redirect(address(topic.get_absolute_url(), request.GET.urlencode()), permanent=True)
    ideas = topic.ideas.published().for_card().order_by("number")
    return render(request, "ideas/topic_detail.html", {"section": "ideas", "topic": topic, "ideas": ideas})


@require_safe
@drops_empty
def place_map(request):
    """The map: where the ideas that fit the query have been done."""
    wanted = request.GET.copy()
    for name in ("sortierung", "ansicht"):  # of the list; they decide nothing about which ideas
        wanted.pop(name, None)
    filterset = IdeaFilter(wanted, Idea.objects.published(), page="ideas:map")
    others = QueryDict(filterset.query(workshop=""))
    shown = places_map.places(filterset.qs)
    marks = places_map.marks(shown)
    context = {
        "section": "map",
        "filterset": filterset,
        "workshops": Workshop.objects.all(),
        "chosen": filterset.chosen.get("workshop", []),
        "others": [(name, value) for name, values in others.lists() for value in values],
        "marks": marks,
        "crowds": sorted((mark for mark in marks if not mark.single), key=lambda mark: mark.chief.sort_key),
        "states": places_map.by_state(shown),
        "place_count": sum(bool(place.ideas) and not place.is_region for place in shown),
        "canonical_path": filterset.address(),
    }
    if filterset.chosen:
        context |= {"idea_count": filterset.qs.count(), "facets": facets.build(filterset)}
    return render(request, "ideas/map.html", context)


def address(path, query):
    """A path with a query string, or without if that is empty."""
    return f"{path}?{query}" if query else path


def without_empty(parameters):
    """The query string of ``parameters`` without empty values."""
    kept = parameters.copy()
    for name, values in parameters.lists():
        kept.setlist(name, [value for value in values if value])
    return kept.urlencode()
