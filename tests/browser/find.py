"""A Chromium for the browser tests: found on the machine, or fetched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NONE_FOUND = (
    "No browser found for the tests. Run '.venv/bin/playwright install chromium', or install Chromium or Chrome, "
    "or name one with PLAYWRIGHT_CHROMIUM=/path. BROWSER_TESTS=0 leaves the browser tests out on purpose."
)
# Nothing that would call home, and no sandbox for root, for whom Chromium has none.
FLAGS = [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def find_browser():
    """The path of a browser: PLAYWRIGHT_CHROMIUM, else Playwright's own, else one of the machine, else None."""
    if named := os.environ.get("PLAYWRIGHT_CHROMIUM"):
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    return next(
        (path for path in (*map(shutil.which, NAMES), *USUAL_PLACES) if path and Path(path).exists()), None
    )


def fetch_browser():
    """Fetch a browser: Playwright's own, else the package chromium as root on Debian. Returns its path or None."""
    attempts = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts.append(
            [
                ["apt-get", "update", "-qq"],
                ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            ]
        )
    for commands in attempts:
        for command in commands:
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300, check=False)
        if path := find_browser():
            return path
    return None


def main():
    """Find or fetch a browser before the tests run; exit with a sentence that says what to do if there is none."""
    if os.environ.get("BROWSER_TESTS") == "0" or find_browser():
        return
    sys.stdout.write("Fetching a browser for the tests …\n")
    sys.stdout.flush()
    if not fetch_browser():
        sys.exit(NONE_FOUND)


if __name__ == "__main__":
    main()
