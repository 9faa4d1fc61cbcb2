"""The page that merges topics or actors: what each says, which entries it concerns, which one stays."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.admin.bounds import need_few, not_compared, tell_what_follows
from workshops.admin.history import page_context

from ..merging.terms import brought_together, entries_with, merge_terms, rights

FEWEST, MOST = 2, 20
NAMED = 100  # entries that the page names


def start(model_admin, request, queryset):
    """From the list to the page, if enough terms are chosen."""
    keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if not FEWEST <= len(keys) <= MOST:
        words = _("Please choose two or more of them, at most %(most)s.") % {"most": MOST}
        messages.warning(request, words)
        return redirect(request.get_full_path())
    return redirect(f"{address(model_admin, 'merge')}?{urlencode({'eintrag': keys}, doseq=True)}")


def page(model_admin, request):
    """Show what a merger would do (GET) and do it (POST). The one that stays is part of the address."""
    if not request.user.has_perms(rights(model_admin.model)):
        raise PermissionDenied
    terms = chosen(model_admin, request)
    if len(terms) < FEWEST:
        messages.warning(request, _("One of them is no longer there. Please choose again."))
        return redirect(address(model_admin, "changelist"))
    stays = next((term for term in terms if str(term.pk) == request.GET.get("bleibt")), terms[0])
    others = [term for term in terms if term != stays]
    form = form_for(stays, others, request.POST if request.method == "POST" else None)
    ideas = entries_with(others)
    number = ideas.count()
    refused = beyond_the_desk(stays, others, number, request.user)
    too_many = bool(refused)
    if not too_many and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.fields}
        try:
            changed = merge_terms(stays, others, by=request.user, **values)
        except ValidationError as error:
            refused = error.messages
        else:
            return done(model_admin, request, stays, others, changed)
    context = {
        **page_context(model_admin, request, stays, _("Merge into “%s”") % stays),
        "terms": terms,
        "stays": stays,
        "others": others,
        "form": form,
        "refused": refused,
        "ideas": ideas.order_by("number").only("number", "title", "status")[:NAMED],
        "number": number,
        "unnamed": number - NAMED,
        "too_many": too_many,
        "has_text": "text" in form.fields,
        "follows": not_compared(number),
    }
    return render(request, "admin/ideas/merge_terms.html", context)


def beyond_the_desk(stays, others, number, user):
    """Why so many entries are not changed while somebody waits, and how it is done instead; empty if they are."""
    try:
        need_few(number, user, "merge_terms", stays._meta.model_name, *(term.slug for term in (stays, *others)))
    except ValidationError as error:
        return error.messages
    return []


def chosen(model_admin, request):
    """The terms that the address names, the one most used first."""
    keys = [value for value in request.GET.getlist("eintrag") if value.isdecimal()][:MOST]
    terms = model_admin.get_queryset(request).filter(pk__in=[int(key[:18]) for key in keys])
    return list(terms.order_by("-uses", "name_key", "pk"))


def form_for(stays, others, data):
    """The fields of ``stays`` in which something may have to be brought together, filled in as far as known."""
    known = brought_together(stays, others)
    widgets = {"text": forms.Textarea(attrs={"rows": 3, "cols": 80})}
    form = forms.modelform_factory(type(stays), fields=list(known), widgets=widgets)
    return form(data, instance=type(stays).objects.get(pk=stays.pk), initial=known)


def done(model_admin, request, stays, others, changed):
    """Write it into the log of the desk, say so, and go to the term that stayed."""
    for other in others:
        model_admin.log_change(request, stays, _("“%(other)s” merged into it.") % {"other": other})
    words = ngettext(
        "Merged. %(number)s entry carries “%(term)s” now; old links lead on.",
        "Merged. %(number)s entries carry “%(term)s” now; old links lead on.",
        changed,
    )
    messages.success(request, words % {"number": changed, "term": stays})
    tell_what_follows(request, changed)
    return redirect(address(model_admin, "change", stays.pk))


def address(model_admin, name, *args):
    """The address of a page of this vocabulary at the desk."""
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)
