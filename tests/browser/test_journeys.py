"""Ways through the site: by keyboard, on a phone, without JavaScript."""

import re

import pytest

FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    return document.activeElement !== document.body
        && (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
}"""


def focus_on(page, words, limit=60):
    """Press Tab until a link or button with ``words`` has the focus; every stop must show it."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        text = page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
        if words in text:
            return
    pytest.fail(f"„{words}“ was not reached with {limit} steps")


def test_keyboard_leads_from_search_to_a_result_and_back(open_page):
    page = open_page("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    focus_on(page, "q", limit=3)
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("Leerstand")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideen/?q=Leerstand")
    found = page.locator("main h2", has_text="Ideen zu „Leerstand“").inner_text()

    focus_on(page, "Schwerpunktstraße", limit=120)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/ideen/5-"))
    assert page.locator("h1").inner_text().startswith("Schwerpunktstraße")

    number = re.search(r"\d+", found).group()
    focus_on(page, f"Zurück zu {number} Treffern")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideen/?q=Leerstand")


@pytest.mark.parametrize("script", [True, False])
def test_menu_opens_on_a_phone(open_page, script):
    page = open_page("/ideen/9-anmietungsfonds-fuer-leere-laeden/", width=320, java_script_enabled=script)
    menu = page.locator("nav.nav")
    assert not menu.is_visible()

    page.get_by_role("button", name="Menü").click()

    assert menu.is_visible()
    page.locator(".menu input[name=q]").fill("markt")
    page.locator(".menu input[name=q]").press("Enter")
    page.wait_for_url("**/ideen/?q=markt")


@pytest.mark.parametrize("script", [True, False])
def test_filters_work_on_a_phone(open_page, script):
    page = open_page("/ideen/", width=360, java_script_enabled=script)
    box = page.get_by_role("checkbox", name="Revitalisierung")
    if not box.is_visible():
        page.get_by_text("Filtern und sortieren").click()

    box.check()
    page.get_by_role("button", name="Anwenden").click()

    page.wait_for_url("**/ideen/?workshop=revitalisierung")
    assert page.locator("main h2", has_text="44 Ideen").is_visible()


def test_script_folds_the_filters_on_a_phone_and_results_come_first(open_page):
    folded = open_page("/ideen/", width=360)
    unfolded = open_page("/ideen/", width=360, java_script_enabled=False)

    assert not folded.get_by_role("checkbox", name="Revitalisierung").is_visible()
    assert unfolded.get_by_role("checkbox", name="Revitalisierung").is_visible()


@pytest.mark.once
def test_every_house_of_the_street_can_be_reached_on_a_phone(open_page):
    page = open_page("/", width=360)

    last = page.locator(".street a").last
    last.scroll_into_view_if_needed()
    last.click()

    page.wait_for_url(re.compile("/ideen/113-"))


def test_mark_on_the_map_leads_to_its_part_of_the_list(open_page):
    page = open_page("/karte/")

    page.locator('svg.map a[href="#um-essen"]').click()
    page.wait_for_url("**/karte/#um-essen")
    page.locator("#um-essen a", has_text="Bochum").click()

    page.wait_for_url("**/karte/#ort-bochum")
    assert page.locator("#ort-bochum").is_visible()


def test_language_switch_keeps_page_and_query(open_page):
    page = open_page("/ideen/?q=markt&kosten=gering")

    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/ideen/?q=markt&kosten=gering")
    page.get_by_role("link", name="Deutsch").click()

    page.wait_for_url("**/ideen/?q=markt&kosten=gering")


@pytest.mark.once
def test_forced_colours_keep_the_focus_visible(open_page):
    page = open_page("/", forced_colors="active")

    page.keyboard.press("Tab")

    assert page.evaluate(FOCUS)


def test_print_drops_navigation_and_keeps_the_source_addresses(open_page):
    page = open_page("/ideen/9-anmietungsfonds-fuer-leere-laeden/")

    page.emulate_media(media="print")

    assert not page.locator("nav.nav").is_visible()
    assert "westfalen-blatt.de/" in page.evaluate(
        "getComputedStyle(document.querySelector('.source cite a'), '::after').content"
    )


def test_visitor_prints_and_takes_a_word_file_along(open_page):
    page = open_page("/ideen/?thema=leerstand&kosten=gering")
    page.evaluate("window.print = () => { window.printed = true }")

    page.get_by_role("button", name="Drucken").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()

    assert page.evaluate("window.printed")
    assert download.value.suggested_filename.startswith("wissenskompendium-leerstand-kosten-gering-")
    assert download.value.suggested_filename.endswith(".docx")
