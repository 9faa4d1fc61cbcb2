"""The form of an entry with its practice examples, and what was entered in it as one value."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from workshops.admin.requests import KnownKeys
from workshops.numbers import check_no_gap

from .. import content
from ..models import Idea, PracticeExample
from ..revisions import NOT_WHILE_UNFINISHED


class IdeaForm(forms.ModelForm):
    """The content of an entry. ``refusal`` says why it cannot be saved now although each field is right."""

    change_note = forms.CharField(
        label=_("Note on the change"), required=False, widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text=_("For the history: why was it changed? Visitors do not see it."),
    )  # fmt: skip
    unfinished = forms.BooleanField(
        label=_("Still in progress"), required=False,
        help_text=_("A revision in progress waits until you submit it: nobody publishes it by mistake."),
    )  # fmt: skip
    refusal = None
    publishes = was_unfinished = False  # whether saving makes it public; whether the form shows such a revision

    class Meta:
        model = Idea
        fields = ()  # the admin chooses
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "cols": 80}),
            "city_sizes": forms.CheckboxSelectMultiple,  # three of them: nothing to search for
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("unfinished", self.was_unfinished)
        if "slug" in self.fields and not self.instance.was_public:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made of the title. It follows the title until it is public.")

    def clean(self):
        super().clean()
        if self.cleaned_data.get("slug") == "" and (title := self.cleaned_data.get("title")):
            self.instance.number = self.cleaned_data.get("number", self.instance.number)
            self.cleaned_data["slug"] = self.instance.free_slug(title)
        check_no_gap(Idea, self.cleaned_data.get("number"))
        if self.publishes and self.cleaned_data.get("unfinished"):
            self.add_error("unfinished", NOT_WHILE_UNFINISHED)
        if self.refusal:
            raise ValidationError(self.refusal)


class ExampleForm(forms.ModelForm):
    """A practice example. Without a position it comes last."""

    class Meta:
        model = PracticeExample
        fields = ()  # the admin chooses
        help_texts = {"position": _("1 comes first; without a number the example comes last.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields:
            self.fields["position"].required = False
            if self.instance.pk is None:
                self.initial.setdefault("position", None)


class ExampleInline(KnownKeys, admin.StackedInline):
    """The practice examples of an idea. Who may change the entry may change its examples."""

    model = PracticeExample
    form = ExampleForm
    fields = [("place", "year"), "name", "fact", "source", "municipalities", ("evidence", "position")]
    autocomplete_fields = ["source", "municipalities"]

    def get_extra(self, request, obj=None, **kwargs):
        return len(new_examples(request))

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("ideas.change_idea")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("ideas.change_idea")

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("ideas.change_idea")


def new_examples(request):
    """What the form of a pending revision shows of examples the entry itself does not have yet."""
    sitting = getattr(request, "sitting", None)
    return sitting.new_examples() if sitting and request.method == "GET" else []


def entered(form, formsets):
    """The content that ``form`` and its ``formsets`` hold, whether or not all of it is right."""
    listed = [example(each) for formset in formsets for each in in_order(kept(formset))]
    own = content.values(form.instance, content.EDITORIAL, several=form.cleaned_data)
    return content.plain(own | {"examples": listed})


def kept(formset):
    """The forms of the examples that are to stay or to be added."""
    removed = [each for each in formset.forms if getattr(each, "cleaned_data", {}).get("DELETE")]
    return [each for each in formset.forms if each not in removed and (each.instance.pk or each.has_changed())]


def in_order(forms):
    """The forms of the examples in the order their positions ask for.

    An example that was given another position gets that place; those left alone keep their order around it.
    """
    moved = [each for each in forms if each.instance.pk and "position" in each.changed_data]
    ordered = sorted((each for each in forms if each not in moved), key=place)
    for each in sorted(moved, key=place):
        position = each.cleaned_data.get("position")
        ordered.insert(len(ordered) if position is None else max(position - 1, 0), each)
    return ordered


def place(form):
    """Where an example wants to be: at its position, at the end without one; a new one before what was there."""
    position = form.cleaned_data.get("position")
    return (position is None, position or 0, form.instance.pk is not None)


def example(form):
    """The example that ``form`` holds."""
    several = {"municipalities": form.cleaned_data.get("municipalities") or ()}
    return {"id": form.instance.pk} | content.values(form.instance, content.PLACE_IN_ENTRY, several=several)
