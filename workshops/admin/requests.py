"""What may be sent to the desk besides what its pages offer: no key, condition or note leads to an error."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import DataError

LONGEST_KEY = 18  # digits that every whole number of a database can hold
NO_RECORD = "0"  # the key of none


def as_key(value):
    """A primary key as it was sent, or that of no record where it can be none."""
    text = str(value)
    return value if not text or (text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY) else NO_RECORD


def note(request):
    """The note that was sent with a step. Raises ValidationError if it is no text."""
    return forms.CharField(required=False).clean(request.POST.get("note", ""))


class Records(forms.ModelMultipleChoiceField):
    """Several records; whatever keys are sent, those of none are refused like any that is gone."""

    def clean(self, value):
        return super().clean([as_key(each) for each in value] if isinstance(value, list | tuple) else value)


class KnownKeys:
    """Fields for relations that take any key; for admins and their inlines."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SoughtRecord(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SoughtRecords(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **{"form_class": Records} | kwargs)


class ReadOnly:
    """Part of admins whose records are only looked at: they are made, and go, elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SoughtRecord(AutocompleteSelect):
    """A record to search for."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [as_key(each) for each in value], attr)


class SoughtRecords(AutocompleteSelectMultiple):
    """Several records to search for."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [as_key(each) for each in value], attr)


class SoundList(ChangeList):
    """A change list that takes any address: conditions that make no sense are left out, as Django does with some.

    Regular expressions are not for addresses: a short one can keep the database busy for ever.
    """

    def get_filters_params(self, params=None):
        if any(name.endswith(("__regex", "__iregex")) for name in params or self.params):
            raise IncorrectLookupParameters
        return super().get_filters_params(params)

    def get_results(self, request):
        """Read the page of the list here, so that what the database refuses is known before anything is shown."""
        try:
            self.read(request)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters from error

    def read(self, request):
        """Ask the database for everything the list shows."""
        super().get_results(request)
        len(self.result_list)


class Sound(KnownKeys, admin.ModelAdmin):
    """Base of every admin of the desk."""

    def get_changelist(self, request, **kwargs):
        return SoundList

    def response_action(self, request, queryset):
        """Perform an action on the records chosen, where they can be some."""
        request.POST = request.POST.copy()
        request.POST.setlist(
            ACTION_CHECKBOX_NAME, [as_key(each) for each in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        )
        return super().response_action(request, queryset)
