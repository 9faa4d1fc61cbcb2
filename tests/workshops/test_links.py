"""The link check, against servers of our own: who is dead, who only moved, and of whom nothing is known."""

import http.client
import io
import socket
import ssl
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import make_source
from tests.workshops.servers import redirect, serving
from workshops import links, web
from workshops.models import Source

pytestmark = pytest.mark.django_db
SLOW_SECONDS = 0.3


def check(*urls, **options):
    """Check sources with these addresses; returns what was found by path, as (status, finding)."""
    sources = [make_source(url=url) for url in urls]
    results = links.check_all(sources, **{"pause": 0, "timeout": 5, "private": True} | options)
    return {source.url: (result.status, result.finding) for source, result in results}


def one(url, **options):
    """Check a single address."""
    return check(url, **options)[url]


def only_get(handler):
    """A page of a server that does not know HEAD."""
    return 405 if handler.command == "HEAD" else 200


def slow(handler):
    """A page that takes longer than anyone waits."""
    threading.Event().wait(SLOW_SECONDS)
    return 200


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (200, ("ok", "")),
        (redirect("/neu"), ("redirect", "moved")),
        (redirect("/neu", 308), ("redirect", "moved")),
        (redirect("/neu", 302), ("ok", "")),
        (redirect("/"), ("redirect", "to-start-page")),
        (redirect("/weg"), ("dead", "gone")),
        (redirect("/seite"), ("unknown", "redirects")),
        (404, ("dead", "gone")),
        (410, ("dead", "gone")),
        (401, ("unknown", "denied")),
        (403, ("unknown", "denied")),
        (429, ("unknown", "denied")),
        (500, ("unknown", "fault")),
        (503, ("unknown", "fault")),
        (only_get, ("ok", "")),
        (redirect("ftp://127.0.0.1/datei"), ("unknown", "not-public")),
        (redirect("http://[kaputt/"), ("unknown", "not-public")),
    ],
)
def test_answers_of_a_server(page, expected):
    with serving({"/seite": page, "/neu": 200, "/": 200}) as site:
        assert one(f"{site.address}/seite") == expected


def test_slow_page_is_not_dead():
    with serving({"/seite": slow}) as site:
        assert one(f"{site.address}/seite", timeout=SLOW_SECONDS / 3) == ("unknown", "timeout")


def test_fault_that_passes_is_forgiven():
    answers = iter([503, 503, 200])
    with serving({"/seite": lambda handler: next(answers)}) as site:
        assert one(f"{site.address}/seite") == ("ok", "")


def test_robots_are_obeyed_and_asked_once():
    robots = f"User-agent: {web.NAME}\nDisallow: /geheim\n"
    with serving({"/geheim": 200, "/offen": 200, "/auch": 200}, robots) as site:
        paths = ("/geheim", "/offen", "/auch")
        found = check(*(site.address + path for path in paths))

    assert [found[site.address + path] for path in paths] == [("unknown", "robots"), ("ok", ""), ("ok", "")]
    assert site.asked == [("GET", "/robots.txt"), ("HEAD", "/offen"), ("HEAD", "/auch")]


def test_robots_of_the_host_a_redirect_leads_to_count_too():
    with serving({"/neu": 200}, "User-agent: *\nDisallow: /") as other, serving({}) as site:
        site.pages["/seite"] = redirect(f"{other.address}/neu")

        assert one(f"{site.address}/seite") == ("unknown", "robots")


def test_host_gets_its_pause_and_hears_who_asks(monkeypatch):
    waited = []
    monkeypatch.setattr(threading.Event, "wait", lambda self, seconds=None: waited.append(seconds))
    host = links.Host(2, 5, True, threading.Event())
    with serving({"/seite": 200}, "User-agent: *\nCrawl-delay: 5") as site:
        waited.clear()
        host.check(f"{site.address}/seite")
        asked = [seconds for seconds in waited if seconds == 5]

    assert len(asked) == 1
    assert site.agents == {f"{web.NAME}/1.0"}


def test_agent_names_the_site_in_production(settings):
    settings.PRODUCTION, settings.ALLOWED_HOSTS = True, ["localhost", ".kompendium.example"]

    assert web.user_agent() == f"{web.NAME}/1.0 (+https://kompendium.example/)"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://[::1]:9/",
        "http://10.0.0.8/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://localhost:9/",
        "http://0x7f000001:9/",
        "ftp://example.org/",
    ],
)
def test_private_addresses_are_never_asked(url):
    assert one(url, private=False) == ("unknown", "not-public")


def test_redirect_into_the_private_network_is_not_followed(monkeypatch):
    with serving({"/innen": 200}) as inner, serving({"/seite": redirect(f"{inner.address}/innen")}) as site:
        # The first server plays one on the public web.
        real = web.connect
        monkeypatch.setattr(
            web, "connect", lambda host, port, *rest: real(host, port, rest[0], port == site.server_port)
        )

        assert one(f"{site.address}/seite", private=False) == ("unknown", "not-public")

    assert inner.asked == []


def free_port():
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_refused_connection_is_dead_only_if_another_host_answers():
    refused = f"http://127.0.0.1:{free_port()}/seite"
    assert one(refused) == ("unknown", "no-network")
    Source.objects.all().delete()

    with serving({"/seite": 200}) as site:
        assert check(refused, f"{site.address}/seite")[refused] == ("dead", "refused")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such host"), ("dead", "no-host")),
        (socket.gaierror(socket.EAI_AGAIN, "name service away"), ("unknown", "no-network")),
        (OSError(101, "Network is unreachable"), ("unknown", "no-network")),
        (TimeoutError(), ("unknown", "timeout")),
        (ssl.SSLCertVerificationError(), ("unknown", "tls")),
        (ConnectionResetError(), ("unknown", "fault")),
        (http.client.BadStatusLine("SSH-2.0"), ("unknown", "fault")),
        (ValueError("Port out of range 0-65535"), ("unknown", "not-public")),
    ],
)
def test_failures_without_an_answer(error, expected):
    result = links.judge_failure(error)

    assert (result.status, result.finding) == expected


def test_address_with_umlauts_and_spaces_is_asked_as_browsers_do():
    with serving({"/%C3%BCber%20uns?q=%C3%A4": 200}) as site:
        assert one(f"{site.address}/über uns?q=ä#teil") == ("ok", "")


def test_server_that_does_not_speak_http_is_unknown():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def chatter():
            for _ in range(links.TRIES):
                connection, _address = server.accept()
                with connection:
                    connection.recv(1000)
                    connection.sendall(b"SSH-2.0-OpenSSH\r\n")

        thread = threading.Thread(target=chatter)
        thread.start()
        assert one(f"http://127.0.0.1:{server.getsockname()[1]}/") == ("unknown", "fault")
        thread.join()


def run(*arguments):
    """Run the command on our own servers; returns what it printed."""
    output = io.StringIO()
    call_command(
        "check_links", "--private-addresses", "--pause", "0", *arguments, stdout=output, stderr=io.StringIO()
    )
    return output.getvalue()


def test_command_writes_what_it_found_and_goes_on_next_time():
    with serving({"/da": 200, "/alt": redirect("/da")}) as site:
        here, moved, gone = (make_source(url=site.address + path) for path in ("/da", "/alt", "/weg"))
        ignored = make_source(url=f"{site.address}/egal", ignore_reason="nur mit Anmeldung")

        output = run()
        asked = len(site.asked)
        again = run()

        assert output == "3 links checked: 1 reachable, 1 redirected, 1 not reachable.\n"
        assert again == "0 links checked.\n"
        assert len(site.asked) == asked
        for source in (here, moved, gone, ignored):
            source.refresh_from_db()
        assert [each.link_status for each in (here, moved, gone, ignored)] == ["ok", "redirect", "dead", "unknown"]
        assert moved.final_url == f"{site.address}/da"
        assert (gone.http_status, ignored.checked_at) == (404, None)
        assert timezone.now() - gone.checked_at < timedelta(minutes=1)
        Source.objects.filter(pk=here.pk).update(checked_at=timezone.now() - timedelta(days=8))
        assert run("--days", "7") == "1 links checked: 1 reachable.\n"


def test_command_checks_the_longest_unchecked_first():
    with serving({"/alt": 200, "/neu": 200, "/nie": 200}) as site:
        for path, days in (("/neu", 20), ("/alt", 30)):
            make_source(url=site.address + path, checked_at=timezone.now() - timedelta(days=days))
        make_source(url=f"{site.address}/nie")

        run("--limit", "2")

        assert [path for method, path in site.asked if method == "HEAD"] == ["/nie", "/alt"]


def test_command_says_why_links_could_not_be_judged():
    with serving({"/zu": 403}) as site:
        make_source(url=f"{site.address}/zu")

        assert "not judged: 1 × the server does not let the check in" in run()


@pytest.mark.parametrize("arguments", [["--days", "-1"], ["--pause", "nan"], ["--timeout", "bald"]])
def test_command_refuses_nonsense(arguments):
    with pytest.raises(CommandError):
        call_command("check_links", *arguments)


def test_result_is_not_written_to_an_address_changed_meanwhile():
    source = make_source(url="https://alt.example/")
    Source.objects.update(url="https://neu.example/")

    links.record(source, links.Result("dead", "gone", 404))

    assert Source.objects.get().link_status == "unknown"


def test_new_addresses_are_taken_over_where_there_is_one():
    def found(name, finding, final):
        return make_source(title=name, link_status="redirect", link_finding=finding, final_url=final)

    moved = found("Umgezogen", "moved", "https://neu.example/seite")
    lost = found("Verloren", "to-start-page", "https://neu.example/")
    twin = found("Zwilling", "moved", "https://da.example/")
    make_source(url="https://da.example/")

    taken, left = links.take_over(Source.objects.exclude(final_url=""))

    moved.refresh_from_db()
    assert (moved.url, moved.link_status, moved.checked_at) == ("https://neu.example/seite", "unknown", None)
    assert taken == [moved]
    assert {source for source, _reason in left} == {lost, twin}
