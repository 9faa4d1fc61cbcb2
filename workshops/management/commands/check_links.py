"""``manage.py check_links``: whether the links of the sources still lead somewhere."""

import argparse
from collections import Counter

from django.core.management.base import BaseCommand
from django.utils import translation
from tqdm import tqdm

from workshops import web
from workshops.links import check_all, due, record
from workshops.models import LinkFinding, LinkStatus


def positive(text):
    """A number that is not negative."""
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 on")
    return number


class Command(BaseCommand):
    """Checks what is due and writes each result at once, so that a broken run goes on where it stopped."""

    help = (
        "Check the links of the sources, politely: robots.txt is obeyed, hosts get a pause between two requests. "
        "Results are written at once; a second run goes on with what is not yet checked. Run it once a week."
    )

    def add_arguments(self, parser):
        parser.add_argument("--days", type=positive, default=7, help="leave out what was checked in so many days")
        parser.add_argument("--limit", type=int, help="check at most so many sources, the longest unchecked first")
        parser.add_argument("--pause", type=positive, default=2, help="seconds between two requests to one host")
        parser.add_argument("--timeout", type=positive, default=web.TIMEOUT_SECONDS, help="seconds to wait")
        parser.add_argument(
            "--private-addresses", action="store_true", help="also ask hosts in private networks, such as your own"
        )

    def handle(self, *, days, limit, pause, timeout, private_addresses, **options):
        sources = list(due(days)[: max(limit, 0) if limit is not None else None])
        found, findings = Counter(), Counter()
        results = check_all(sources, pause=pause, timeout=timeout or None, private=private_addresses)
        try:
            for source, result in tqdm(results, total=len(sources), unit=" links", file=self.stderr, disable=None):
                record(source, result)
                found[result.status] += 1
                findings[result.finding] += result.status == LinkStatus.UNKNOWN
        except KeyboardInterrupt:
            self.stderr.write("Stopped. What was found is written; the next run goes on from here.")
        self.report(found, findings)

    def report(self, found, findings):
        """How many links are in which state, and why some could not be judged."""
        with translation.override("en"):
            words = ", ".join(f"{found[status]} {status.label}" for status in LinkStatus if found[status])
            self.stdout.write(f"{found.total()} links checked{f': {words}' if words else ''}.")
            for finding, number in findings.most_common():
                if number:
                    self.stdout.write(f"  not judged: {number} × {LinkFinding(finding).label}")
