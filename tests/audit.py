"""Measure the main pages with Lighthouse and check their HTML with vnu: ``make audit``.

Both are looked for on the PATH and in ``node_modules`` of the project; what is missing is said, and left out.
Exits with 1 if a score is below :data:`LOWEST` or the checker has anything to say.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from tests.browser.find import FLAGS, NONE_FOUND, find_browser
from tests.browser.server import serve
from tests.databases import PROJECT, database, share, throw_away

PAGES = {
    "start": "/",
    "list": "/ideen/",
    "entry": "/ideen/9/",
    "map": "/karte/",
    "workshop": "/workshops/relokalisierung/",
}
CHECKED_BESIDE = (
    "/ideen/?q=leerstand&kosten=gering", "/ideen/?q=xyzzy", "/ideen/?ansicht=matrix", "/themen/",
    "/themen/leerstand/", "/workshops/", "/stadtlabore/", "/stadtlabore/bremen/", "/ergebnisse/", "/ueber/",
    "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/en/", "/en/ideen/9/",
)  # fmt: skip
LOWEST = 95
HOW_TO_INSTALL = "npm install --no-save lighthouse vnu-jar"


def tool(name):
    """The path of a command, of the machine or of ``node_modules``; None if there is none."""
    return shutil.which(name) or shutil.which(name, path=str(PROJECT / "node_modules/.bin"))


def say(line):
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def lighthouse(program, site, folder):
    """Print the scores of the main pages on a phone and a desktop; returns whether all are high enough."""
    environment = os.environ | {"CHROME_PATH": find_browser() or sys.exit(NONE_FOUND)}
    well = True
    for name, address in PAGES.items():
        for device, options in (("phone", []), ("desktop", ["--preset=desktop"])):
            report = folder / f"{name}-{device}.json"
            flags = " ".join(["--headless=new", *FLAGS])
            command = [program, site + address, "--quiet", "--output=json", f"--output-path={report}"]
            command += [f"--chrome-flags={flags}", *options]
            subprocess.run(command, env=environment, check=True, timeout=300)
            categories = json.loads(report.read_text())["categories"].values()
            scores = {each["title"]: round((each["score"] or 0) * 100) for each in categories}
            say(f"{name:9} {device:8}" + " · ".join(f"{title} {score}" for title, score in scores.items()))
            well = well and min(scores.values()) >= LOWEST
    return well


def vnu(site, folder):
    """Print what the HTML checker says about the pages; returns whether that is nothing, None without it."""
    jar = PROJECT / "node_modules/vnu-jar/build/dist/vnu.jar"
    if program := tool("vnu"):
        command = [program]
    elif jar.exists() and (java := shutil.which("java")):
        command = [java, "-jar", str(jar)]
    else:
        return None
    addresses = [*PAGES.values(), *CHECKED_BESIDE]
    for number, address in enumerate(addresses):
        with urllib.request.urlopen(site + address, timeout=30) as answer:  # noqa: S310 (our own server)
            (folder / f"{number:02}.html").write_bytes(answer.read())
    found = subprocess.run([*command, *sorted(folder.glob("*.html"))], capture_output=True, text=True, check=False)
    messages = (found.stderr or found.stdout).strip()
    say(messages or f"HTML checker: {len(addresses)} pages, nothing to say")
    return found.returncode == 0 and not messages


def main():
    """Serve the site and measure it with the tools there are."""
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    share()
    try:
        with tempfile.TemporaryDirectory() as name, database(Path(name), "loaded") as url, serve(url) as site:
            return 0 if all(list(results(site, Path(name)))) else 1
    finally:
        throw_away()


def results(site, folder):
    """Whether each of the tools that are there is content."""
    if program := tool("lighthouse"):
        yield lighthouse(program, site, folder)
    else:
        say(f"Lighthouse is not here, its scores are left out. To install it: {HOW_TO_INSTALL}")
    checked = vnu(site, folder)
    if checked is None:
        say(f"The HTML checker vnu (needs Java) is not here and left out. To install it: {HOW_TO_INSTALL}")
    else:
        yield checked


if __name__ == "__main__":
    sys.exit(main())
