"""``manage.py create_admin``: a staff account for the admin, with a password of the operator's choice."""

import getpass
import os
import sys

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts import audit
from accounts.models import Event


class Command(BaseCommand):
    """Makes a superuser, or gives an existing account a new password and all rights."""

    help = "Make an account for the admin. ADMIN_USER and ADMIN_PASSWORD answer the questions instead of you."

    def handle(self, **options):
        User = get_user_model()
        name = os.environ.get("ADMIN_USER") or self.ask("Name: ", input).strip()
        password = os.environ.get("ADMIN_PASSWORD") or self.ask_password()
        user = User.objects.filter(username=name).first()
        action, event = ("has a new password", Event.PASSWORD) if user else ("was made", Event.MADE)
        user = user or User(username=name)
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(password)
        try:
            user.full_clean()
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.save(user, event)
        self.stdout.write(f"The account “{name}” {action}. Sign in at /admin/.")

    def save(self, user, event):
        """Save the account and write down, in the language of the desk, what it may now."""
        before = audit.rights_of(type(user).objects.filter(pk=user.pk).first())
        with translation.override(settings.LANGUAGE_CODE):
            user.save()
            AccessAttempt.objects.filter(username=user.username).delete()  # with a new password the brake is off
            audit.record(event, user, detail="create_admin")
            audit.record_rights(user, before, by=None)

    def ask(self, question, how):
        """The answer to ``question``; an error where nobody can answer."""
        if not sys.stdin.isatty():
            raise CommandError("Nobody is here to answer. Set ADMIN_USER and ADMIN_PASSWORD.")
        try:
            while not (answer := how(question)):
                pass
            return answer  # a password may begin or end with a space
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Given up; no account was made.") from None

    def ask_password(self):
        """A password typed twice alike."""
        while True:
            password = self.ask("Password: ", getpass.getpass)
            if password == self.ask("Password again: ", getpass.getpass):
                return password
            self.stderr.write("The two differ; once more.")
