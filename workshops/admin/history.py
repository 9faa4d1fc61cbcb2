"""The history of records at the editors' desk: who changed what, when and why; comparing; going back."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..changes import Group, Names, field_changes
from .bounds import need_few_to_rename, tell_what_follows
from .collisions import Collision, NothingOverwritten
from .lists import Listed
from .requests import note as sent_note
from .unsaved import KeepsTyped

# The two parts of one save, the record and its sources, follow each other within this time.
ONE_SAVE = timedelta(seconds=1)
KINDS = {"+": gettext_lazy("created"), "~": gettext_lazy("edited"), "-": gettext_lazy("deleted")}


@dataclass(frozen=True)
class Row:
    """One line of a history. ``what`` happened; ``restorable`` says whether one may go back to it.

    What is ``aside`` never was what the record itself said.
    """

    pk: int
    at: object
    by: str
    note: str
    what: str
    version: str = ""
    mark: str = ""
    restorable: bool = False
    aside: bool = False


class NoteForm(forms.ModelForm):
    """The form of a record whose changes are kept, with room for a reason.

    ``basis`` is the state it was opened with: nobody overwrites what somebody else has saved since, neither in the
    record nor in those of the models ``belonging`` to it.
    """

    belonging = ()
    basis = forms.CharField(required=False, widget=forms.HiddenInput)
    change_note = forms.CharField(
        label=gettext_lazy("Note on the change"), required=False, max_length=100,
        help_text=gettext_lazy("For the history: why was it changed? Visitors do not see it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["basis"] = basis_of(histories(self.instance, self.belonging))


class Recorded(NothingOverwritten, KeepsTyped, Listed):
    """Base of every record whose changes django-simple-history keeps."""

    form = NoteForm

    def collision(self, request, record):
        models = [type(record), *self.belonging]
        lock(record, self.belonging)
        kept = histories(record, self.belonging)
        sent, present = request.POST.get("basis", ""), basis_of(kept)
        last = max(filter(None, (each.first() for each in kept)), key=lambda last: last.history_date, default=None)
        if last is None or sent == present:
            return None
        opened = {
            (model, each.id): state(each)
            for model, history, keys in zip(models, kept, sent.split("-"), strict=False)
            for each in history.filter(pk__in=known(history, keys))
        }
        said = opened.pop((type(record), record.pk), None)
        note = _("Nothing is lost: the other version stays in the history.")
        return Collision(last.history_user_name, last.history_date, said, ("basis", present), note, opened)

    @property
    def belonging(self):
        """The models of the records that are edited in the form of the one they belong to."""
        return [inline.model for inline in self.inlines]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.belonging = self.belonging
        return form

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "basis"]  # the template has it

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if may_note(self, request, obj) else without(fieldsets, "change_note")

    def save_model(self, request, obj, form, change):
        obj._change_reason = form.cleaned_data.get("change_note", "")
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for each in formset.forms:
            each.instance._change_reason = form.cleaned_data.get("change_note", "")
        super().save_formset(request, form, formset, change)

    def get_urls(self):
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        restore = self.admin_site.admin_view(partial(restore_record, self))
        return [path("<path:object_id>/history/<int:key>/", restore, name=f"{names}_restore"), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        record = found(self, request, object_id)
        rows = rows_of(record, restorable=self.has_change_permission(request, record))

        def compare(one, other):
            return differences(self.model, *(self.model.history.get(pk=key, id=record.pk) for key in (one, other)))

        return history_page(self, request, record, rows, compare)


def may_note(model_admin, request, record):
    """Whether a form offers a note on the change: of a record that is only read it would say «None»."""
    return record is None or model_admin.has_change_permission(request, record)


def without(fieldsets, left_out):
    """The ``fieldsets`` without a field, and without what then holds nothing."""
    left = [
        (title, options | {"fields": [name for name in options["fields"] if name != left_out]})
        for title, options in fieldsets
    ]
    return [(title, options) for title, options in left if options["fields"]]


def found(model_admin, request, object_id):
    """The record of an address, if there is one and it may be seen."""
    record = model_admin.get_object(request, unquote(object_id))
    if record is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    return record


def last_change(record):
    """The last record of the history of ``record``, which nobody changes until the transaction ends."""
    lock(record)
    return record.history.first()


def lock(record, belonging=()):
    """Let nobody change ``record`` and what is of the models ``belonging`` to it until the transaction ends."""
    list(type(record)._base_manager.select_for_update(no_key=True).filter(pk=record.pk))
    for model in belonging:
        own = {relation(model, record).name: record}
        list(model._base_manager.select_for_update(no_key=True).filter(**own).order_by("pk"))


def relation(model, record):
    """The field by which the records of ``model`` belong to ``record``."""
    return next(field for field in model._meta.concrete_fields if field.related_model is type(record))


def histories(record, belonging):
    """The history of ``record``, and those of what belongs to it or did, one for each of the models."""
    own = [model.history.filter(**{relation(model, record).attname: record.pk}) for model in belonging]
    return [record.history.all(), *own]


def basis_of(histories):
    """The newest change of each record in the ``histories``, as a form carries them."""
    newest = [each.order_by("id").values_list("id").annotate(Max("history_id")) for each in histories]
    return "-".join(".".join(str(key) for _record, key in each) for each in newest)


def known(history, keys):
    """Those of the ``keys``, as a form carries them, that the ``history`` has."""
    sent = set(keys.split("."))
    return [key for key in history.values_list("pk", flat=True) if str(key) in sent]


def rows_of(record, restorable):
    """The history of ``record``, newest first; what one save left behind is one row."""
    rows, newer = [], None
    for each in record.history.order_by("-history_date", "-history_id"):
        if newer and one_save(each, newer):
            if each.history_type == "+":
                rows[-1] = Row(**(vars(rows[-1]) | {"what": KINDS["+"]}))
            newer = each
            continue
        rows.append(
            Row(
                pk=each.history_id, at=each.history_date, by=each.history_user_name,
                note=each.history_change_reason or "", what=KINDS[each.history_type],
                restorable=restorable and bool(rows),
            )
        )  # fmt: skip
        newer = each
    return rows


def one_save(older, newer):
    """Whether two records of the history stem from one save: only the sources came in the second."""
    fields = [field.attname for field in older.tracked_fields]
    return (
        newer.history_type == "~"
        and (newer.history_user_id, newer.history_user_name) == (older.history_user_id, older.history_user_name)
        and newer.history_date - older.history_date < ONE_SAVE
        and all(getattr(older, name) == getattr(newer, name) for name in fields)
    )


def state(historical):
    """What a record of the history says, as plain values."""
    tracked = historical.tracked_fields
    values = {field.name: getattr(historical, field.attname) for field in tracked if not field.primary_key}
    for field in historical._history_m2m_fields:
        through = getattr(historical, field.name)
        values[field.name] = sorted(through.values_list(field.m2m_reverse_field_name(), flat=True))
    return values


def differences(model, one, other):
    """The changes between two records of the history."""
    changes = field_changes(model, state(one), state(other), Names())
    return [Group(changes=changes)] if changes else []


def history_page(model_admin, request, record, rows, compare):
    """The rows, and what is different between the two chosen: by default what the last change did.

    ``compare(older key, newer key)`` returns the groups of changes.
    """
    keys = [row.pk for row in rows]
    before = next((row.pk for row in rows[1:] if not row.aside), None)
    one, other = chosen(request, "von", keys, before), chosen(request, "bis", keys, keys[0] if keys else None)
    context = {
        **page_context(model_admin, request, record, _("History: %s") % record),
        "rows": rows,
        "one": one,
        "other": other,
        "groups": compare(one, other) if one and other and one != other else None,
    }
    return render(request, "admin/record_history.html", context)


def chosen(request, name, keys, usual):
    """The key that the query names, if it is one of ``keys``, else the ``usual`` one."""
    return next((key for key in keys if str(key) == request.GET.get(name)), usual)


def page_context(model_admin, request, record, title):
    """What every page about one record at the desk needs."""
    opts = model_admin.opts
    base = f"admin:{opts.app_label}_{opts.model_name}"
    return {
        **model_admin.admin_site.each_context(request),
        "opts": opts,
        "title": title,
        "original": record,
        "change_url": reverse(f"{base}_change", args=[record.pk]),
        "history_url": reverse(f"{base}_history", args=[record.pk]),
        "module_name": capfirst(str(opts.verbose_name_plural)),
    }


def restore_record(model_admin, request, object_id, key):
    """Go back to an earlier state of a record, after a look at what that changes."""
    record = found(model_admin, request, object_id)
    if not model_admin.has_change_permission(request, record):
        raise PermissionDenied
    earlier = record.history.filter(pk=key).first()
    if earlier is None:
        raise Http404
    last = record.history.latest()
    groups = differences(model_admin.model, last, earlier)
    shown = {"at": earlier.history_date, "groups": groups, "seen": str(last.pk)}
    return restore_page(model_admin, request, record, shown, partial(bring_back, request, record, earlier))


def restore_page(model_admin, request, record, shown, bring_back):
    """Ask before going back to a state, ``shown`` with its time, its changes and the mark of what is there now.

    ``bring_back(note, seen)`` does it, unless the mark is another one by then.
    """
    context = page_context(model_admin, request, record, _("Go back: %s") % record) | shown
    if request.method == "POST":
        try:
            bring_back(sent_note(request), request.POST.get("seen", ""))
        except ValidationError as error:
            context["refused"] = error.messages
        else:
            model_admin.log_change(request, record, _("Went back to an earlier state."))
            messages.success(request, _("“%s” is as it was. What it was before stays in the history.") % record)
            return redirect(context["change_url"])
    return render(request, "admin/restore.html", context)


@transaction.atomic
def bring_back(request, record, earlier, note, seen):
    """Give ``record`` the values it had in ``earlier``. ``seen`` is the key of the change last looked at."""
    if seen != str(last_change(record).pk):
        raise ValidationError(_("This has been changed in the meantime. Please look at it once more."))
    values = state(earlier)
    searched = getattr(record, "SEARCHED_NAME", None)
    renamed = searched and values[searched] != getattr(record, searched)
    if renamed:
        need_few_to_rename(record, values[searched], request.user)
    several = {field.name for field in record._meta.many_to_many}
    for name in set(values) - several:
        field = record._meta.get_field(name)
        setattr(record, field.attname, values[name])
    record.full_clean()
    record._change_reason = note[:100]
    record.save()
    for name in several & set(values):
        model = record._meta.get_field(name).related_model
        getattr(record, name).set(model.objects.filter(pk__in=values[name]))
    if renamed:
        record.ideas.index_many()  # entries are found by it
        tell_what_follows(request, record.ideas.count())
