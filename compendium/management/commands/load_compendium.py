"""``manage.py load_compendium``: the content files into the database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from tqdm import tqdm

from compendium.loading import load
from compendium.loading.store import Action, Invalid, leftovers, report
from ideas.models import Idea

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Checks the content files as a whole, then writes them in one transaction."""

    help = (
        "Load the content files into the database. Everything is checked first; then all is written or nothing. "
        "A second run changes nothing, and what editors have changed stays as it is."
    )

    # What the operator has not filled in yet is no concern of the content files.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--path", type=Path, default=DATA, help="folder with the content files")
        parser.add_argument("--dry-run", action="store_true", help="check and compare, write nothing")
        parser.add_argument("--overwrite", action="store_true", help="also write over what editors have changed")
        parser.add_argument("--if-empty", action="store_true", help="do nothing if the database holds an idea")

    def handle(self, *, path, dry_run, overwrite, if_empty, **options):
        if if_empty and Idea.objects.exists():
            self.stdout.write("The database holds ideas already; nothing to load.")
            return
        if not path.is_dir():
            raise CommandError(f"There is no folder {path}.")
        with translation.override("en"):
            try:
                plan = load(path, overwrite=overwrite, dry_run=dry_run, progress=self.progress)
            except Invalid as error:
                for problem in error.problems:
                    self.stderr.write(str(problem))
                count = f"{len(error.problems)} problem{'s' if len(error.problems) > 1 else ''}"
                raise CommandError(f"{count} in the content files; nothing was written.") from None
            for line in report(plan):
                self.stdout.write(line)
        for entry, action in plan:
            if action in {Action.EDITED, Action.DELETED}:
                self.stdout.write(self.style.WARNING(f"{entry.file}: {entry.label}: {action.value}"))
        for kind, key in leftovers(entry for entry, _ in plan):
            self.stdout.write(self.style.WARNING(f"{kind} {key}: no longer in the files; kept"))
        if dry_run:
            self.stdout.write("This was a dry run; nothing was written.")

    def progress(self, entries):
        """Show on a terminal how far the writing is."""
        return tqdm(entries, desc="Writing", unit=" records", file=self.stderr, disable=None)
