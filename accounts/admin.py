"""Accounts, groups and the audit log at the editors' desk."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from workshops.admin.requests import ReadOnly, Sound

from . import audit, second_factor
from .models import AuditEntry, Event

# Secrets of others are nobody's business; "second factor" and the action below replace these pages.
admin.site.unregister([TOTPDevice, StaticDevice, User, Group])


class RightsOnRecord(Sound):
    """Writes every change of rights and every deletion into the audit log."""

    def save_form(self, request, form, change):
        stored = form.instance._meta.model.objects.filter(pk=form.instance.pk).first()
        form.rights_before = audit.rights_of(stored)
        return super().save_form(request, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            audit.record(Event.MADE, form.instance, by=request.user)
        audit.record_rights(form.instance, form.rights_before, by=request.user)

    def delete_model(self, request, obj):
        audit.record(Event.DELETED, obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            audit.record(Event.DELETED, obj, by=request.user)
        super().delete_queryset(request, queryset)


@admin.register(User)
class AccountAdmin(RightsOnRecord, UserAdmin):
    """The accounts. Who administers them gives rights through groups, and cannot become more than that."""

    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "second_factor", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    actions = ["remove_second_factor"]
    filter_horizontal = ["user_permissions"]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":  # a handful: boxes to tick
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(second_factor=Exists(phones))

    def get_readonly_fields(self, request, obj=None):
        above = () if request.user.is_superuser else ("is_superuser", "user_permissions")
        return [*super().get_readonly_fields(request, obj), *above]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.within_reach(request, obj)

    def within_reach(self, request, account):
        """Whether the account is none of those above the one who is signed in."""
        return request.user.is_superuser or account is None or not account.is_superuser

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            audit.record(Event.PASSWORD, User.objects.get(pk=id), by=request.user)
        return response

    @admin.display(description=_("second factor"), boolean=True, ordering="second_factor")
    def second_factor(self, account):
        return account.second_factor

    @admin.action(description=_("Remove the second factor (phone lost)"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        """For somebody else who lost phone and recovery codes; they set up a new one at the next login.

        One's own goes on its own page, which asks for a code.
        """
        reached = [each for each in queryset.exclude(pk=request.user.pk) if self.within_reach(request, each)]
        for account in reached:
            second_factor.remove(account, by=request.user)
        words = ngettext(
            "Second factor removed for %(number)s account.",
            "Second factor removed for %(number)s accounts.",
            len(reached),
        )
        self.message_user(request, words % {"number": len(reached)}, messages.SUCCESS)


@admin.register(Group)
class RightsAdmin(RightsOnRecord, GroupAdmin):
    """The groups, which hold the rights."""


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, Sound):
    """Who signed in and whose rights changed; to be read only."""

    list_display = ["at", "event", "account", "by_name", "detail"]
    list_display_links = None
    list_filter = ["event", "at"]
    search_fields = ["account", "by_name", "detail"]
