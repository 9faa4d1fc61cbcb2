"""The page of a draft or a pending revision as the public would see it, for the desk only."""

import copy
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from workshops.admin.history import found, page_context

from .. import revisions
from ..content import shown, snapshot
from ..models import Idea
from ..views import idea_detail
from .sitting import Sitting


def preview_page(model_admin, request, pk):
    """The public page of what the form holds (POST) or of the saved working copy (GET)."""
    idea = found(model_admin, request, str(pk))
    if request.method == "POST":
        if not model_admin.has_change_permission(request, idea):
            raise PermissionDenied
        sitting = request.sitting = Sitting.begin(idea)
        response = model_admin.run_form(request, str(pk))
        if sitting.entered is None:
            context = page_context(model_admin, request, idea, _("Preview: %s") % idea)
            context["mistakes"] = response.context_data["mistakes"]
            return render(request, "admin/ideas/idea/preview_refused.html", context)
        return as_public(request, idea, sitting.entered)
    pending = revisions.pending(idea)
    return as_public(request, idea, pending.content if pending else snapshot(idea))


def as_public(request, idea, content):
    """What the public page would be if the entry said ``content``: it does, for this moment, and is asked."""
    now = timezone.now()
    with shown(Idea.objects.get(pk=idea.pk), content), translation.override("de"):
        Idea.objects.filter(pk=idea.pk).update(
            status=Idea.Status.PUBLISHED,
            published_at=min(idea.published_at or now, now),
            version_date=idea.version_date or timezone.localdate(),
            merged_into=None,
        )
        entry = Idea.objects.get(pk=idea.pk)
        visit = copy.copy(request)
        visit.method, visit.GET, visit.path = "GET", QueryDict(), entry.get_absolute_url()
        visit.preview_of = idea
        response = idea_detail(visit, entry.number, entry.slug)
    if response.status_code != HTTPStatus.OK:
        raise Http404
    response["X-Robots-Tag"] = "noindex"
    return response
