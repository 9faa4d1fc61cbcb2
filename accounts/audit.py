"""The audit log: logins as Django and axes announce them, and rights before and after a change.

Entries older than ``AUDIT_DAYS`` are dropped whenever a new one is written, and with them ended sessions and
tables whose import nobody has confirmed, so that no timer is needed for it.
"""

from datetime import timedelta
from importlib import import_module

from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone
from django.utils.translation import gettext as _

from workshops.models import PendingImport

from .models import AuditEntry, Event

UNKNOWN_ACCOUNT = "–"


def record(event, account, *, by=None, detail=""):
    """Write an entry about ``account`` (a user, a group or a name), and drop what is too old."""
    name = by.get_username() if by else ""
    entry = AuditEntry.objects.create(event=event, account=str(account)[:200], by=by, by_name=name, detail=detail)
    drop_old()
    return entry


def drop_old():
    """Forget entries, failed attempts, sessions and tables waiting for import whose time is over."""
    now = timezone.now()
    AuditEntry.objects.filter(at__lt=now - timedelta(days=settings.AUDIT_DAYS)).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    PendingImport.objects.expired().delete()


def listen():
    """Hear of logins from Django and of locks from axes."""
    user_logged_in.connect(logged_in, dispatch_uid="audit")
    user_logged_out.connect(logged_out, dispatch_uid="audit")
    user_login_failed.connect(login_failed, dispatch_uid="audit")
    user_locked_out.connect(locked_out, dispatch_uid="audit")


def logged_in(sender, request, user, **kwargs):
    """Somebody is in, with or without a second factor."""
    device = getattr(user, "otp_device", None)
    record(Event.LOGIN, user, by=user, detail=str(device.name) if device else _("without second factor"))


def logged_out(sender, request, user, **kwargs):
    """Somebody left; ``user`` is None where nobody was signed in."""
    if user:
        record(Event.LOGOUT, user, by=user)


def login_failed(sender, credentials, request=None, **kwargs):
    """Somebody did not get in; attempts during a lock are not listed one by one."""
    if not getattr(request, "axes_locked_out", False):
        record(Event.FAILED, known_name(credentials.get("username")), detail=credentials.get("reason", ""))


def locked_out(sender, request, username, **kwargs):
    """Too many failures: listed when the lock begins."""
    newest = AuditEntry.objects.filter(account=known_name(username)).first()
    if not newest or newest.event != Event.LOCKED:
        record(Event.LOCKED, known_name(username))


def known_name(name):
    """The name of an account there is. What else was typed is not kept: it may be a password."""
    accounts = get_user_model().objects
    return name if name and accounts.filter(username=name).exists() else UNKNOWN_ACCOUNT


def rights_of(record):
    """What a user or group may: a set of words. None, a record not saved yet, may nothing."""
    if record is None or record.pk is None:
        return set()
    if isinstance(record, Group):
        return permissions(record.permissions)
    flags = {field for field in ("is_active", "is_staff", "is_superuser") if getattr(record, field)}
    words = {str(record._meta.get_field(field).verbose_name) for field in flags}
    words |= {_("group %(name)s") % {"name": name} for name in record.groups.values_list("name", flat=True)}
    return words | permissions(record.user_permissions)


def permissions(manager):
    """Permissions as Django's code writes them."""
    return {f"{app}.{name}" for app, name in manager.values_list("content_type__app_label", "codename")}


def record_rights(account, before, *, by):
    """Write down how the rights of ``account`` differ from ``before``, if they do."""
    after = rights_of(account)
    changes = [
        *(f"+ {each}" for each in sorted(after - before)),
        *(f"− {each}" for each in sorted(before - after)),
    ]
    if changes:
        record(Event.RIGHTS, account, by=by, detail="\n".join(changes))
