"""``manage.py merge_terms topic STAYS GOES … --by NAME``: mergers of terms too many for the desk to wait for."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from ideas.merging.terms import merge_terms
from ideas.models import Actor, Topic

KINDS = {"topic": Topic, "actor": Actor}


class Command(BaseCommand):
    """Does what the page of the desk does, without anyone waiting for an answer."""

    help = "Merge topics, or actors: the first one stays, the others become former names of it."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("stays", help="slug of the term that stays")
        parser.add_argument("goes", nargs="+", help="slugs of the terms that become former names of it")
        parser.add_argument("--by", required=True, metavar="NAME", help="account in whose name it is done")

    def handle(self, *, kind, stays, goes, by, **options):
        user = get_user_model().objects.filter(username=by).first()
        if not user:
            raise CommandError(f"There is no account “{by}”.")
        terms = KINDS[kind].objects.in_bulk([stays, *goes], field_name="slug")
        if missing := [slug for slug in (stays, *goes) if slug not in terms]:
            raise CommandError(f"There is no {kind} “{missing[0]}”.")
        try:
            changed = merge_terms(terms[stays], [terms[slug] for slug in goes if slug != stays], by=user)
        except PermissionDenied:
            raise CommandError(f"The account “{by}” may not merge.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{changed} entries carry “{terms[stays]}” now.")
