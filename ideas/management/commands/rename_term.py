"""``manage.py rename_term topic SLUG NAME --by ACCOUNT``: a new name where it is too much for the desk."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from ideas.models import Actor, Topic
from ideas.renaming import rename
from workshops.models import Workshop

KINDS = {model._meta.model_name: model for model in (Topic, Actor, Workshop)}


class Command(BaseCommand):
    """Does what the form of the desk does, without anyone waiting for an answer."""

    help = "Give a topic, an actor or a workshop another name; addresses stay."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("slug")
        parser.add_argument("name", help="the new name")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="account in whose name it is done")

    def handle(self, *, kind, slug, name, by, **options):
        user = get_user_model().objects.filter(username=by).first()
        if not user:
            raise CommandError(f"There is no account “{by}”.")
        record = KINDS[kind].objects.filter(slug=slug).first()
        if not record:
            raise CommandError(f"There is no {kind} “{slug}”.")
        try:
            number = rename(record, name, by=user)
        except PermissionDenied:
            raise CommandError(f"The account “{by}” may not rename a {kind}.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{number} entries are found by “{name}” now. Then call: manage.py rebuild_search")
