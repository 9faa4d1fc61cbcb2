"""What every answer of the site must carry, and must not: found by following all links from the start pages."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from compendium.models import Page
from tests.factories import (
    make_city_size,
    make_documented_idea,
    make_event,
    make_example,
    make_idea,
    make_lab,
    make_lab_project,
    make_milestone,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_page,
    make_sector,
    make_source,
    make_topic,
    make_workshop,
)
from tests.visits import Markup

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip

SELECTIONS = 3  # of each file; tests of the exports go through more


def make_site():
    """Make at least one record of everything visitors can see."""
    event = make_event(open_questions="Was wir nicht wissen")
    event.sources.add(make_source())
    make_milestone(event)
    make_sector()
    make_city_size()
    workshop, topic, lab = make_workshop(), make_topic(), make_lab("Bremen", sources=[make_source()])
    make_lab_project(lab)
    idea = make_idea(workshop=workshop, topics=[topic], origin="workshop", documented_as=make_documented_idea())
    make_example(idea, "Bremen", municipalities=[lab.municipality])
    make_idea(status="archived", archive_note="Doppelt")
    make_outcome_detail(make_outcome())
    make_municipality("Erfurt", is_lean_partner=True)
    for slug in Page.Slug.values:
        make_page(slug, body="## Ein Text\n\n[Ideen](/ideen/)")


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """What the site answers at every address that links lead to, in both languages; asked once for all tests."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("de"):
        make_site()
        found = crawl()
        transaction.set_rollback(True)
    return found


def crawl():
    """The answer of every address that links lead to from the start pages; of files, of a few selections each."""
    client, found, waiting = Client(), {}, ["/", "/en/", "/ideen/?q=quatsch", "/ideen/?thema=gibt-es-nicht"]
    files = Counter()
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        if files[path] == SELECTIONS:
            continue
        response = found[address] = client.get(address)
        if not is_page(response) or response.status_code >= 300:
            response.getvalue()  # a file is read to its end, so that it is closed
            files[path] += response.status_code < 300
            continue
        for link, _rel in Markup(response.text).links:
            parts = urlsplit(link)
            target = f"{parts.path}?{parts.query}".rstrip("?") if parts.path else address
            if not parts.netloc and not parts.scheme and target not in found and target not in waiting:
                waiting.append(target)
    return found


@pytest.fixture(scope="module")
def pages(answers):
    """The answers that are pages: no files to take along, no redirects."""
    return {address: answer for address, answer in answers.items() if is_page(answer)}


def is_page(answer):
    """Whether an answer is HTML."""
    return "text/html" in answer.get("Content-Type", "")


def test_every_link_leads_somewhere(answers):
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    for address in ("/", "/ideen/", "/themen/leerstand/", "/workshops/revitalisierung/", "/stadtlabore/bremen/",
                    "/ergebnisse/", "/karte/", "/ueber/", "/impressum/", "/leichte-sprache/"):  # fmt: skip
        assert address in answers
        assert f"/en{address}" in answers


def test_every_anchor_exists_once(pages):
    for address, answer in pages.items():
        page = Markup(answer.text)
        assert len(page.ids) == len(set(page.ids)), address
        anchors = {link[1:] for link, _rel in page.links if link.startswith("#")}
        assert anchors <= set(page.ids), address


def test_no_page_sets_a_cookie(answers):
    assert [address for address, answer in answers.items() if "Set-Cookie" in answer or answer.cookies] == []


def test_every_page_carries_the_headers(answers):
    for answer in answers.values():
        assert_protected(answer)


def test_no_page_holds_inline_scripts_or_styles(pages):
    assert {address: inline for address, answer in pages.items() if (inline := Markup(answer.text).inline)} == {}


def test_no_page_fetches_anything_from_elsewhere(pages):
    for address, answer in pages.items():
        for tag in ('src="http', 'src="//', "url(", "@import", "srcset="):
            assert tag not in answer.text, address
        sheets = [part.split('"')[0] for part in answer.text.split('rel="stylesheet" href="')[1:]]
        assert sheets
        assert all(sheet.startswith("/static/") for sheet in sheets)


@pytest.mark.parametrize(
    ("address", "status"), [("/gibt/es/nicht/", 404), ("/admin/", 302), ("/admin/login/", 200), ("/ueber", 301)]
)
def test_other_answers_carry_the_headers_too(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    assert_protected(answer)


@pytest.mark.urls("tests.compendium.faulty_urls")
@pytest.mark.parametrize(
    ("address", "status", "host"),
    [
        ("/faulty/403/", 403, "localhost"),
        ("/faulty/500/", 500, "localhost"),
        ("/faulty/503/", 503, "localhost"),
        ("/en/faulty/503/", 503, "localhost"),
        ("/", 400, "fremde.example"),
    ],
)
def test_error_pages_carry_the_headers_too(address, status, host):
    answer = Client(raise_request_exception=False).get(address, headers={"host": host})

    assert answer.status_code == status
    assert_protected(answer)
    assert not Markup(answer.text).inline
    assert not answer.cookies


def test_static_files_carry_the_headers_too(client):
    answer = client.get("/static/css/base.css")

    assert b"@layer base" in answer.getvalue()
    assert_protected(answer)


def test_wrong_method_carries_the_headers_too(client):
    assert_protected(client.post("/workshops/"))


def assert_protected(answer):
    """The answer must carry every header that protects visitors."""
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone"):
        assert f"{feature}=()" in answer["Permissions-Policy"]
