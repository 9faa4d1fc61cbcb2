"""Suggestions under the search fields, by keyboard and by finger; and without a script."""

import re

import pytest

from .accessibility import findings
from .test_pages import MODES, sideways


def field(page):
    """The search field of a page."""
    return page.locator("[data-suggest]:visible")


def options(page):
    """What is suggested, once it is shown."""
    page.wait_for_selector("[role=listbox]:not([hidden])")
    return page.locator("[role=listbox]:visible [role=option]")


def active(page):
    """The label of the option that the field points at; empty if there is none."""
    chosen = field(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{chosen} span").inner_text() if chosen else ""


@pytest.mark.parametrize("address", ["/", "/ideen/", "/themen/", "/en/themen/"])
def test_arrow_keys_choose_and_enter_searches(open_page, address):
    page = open_page(address)
    field(page).press_sequentially("leerst")
    count = options(page).count()
    assert field(page).get_attribute("aria-expanded") == "true"
    said = page.locator("[role=status]", has_text=re.compile(r"^\d+ (Vorschläge|suggestions)$"))
    assert said.inner_text().split()[0] == str(count)

    page.keyboard.press("ArrowDown")
    assert active(page) == "Leerstand"
    page.keyboard.press("ArrowUp")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    assert active(page) == options(page).last.locator("span").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/ideen/?q=Leerstand*")


def test_escape_closes_and_enter_searches_for_what_was_typed(open_page):
    page = open_page("/ideen/")
    field(page).press_sequentially("leerst")
    assert options(page).count()

    page.keyboard.press("Escape")

    assert not page.get_by_role("listbox").is_visible()
    assert field(page).input_value() == "leerst"
    assert field(page).get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideen/?q=leerst*")


def test_chosen_word_keeps_the_filters(open_page):
    page = open_page("/ideen/?kosten=gering")
    field(page).press_sequentially("leerst")
    options(page).filter(has_text=re.compile("^Leerstand steht in")).click()

    page.wait_for_url(re.compile("q=Leerstand.*kosten=gering"))


def test_chosen_idea_is_opened_and_leaving_the_field_closes_the_list(open_page):
    page = open_page("/")
    field(page).press_sequentially("silent disc")
    assert options(page).count()
    page.keyboard.press("Tab")
    assert not page.get_by_role("listbox").is_visible()

    field(page).press("End")
    field(page).press_sequentially("o")
    options(page).filter(has_text="Idee 048").click()

    page.wait_for_url("**/ideen/48-*/")


def test_open_list_is_accessible_and_fits(open_page):
    page = open_page("/", width=360)
    for address in ("/", "/ideen/"):
        page.goto(address)
        for width, scheme in [*MODES, (360, "dark")]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            field(page).fill("")
            field(page).press_sequentially("lade")
            assert all(option.bounding_box()["height"] >= 24 for option in options(page).all())
            page.keyboard.press("ArrowDown")
            assert sideways(page) <= 0, (address, width)
            assert findings(page) == [], (address, width, scheme)


def test_search_in_the_menu_of_a_phone_suggests_too(open_page):
    page = open_page("/themen/", width=360, height=640)
    page.get_by_role("button", name="Menü").click()
    field(page).press_sequentially("kaufh")
    last = options(page).nth(3)
    box = last.bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert last.evaluate("(option, point) => option.contains(document.elementFromPoint(...point))", middle)
    options(page).filter(has_text="Kaufhaus").first.click()

    page.wait_for_url("**/ideen/?q=Kaufhaus")


def test_without_a_script_the_field_is_a_plain_one(open_page):
    page = open_page("/", java_script_enabled=False)

    assert page.locator("[role=combobox]").count() == 0
    page.locator("#q").fill("leerstand")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ideen/?q=leerstand")
