"""The second factor: a code of six digits from a phone (TOTP, RFC 6238), or one of ten recovery codes.

Django's own login happens only when everything asked for has been proven. Until then a :class:`Waiting` stands in
the session, so nothing on the site mistakes half a login for a whole one.
"""

import re
import time
from base64 import b32encode
from dataclasses import asdict, dataclass
from secrets import token_hex

import segno
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import audit
from .models import Event

CODES = 10
WAITING_SECONDS = 600
TRIES = 5
KEY = "waiting_for_second_factor"
SECRET = "second_factor_secret"  # noqa: S105 (the name of an entry in the session)


@dataclass
class Waiting:
    """Somebody whose password was right and who still has to prove or set up the second factor."""

    user_id: int
    backend: str
    mark: str
    next: str
    since: float
    failures: int = 0

    @classmethod
    def begin(cls, request, user, following):
        """Remember in the session whom to wait for, and where they want to go."""
        waiting = cls(user.pk, user.backend, user.get_session_auth_hash(), following, time.time())
        request.session.cycle_key()
        request.session.pop(SECRET, None)
        request.session[KEY] = asdict(waiting)

    @classmethod
    def of(cls, request):
        """Who is waited for, with ``user``; None if nobody is, for too long, or whose password has changed."""
        if KEY not in request.session:
            return None
        waiting = cls(**request.session[KEY])
        user = get_user_model().objects.filter(pk=waiting.user_id, is_active=True, is_staff=True).first()
        late = time.time() - waiting.since > WAITING_SECONDS
        if not user or late or not constant_time_compare(waiting.mark, user.get_session_auth_hash()):
            del request.session[KEY]
            return None
        waiting.user = user
        return waiting

    def failed(self, request):
        """Count a wrong code, also for the brake on passwords; after a few the login starts anew."""
        credentials = {"username": self.user.get_username(), "reason": _("wrong code")}
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        self.failures += 1
        if self.failures >= TRIES:
            del request.session[KEY]
        else:
            request.session[KEY] = asdict(self)

    def finish(self, request, device):
        """Log in: everything is proven."""
        del request.session[KEY]
        self.user.otp_device = device
        login(request, self.user, backend=self.backend)


def has_one(user):
    """Whether the account has set up a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def proven(user):
    """Whether a signed-in user has proven all that is asked for; asked once for each request."""
    if user.is_verified():
        return True
    if not hasattr(user, "owes_second_factor"):
        user.owes_second_factor = settings.REQUIRE_2FA or has_one(user)
    return not user.owes_second_factor


def verify(user, code):
    """The device that accepts ``code``, else None. Six digits are of the phone, anything else a recovery code.

    Each code works once. After a wrong one the device refuses any for a growing time.
    """
    code = re.sub(r"[\s-]", "", code).lower()
    model = TOTPDevice if re.fullmatch(r"[0-9]{6}", code) else StaticDevice
    with transaction.atomic():
        devices = model.objects.select_for_update().filter(user=user, confirmed=True)
        return next((device for device in devices if device.verify_token(code)), None)


def new_secret():
    """A secret for a new device: 160 bits in hexadecimal."""
    return token_hex(20)


def legible(secret):
    """The secret as apps want it typed: Base32 in groups of four."""
    text = b32encode(bytes.fromhex(secret)).decode()
    return " ".join(re.findall("....", text))


def address(user, secret):
    """The address that sets up the app on a phone."""
    return TOTPDevice(user=user, key=secret).config_url


def qr_code(link):
    """``link`` as a QR code in SVG, without styles: dark on white in every colour scheme, as cameras want it."""
    drawing = segno.make(link, micro=False, error="m").svg_inline(
        omitsize=True, light="#fff", svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 (numbers only: the link itself is not in the drawing)


def set_up(user, secret, code, *, by):
    """Make the phone that shows ``code`` the second factor, in place of any other. Returns the device or None."""
    proof = TOTP(bytes.fromhex(secret))
    proof.time = time.time()
    code = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", code) or not proof.verify(int(code), tolerance=1):
        return None
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        device = TOTPDevice.objects.create(user=user, name=_("code from the phone"), key=secret, last_t=proof.t())
        audit.record(Event.SECOND_FACTOR_ON, user, by=by)
        new_codes(user, by=by)
    return device


def new_codes(user, *, by):
    """Ten fresh recovery codes; those from before are worth nothing any more."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=_("recovery code"))
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=StaticToken.random_token()) for _number in range(CODES)
        )
        audit.record(Event.CODES, user, by=by)


def codes(user):
    """The recovery codes that are left, in the order they were made."""
    tokens = StaticToken.objects.filter(device__user=user).order_by("pk")
    return [f"{token[:4]}-{token[4:]}" for token in tokens.values_list("token", flat=True)]


def remove(user, *, by):
    """Take the second factor away; whether one is needed decides ``REQUIRE_2FA`` at the next page."""
    with transaction.atomic():
        if has_one(user):
            audit.record(Event.SECOND_FACTOR_OFF, user, by=by)
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
