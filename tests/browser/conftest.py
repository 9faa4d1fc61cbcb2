"""A real site in a real browser: its own database and server, started once for the browser tests of a worker."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.databases import empty_database

from .find import FLAGS, NONE_FOUND, find_browser

START_SECONDS = 30
SCREENSHOTS = settings.BASE_DIR / "screenshots"


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
    with empty_database(folder) as url, serve(folder, url) as address:
        yield address


@contextmanager
def serve(folder, database_url):
    """Load the content into an empty database and serve it; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "compendium.settings",
        "DATABASE_URL": database_url,
        "STATIC_ROOT": str(folder / "static"),
    }
    for command in (
        ["migrate", "-v0", "--skip-checks"],
        ["load_compendium"],
        ["collectstatic", "--no-input", "-v0"],
    ):
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *command],
            cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    command = [
        "gunicorn",
        "compendium.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "--no-control-socket",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", *command, "--log-level", "warning"], cwd=settings.BASE_DIR, env=environment
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address):
    """Return when the site answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own server)
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


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
        page.on("requestfailed", lambda request: self.append(f"{request.url} failed"))
        page.on(
            "request", lambda request: request.url.startswith(site) or self.append(f"{request.url} is foreign")
        )

    def note_message(self, message):
        """Keep errors and warnings; that a page was not found is said by the page itself."""
        if message.type in {"error", "warning"} and "404 (Not Found)" not in message.text:
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
