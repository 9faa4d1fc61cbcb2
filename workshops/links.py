"""Whether the links of sources still lead somewhere. ``manage.py check_links`` runs this; no page ever does.

A source is called *dead* only where someone says so: the server (404, 410), or the name service and the host
itself (no such host, connection refused) – the latter only if another host answered in the same run, because
otherwise our own network may be the reason. Everything else that is no answer – time, TLS, faults of the server,
a door closed to programs, robots.txt, no network on our side – stays *unknown* and says why.
Only lasting redirects (301, 308) are *redirected*: there an editor can take over the new address.
"""

import http.client
import socket
import ssl
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from queue import SimpleQueue
from threading import Event
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from . import web
from .models import LinkFinding, LinkStatus, Source

HOSTS_AT_ONCE = 4
REDIRECTS_AT_MOST = 8
TRIES = 3
LONGEST_PAUSE_SECONDS = 30
LASTING, PASSING = {301, 308}, {302, 303, 307}
WORTH_ANOTHER_TRY = {LinkFinding.TIMEOUT, LinkFinding.FAULT, LinkFinding.REFUSED, LinkFinding.NO_NETWORK}


@dataclass(frozen=True)
class Result:
    """What a check found. ``answered`` says whether any server spoke, so that our network works."""

    status: str
    finding: str = ""
    http_status: int | None = None
    final_url: str = ""
    answered: bool = False


def unknown(finding, **values):
    """A :class:`Result` that says nothing against the link."""
    return Result(LinkStatus.UNKNOWN, finding, **values)


def due(days, now=None):
    """The sources whose link is to be checked: not ignored, and not checked within ``days``; the oldest first."""
    since = (now or timezone.now()) - timedelta(days=days)
    waiting = Source.objects.watched().exclude(checked_at__gt=since)
    return waiting.order_by(F("checked_at").asc(nulls_first=True), "pk")


def check_all(sources, *, pause=2.0, timeout=web.TIMEOUT_SECONDS, private=False):
    """Check ``sources`` and yield each with its :class:`Result` once it is certain.

    Hosts are asked side by side, the sources of one host one after the other with ``pause`` seconds between two
    requests. What looks dead for lack of a host is held back to the end, when it is known whether others answered.
    """
    hosts = defaultdict(list)
    for source in sources:
        hosts[urlsplit(source.url).netloc.lower()].append(source)
    results, stop = SimpleQueue(), Event()
    held, others_answered = [], False
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        try:
            for group in hosts.values():
                pool.submit(check_host, group, results.put, Host(pause, timeout, private, stop))
            for _number in range(sum(map(len, hosts.values()))):
                source, result = results.get()
                if isinstance(result, Exception):
                    raise result
                others_answered |= result.answered
                if result.status == LinkStatus.DEAD and not result.answered:
                    held.append((source, result))
                else:
                    yield source, result
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
    for source, result in held:
        yield source, result if others_answered else unknown(LinkFinding.NO_NETWORK)


def record(source, result):
    """Write down what was found, unless the address was changed meanwhile. No history: nothing was edited."""
    Source.objects.filter(pk=source.pk, url=source.url).update(
        link_status=result.status, link_finding=result.finding, http_status=result.http_status,
        final_url=result.final_url, checked_at=timezone.now(),
    )  # fmt: skip


def check_host(sources, report, host):
    """Check the sources of one host in their order; whatever happens, ``report`` hears of each of them."""
    for source in sources:
        try:
            report((source, host.check(source.url)))
        except Exception as error:  # raised again in the main thread
            report((source, error))


class Host:
    """How one host is treated: its robots.txt, and the pause between two requests to it and its neighbours."""

    def __init__(self, pause, timeout, private, stop):
        self.pause, self.timeout, self.private, self.stop = pause, timeout, private, stop
        self.robots = {}
        self.asked = False

    def check(self, url):
        """The :class:`Result` for ``url``; faults that may pass are tried again, with a growing pause."""
        for attempt in range(TRIES):
            result = self.follow(url)
            if result.finding not in WORTH_ANOTHER_TRY or attempt == TRIES - 1:
                break
            self.stop.wait(self.pause * 2**attempt)
        return result

    def follow(self, url):
        """Follow ``url`` to where it ends."""
        here, lasting = url, True
        for _hop in range(REDIRECTS_AT_MOST):
            try:
                if not self.may_ask(here):
                    return unknown(LinkFinding.ROBOTS, answered=True)
                answer = self.request(here)
            except (OSError, http.client.HTTPException, ValueError) as error:
                return judge_failure(error)
            if answer.status not in LASTING | PASSING or not answer.location:
                return judge_answer(answer.status, url, here if lasting else url)
            lasting = lasting and answer.status in LASTING
            here = answer.location
        return unknown(LinkFinding.TOO_MANY_REDIRECTS, answered=True)

    def request(self, url):
        """The answer to HEAD, or to GET where the server does not know HEAD or answers it strangely."""
        answer = self.ask("HEAD", url)
        understood = answer.status < 400  # noqa: PLR2004 (the first status that stands for a failure)
        return answer if understood else self.ask("GET", url)

    def ask(self, method, url, **options):
        """One request, after the pause that is due."""
        if self.asked:
            self.stop.wait(self.pause)
        self.asked = True
        return web.ask(method, url, private=self.private, timeout=self.timeout, **options)

    def may_ask(self, url):
        """Whether robots.txt lets us ask for ``url``. RFC 9309: none means yes, a fault of the server no."""
        parts = urlsplit(url)
        site = (parts.scheme, parts.netloc)
        if site not in self.robots:
            self.robots[site] = self.read_robots(urlunsplit((*site, "/robots.txt", "", "")))
        return self.robots[site].can_fetch(web.NAME, url)

    def read_robots(self, url):
        """The rules at ``url``; redirects are followed."""
        rules = RobotFileParser(url)
        for _hop in range(REDIRECTS_AT_MOST):
            answer = self.ask("GET", url, read=True)
            if answer.status not in LASTING | PASSING or not answer.location:
                break
            url = answer.location
        if answer.status == http.client.OK:
            rules.parse(answer.text.splitlines())
        else:
            rules.allow_all = answer.status < http.client.INTERNAL_SERVER_ERROR
            rules.disallow_all = not rules.allow_all
        self.pause = min(max(self.pause, float(rules.crawl_delay(web.NAME) or 0)), LONGEST_PAUSE_SECONDS)
        return rules


def judge_answer(status, url, final):
    """What the last answer on the way from ``url`` to ``final`` means."""
    spoken = {"http_status": status, "answered": True}
    if status in {http.client.NOT_FOUND, http.client.GONE}:
        return Result(LinkStatus.DEAD, LinkFinding.GONE, **spoken)
    if status >= http.client.INTERNAL_SERVER_ERROR:
        return unknown(LinkFinding.FAULT, **spoken)
    if status >= http.client.BAD_REQUEST:
        return unknown(LinkFinding.DENIED, **spoken)
    if without_fragment(final) == without_fragment(url):
        return Result(LinkStatus.OK, **spoken)
    lost = urlsplit(final).path in {"", "/"} and urlsplit(url).path not in {"", "/"}
    moved = Result(LinkStatus.REDIRECT, LinkFinding.MOVED, final_url=final[:2000], **spoken)
    return replace(moved, finding=LinkFinding.TO_START_PAGE) if lost else moved


def without_fragment(url):
    """An address without the part that is never sent."""
    return urlsplit(url)._replace(fragment="").geturl()


# What it means that no answer came: the first kind that fits
FAILURES = (
    (web.NotPublicError, unknown(LinkFinding.NOT_PUBLIC)),
    (ssl.SSLError, unknown(LinkFinding.TLS, answered=True)),
    (TimeoutError, unknown(LinkFinding.TIMEOUT)),
    (ConnectionRefusedError, Result(LinkStatus.DEAD, LinkFinding.REFUSED)),
    (http.client.InvalidURL, unknown(LinkFinding.NOT_PUBLIC)),
    ((http.client.HTTPException, ConnectionError), unknown(LinkFinding.FAULT, answered=True)),
    (ValueError, unknown(LinkFinding.NOT_PUBLIC)),
    (OSError, unknown(LinkFinding.NO_NETWORK)),
)
# EAI_AGAIN and others mean that the name service did not answer, not that the name does not exist.
NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def judge_failure(error):
    """What it means that no answer came but ``error``."""
    if isinstance(error, socket.gaierror) and error.errno in NO_SUCH_NAME:
        return Result(LinkStatus.DEAD, LinkFinding.NO_HOST)
    return next(result for kind, result in FAILURES if isinstance(error, kind))


def take_over(sources):
    """Give redirected ``sources`` the address they now have. Returns those changed, and the others with a reason.

    A start page instead of the page that was cited is no new address, nor is one another source has already.
    """
    taken, left = [], []
    for source in sources:
        if source.link_finding != LinkFinding.MOVED:
            left.append((source, _("has not moved to a new address.")))
        elif len(source.final_url) > Source._meta.get_field("url").max_length:
            left.append((source, _("The new address is too long.")))
        elif Source.objects.filter(url=source.final_url).exists():
            left.append((source, _("Another source has the new address already; cite that one.")))
        else:
            source.url = source.final_url
            source.forget_check()
            source.save()
            taken.append(source)
    return taken, left
