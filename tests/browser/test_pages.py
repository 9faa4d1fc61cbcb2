"""Every kind of page: accessible, without sideways scrolling, light, and without complaints in the console."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, Request

from .accessibility import findings
from .conftest import Trouble
from .pictures import SCREENSHOTS
from .server import STAFF

pytestmark = pytest.mark.once
PAGES = {
    "start": "/",
    "liste": "/ideen/?q=leerstand&kosten=gering&kosten=mittel",
    "liste-leer": "/ideen/?q=xyzzy&thema=leerstand",
    "liste-hinweis": "/ideen/?seite=99&thema=unfug",
    "matrix": "/ideen/?ansicht=matrix",
    "idee-im-ergebnis": "/ideen/9-anmietungsfonds-fuer-leere-laeden/?q=leerstand&kosten=hoch",
    "passend": "/passend/",
    "passend-antwort": "/passend/?groesse=mittelstadt&thema=leerstand&akteur=handel&kosten=gering",
    "merkliste": "/merkliste/?idee=9&idee=83&idee=6&idee=999",
    "merkliste-leer": "/merkliste/",
    "vergleich": "/vergleich/?idee=9&idee=6&idee=8&idee=45",
    "vergleich-leer": "/vergleich/?idee=9",
    "idee": "/ideen/9-anmietungsfonds-fuer-leere-laeden/",
    "idee-workshop": "/ideen/108-digitaler-mobilitaetshub/",
    "themen": "/themen/",
    "thema": "/themen/leerstand/",
    "karte": "/karte/",
    "workshops": "/workshops/",
    "workshop": "/workshops/relokalisierung/",
    "stadtlabore": "/stadtlabore/",
    "stadtlabor": "/stadtlabore/moenchengladbach/",
    "ergebnisse": "/ergebnisse/",
    "ueber": "/ueber/",
    "impressum": "/impressum/",
    "leichte-sprache": "/leichte-sprache/",
    "nicht-gefunden": "/gibt/es/nicht/",
    "nicht-mitgenommen": "/ideen/export.csv?thema=unfug",
    "englisch": "/en/ideen/9-anmietungsfonds-fuer-leere-laeden/",
}
MODES = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
TRANSFERRED_AT_MOST = 60_000
STYLE_SHEETS_AT_MOST = 10_240
# WCAG 2.1, 1.4.12: what readers may set without losing content
TEXT_SPACING = """
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }"""


WEAR = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
}"""


class Visit(NamedTuple):
    """A page in a browser that has never been on the site, and what it asked the site for."""

    page: Page
    requests: tuple[Request, ...]


@pytest.fixture(scope="module", params=PAGES)
def visit(request, browser, site):
    """A first visit of each page, for all tests of it; they set the size of the window and the colours."""
    trouble, requests = Trouble(), []
    with browser.new_context(base_url=site, reduced_motion="reduce", locale="de-DE") as context:
        page = context.new_page()
        trouble.watch(page, site)
        page.on("requestfinished", lambda each: requests.append(each))  # noqa: PLW0108 (no built-in is taken)
        page.goto(PAGES[request.param], wait_until="networkidle")
        yield Visit(page, tuple(requests))
    assert trouble == []


def sideways(page):
    """By how many pixels a page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_first_visit_transfers_little_and_only_from_the_site(visit, site):
    assert visit.requests
    assert {request.url.split("/")[2] for request in visit.requests} == {site.removeprefix("http://")}
    assert sum(request.sizes()["responseBodySize"] for request in visit.requests) <= TRANSFERRED_AT_MOST


def test_page_is_accessible_in_every_mode(visit):
    assert_accessible(visit.page)


def test_page_fits_on_tablets(visit):
    for width in (700, 910, 1060):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_text_spacing_of_the_reader_breaks_nothing(visit):
    visit.page.set_viewport_size({"width": 320, "height": 900})

    visit.page.evaluate(WEAR, TEXT_SPACING)
    over = sideways(visit.page)
    visit.page.evaluate(WEAR, "")

    assert over <= 0


def test_interface_parts_are_accessible_in_every_state(open_page):
    page = open_page("/admin/login/?next=/bausteine/")
    page.locator("[name=username]").fill(STAFF["ADMIN_USER"])
    page.locator("[name=password]").fill(STAFF["ADMIN_PASSWORD"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/bausteine/")

    assert_accessible(page)


def assert_accessible(page):
    """Nothing found by axe and no sideways scrolling, on a phone and a desktop, light and dark."""
    for width, scheme in MODES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)

        assert findings(page) == [], (width, scheme)
        assert sideways(page) <= 0, (width, scheme)


@pytest.mark.parametrize("name", ["start", "liste", "matrix", "idee", "karte", "workshop", "stadtlabor", "ueber"])
def test_pictures_of_the_main_pages_are_kept(open_page, name):
    """They are not compared, but looked at: in the folder ``screenshots`` after a run."""
    page = open_page(PAGES[name])
    SCREENSHOTS.mkdir(exist_ok=True)
    for width, scheme in MODES:
        page.set_viewport_size({"width": max(width, 360), "height": 800})
        page.emulate_media(color_scheme=scheme)
        picture = SCREENSHOTS / f"{name}-{width}-{scheme}.png"

        page.screenshot(path=picture)

        assert picture.stat().st_size > 10_000


def test_style_sheets_and_scripts_are_hashed_compressed_and_kept(open_page):
    page = open_page("about:blank")
    answers = []
    page.on("response", lambda response: answers.append(response) if "/static/" in response.url else None)

    page.goto("/ideen/", wait_until="networkidle")

    texts = [answer for answer in answers if answer.url.endswith((".css", ".js"))]
    assert len(texts) > 10
    for answer in texts:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js)$", answer.url)
        assert "immutable" in answer.headers["cache-control"]
    sheets = [answer for answer in texts if answer.url.endswith(".css")]
    assert sum(answer.request.sizes()["responseBodySize"] for answer in sheets) <= STYLE_SHEETS_AT_MOST
    # What is smaller as it is stays as it is.
    assert sum("content-encoding" in answer.headers for answer in texts) >= len(texts) - 3


@pytest.mark.parametrize("name", ["start", "liste", "idee", "karte", "matrix", "stadtlabor"])
def test_page_says_the_same_without_javascript(open_page, name):
    page = open_page(PAGES[name])
    # Comforts: the browser prints by itself, and long facets scroll.
    comforts = page.locator("li:has(> [data-print]), label:has(+ [data-find])")
    comforts.evaluate_all("items => items.forEach(item => item.remove())")
    with_script = page.locator("main").inner_text()
    without = open_page(PAGES[name], java_script_enabled=False).locator("main").inner_text()

    assert re.sub(r"\s+", " ", without) == re.sub(r"\s+", " ", with_script)


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_word_of_a_title_is_broken(open_page, width):
    page = open_page("about:blank", width=width)
    broken = """title => [...title.firstChild.data.matchAll(/[^\\s–-]+-?/g)].map(word => {
        const range = document.createRange();
        range.setStart(title.firstChild, word.index);
        range.setEnd(title.firstChild, word.index + word[0].length);
        return new Set([...range.getClientRects()].map(box => box.top)).size > 1 ? word[0] : "";
    }).filter(Boolean)"""

    for number in (5, 6, 54, 71, 83, 85):
        page.goto(f"/ideen/{number}/")

        assert page.locator("h1").evaluate(broken) == [], number


@pytest.mark.parametrize(("address", "place"), [("/ideen/?ansicht=matrix", ".matrix li a"), ("/karte/", ".num a")])
def test_plate_shows_its_title_on_hover_and_focus(open_page, address, place):
    page = open_page(address, width=360)
    plates = page.locator(place)
    size = "title => [title.offsetWidth, getComputedStyle(title).clipPath]"
    hidden = plates.nth(1).locator(".hidden").evaluate(size)

    plates.nth(0).hover()
    hovered = plates.nth(0).locator(".hidden").evaluate(size)
    page.mouse.move(0, 0)
    plates.nth(0).focus()
    page.keyboard.press("Tab")

    assert hidden == [1, "inset(50%)"]
    assert hovered == [360, "none"]
    assert plates.nth(1).locator(".hidden").evaluate(size) == [360, "none"]
    assert sideways(page) <= 0


@pytest.mark.parametrize("name", ["start", "ergebnisse", "passend-antwort", "stadtlabor"])
def test_no_heading_is_larger_than_the_one_above_it(open_page, name):
    page = open_page(PAGES[name])
    larger = """() => [...document.querySelectorAll(".margin h3")].filter(heading => {
        const above = heading.closest(".section, .margin").querySelector("h2");
        return parseFloat(getComputedStyle(heading).fontSize) > parseFloat(getComputedStyle(above).fontSize);
    }).map(heading => heading.textContent)"""

    assert page.locator(".margin h3").count()
    assert page.evaluate(larger) == []


def test_main_actions_are_at_least_44_pixels_high(open_page):
    page = open_page(PAGES["liste"], width=360)

    heights = page.evaluate(
        "[...document.querySelectorAll('.btn')].filter(b => b.offsetParent).map(b => b.offsetHeight)"
    )

    assert heights
    assert min(heights) >= 44
