"""Stories at the desk, played in a browser: write, submit, compare, publish, go back; two editors collide."""

import re

import pytest

from tests.databases import database, manage

from .accessibility import serious
from .conftest import Trouble
from .pictures import SCREENSHOTS, handbook
from .server import serve

ENTRY = "/ideen/9-anmietungsfonds-fuer-leere-laeden/"
PASSWORD = "nur fuer diesen Test"  # noqa: S105 (opens a database that is thrown away)
ACCOUNTS = {"Wanda": "Redaktion", "Willi": "Redaktion", "Clara": "Schlussredaktion", "Vera": "Verwaltung"}
TEXTS = {
    "summary": "Bohrmaschine, Pavillon, Lastenrad: Im Rathaus leiht man aus, was man selten braucht.",
    "problem": "Vieles wird gekauft, einmal benutzt und steht dann herum. In die Stadt kommt dafür niemand.",
    "approach": "Ein Regal im Foyer des Rathauses, betreut vom Bürgerbüro, mit Dingen aus Spenden.",
    "steps": "Bedarf erfragen\nSpenden sammeln\nRegeln und Pfand festlegen\nMit dem Wochenmarkt eröffnen",
}
AT_ONCE = "* { transition: none !important }"  # links of the admin fade into their colours
MAKE_ACCOUNTS = f"""
from django.contrib.auth.models import Group, User
for name, group in {ACCOUNTS}.items():
    user = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The address of a site whose content these stories change, with an account for each part."""
    folder = tmp_path_factory.mktemp("desk")
    with database(folder, "loaded") as url, serve(url) as address:
        manage(url, "shell", "-v0", "-c", MAKE_ACCOUNTS)
        yield address


@pytest.fixture(scope="module")
def logins(desk):
    """The cookies of the accounts that have signed in, by name."""
    return {}


@pytest.fixture
def sign_in(browser, desk, logins):
    """Sign in under a name: a window of one's own. No page may complain, above all not about the policy.

    Only a window for an ``audit`` does without the policy: what axe puts into the page would breach it.
    """
    contexts, trouble = [], Trouble()

    def sign_in(name, audit=False):
        context = browser.new_context(
            base_url=desk,
            locale="de-DE",
            viewport={"width": 1280, "height": 900},
            bypass_csp=audit,
            storage_state=logins.get(name),
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        if not audit:
            trouble.watch(page, desk)
        page.goto("/admin/")
        if "/login/" in page.url:  # the first window of this account, or it has signed out
            page.fill("#id_username", name)
            page.fill("#id_password", PASSWORD)
            page.click("input[type=submit]")
            page.wait_for_url("**/admin/")
            logins[name] = context.storage_state()
        page.mouse.move(0, 0)  # where it was pressed, a link would look hovered from now on
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert trouble == []


def open_entry(page, number):
    """Open the form of an entry by searching for its number."""
    page.goto(f"/admin/ideas/idea/?q={number}")
    page.locator("#result_list th a, #result_list td a", has_text=re.compile(rf"^{number}$")).first.click()
    page.wait_for_selector("#idea_form")


def press(page, name):
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    """Follow a link to its page."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def public_text(page, address):
    """What the public reads at an address."""
    window = page.context.browser.new_context()
    other = window.new_page()
    other.goto(page.url.split("/admin")[0] + address)
    text = other.locator("main").inner_text()
    window.close()
    return text


def test_editor_writes_and_submits_and_reviewer_publishes(sign_in):
    wanda = sign_in("Wanda")
    wanda.goto("/admin/ideas/idea/add/")
    wanda.locator("#id_title").press_sequentially("Leihregal im Rathaus")
    for name, text in TEXTS.items():
        wanda.fill(f"#id_{name}", text)
    wanda.check("#id_maturity_1")
    wanda.locator(".field-topics .select2-selection").click()
    wanda.locator(".field-topics .select2-search__field").press_sequentially("leerst")
    wanda.locator(".select2-results__option", has_text="Leerstand").click()
    press(wanda, "Sichern und weiter bearbeiten")
    follow(wanda, "Zur Prüfung geben …")
    press(wanda, "Zur Prüfung geben")
    number = wanda.locator(".field-number .readonly").inner_text()

    clara = sign_in("Clara")
    clara.goto("/admin/ideas/idea/?status__exact=review")
    clara.get_by_role("link", name="Leihregal im Rathaus").click()
    handbook(clara, "formular", height=1000)
    follow(clara, "Veröffentlichen …")
    handbook(clara, "veroeffentlichen")
    press(clara, "Veröffentlichen")

    assert "1 Eintrag: veröffentlicht." in clara.locator(".messagelist").inner_text()
    assert TEXTS["approach"] in public_text(clara, f"/ideen/{number}-leihregal-im-rathaus/")


def test_revision_is_written_compared_published_and_taken_back(sign_in):
    before = "Anmietungsfonds für leere Läden"
    wanda = sign_in("Wanda")
    open_entry(wanda, 9)
    wanda.fill("#id_title", "Mietfonds für leere Läden")
    wanda.fill("#id_change_note", "Kürzer")
    press(wanda, "Als Revision sichern")
    assert before in public_text(wanda, ENTRY)

    clara = sign_in("Clara")
    clara.goto("/admin/ideas/idea/?offen=revision")
    clara.get_by_role("link", name=before).click()
    follow(clara, "Vergleichen und entscheiden")
    assert clara.locator(".desk-changes del").inner_text().endswith("Anmietungsfonds")
    assert clara.locator(".desk-changes ins").inner_text().endswith("Mietfonds")
    assert "Kürzer" in clara.locator("#content-main").inner_text()
    handbook(clara, "revision")
    press(clara, "Als neue Fassung veröffentlichen")
    assert "Mietfonds für leere Läden" in public_text(clara, ENTRY)

    follow(clara, "Geschichte")
    clara.locator("tbody tr").last.get_by_role("radio").first.check()
    press(clara, "Vergleichen")
    assert clara.locator(".desk-changes ins").inner_text().endswith("Mietfonds")
    handbook(clara, "geschichte")
    clara.locator("tbody tr").last.get_by_role("link", name="Hierauf zurücksetzen").click()
    press(clara, "Hierauf zurücksetzen")
    text = public_text(clara, ENTRY)
    assert before in text
    assert "Fassung 3" in text


def test_two_editors_collide_and_nothing_is_overwritten(sign_in):
    wanda, willi = sign_in("Wanda"), sign_in("Willi")
    for page in (wanda, willi):
        open_entry(page, 12)
    before = wanda.input_value("#id_summary")
    willi.fill("#id_summary", before + " Willis Satz.")
    press(willi, "Als Revision sichern")

    wanda.fill("#id_summary", before + " Wandas Satz.")
    press(wanda, "Als Revision sichern")

    assert "Nicht gesichert: Willi hat diesen Eintrag" in wanda.locator(".desk-mistakes").inner_text()
    assert "Willis" in wanda.locator("#fassungen del").inner_text()
    assert "Wandas" in wanda.locator("#fassungen ins").inner_text()
    assert wanda.input_value("#id_summary").endswith("Wandas Satz.")
    handbook(wanda, "zwei-zugleich", height=900)
    open_entry(willi, 12)
    assert willi.input_value("#id_summary").endswith("Willis Satz.")

    wanda.fill("#id_summary", before + " Willis Satz. Wandas Satz.")
    press(wanda, "Als Revision sichern")
    open_entry(willi, 12)
    assert willi.input_value("#id_summary").endswith("Willis Satz. Wandas Satz.")


def test_changed_form_warns_before_it_is_left_and_an_untouched_one_does_not(sign_in):
    wanda = sign_in("Wanda")
    asked = []
    wanda.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    open_entry(wanda, 14)
    wanda.goto("/admin/")
    assert asked == []

    open_entry(wanda, 14)
    wanda.locator("#id_problem").press_sequentially("Etwas Neues. ")
    wanda.get_by_role("link", name="Start", exact=True).first.click()
    wanda.wait_for_timeout(500)

    assert asked == ["beforeunload"]
    assert "Etwas Neues." in wanda.input_value("#id_problem")
    press(wanda, "Als Revision sichern")
    assert asked == ["beforeunload"]


def test_preview_opens_beside_the_form_with_what_was_typed(sign_in):
    title = "Advent in leeren Läden"
    wanda = sign_in("Wanda")
    open_entry(wanda, 15)
    wanda.fill("#id_title", title)

    with wanda.context.expect_page() as opened:
        wanda.get_by_role("button", name="Vorschau", exact=True).click()
    preview = opened.value
    preview.wait_for_load_state()

    assert preview.locator("h1").inner_text() == title
    assert "Nur die Redaktion sieht diese Seite." in preview.locator("main").inner_text()
    handbook(preview, "vorschau")
    assert wanda.input_value("#id_title") == title
    assert title not in public_text(wanda, "/ideen/15/")


def test_actions_count_before_they_act(sign_in):
    clara = sign_in("Clara")
    clara.goto("/admin/ideas/idea/")
    for number in (20, 21):
        clara.locator("tr", has=clara.get_by_role("link", name=str(number), exact=True)).locator("input").check()
    clara.select_option("select[name=action]", "step_archived")
    press(clara, "Ausführen")
    assert "für 2 Einträge möglich" in clara.locator("#content-main").inner_text()
    clara.fill("#id_note", "Zum Ausprobieren")

    press(clara, "Archivieren")

    assert "2 Einträge: archiviert." in clara.locator(".messagelist").inner_text()
    assert "Zum Ausprobieren" in public_text(clara, "/ideen/20/")


def test_only_administration_deletes_and_sees_what_depends_on_it(sign_in):
    vera = sign_in("Vera")
    open_entry(vera, 30)
    vera.get_by_role("link", name="Löschen", exact=True).click()

    assert "Praxisbeispiel" in vera.locator("#content").inner_text()


@pytest.mark.once
def test_pages_of_the_desk_are_accessible_and_quiet(sign_in):
    wanda = sign_in("Wanda")
    open_entry(wanda, 40)
    wanda.fill("#id_title", "Anders genannt")
    press(wanda, "Als Revision sichern")
    clara, auditor = sign_in("Clara"), sign_in("Clara", audit=True)
    open_entry(clara, 40)
    form = clara.url
    SCREENSHOTS.mkdir(exist_ok=True)
    for name, address in {
        "formular": form,
        "revision": form.replace("change/", "revision/"),
        "geschichte": form.replace("change/", "history/"),
        "schritt": form.replace("40/change/", "41/schritt/archived/"),
        "liste": "/admin/ideas/idea/?offen=revision",
        "geschichte-thema": "/admin/ideas/topic/1/history/",
        "geschichte-labor": "/admin/workshops/citylab/1/history/",
        "stadtlabor": "/admin/workshops/citylab/1/change/",
        "start": "/admin/",
        "dubletten": "/admin/ideas/idea/dubletten/",
        "ideen-zusammenfuehren": "/admin/ideas/idea/zusammenfuehren/?bleibt=9&geht=6",
    }.items():
        clara.goto(address)
        auditor.goto(address)
        auditor.add_style_tag(content=AT_ONCE)
        for scheme in ("light", "dark"):
            auditor.emulate_media(color_scheme=scheme)
            assert serious(auditor) == [], (name, scheme)
        clara.screenshot(path=SCREENSHOTS / f"desk-{name}.png", full_page=True)


@pytest.mark.once
def test_pages_of_mergers_and_duplicates_are_accessible_on_any_screen(sign_in):
    vera, clara = sign_in("Vera", audit=True), sign_in("Clara", audit=True)
    topics = "/admin/ideas/topic/zusammenfuehren/?eintrag=8&eintrag=9&bleibt=8"
    entries = {
        "/admin/ideas/idea/zusammenfuehren/": "Nebeneinander zeigen",
        "/admin/ideas/idea/zusammenfuehren/?bleibt=42&geht=43": "Was der Eintrag künftig sagt",
        "/admin/ideas/idea/42/aehnlich/": "Ähnliche Einträge",
        "/admin/ideas/idea/dubletten/": "Mögliche Dubletten",
        "/admin/ideas/idea/42/history/": "Geschichte",
    }
    for window, pages in ((vera, {topics: "Was bleibt?"}), (clara, entries)):
        for address, words in pages.items():
            window.goto(address)
            assert words in window.locator("#content").inner_text()
            window.add_style_tag(content=AT_ONCE)
            for details in window.locator("details").all():
                details.evaluate("each => { each.open = true }")
            for width in (320, 1280):
                window.set_viewport_size({"width": width, "height": 900})
                assert window.evaluate("document.documentElement.scrollWidth") == width, address
                for scheme in ("light", "dark"):
                    window.emulate_media(color_scheme=scheme)
                    assert serious(window) == [], (address, width, scheme)


@pytest.mark.once
@pytest.mark.parametrize("kind", ["ideas/topic", "workshops/municipality", "workshops/source"])
def test_list_wider_than_a_phone_scrolls_in_its_frame_by_keyboard(sign_in, kind):
    vera = sign_in("Vera", audit=True)
    vera.set_viewport_size({"width": 360, "height": 800})
    vera.goto(f"/admin/{kind}/")
    name = vera.locator("#result_list tbody th").first
    before = name.bounding_box()["x"]

    vera.focus(".desk-frame")
    for _time in range(5):
        vera.keyboard.press("ArrowRight")
    vera.wait_for_function("document.querySelector('.desk-frame').scrollLeft > 30")

    assert vera.evaluate("document.documentElement.scrollWidth") == 360
    assert 0 <= name.bounding_box()["x"] <= before  # what a line is about stays in sight
    vera.add_style_tag(content=AT_ONCE)
    assert serious(vera) == []


def test_topic_is_merged_and_an_old_link_still_works(sign_in):
    vera = sign_in("Vera")
    vera.goto("/admin/ideas/topic/")
    for name in ("Leerstand", "Zwischennutzung"):
        vera.locator("tr", has=vera.get_by_role("link", name=name, exact=True)).locator("input").check()
    vera.select_option("select[name=action]", "merge")
    press(vera, "Ausführen")
    vera.get_by_role("radio", name="Leerstand").check()
    press(vera, "Zeigen, was das heißt")
    vera.fill("#id_text", "Leere Läden wieder füllen, auch auf Zeit.")

    press(vera, "Zusammenführen")

    assert "alte Links führen weiter" in vera.locator(".messagelist").inner_text()
    assert "Leere Läden wieder füllen, auch auf Zeit." in public_text(vera, "/themen/zwischennutzung/")
    old, new = (public_text(vera, f"/ideen/?thema={slug}") for slug in ("zwischennutzung", "leerstand"))
    assert old == new
    assert "Ideen" in old


def test_editor_follows_a_number_of_the_desk(sign_in):
    wanda = sign_in("Wanda")
    wanda.goto("/admin/ideas/idea/add/")
    wanda.fill("#id_title", "Kurz notiert")
    wanda.fill("#id_slug", "kurz-notiert")
    press(wanda, "Sichern")
    wanda.goto("/admin/")
    card = wanda.locator(".desk-card", has_text="Unvollständige Einträge")
    number = int(card.locator("strong").first.inner_text())
    handbook(wanda, "startseite", height=1000)

    with wanda.expect_navigation():
        card.get_by_role("link").first.click()

    assert wanda.locator("#result_list tbody tr").count() == number
    assert wanda.get_by_role("link", name="Kurz notiert").is_visible()


def test_duplicate_is_noticed_and_merged_and_its_number_leads_on(sign_in):
    wanda = sign_in("Wanda")
    wanda.goto("/admin/ideas/idea/9/change/")
    texts = {name: wanda.input_value(f"#id_{name}") for name in ("summary", "problem", "approach")}
    wanda.goto("/admin/ideas/idea/add/")
    wanda.fill("#id_title", "Fonds gegen leere Läden")
    wanda.fill("#id_slug", "fonds-gegen-leere-laeden")
    for name, text in texts.items():
        wanda.fill(f"#id_{name}", text)
    press(wanda, "Sichern und weiter bearbeiten")
    assert "Sehr ähnlich: 009" in wanda.locator(".messagelist").inner_text()
    number = wanda.locator(".field-number .readonly").inner_text()

    clara = sign_in("Clara")
    clara.goto("/admin/ideas/idea/dubletten/")
    with clara.expect_navigation():
        clara.locator("li", has_text="Fonds gegen leere Läden").get_by_role("link", name="Vergleichen").click()
    clara.get_by_role("group", name="Titel").get_by_label(f"aus Nr. {number}").check()
    handbook(clara, "zusammenfuehren", height=1000)
    press(clara, "Zusammenführen")

    assert f"Eintrag {number} ist archiviert; er war nie öffentlich." in clara.locator(".messagelist").inner_text()
    assert "Fonds gegen leere Läden" in public_text(clara, "/ideen/9/")
    clara.goto("/admin/ideas/idea/dubletten/")
    assert "Fonds gegen leere Läden" not in clara.locator("#content-main").inner_text()


@pytest.mark.once
def test_list_and_history_fit_on_a_laptop_and_on_a_phone(sign_in):
    clara = sign_in("Clara")
    open_entry(clara, 50)
    follow(clara, "Geschichte")
    history = clara.url
    for width in (1280, 360):
        clara.set_viewport_size({"width": width, "height": 900})
        clara.goto("/admin/ideas/idea/")
        table = clara.locator("#changelist .results")
        assert table.evaluate("each => each.scrollWidth <= each.clientWidth"), width
        assert clara.evaluate("document.documentElement.scrollWidth") == width
        assert clara.locator("#result_list td.field-name").first.bounding_box()["width"] > 200
        clara.goto(history)
        assert clara.evaluate("document.documentElement.scrollWidth") == width
        assert clara.locator("#change-history tbody tr").first.bounding_box()["height"] < 140
        SCREENSHOTS.mkdir(exist_ok=True)
        clara.screenshot(path=SCREENSHOTS / f"desk-geschichte-{width}.png")


@pytest.mark.once
def test_title_has_room_for_what_it_may_hold(sign_in):
    wanda = sign_in("Wanda")
    wanda.goto("/admin/ideas/idea/add/")
    wanda.fill("#id_title", ("Ein Titel, der so lang ist, wie er sein darf, " * 3)[:120])

    assert wanda.locator("#id_title").evaluate("each => each.scrollWidth <= each.clientWidth")


def kept_in_the_window(page):
    """The forms that the script of the desk keeps; Django's admin keeps other things there."""
    return page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('desk:'))")


def test_what_was_typed_survives_the_end_of_the_login(sign_in):
    wanda = sign_in("Wanda")
    open_entry(wanda, 60)
    wanda.fill("#id_summary", "Eine Stunde Arbeit.")
    wanda.locator(".field-topics .select2-selection").click()
    wanda.locator(".field-topics .select2-search__field").press_sequentially("kult")
    wanda.locator(".select2-results__option", has_text="Kultur").first.click()
    wanda.locator(".add-row a").click()
    new_example = wanda.locator(".dynamic-examples:not(.has_original)")
    new_example.locator("[name$=-place]").fill("Gera")
    wanda.wait_for_load_state("networkidle")
    wanda.context.clear_cookies(name="sessionid")
    press(wanda, "Als Revision sichern")

    wanda.fill("#id_username", "Wanda")
    wanda.fill("#id_password", PASSWORD)
    with wanda.expect_navigation():
        wanda.click("input[type=submit]")
    assert wanda.input_value("#id_summary") != "Eine Stunde Arbeit."
    assert wanda.get_by_text("Eingaben, die nicht gesichert wurden").is_visible()
    handbook(wanda, "wiederherstellen", height=600)
    press(wanda, "Nicht gesicherte Eingaben wiederherstellen")
    assert wanda.input_value("#id_summary") == "Eine Stunde Arbeit."
    assert new_example.locator("[name$=-place]").input_value() == "Gera"
    assert wanda.locator(".field-topics .select2-selection__choice", has_text="Kultur").is_visible()
    new_example.locator(".inline-deletelink").click()
    press(wanda, "Als Revision sichern")

    assert "Als offene Revision gesichert" in wanda.locator(".messagelist").inner_text()
    assert kept_in_the_window(wanda) == []
    open_entry(wanda, 60)
    assert wanda.input_value("#id_summary") == "Eine Stunde Arbeit."
    assert not wanda.get_by_text("Eingaben, die nicht gesichert wurden").is_visible()


def test_what_was_left_unsaved_is_offered_discarded_and_forgotten(sign_in):
    wanda = sign_in("Wanda")
    wanda.on("dialog", lambda dialog: dialog.accept())
    open_entry(wanda, 61)
    form, said = wanda.url, wanda.input_value("#id_problem")
    for end in ("discard", "log out", "log out in another window", "log out after a refusal", "other account"):
        wanda.goto(form)
        wanda.fill("#id_problem", "Nur ein Versuch.")
        wanda.goto("/admin/")
        wanda.goto(form)
        assert wanda.input_value("#id_problem") == said
        assert wanda.get_by_text("Eingaben, die nicht gesichert wurden").is_visible()
        if end == "discard":
            wanda.get_by_role("button", name="Verwerfen").click()
        else:
            press(wanda, "Nicht gesicherte Eingaben wiederherstellen")
            wanda.fill("#id_problem", "Noch ein Versuch.")
        if end == "log out after a refusal":
            wanda.fill("#id_title", " ")
            press(wanda, "Als Revision sichern")
            assert wanda.locator(".errornote").is_visible()
        if end == "log out in another window":
            other = wanda.context.new_page()
            other.goto("/admin/")
            press(other, "Abmelden")
            wanda.wait_for_function("!Object.keys(sessionStorage).some((name) => name.startsWith('desk:'))")
            other.close()
        elif end.startswith("log out"):
            press(wanda, "Abmelden")
        if end != "discard":
            wanda.context.clear_cookies()
            wanda.goto("/admin/login/")
            wanda.fill("#id_username", "Willi" if end == "other account" else "Wanda")
            wanda.fill("#id_password", PASSWORD)
            with wanda.expect_navigation():
                wanda.click("input[type=submit]")
        wanda.goto(form)
        assert not wanda.get_by_text("Eingaben, die nicht gesichert wurden").is_visible(), end
        assert kept_in_the_window(wanda) == []
