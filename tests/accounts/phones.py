"""Phones for tests: what an app for one-time codes shows."""

import re
import time
from base64 import b32decode

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "zwölf Läden stehen leer"  # noqa: S105 (opens nothing)
STEP_SECONDS = 30
KEY = "3132333435363738393031323334353637383930"  # of RFC 6238


def make_staff(name="ada", **values):
    """A staff account with all rights, unless ``values`` say otherwise."""
    return User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, "is_superuser": True} | values)


def shown(secret, later=0):
    """The code a phone with ``secret`` (hexadecimal or as typed in) shows now, or so many steps later."""
    key = bytes.fromhex(secret) if re.fullmatch("[0-9a-f]{40}", secret) else b32decode(secret.replace(" ", ""))
    return f"{totp(key, t0=int(-later * STEP_SECONDS)):06}"


def set_up_phone(user, secret=KEY):
    """A phone that has been set up some time ago; returns its secret."""
    TOTPDevice.objects.create(user=user, name="Telefon", key=secret, last_t=int(time.time()) // STEP_SECONDS - 10)
    return secret


class Browser(Client):
    """A browser at the door of the admin."""

    def sign_in(self, name="ada", password=PASSWORD, following="/admin/", **headers):
        """Send name and password."""
        return self.post("/admin/login/", {"username": name, "password": password, "next": following}, **headers)

    def send_code(self, code):
        """Send the code that is asked for after the password."""
        return self.post("/admin/anmeldung/code/", {"code": code})

    def is_inside(self):
        """Whether the admin opens."""
        return self.get("/admin/").status_code == 200
