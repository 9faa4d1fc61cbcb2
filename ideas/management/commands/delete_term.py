"""``manage.py delete_term topic SLUG … --by ACCOUNT``: deletes terms that too many entries carry for the desk."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ideas.deletion import delete_terms
from ideas.models import Actor, CitySize, Topic

KINDS = {model._meta.model_name: model for model in (Topic, Actor, CitySize)}


class Command(BaseCommand):
    """Does what the desk does, without anyone waiting for an answer."""

    help = "Delete topics, actors or city sizes for good; the entries carry them no longer."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("slugs", nargs="+", metavar="slug")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="account in whose name it is done")

    def handle(self, *, kind, slugs, by, **options):
        user = get_user_model().objects.filter(username=by).first()
        if not user:
            raise CommandError(f"There is no account “{by}”.")
        if not user.has_perm(f"ideas.delete_{kind}"):
            raise CommandError(f"The account “{by}” may not delete a {kind}.")
        terms = KINDS[kind].objects.in_bulk(slugs, field_name="slug")
        if missing := [slug for slug in slugs if slug not in terms]:
            raise CommandError(f"There is no {kind} “{missing[0]}”.")
        try:
            changed = delete_terms(terms.values(), by=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"Deleted; {changed} entries carried it. Then call: manage.py rebuild_search")
