"""A real site in a real browser: its own database and server, started once for the browser tests of a worker."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.databases import database

from .find import FLAGS, NONE_FOUND, find_browser
from .server import serve


def pytest_collection_modifyitems(items):
    """BROWSER_TESTS=0 leaves these tests out on purpose."""
    if os.environ.get("BROWSER_TESTS") == "0":
        for item in items:
            if "tests/browser" in item.nodeid:
                item.add_marker(pytest.mark.skip(reason="BROWSER_TESTS=0"))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of the site with its real content, served as ``make run`` does."""
    folder = tmp_path_factory.mktemp("site")
    with database(folder, "loaded") as url, serve(url) as address:
        yield address


@pytest.fixture(scope="package")
def browser():
    """A browser; the tests fail with a sentence that says what to do if there is none.

    It is closed before other tests run: Playwright keeps an event loop, under which Django refuses its database.
    """
    path = find_browser()
    if not path:
        pytest.fail(NONE_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Trouble(list):
    """What a page complains about: errors in the console, broken or foreign requests, breaches of the policy."""

    def watch(self, page, site):
        """Collect the complaints of ``page`` from now on."""
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("requestfailed", self.note_failure)
        page.on(
            "request", lambda request: request.url.startswith(site) or self.append(f"{request.url} is foreign")
        )

    def note_failure(self, request):
        """Keep requests that failed; one that became a download is broken off on purpose."""
        if request.failure != "net::ERR_ABORTED":
            self.append(f"{request.url} failed")

    def note_message(self, message):
        """Keep errors and warnings; that there is no such page or file is said by the page itself."""
        known = ("404 (Not Found)", "400 (Bad Request)")
        if message.type in {"error", "warning"} and not any(words in message.text for words in known):
            self.append(message.text)


@pytest.fixture
def open_page(browser, site):
    """Open an address of the site: ``open_page("/ideen/", width=320, scheme="dark")``; no page may complain."""
    contexts, trouble = [], Trouble()

    def open_it(address, *, width=1280, height=900, scheme="light", **options):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",  # colours that are still changing would be measured half way
            locale="de-DE",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        trouble.watch(page, site)
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert trouble == []
