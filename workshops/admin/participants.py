"""Participants at the editors' desk, with what they may ask of us."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..models import Participant
from ..models.signatures import name_of
from ..numbers import check_no_gap
from ..participant_table import PARTICIPANT_IMPORTER
from ..participants import CONSENT, data_of, erase, forget_traces, log_of, mark, marked, withdraw
from .collisions import Collision, NothingOverwritten, fresh
from .filters import AnyOfMany
from .imports import Importable, page_context


class ParticipantForm(forms.ModelForm):
    """What is known about a participant. ``seen`` is what the form was opened with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = mark(self.instance)

    def clean(self):
        super().clean()
        check_no_gap(Participant, self.cleaned_data.get("number"))


@admin.register(Participant)
class ParticipantAdmin(NothingOverwritten, Importable):
    """The participants by number; a name only with recorded consent."""

    form = ParticipantForm
    importer = PARTICIPANT_IMPORTER
    list_display = ["number", "name", "organization", "sector", "has_consent"]
    list_select_related = ["sector"]
    list_filter = [("consented_on", admin.EmptyFieldListFilter), "sector", ("workshops", AnyOfMany)]
    search_fields = ["=number", "organization", "name"]
    autocomplete_fields = ["sector", "workshops"]
    actions = ["personal_data"]
    fieldsets = [
        (None, {"fields": ["number", "sector", "workshops", "organization", "seen"]}),
        (_("Name and consent"), {"fields": ["name", "consented_on", "consent_scope", "consent_proof"]}),
    ]

    def collision(self, request, record):
        # Locked and read anew: a consent that is ended at this moment waits, or has ended already.
        list(Participant.objects.select_for_update(no_key=True).filter(pk=record.pk))
        present = mark(record)
        seen = request.POST.get("seen", "")
        if seen == present:
            return None
        last = log_of(record).select_related("user").order_by("-action_time").first()
        who, at = (name_of(last.user), last.action_time) if last else ("", None)
        return Collision(who, at, marked(seen), ("seen", present), gettext("Perhaps a consent was ended."))

    def brought_together(self, request, record, collision):
        posted = super().brought_together(request, record, collision)
        if collision.opened is None and not fresh(record).name:
            # Nobody knows whether a name was typed, or stood there before the consent ended.
            for name in CONSENT:
                posted[name] = ""
        return posted

    @admin.display(description=_("consent to being named"), boolean=True, ordering="consented_on")
    def has_consent(self, participant):
        return participant.consented_on is not None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and not obj.name:
            forget_traces(obj)

    @admin.action(description=_("Personal data: hand out, end the consent, erase …"), permissions=["change"])
    def personal_data(self, request, queryset):
        """Show what is kept about the chosen people, and do what they ask for once it is confirmed."""
        chosen = list(queryset.select_related("sector").prefetch_related("workshops"))
        step = request.POST.get("step")
        if step == "export":
            found = {"participants": [data_of(each) for each in chosen]}
            headers = {"Content-Disposition": 'attachment; filename="personendaten.json"'}
            return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)
        deeds = {"withdraw": (withdraw, _("Consent ended.")), "erase": (erase, _("Personal data erased."))}
        if step in deeds and "sure" in request.POST:
            if step == "erase" and not self.has_delete_permission(request):
                raise PermissionDenied
            deed, words = deeds[step]
            for each in chosen:
                deed(each)
                self.log_change(request, each, str(words))
            said = ngettext(
                "Done for %(number)s person: %(what)s", "Done for %(number)s people: %(what)s", len(chosen)
            )
            messages.success(request, said % {"number": len(chosen), "what": words})
            return redirect(request.get_full_path())
        context = {
            "data": [data_of(each) for each in chosen],
            "chosen": [each.pk for each in chosen],
            "checkbox": admin.helpers.ACTION_CHECKBOX_NAME,
            "not_sure": step in deeds,
            "may_erase": self.has_delete_permission(request),
        }
        return render(
            request, "admin/personal_data.html", page_context(self, request, _("Personal data")) | context
        )
