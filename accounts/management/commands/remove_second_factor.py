"""``manage.py remove_second_factor NAME``: for somebody who lost phone and recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor


class Command(BaseCommand):
    """Takes the second factor of an account away, for the case that nobody can do it in the admin."""

    help = "Remove the second factor of an account; where one is required a new one is set up at the next login."

    def add_arguments(self, parser):
        parser.add_argument("name")

    def handle(self, *, name, **options):
        user = get_user_model().objects.filter(username=name).first()
        if not user:
            raise CommandError(f"There is no account “{name}”.")
        if not second_factor.has_one(user):
            raise CommandError(f"The account “{name}” has no second factor.")
        second_factor.remove(user, by=None)
        self.stdout.write(f"The account “{name}” has no second factor any more.")
