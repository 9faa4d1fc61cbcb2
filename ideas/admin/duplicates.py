"""Entries that look alike: a warning when one is saved, a look while writing, and the list of all pairs."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from workshops.admin.history import found, page_context

from .. import duplicates, revisions
from ..models import DistinctPair, Idea
from . import merge_ideas
from .sitting import Sitting

PER_PAGE = 100
PAIR, LONGEST_KEY = ("one", "other"), 18


def warn(model_admin, request, idea, content=None):
    """Tell who has saved an entry what looks very much like it."""
    near = duplicates.like(idea, content)
    if not near:
        return
    links = format_html_join(", ", '<a href="{}">{}</a> ({} %)', (
        (beside(model_admin, request, other, idea), other, round(100 * score)) for other, score in near
    ))  # fmt: skip
    words = _("Saved all the same, but please check whether this is a duplicate. Very similar:")
    messages.warning(request, format_html("{} {}", words, links))


def beside(model_admin, request, other, idea):
    """Where one sees an entry: beside the one it resembles, if one may merge them."""
    if model_admin.has_publish_permission(request):
        return merge_ideas.address(other.number, idea.number)
    return reverse("admin:ideas_idea_change", args=[other.pk])


def similar_page(model_admin, request, pk):
    """What looks like the entry as the form holds it (POST) or as it is saved (GET)."""
    idea = found(model_admin, request, str(pk))
    content, refused = None, []
    if request.method == "POST":
        if not model_admin.has_change_permission(request, idea):
            raise PermissionDenied
        sitting = request.sitting = Sitting.begin(idea)
        response = model_admin.run_form(request, str(pk))
        content = sitting.entered
        refused = [] if content else response.context_data["mistakes"]
    elif pending := revisions.pending(idea):
        content = pending.content
    near = [] if refused else duplicates.like(idea, content)
    context = page_context(model_admin, request, idea, _("Similar entries: %s") % idea) | {
        "refused": refused,
        "near": [(other, round(100 * score), beside(model_admin, request, other, idea)) for other, score in near],
    }
    return render(request, "admin/ideas/idea/similar.html", context)


def page(model_admin, request):
    """All pairs that look alike (GET); one of them is dismissed, or looked at again (POST)."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return decide(model_admin, request)
    rows = Paginator(duplicates.pairs(), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Possible duplicates"),
        "module_name": capfirst(str(model_admin.opts.verbose_name_plural)),
        "rows": rows,
        "pairs": [
            (pair, round(100 * pair.score), merge_ideas.address(pair.one.number, pair.other.number))
            for pair in duplicates.in_words(list(rows))
        ],
        "dismissed": DistinctPair.objects.select_related("one", "other").order_by("-at")[:PER_PAGE],
        "may_decide": model_admin.has_change_permission(request),
        "may_merge": model_admin.has_publish_permission(request),
    }
    return render(request, "admin/ideas/duplicates.html", context)


def decide(model_admin, request):
    """Dismiss a pair, or take that back."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    keys = {value for name in PAIR if (value := request.POST.get(name, "")[:LONGEST_KEY]).isdecimal()}
    ideas = list(Idea.objects.filter(pk__in=keys))
    if len(ideas) != len(PAIR):
        messages.warning(request, _("One of them is no longer there. Please choose again."))
    elif "doubt" in request.POST:
        duplicates.doubt(*ideas)
        messages.success(request, _("The two stand in the list again if they are still alike."))
    else:
        duplicates.dismiss(*ideas, by=request.user)
        messages.success(request, _("Remembered: these two are no duplicates."))
    return redirect(request.get_full_path())
