"""What visitors search for, counted without persons: a day, a term, how often, and how many ideas fitted.

Terms that may be about a person are not kept, nor is anything else of the request. A search is counted after the
page has been sent; whatever goes wrong then disturbs nobody.
"""

import logging
import re
import unicodedata
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from django.db import Error, connection, transaction
from django.db.models import F
from django.utils import timezone

from .models import SearchCount

LONGEST, MOST_DIGITS = 60, 3
MACHINE = re.compile("bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|http", re.IGNORECASE)
PATIENCE = 200  # milliseconds; a count is not worth more waiting for another writer

logger = logging.getLogger(__name__)


def normalised(text):
    """The term as it is kept: in lower case, any white space as one space; empty if it must not be kept."""
    lower = unicodedata.normalize("NFC", text).lower()
    term = " ".join("".join(each if each.isprintable() else " " for each in lower).split())
    personal = "@" in term or sum(each.isdigit() for each in term) > MOST_DIGITS
    return "" if personal or len(term) > LONGEST else term


def hits_of(search):
    """How many ideas fit what was typed; of a question, how many answer it. Corrected words were not found."""
    if search.corrections:
        return 0
    return search.exact + search.similar if search.question else search.exact


def is_new(request, text):
    """Whether a visitor searches for ``text`` now, and does not turn a page, choose a filter or come back.

    The address a browser comes from tells; it is looked at and not kept. Programs do not count.
    """
    agent, purpose = request.headers.get("User-Agent", ""), request.headers.get("Sec-Purpose", "")
    if request.method != "GET" or "seite" in request.GET or purpose or not agent or MACHINE.search(agent):
        return False
    try:
        before = parse_qs(urlsplit(request.headers.get("Referer", "")).query).get("q", [""])[0]
    except ValueError:
        before = ""
    return normalised(before) != normalised(text)


def count_after(response, request, filterset):
    """Let the search of ``filterset`` be counted when ``response`` has been sent, if it is one to count."""
    text, search = filterset.chosen.get("q", ""), filterset.search
    if search and any(not clause.negative for clause in search.typed) and is_new(request, text):
        close, hits = response.close, hits_of(search)

        def close_and_count():
            try:
                count(text, hits)
            finally:
                close()

        response.close = close_and_count
    return response


def count(text, hits):
    """Count a search for ``text`` that ``hits`` ideas fitted. An error is logged without the term."""
    if not (term := normalised(text)):
        return
    today = timezone.localdate()
    try:
        with impatient(), transaction.atomic():
            rows = SearchCount.objects.filter(day=today, term=term)
            if not rows.update(count=F("count") + 1, hits=hits):
                _row, new = SearchCount.objects.get_or_create(day=today, term=term, defaults={"hits": hits})
                if not new:  # another process was faster
                    rows.update(count=F("count") + 1, hits=hits)
                SearchCount.objects.expired().delete()
    except Error as error:
        logger.warning("A search was not counted: %s", error)


@contextmanager
def impatient():
    """Give up soon where another writer holds the lock of the whole database, as on SQLite."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
