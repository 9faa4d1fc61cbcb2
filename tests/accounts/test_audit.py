"""The audit log: rights before and after, and who may read it."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts import audit, second_factor
from accounts.models import AuditEntry, Event
from tests.accounts.phones import PASSWORD, Browser, make_staff, set_up_phone
from tests.visits import Markup, queries, visit

pytestmark = pytest.mark.django_db
ON = {"is_active": "on", "is_staff": "on"}


@pytest.fixture
def chief(client):
    """Somebody who may do everything, at the desk."""
    client.force_login(make_staff("chefin"))
    AuditEntry.objects.all().delete()
    return client


def account_form(account, **values):
    """What the form of an account sends."""
    form = {"username": account.username, "date_joined_0": "2026-11-25", "date_joined_1": "12:00:00"}
    return form | values


def make_administrator():
    """Somebody who may change accounts, and nothing else."""
    account = make_staff("verwalterin", is_superuser=False)
    account.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    return account


def newest():
    """The newest entry as (event, account, by, detail)."""
    entry = AuditEntry.objects.first()
    return (entry.event, entry.account, entry.by_name, entry.detail)


def test_change_of_rights_is_written_down(chief):
    ada = make_staff(is_superuser=False)
    group = Group.objects.create(name="Presse")
    right = Permission.objects.get(codename="add_idea")
    address = f"/admin/auth/user/{ada.pk}/change/"

    chief.post(address, account_form(ada, **ON, groups=[group.pk], user_permissions=[right.pk]))
    assert newest() == ("rights", "ada", "chefin", "+ Gruppe Presse\n+ ideas.add_idea")
    chief.post(address, account_form(ada))
    words = "− Aktiv\n− Gruppe Presse\n− Mitarbeiter-Status\n− ideas.add_idea"
    assert newest() == ("rights", "ada", "chefin", words)
    chief.post(address, account_form(ada, first_name="Ada"))
    assert AuditEntry.objects.count() == 2


def test_change_of_a_group_is_written_down(chief):
    group = Group.objects.create(name="Presse")
    right = Permission.objects.get(codename="add_idea")

    chief.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Presse", "permissions": [right.pk]})

    assert newest() == ("rights", "Presse", "chefin", "+ ideas.add_idea")


def test_making_and_deleting_accounts_is_written_down(chief):
    form = {"username": "neu", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    chief.post("/admin/auth/user/add/", form)
    assert [newest()[:3], AuditEntry.objects.last().event] == [("rights", "neu", "chefin"), "made"]
    ada, bob = make_staff("ada"), make_staff("bob")

    chief.post(f"/admin/auth/user/{ada.pk}/delete/", {"post": "yes"})
    assert newest()[:3] == ("deleted", "ada", "chefin")
    chief.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [bob.pk], "post": "yes"})
    assert newest()[:3] == ("deleted", "bob", "chefin")


def test_log_names_whose_account_is_gone(chief):
    ada = make_staff("ada")
    audit.record(Event.MADE, "bob", by=ada)
    AuditEntry.objects.update(by_name="")  # as from before names were kept
    import_module("accounts.migrations.0003_names_in_audit").sign(apps, connection.schema_editor())
    audit.record(Event.MADE, "eva", by=ada)

    ada.delete()

    assert list(AuditEntry.objects.values_list("account", "by", "by_name")) == [
        ("eva", None, "ada"),
        ("bob", None, "ada"),
    ]
    assert visit(chief, "/admin/accounts/auditentry/?q=ada").text.count("ada") == 2


def test_new_passwords_are_written_down_but_not_what_they_are(chief):
    ada = make_staff()
    new = {"password1": "vierzehn leere Läden", "password2": "vierzehn leere Läden"}
    chief.post(f"/admin/auth/user/{ada.pk}/password/", new | {"usable_password": "true"})
    assert newest()[:3] == ("password", "ada", "chefin")

    own = {"old_password": PASSWORD, "new_password1": new["password1"], "new_password2": new["password2"]}
    chief.post("/admin/password_change/", own | {"old_password": "falsch"})
    assert AuditEntry.objects.count() == 1
    chief.post("/admin/password_change/", own)
    assert newest()[:3] == ("password", "chefin", "chefin")
    assert not any("vierzehn" in entry.detail for entry in AuditEntry.objects.all())


def test_logout_is_written_down(chief):
    chief.post("/admin/logout/")

    assert newest()[:3] == ("logout", "chefin", "chefin")


def test_audit_log_is_read_by_those_who_may_and_changed_by_nobody(chief):
    audit.record(Event.LOGIN, "ada")
    assert "ada" in visit(chief, "/admin/accounts/auditentry/").text
    with_one = queries(chief, "/admin/accounts/auditentry/")
    for name in ("bob", "eva"):
        audit.record(Event.FAILED, name, by=make_staff(name))
    assert queries(chief, "/admin/accounts/auditentry/") == with_one
    assert "eva" not in visit(chief, "/admin/accounts/auditentry/?q=bob").text
    entry = AuditEntry.objects.first()
    assert chief.get("/admin/accounts/auditentry/add/").status_code == 403
    assert chief.post(f"/admin/accounts/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403

    editor = Browser()
    editor.force_login(make_staff("redakteur", is_superuser=False))
    assert editor.get("/admin/accounts/auditentry/").status_code == 403


def test_old_entries_and_ended_sessions_are_dropped(chief, settings):
    old = audit.record(Event.LOGIN, "ada")
    AuditEntry.objects.filter(pk=old.pk).update(at=timezone.now() - datetime.timedelta(days=181))
    Session.objects.create(session_key="alt", expire_date=timezone.now() - datetime.timedelta(hours=1))

    audit.record(Event.LOGIN, "bob")

    assert list(AuditEntry.objects.values_list("account", flat=True)) == ["bob"]
    assert not Session.objects.filter(session_key="alt").exists()


def test_lost_phone_is_taken_off_an_account_at_the_desk(chief):
    ada, bob = make_staff("ada"), make_staff("bob", is_superuser=False)
    set_up_phone(ada)
    set_up_phone(bob)
    action = {"action": "remove_second_factor", "_selected_action": [ada.pk, bob.pk]}
    helper = Browser()
    helper.force_login(make_staff("helferin", is_superuser=False))
    assert helper.post("/admin/auth/user/", action).status_code == 403
    administrator = make_administrator()
    helper.force_login(administrator)
    action["_selected_action"].append(administrator.pk)  # one's own goes with a code only

    response = helper.post("/admin/auth/user/", action, follow=True)

    assert "bei 1 Konto entfernt" in response.text
    assert second_factor.has_one(ada)  # above the one who administers
    assert not second_factor.has_one(bob)
    assert newest()[:3] == ("2fa-off", "bob", "verwalterin")


def test_those_who_administer_accounts_cannot_rise(client):
    boss, helper = make_staff("boss"), make_administrator()
    client.force_login(helper)

    form = client.get(f"/admin/auth/user/{helper.pk}/change/").text

    assert 'name="is_superuser"' not in form
    assert 'name="user_permissions"' not in form
    assert client.post(f"/admin/auth/user/{boss.pk}/change/", account_form(boss)).status_code == 403
    assert client.post(f"/admin/auth/user/{boss.pk}/password/", {}).status_code == 403


def test_lost_phone_is_taken_off_an_account_by_the_operator(capsys):
    ada = make_staff()
    with pytest.raises(CommandError, match="no second factor"):
        call_command("remove_second_factor", "ada")
    with pytest.raises(CommandError, match="no account"):
        call_command("remove_second_factor", "niemand")
    set_up_phone(ada)

    call_command("remove_second_factor", "ada")

    assert not second_factor.has_one(ada)
    assert newest()[:3] == ("2fa-off", "ada", "")


@pytest.mark.parametrize("address", ["auth/user/", "auth/group/", "accounts/auditentry/", "zweiter-faktor/"])
def test_pages_hold_no_inline_scripts_or_styles(chief, address):
    response = chief.get(f"/admin/{address}")

    assert response.status_code == 200
    assert Markup(response.text).inline == []


def test_secrets_of_devices_have_no_page(chief):
    for address in ("otp_totp/totpdevice", "otp_static/staticdevice", "axes/accessattempt"):
        assert chief.get(f"/admin/{address}/").status_code == 404
