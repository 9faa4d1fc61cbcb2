"""``manage.py rebuild_search``: the search index anew, from the ideas."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from ideas.models import SearchDocument
from ideas.search.indexing import out_of_date, rebuild


class Command(BaseCommand):
    """Makes the index in one transaction: visitors search the old one until the new one is complete."""

    help = "Make the search index anew. Needed after a change of the analysis or of the database behind the site."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed", action="store_true", help="do nothing if the index holds all ideas as they are now"
        )

    def handle(self, *, if_needed, **options):
        if if_needed and not out_of_date().exists():
            return
        rebuild(self.progress)
        self.stdout.write(f"{SearchDocument.objects.count()} ideas are in the search index.")

    def progress(self, ideas):
        """Show on a terminal how far it is."""
        return tqdm(ideas, desc="Indexing", unit=" ideas", file=self.stderr, disable=None)
