"""The page of a draft or a pending revision as the public would see it, for the desk only."""

import copy
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.formsets import all_valid
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from workshops.admin.history import found, page_context
from workshops.admin.mistakes import mistakes

from .. import revisions
from ..content import shown, snapshot
from ..models import Idea
from ..views import idea_detail
from .forms import entered
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
            return refused(request, context, response.context_data["mistakes"])
        return as_public(request, idea, sitting.entered)
    pending = revisions.pending(idea)
    return as_public(request, idea, pending.content if pending else snapshot(idea))


def new_preview_page(model_admin, request):
    """The public page of what the form of a new entry holds: it is there for this moment only."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(reverse("admin:ideas_idea_add"))
    form = model_admin.get_form(request)(request.POST, instance=Idea())
    formsets = [
        formset(**model_admin.get_formset_kwargs(request, form.instance, inline, formset.get_default_prefix()))
        for formset, inline in model_admin.get_formsets_with_inlines(request)
    ]
    # Both are asked: the list of mistakes names all of them.
    if not all([form.is_valid(), all_valid(formsets)]):
        context = {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": _("Preview of a new entry"),
            "module_name": capfirst(str(model_admin.opts.verbose_name_plural)),
        }
        return refused(request, context, mistakes(form, formsets))
    with transaction.atomic():
        form.instance.save()
        response = as_public(request, form.instance, entered(form, formsets), is_new=True)
        transaction.set_rollback(True)
    return response


def refused(request, context, found):
    """The page that says what is wrong in the form, in the place of its preview."""
    return render(request, "admin/ideas/idea/preview_refused.html", context | {"mistakes": found})


def as_public(request, idea, content, *, is_new=False):
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
        visit.is_preview = True
        visit.edit_address = "" if is_new else reverse("admin:ideas_idea_change", args=[idea.pk])
        response = idea_detail(visit, entry.number, entry.slug)
    if response.status_code != HTTPStatus.OK:
        raise Http404
    response["X-Robots-Tag"] = "noindex"
    return response
