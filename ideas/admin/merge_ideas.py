"""The page that merges two entries: both side by side, what is taken from which, what becomes of examples."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.admin.requests import note as sent_note
from workshops.changes import Group, Kind, Names, field_changes, members, shown, words

from ..content import digest, snapshot
from ..merging.entries import BOTH, GOES, SEVERAL, STAYS, merge_ideas, obstacle, open_questions, paired
from ..models import Idea, PracticeExample

NUMBERS = ("bleibt", "geht")


class PairForm(forms.Form):
    """Which two entries: the one that stays and the one that goes."""

    bleibt = forms.IntegerField(label=gettext_lazy("Number of the entry that stays"), min_value=1)
    geht = forms.IntegerField(label=gettext_lazy("Number of the entry that goes"), min_value=1)

    def clean(self):
        for name in NUMBERS:
            number = self.cleaned_data.get(name)
            if number and (idea := Idea.objects.with_content().filter(number=min(number, 10**9)).first()):
                self.cleaned_data[name] = idea
            elif number:
                self.add_error(name, _("There is no entry with this number."))


@dataclass(frozen=True)
class Question:
    """A field in which both differ: its texts as parts that say what is different, and what is taken."""

    name: str
    label: str
    stays: list
    goes: list
    answer: str
    both: bool = False


def start(model_admin, request, queryset):
    """From the list to the page, if two entries are chosen."""
    numbers = list(queryset.order_by("number").values_list("number", flat=True)[:3])
    if len(numbers) != len(NUMBERS):
        messages.warning(request, _("Please choose exactly two entries."))
        return redirect(request.get_full_path())
    return redirect(address(*numbers))


def address(stays, goes):
    """The address of the page for entries with these numbers."""
    return f"{reverse('admin:ideas_idea_merge')}?{urlencode({'bleibt': stays, 'geht': goes})}"


def page(model_admin, request):
    """Ask for two entries, show them side by side (GET), and merge them (POST)."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    complete = all(request.GET.get(name) for name in NUMBERS)
    pair = PairForm(request.GET if complete else None, initial=request.GET.dict())
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Merge entries"),
        "module_name": capfirst(str(model_admin.opts.verbose_name_plural)),
        "pair": pair,
    }
    if pair.is_valid():
        stays, goes = (pair.cleaned_data[name] for name in NUMBERS)
        context |= side_by_side(request, stays, goes)
        if request.method == "POST" and not context["obstacle"]:
            try:
                return merge(model_admin, request, stays, goes, context)
            except ValidationError as error:
                context["refused"] = error.messages
    return render(request, "admin/ideas/merge_ideas.html", context)


def merge(model_admin, request, stays, goes, context):
    """Do what the page has shown."""
    answers = {question.name: question.answer for question in (*context["questions"], *context["doubtful"])}
    told = {"note": sent_note(request), "seen": request.POST.get("seen", "")}
    revision = merge_ideas(stays, goes, answers, by=request.user, **told)
    for idea in (stays, goes):
        model_admin.record_step(request, idea, revision)
    said = _("Merged. Entry %(number)s is archived; it was never public.")
    if goes.was_public:
        said = _("Merged. Old links to entry %(number)s lead here.")
    messages.success(request, said % {"number": goes.number})
    return redirect(reverse("admin:ideas_idea_change", args=[stays.pk]))


def side_by_side(request, stays, goes):
    """What the page shows of two entries."""
    own, other, names = snapshot(stays), snapshot(goes), Names()
    coming, pairs = paired(own, other)
    questions = [
        question(name, answered(request, name, usual), own, other, names)
        for name, usual in open_questions(own, other).items()
    ]
    examples = [(one, each, field_changes(PracticeExample, one, each, names)) for one, each in pairs]
    return {
        "stays": stays,
        "goes": goes,
        "obstacle": obstacle(stays, goes, request.user),
        "questions": questions,
        "coming": coming,
        "equal": [one for one, _each, changes in examples if not changes],
        "doubtful": [
            Question(str(one["id"]), f"{one['place']}: {one['name']}", [Group(changes=changes)], [],
                     answered(request, str(one["id"]), STAYS))
            for one, _each, changes in examples if changes
        ],
        "seen": digest([own, other]),
        "note": request.POST.get("note", ""),
        "swapped": address(goes.number, stays.number),
    }  # fmt: skip


def answered(request, name, usual):
    """What is to be taken for a field; the usual as long as nobody says otherwise."""
    answer = request.POST.get(f"feld-{name}")
    return answer if answer in {STAYS, GOES} or (answer == BOTH and name in SEVERAL) else usual


def question(name, answer, own, other, names):
    """The :class:`Question` about a field: a text differs word by word, a list in its members."""
    field = Idea._meta.get_field(name)
    label = capfirst(str(field.verbose_name))
    if name in SEVERAL:
        parts = members(*(names.of(field.related_model, content[name]) for content in (own, other)))
    else:
        parts = words(*(shown(field, content[name], names) for content in (own, other)))
    stays, goes = ([part for part in parts if part.kind != kind] for kind in (Kind.ADDED, Kind.REMOVED))
    return Question(name, label, stays, goes, answer, both=name in SEVERAL)
