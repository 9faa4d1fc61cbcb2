"""``manage.py rebuild_search``: the search index anew, from the ideas."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from ideas.models import SearchDocument
from ideas.search.indexing import differing, out_of_date, rebuild

MOST_NAMED = 20


class Command(BaseCommand):
    """Makes the index in one transaction: visitors search the old one until the new one is complete."""

    help = "Make the search index anew. Needed after a change of the analysis or of the database behind the site."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed", action="store_true", help="do nothing if the index holds all ideas as they are now"
        )
        parser.add_argument(
            "--verify", action="store_true", help="change nothing, but compare every idea with the index"
        )

    def handle(self, *, if_needed, verify, **options):
        if verify:
            self.verify()
        elif not if_needed or out_of_date().exists():
            rebuild(self.progress)
            self.stdout.write(f"{SearchDocument.objects.count()} ideas are in the search index.")

    def verify(self):
        """Say whether the index holds all ideas as they are."""
        numbers = list(differing(self.progress))
        if numbers:
            named = ", ".join(f"{number:03}" for number in numbers[:MOST_NAMED])
            more = " …" if len(numbers) > MOST_NAMED else ""
            raise CommandError(
                f"The index differs from {len(numbers)} ideas ({named}{more}). Run: manage.py rebuild_search"
            )
        self.stdout.write("The search index holds all ideas as they are.")

    def progress(self, ideas):
        """Show on a terminal how far it is."""
        return tqdm(ideas, desc="Search index", unit=" ideas", file=self.stderr, disable=None)
