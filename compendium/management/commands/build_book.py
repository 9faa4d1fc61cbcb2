"""``manage.py build_book``: the whole compendium as a typeset PDF."""

import shutil
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from compendium.book.shelf import book
from ideas.exports.typesetting import TypesettingFailed

LOCAL = "http://localhost:8000"


class Command(BaseCommand):
    """Builds the book unless it is on the shelf already, and copies it where it is wanted."""

    help = (
        "Build the whole compendium as a PDF. The site serves the same file under /kompendium.pdf and builds it "
        "when it is asked for; after this command the first reader need not wait."
    )

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, help="also write the book to this file")
        parser.add_argument(
            "--base-url",
            help="address of the site for the permanent links, such as https://kompendium.example.org; by default "
            f"https:// with the first of ALLOWED_HOSTS if PRODUCTION=1, else {LOCAL}",
        )

    def handle(self, *, output, base_url, **options):
        base = (base_url or default_address()).rstrip("/") + "/"
        if urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).netloc:
            raise CommandError(f"--base-url must begin with https:// or http://, not “{base_url}”.")
        started = time.monotonic()
        try:
            path = book(lambda path: urljoin(base, path), progress=self.progress, building=self.say_typesetting)
            if output:
                output.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, output)
        except TypesettingFailed as error:
            raise CommandError(f"The book cannot be typeset: {error}") from None
        except OSError as error:
            raise CommandError(f"The book cannot be written: {error}") from None
        self.stdout.write(f"The book with links to {base} is ready after {time.monotonic() - started:.1f} s:")
        self.stdout.write(str(output or path))

    def progress(self, ideas):
        """Show on a terminal how far the entries are."""
        return tqdm(ideas, desc="Preparing", unit=" entries", file=self.stderr, disable=None)

    def say_typesetting(self):
        """Say what takes longest."""
        self.stderr.write("Typesetting …")


def default_address():
    """The address of the site as far as the settings know it."""
    host = next((host for host in settings.ALLOWED_HOSTS if settings.PRODUCTION and host[0] not in ".*"), None)
    return f"https://{host}" if host else LOCAL
