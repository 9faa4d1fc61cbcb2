"""The steps of the workflow as pages that ask first: for one entry, for many, and for a pending revision."""

import re
from datetime import UTC, datetime
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from workshops.admin.history import found, page_context
from workshops.admin.requests import note as sent_note
from workshops.dates import moment

from .. import revisions, workflow
from ..content import snapshot, unfit
from ..diff import compare
from ..models import Idea, Revision

DEEDS = {"publish": revisions.publish, "submit": revisions.submit, "discard": revisions.discard}
SEEN = re.compile(r"(\d{1,18}):(\w+)")
# Between these a date of publication is meant; before and after it is a slip of the keyboard.
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC) for year in (2000, 2100))
NO_DAY = gettext_lazy("Choose a day between 2000 and 2099.")


class StepForm(forms.Form):
    """What a step asks for."""

    note = forms.CharField(
        label=pgettext_lazy("history", "Note"), widget=forms.Textarea(attrs={"rows": 3, "cols": 80})
    )
    at = forms.SplitDateTimeField(
        label=gettext_lazy("Public from"), required=False, widget=AdminSplitDateTime,
        help_text=gettext_lazy("Empty: at once. A date in the future plans the publication."),
        validators=[MinValueValidator(EARLIEST, NO_DAY), MaxValueValidator(LATEST, NO_DAY)],
    )  # fmt: skip
    successor = forms.IntegerField(
        label=gettext_lazy("Number of the entry that takes its place"), required=False, min_value=1,
        help_text=gettext_lazy("Readers who follow an old link are led there. May be empty."),
    )  # fmt: skip

    def __init__(self, to, *args, single=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = workflow.STEPS[to].needs_note
        if workflow.STEPS[to].needs_note:
            self.fields["note"].label = _("Note (needed)")
        self.fields["note"].help_text = (
            _("Shown to readers who follow an old link, and kept in the history.")
            if to == Idea.Status.ARCHIVED
            else _("For the history. Visitors do not see it.")
        )
        self.fields["at"].widget.widgets[1].format = "%H:%M"  # nobody plans for a second
        if to != Idea.Status.PUBLISHED:
            del self.fields["at"]
        if to != Idea.Status.ARCHIVED or not single:
            del self.fields["successor"]

    def clean_successor(self):
        number = self.cleaned_data["successor"]
        if number is None:
            return None
        if idea := Idea.objects.published().filter(number=number).first():
            return idea
        raise ValidationError(_("There is no public entry with this number. Readers would be led nowhere."))


def many_step_page(to, model_admin, request, queryset):
    """The step ``to`` for the entries chosen in the list: first the counts, then the deed.

    The deed concerns those that were shown as ready, whatever the list would choose by now.
    """
    if is_confirmed(request):
        queryset = model_admin.get_queryset(request).filter(pk__in=looked_at(request))
    return step_page(model_admin, request, list(queryset.with_content()), to)


def single_step_page(model_admin, request, pk, to):
    """The step ``to`` for one entry."""
    idea = found(model_admin, request, str(pk))
    if to not in workflow.STEPS:
        raise Http404
    return step_page(model_admin, request, [idea], to, single=idea)


def is_confirmed(request):
    """Whether the page has asked already."""
    return request.method == "POST" and "confirmed" in request.POST


def looked_at(request):
    """The keys of the entries that were shown as ready, each with its mark then."""
    return {int(key): mark for key, mark in SEEN.findall(request.POST.get("seen", ""))}


def step_page(model_admin, request, ideas, to, single=None):
    """Ask for what the step needs and say which entries can take it; take it when confirmed."""
    step = workflow.STEPS[to]
    if not request.user.has_perm(step.permission):
        raise PermissionDenied
    if not ideas:  # deleted while the list was open
        return redirect(request.get_full_path())
    with_waiting(ideas)
    confirmed = is_confirmed(request)
    planned = {"at": single.published_at} if single and single.is_planned else None
    form = StepForm(to, request.POST if confirmed else None, single=bool(single), initial=planned)
    seen = looked_at(request) if confirmed else {}
    if confirmed and form.is_valid():
        decided = [(idea, seen.get(idea.pk, "")) for idea in ideas]
        refused = take(model_admin, request, to, decided, form.cleaned_data)
        if not (single and refused):
            for idea, reason in refused.items():
                messages.error(request, _("Left out: {entry}. {reason}").format(entry=idea, reason=reason))
            return to_form(single) if single else redirect(request.get_full_path())
        form.add_error(None, refused[single])
        seen = {}
    rows = [(idea, obstacle(idea, to, request.user)) for idea in ideas]
    ready = [idea for idea, reason in rows if not reason]
    seen = seen or {idea.pk: mark(idea, to) for idea in ready}
    name = workflow.name_of(to, single) if single else step.name
    context = {
        **page_context(model_admin, request, ideas[0], name),
        "single": single,
        "ready": [(idea, model_admin.state(idea), becomes_of_revision(idea, to)) for idea in ready],
        "blocked": [(idea, reason) for idea, reason in rows if reason],
        "form": form,
        "seen": " ".join(f"{key}:{mark}" for key, mark in seen.items()),
        "ends_publicity": to == Idea.Status.DRAFT and any(idea.is_public for idea in ready),
        "media": model_admin.media + form.media,
        "step": step,
        "name": name,
        "groups": since_published(single) if single and to == Idea.Status.PUBLISHED else None,
        "action": request.POST.get("action"),
        "select_across": request.POST.get("select_across"),
        "chosen": request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME),
        "checkbox": admin.helpers.ACTION_CHECKBOX_NAME,
    }
    return render(request, "admin/ideas/idea/step.html", context)


def with_waiting(ideas):
    """Let each of ``ideas`` know its pending revision, as ``waiting``: a list of one or none."""
    pending = Revision.objects.filter(pending=True)
    prefetch_related_objects(ideas, Prefetch("revisions", pending, to_attr="waiting"))


def released(idea, to):
    """The revision that publishing is about: the pending one, where the entry is public already; else None."""
    return idea.waiting[0] if to == Idea.Status.PUBLISHED and idea.is_public and idea.waiting else None


def obstacle(idea, to, by):
    """Why the step, or the publication of its revision, is not possible for an entry now; empty if it is."""
    if revision := released(idea, to):
        return _("Its revision is still in progress.") if revision.unfinished else unfit(revision.content)
    return workflow.obstacle(idea, to, by, has_pending=bool(idea.waiting))


def mark(idea, to):
    """What is decided on, as :func:`.workflow.transition` or :func:`.revisions.publish` marks it."""
    revision = released(idea, to)
    return revisions.mark(idea, revision) if revision else workflow.mark(idea)


def becomes_of_revision(idea, to):
    """What happens to the pending revision of an entry that is ready for the step; empty if it has none."""
    if released(idea, to):
        return _("The pending revision becomes a new version at once.")
    return _("Its pending revision stays pending; only the date is changed.") if idea.waiting else ""


def take(model_admin, request, to, decided, options):
    """Take the step with each entry ``decided`` on, given with its mark, and say how many it was.

    Returns why not, for each that could not.
    """
    done, revised, refused = [], [], {}
    for idea, seen in decided:
        is_revision = released(idea, to) is not None
        act = publish_revision if is_revision else partial(workflow.transition, to=to)
        try:
            revision = act(idea, by=request.user, seen=seen, **options)
        except ValidationError as error:
            refused[idea] = " ".join(error.messages)
            continue
        model_admin.record_step(request, idea, revision)
        (revised if is_revision else done).append(idea)
    if done:
        messages.success(request, outcome(done, to))
    if revised:
        words = ngettext("{count} revision: published.", "{count} revisions: published.", len(revised))
        messages.success(request, words.format(count=len(revised)))
    return refused


def publish_revision(idea, *, by, seen, note="", at=None):
    """Publish the pending revision of a public entry, which cannot be planned."""
    if at and at > timezone.now():
        raise ValidationError(_("A revision is published at once; it cannot be planned. Leave the date empty."))
    return revisions.publish(idea, by=by, note=note, seen=seen)


def outcome(done, to):
    """What has become of the entries of a step, in a sentence. All are planned for the same moment, or none is."""
    if done[0].is_planned:
        words = ngettext(
            "{count} entry will be published on {at}.", "{count} entries will be published on {at}.", len(done)
        )
        return words.format(count=len(done), at=moment(done[0].published_at))
    words = ngettext("{count} entry: {status}.", "{count} entries: {status}.", len(done))
    return words.format(count=len(done), status=Idea.Status(to).label)


def since_published(idea):
    """What is different from when the entry was last public; None if it never was, or is only given a new date."""
    if idea.is_planned:
        return None
    public = idea.revisions.filter(status=Idea.Status.PUBLISHED).exclude(event__in=Revision.ASIDE).first()
    return compare(public.content, snapshot(idea)) if public else None


def revision_page(model_admin, request, pk):
    """The pending revision beside the published version; who may publish decides here, and its author."""
    idea = found(model_admin, request, str(pk))
    pending = revisions.pending(idea)
    if pending is None:
        messages.info(request, _("There is no pending revision."))
        return to_form(idea)
    live = snapshot(idea)
    context = page_context(model_admin, request, idea, _("Pending revision: %s") % idea)
    if deed := next((each for each in DEEDS if f"_{each}" in request.POST), None):
        try:
            told = {"note": sent_note(request), "seen": request.POST.get("seen", "")}
            revision = DEEDS[deed](idea, by=request.user, **told)
        except ValidationError as error:
            context["refused"] = error.messages
        else:
            model_admin.record_step(request, idea, revision)
            words = _("Done: {event}.").format(event=revision.get_event_display())
            messages.success(request, _("Submitted for review.") if deed == "submit" else words)
            return to_form(idea)
    context |= {
        "pending": pending,
        "groups": compare(live, pending.content),
        "seen": revisions.mark(idea, pending),
        "note": request.POST.get("note", ""),
        "may": deeds(pending, request.user),
        "now": timezone.now(),
    }
    return render(request, "admin/ideas/idea/revision.html", context)


def deeds(pending, by):
    """What ``by`` may do with a pending revision: publish it, submit it, discard it."""
    may = {
        "publish": by.has_perm(revisions.PUBLISH),
        "submit": pending.unfinished and by.has_perm(revisions.CHANGE),
        "discard": revisions.may_discard(pending, by),
    }
    return [deed for deed in may if may[deed]]


def to_form(idea):
    """Back to the form of an entry."""
    return redirect(reverse("admin:ideas_idea_change", args=[idea.pk]))


def action(to, name, permission):
    """The step ``to`` as an action of the list."""
    perform = partial(many_step_page, to)
    perform.__name__ = f"step_{to}"
    return admin.action(perform, description=name, permissions=[permission])


ACTIONS = [
    action(Idea.Status.REVIEW.value, gettext_lazy("Submit for review …"), "change"),
    action(Idea.Status.PUBLISHED.value, gettext_lazy("Publish …"), "publish"),
    action(Idea.Status.DRAFT.value, gettext_lazy("Set back to draft …"), "publish"),
    action(Idea.Status.ARCHIVED.value, gettext_lazy("Archive …"), "publish"),
]
