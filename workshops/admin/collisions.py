"""Two editors on one record: the second save is stopped, and both versions are shown.

Nothing is overwritten unseen. What the second one left alone takes the value the first one saved; what they
entered stays in the form. Whoever saves once more has seen both.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..changes import Group, Names, field_changes, state_of, words
from .unsaved import refused


@dataclass
class Collision:
    """Somebody's save between the opening of a form and its being sent.

    ``opened`` is the state the form was opened with; None if nobody knows. ``belonging`` are those of what belongs
    to the record, by model and primary key. ``mark`` is what the form carries to show that it knows of that save:
    name and value of a field. ``note`` is added to the refusal.
    """

    who: str
    at: datetime | None
    opened: dict | None
    mark: tuple
    note: str = ""
    belonging: dict = field(default_factory=dict)

    @property
    def refusal(self):
        return f"{refusal(self.who, self.at)} {self.note}".strip()


def refusal(who, at):
    """Why a save was stopped, and how to go on."""
    return _(
        "Not saved: {who} has changed this entry in the meantime ({at}). What you entered is still in the form; "
        "fields you left alone show the new text. Compare both versions and bring in what is missing; then save "
        "once more."
    ).format(who=who or _("someone"), at=date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else "–")


def with_their_changes(posted, form_class, opened, present, prefix=None):
    """``posted`` (a QueryDict) with the fields left as they were when the form was opened as they are now.

    Otherwise a second «save» would undo what somebody else has changed. ``opened`` and ``present`` are states, as
    :mod:`workshops.changes` has them.
    """
    before, now = form_class(initial=opened, prefix=prefix), form_class(initial=present, prefix=prefix)
    posted = posted.copy()
    for name in now.fields.keys() & opened.keys() & present.keys():
        sent = now[name].html_name
        if opened[name] != present[name] and same(posted.getlist(sent), as_sent(before[name])):
            posted.setlist(sent, as_sent(now[name]))
    return posted


def same(sent, shown):
    """Whether a browser ``sent`` what a field had ``shown``: line ends, white space around, and order aside."""
    one, other = (sorted(with_plain_lines(str(each)).strip() for each in values) for values in (sent, shown))
    return (one or [""]) == (other or [""])


def with_plain_lines(value):
    """A text with line ends of one character; any other value as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def as_sent(bound):
    """The value that a field of a form shows, as a browser sends it."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # within the frame of the plus sign
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if bound.value() else []
    value = widget.format_value(bound.value())
    return value if isinstance(value, list) else ["" if value is None else value]


def entered(form):
    """The state that stands in a form that was sent; what is wrong is left out."""
    options = form.instance._meta
    own = {field.name: getattr(form.instance, field.attname) for field in options.concrete_fields}
    several = {
        field.name: sorted(each.pk for each in form.cleaned_data.get(field.name, ()))
        for field in options.many_to_many
    }
    return {name: value for name, value in (own | several).items() if name in form.cleaned_data}


def both_versions(form, formsets):
    """The changes from what is saved now to what stands in the form, and in the forms of what belongs to it."""
    names = Names()
    groups = [Group(changes=changes)] if (changes := differences(form, names)) else []
    for formset in formsets:
        kind = capfirst(str(formset.model._meta.verbose_name))
        for each in formset.forms:
            gone = each.cleaned_data.get(DELETION_FIELD_NAME, False)
            if each.has_changed() and (changes := differences(each, names, gone)):
                before = str(fresh(each.instance)) if each.instance.pk else ""
                groups.append(Group(words(before, "" if gone else str(each.instance)), changes, kind))
    return groups


def differences(form, names, gone=False):
    """The changes from what is saved to what stands in one form: nothing, if the record is to be ``gone``."""
    model, after = type(form.instance), entered(form)
    nothing = dict.fromkeys(after, "") | {field.name: [] for field in model._meta.many_to_many}
    present = state_of(fresh(form.instance)) if form.instance.pk else nothing
    return field_changes(model, plain(nothing | present), plain(nothing if gone else nothing | after), names)


def fresh(record):
    """``record`` as the database has it."""
    return type(record)._base_manager.get(pk=record.pk)


def plain(state):
    """``state`` with texts as they are compared."""
    return {name: with_plain_lines(value) for name, value in state.items()}


class NothingOverwritten:
    """Part of admins in which the second of two saves is stopped, and shown beside the first."""

    def collision(self, request, record):
        """The :class:`Collision` of what was sent, or None. Locks ``record`` until the transaction ends."""
        raise NotImplementedError

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        view = super().changeform_view
        record = object_id and request.method == "POST" and self.get_object(request, unquote(object_id))
        if not record:
            return view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if collision := self.collision(request, record):
                request.POST = self.brought_together(request, record, collision)
                request.collision = collision
            return view(request, object_id, form_url, extra_context)

    def brought_together(self, request, record, collision):
        """What was sent, with their changes where nothing was entered, and the mark of what is there now."""
        posted, record = request.POST.copy(), fresh(record)
        if collision.opened is not None:
            form = self.get_form(request, record, change=True)
            posted = with_their_changes(posted, form, collision.opened, state_of(record))
        for formset, inline in self.get_formsets_with_inlines(request, record):
            listed = formset(
                posted, instance=record, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request)
            )
            for each in listed.initial_forms:
                if opened := collision.belonging.get((formset.model, each.instance.pk)):
                    present = state_of(each.instance)
                    posted = with_their_changes(posted, formset.form, opened, present, each.prefix)
        posted[collision.mark[0]] = collision.mark[1]
        return posted

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if collision := getattr(request, "collision", None):
            form = refused(form, collision.refusal)
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        if hasattr(request, "collision"):
            formsets = [each.formset for each in context["inline_admin_formsets"]]
            context["groups"] = both_versions(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)
