"""From ticks to a shortlist: with a script that remembers it in the browser, and without."""

import re

import pytest


@pytest.mark.parametrize("script", [True, False])
def test_ticks_lead_from_the_list_to_shortlist_and_comparison(open_page, script):
    page = open_page("/ideen/?q=leerstand", width=360, java_script_enabled=script)
    boxes = page.get_by_role("checkbox", name=re.compile("^Merken"))
    numbers = [boxes.nth(place).get_attribute("value") for place in (0, 2)]
    boxes.nth(0).check()
    boxes.nth(2).check()

    page.get_by_role("button", name="Angekreuzte auf die Merkliste").click()

    page.wait_for_url(f"**/merkliste/?idee={numbers[0]}&idee={numbers[1]}")
    page.get_by_role("link", name="Nach unten").click()
    page.wait_for_url(f"**/merkliste/?idee={numbers[1]}&idee={numbers[0]}#idee-{numbers[0]}")
    assert page.evaluate("document.activeElement.id") == f"idee-{numbers[0]}"
    page.get_by_role("button", name="Angekreuzte vergleichen").click()
    page.wait_for_url(f"**/vergleich/?idee={numbers[1]}&idee={numbers[0]}")
    assert page.locator("h1").inner_text().split() == ["2", "Ideen", "im", "Vergleich"]


def test_browser_remembers_ticks_from_page_to_page_until_they_are_deleted(open_page):
    page = open_page("/ideen/9-anmietungsfonds-fuer-leere-laeden/")
    page.get_by_role("button", name="Auf die Merkliste").click()
    page.wait_for_url("**/merkliste/?idee=9")
    assert page.get_by_text("Diese Liste ist in diesem Browser gemerkt").is_visible()

    page.goto("/ideen/?q=leerstandsmelder")
    page.get_by_role("checkbox", name=re.compile("^Merken.*Öffentlicher Online")).check()
    page.goto("/ideen/")
    assert page.get_by_role("link", name="Gemerkte Ideen: 2").is_visible()
    assert page.get_by_role("checkbox", name=re.compile("^Merken.*Anmietungsfonds")).is_checked()
    page.get_by_role("link", name="Gemerkte Ideen: 2").click()
    page.wait_for_url("**/merkliste/?idee=9&idee=83")

    page.get_by_role("link", name=re.compile("^Entfernen.*Anmietungsfonds")).click()
    page.wait_for_url("**/merkliste/?idee=83")
    assert page.get_by_text("Diese Liste ist in diesem Browser gemerkt").is_visible()
    page.get_by_role("button", name="Gemerkte Liste und Notizen löschen").click()

    assert page.evaluate("localStorage.length") == 0
    page.goto("/ideen/")
    assert not page.get_by_role("link", name="Gemerkte Ideen").is_visible()


def test_list_of_somebody_else_does_not_replace_the_remembered_one(open_page):
    page = open_page("/merkliste/?idee=3&idee=9")
    assert page.get_by_text("Diese Liste ist in diesem Browser nicht gemerkt").is_visible()
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Diese Liste merken").click()

    page.goto("/merkliste/?idee=17")

    assert page.get_by_text("In diesem Browser ist eine andere Liste gemerkt: 3, 9").is_visible()
    page.get_by_role("link", name="3, 9").click()
    page.wait_for_url("**/merkliste/?idee=3&idee=9")


def test_menu_says_at_once_how_many_ideas_are_remembered_and_leads_to_them(open_page):
    page = open_page("/ideen/")
    menu = page.get_by_role("navigation", name="Hauptnavigation")
    assert menu.get_by_role("link", name="Merkliste", exact=True).is_visible()
    before = menu.bounding_box()
    boxes = page.get_by_role("checkbox", name=re.compile("^Merken"))

    boxes.nth(0).check()
    assert page.get_by_role("status").filter(has_text="Eine Idee gemerkt").count() == 1
    boxes.nth(2).check()

    assert page.get_by_role("status").filter(has_text="2 Ideen gemerkt").count() == 1
    card = page.get_by_role("article").nth(2)
    assert card.get_by_role("link", name="Gemerkte Ideen: 2").is_visible()
    page.evaluate("scrollTo(0, 0)")
    assert menu.bounding_box() == before
    menu.get_by_role("link", name="Merkliste 2 gemerkt").click()
    page.wait_for_url("**/merkliste/?idee=1&idee=3")


def test_address_without_a_list_leads_to_the_remembered_one(open_page):
    page = open_page("/ideen/")
    page.get_by_role("checkbox", name=re.compile("^Merken")).first.check()

    page.goto("/merkliste/")

    page.wait_for_url("**/merkliste/?idee=1")
    page.goto("/merkliste/?idee=999999")
    assert page.get_by_text("In diesem Browser ist eine andere Liste gemerkt: 1").is_visible()


def test_entry_says_that_it_is_on_the_shortlist(open_page):
    page = open_page("/ideen/9-anmietungsfonds-fuer-leere-laeden/")
    assert not page.get_by_role("link", name="Auf der Merkliste").is_visible()
    page.get_by_role("button", name="Auf die Merkliste").click()
    page.wait_for_url("**/merkliste/?idee=9")

    page.goto("/ideen/9-anmietungsfonds-fuer-leere-laeden/")

    assert not page.get_by_role("button", name="Auf die Merkliste").is_visible()
    page.get_by_role("link", name="Auf der Merkliste").click()
    page.wait_for_url("**/merkliste/?idee=9")


@pytest.mark.parametrize("script", [True, False])
def test_shortlist_can_be_added_to_from_the_list(open_page, script):
    page = open_page("/ideen/?q=leerstandsmelder", java_script_enabled=script)
    page.get_by_role("checkbox", name=re.compile("^Merken")).first.check()
    page.get_by_role("button", name="Angekreuzte auf die Merkliste").click()
    page.wait_for_url("**/merkliste/?idee=*")
    first = page.url.split("=")[1]

    page.get_by_role("link", name="Weitere Ideen suchen").click()
    page.wait_for_url("**/ideen/" if script else f"**/ideen/?idee={first}")
    page.get_by_role("checkbox", name=re.compile("^Merken")).first.check()
    page.get_by_role("button", name="Angekreuzte auf die Merkliste").click()

    page.wait_for_url(f"**/merkliste/?idee={first}&idee=1")


def test_nothing_is_sent_and_no_cookie_set_while_ticking(open_page):
    page = open_page("/ideen/")
    page.wait_for_load_state("networkidle")
    sent = []
    page.on("request", lambda request: sent.append(request.url))

    page.get_by_role("checkbox", name=re.compile("^Merken")).first.check()

    assert sent == []
    assert page.context.cookies() == []


def test_long_facet_can_be_searched(open_page):
    page = open_page("/ideen/?thema=wohnen")
    box = page.get_by_role("searchbox", name="In Thema suchen")
    assert page.get_by_text("In Thema suchen").is_visible()

    box.fill("LEER")

    assert page.get_by_role("checkbox", name=re.compile("^Leerstand")).is_visible()
    assert page.get_by_role("checkbox", name=re.compile("^Wohnen")).is_visible()
    assert not page.get_by_role("checkbox", name=re.compile("^Tourismus")).is_visible()
    box.fill("")
    assert page.get_by_role("checkbox", name=re.compile("^Tourismus")).is_visible()


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
def test_nothing_covers_the_values_of_a_facet(open_page, size):
    page = open_page("/ideen/", width=size[0], height=size[1])
    if size[0] < 800:
        page.get_by_text("Filtern und sortieren").click()
    covered = """() => [...document.querySelectorAll(".facet[open] .tick > span:first-of-type")].filter(value => {
        const box = value.getBoundingClientRect();
        const frame = value.closest(".scroll, fieldset").getBoundingClientRect();
        const x = box.x + box.width / 2, y = box.y + box.height / 2;
        if (box.top < Math.max(frame.top, 0) || box.bottom > Math.min(frame.bottom, innerHeight)) return false;
        return !value.closest("label").contains(document.elementFromPoint(x, y));
    }).map(value => value.textContent)"""

    for top in range(0, 1600, 100):
        page.evaluate(f"scrollTo(0, {top})")

        assert page.evaluate(covered) == [], top


def test_print_keeps_filters_and_table_and_drops_what_cannot_be_clicked(open_page):
    page = open_page("/ideen/?kosten=gering", width=1280)
    page.emulate_media(media="print")
    assert page.get_by_text("Kosten: gering").first.is_visible()
    assert not page.get_by_text("Alle Filter zurücksetzen").is_visible()
    assert not page.get_by_role("checkbox").first.is_visible()

    page.goto("/vergleich/?idee=9&idee=6&idee=8")
    page.set_viewport_size({"width": 680, "height": 900})
    assert (
        page.locator(".compare tbody td").first.evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    )
    assert not page.get_by_role("textbox").first.is_visible()


def test_printed_shortlist_holds_ideas_and_notes_only(open_page):
    page = open_page("/merkliste/?idee=9&idee=83")
    page.get_by_text("Ihre Notiz").first.click()
    page.get_by_role("textbox", name=re.compile("Ihre Notiz.*Anmietungsfonds")).fill("Im März fragen")

    page.emulate_media(media="print")

    assert page.get_by_text("2 Ideen.").is_visible()
    assert not page.get_by_text("als Lesezeichen sichern").is_visible()
    assert not page.locator(".street").is_visible()
    note = page.get_by_role("textbox", name=re.compile("Ihre Notiz.*Anmietungsfonds"))
    assert note.is_visible()
    assert note.evaluate("note => getComputedStyle(note).resize") == "none"
    page.emulate_media(media="screen")
    assert page.get_by_role("button", name="Drucken").is_visible()
