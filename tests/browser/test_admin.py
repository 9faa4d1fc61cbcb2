"""The admin in a browser: under the same strict policy as the site, accessible, entered with a second factor."""

import re

import pytest
from openpyxl import Workbook

from tests.accounts.phones import shown

from .accessibility import serious
from .conftest import Trouble
from .pictures import SCREENSHOTS, handbook
from .server import STAFF

PASSWORD = "nur fuer diesen einen Test"  # noqa: S105 (opens a database that is thrown away)
PAGES = {
    "start": "/admin/",
    "ideen": "/admin/ideas/idea/?q=markt",
    "idee": "/admin/ideas/idea/9/change/",
    "import": "/admin/ideas/idea/import/",
    "import-teilnehmende": "/admin/workshops/participant/import/",
    "quellen": "/admin/workshops/source/",
    "quelle": "/admin/workshops/source/1/change/",
    "teilnehmende": "/admin/workshops/participant/",
    "konten": "/admin/auth/user/",
    "protokoll": "/admin/accounts/auditentry/",
    "zweiter-faktor": "/admin/zweiter-faktor/",
    "einrichten": "/admin/anmeldung/einrichten/",
}


@pytest.fixture
def window(browser, site):
    """Open a window at the login, or signed in by cookies; no page may complain, above all not about the policy.

    Only a window for an ``audit`` does without the policy: what axe puts into the page would breach it.
    """
    contexts, trouble = [], Trouble()

    def open_it(audit=False, login=None):
        size = {"width": 1280, "height": 900}
        context = browser.new_context(
            base_url=site, locale="de-DE", viewport=size, bypass_csp=audit, storage_state=login
        )
        contexts.append(context)
        page = context.new_page()
        if not audit:
            trouble.watch(page, site)
        page.goto("/admin/login/")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert trouble == []


def sign_in(page, name=STAFF["ADMIN_USER"], password=STAFF["ADMIN_PASSWORD"]):
    """Fill in the login."""
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    return page


@pytest.fixture(scope="module")
def login(browser, site):
    """The cookies of somebody who has signed in, for tests that do not ask how."""
    with browser.new_context(base_url=site, locale="de-DE") as context:
        page = context.new_page()
        page.goto("/admin/login/")
        sign_in(page).wait_for_url("**/admin/")
        return context.storage_state()


@pytest.mark.once
@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_to_the_policy(window, login, name):
    page = window(login=login)

    response = page.goto(PAGES[name])

    assert response.status == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"desk-{name}.png")


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_login_and_import_are_accessible(window, scheme):
    page = sign_in(window(audit=True))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for name in ("zweiter-faktor", "einrichten", "protokoll", "import"):
            page.goto(PAGES[name])
            assert serious(page) == [], (name, width)


@pytest.mark.once
def test_pages_of_the_handbook_are_pictured(window):
    page = window()
    handbook(page, "anmelden", height=500)
    sign_in(page)
    page.goto("/admin/ideas/idea/?q=leerstand&status__exact=published")
    assert page.locator("#result_list tbody tr").count() > 10
    page.get_by_label("Navigation ein-/ausblenden").click()
    handbook(page, "liste", width=1280)
    page.goto("/admin/workshops/source/")
    handbook(page, "quellen", width=1280)
    page.goto("/admin/workshops/participant/?q=7")
    page.locator("#result_list tbody input").check()
    page.select_option("select[name=action]", "personal_data")
    page.get_by_role("button", name="Ausführen").click()
    assert page.get_by_role("heading", name="Teilnehmende Person 7").is_visible()
    handbook(page, "teilnehmende", height=900)


def make_account(page, name):
    """Make an account of staff with all rights at the desk."""
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", name)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("input[name=_continue]")
    page.check("#id_is_staff")
    page.check("#id_is_superuser")
    page.click("input[name=_save]")
    page.wait_for_url("**/admin/auth/user/")


def test_second_factor_is_set_up_and_used(window):
    make_account(sign_in(window()), "zweite")
    page = sign_in(window(), "zweite", PASSWORD)
    page.get_by_role("link", name="Zweiter Faktor").click()
    page.get_by_role("link", name="Zweiten Faktor einrichten").click()
    assert page.locator(".qr svg").bounding_box()["width"] >= 200
    key = page.locator(".steps code").inner_text()
    handbook(page, "zweiter-faktor")
    page.fill("#id_code", shown(key))
    page.get_by_role("button", name="Einrichten").click()
    codes = page.locator(".codes code").all_inner_texts()
    page.screenshot(path=SCREENSHOTS / "zweiter-faktor-codes.png")
    page.get_by_role("button", name="Ich habe sie aufbewahrt").click()
    assert page.get_by_text("10 Wiederherstellungscodes sind noch übrig").is_visible()

    phone = sign_in(window(), "zweite", PASSWORD)
    phone.wait_for_url("**/admin/anmeldung/code/")
    phone.screenshot(path=SCREENSHOTS / "zweiter-faktor-code.png")
    phone.fill("#id_code", shown(key, later=1))
    phone.get_by_role("button", name="Anmelden").click()
    phone.wait_for_url("**/admin/")

    lost = sign_in(window(), "zweite", PASSWORD)
    lost.fill("#id_code", codes[0])
    lost.get_by_role("button", name="Anmelden").click()
    lost.wait_for_url("**/admin/")
    assert lost.get_by_text(re.compile("Willkommen,")).is_visible()


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_page_is_accessible(window, scheme):
    name = f"tastatur-{scheme}"
    make_account(sign_in(window()), name)
    page = sign_in(window(audit=True), name, PASSWORD)
    page.emulate_media(color_scheme=scheme)
    page.goto("/admin/anmeldung/einrichten/")
    page.fill("#id_code", shown(page.locator(".steps code").inner_text()))
    page.get_by_role("button", name="Einrichten").click()
    assert serious(page) == []
    page.context.clear_cookies()
    page.goto("/admin/login/")
    sign_in(page, name, PASSWORD)
    page.wait_for_url("**/anmeldung/code/")

    assert serious(page) == []
    assert page.evaluate("document.activeElement.id") == "id_code"


def table(path, *rows):
    """A workbook with these rows as sheet of ideas; its path."""
    book = Workbook()
    book.active.title = "Ideen"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(("audit", "title"), [(False, "Gemüsegarten am Markt"), (True, "Gemüsegarten am Dom")])
def test_table_with_bad_lines_is_corrected_and_imported(window, tmp_path, audit, title):
    page = sign_in(window(audit=audit))
    page.goto("/admin/ideas/idea/")
    page.get_by_role("link", name="Tabelle importieren").click()
    head = ["Nummer", "Titel", "Kurzfassung", "Themen"]
    bad = [
        [None, title, "Alle gießen, alle ernten.", "Leerstnad"],
        ["x", "Zweite", "", ""],
        [None, "", "Ohne Titel", ""],
    ]
    page.set_input_files("#id_file", table(tmp_path / "falsch.xlsx", head, *bad))
    page.get_by_role("button", name="Tabelle prüfen").click()
    assert page.get_by_text("Die Tabelle hat 3 Fehler").is_visible()
    assert not audit or serious(page) == []
    handbook(page, "import-fehler", height=600)

    page.get_by_role("link", name="Andere Datei").click()
    good = [[None, title, "Alle gießen, alle ernten.", "Leerstand"], [9, "Fonds für leere Läden", "", ""]]
    page.set_input_files("#id_file", table(tmp_path / "richtig.xlsx", head, *good))
    page.get_by_role("button", name="Tabelle prüfen").click()
    assert page.get_by_role("heading", name="1 neu, als Entwurf").is_visible()
    assert not audit or serious(page) == []
    handbook(page, "import-pruefen", height=900)
    page.get_by_role("button", name="Importieren").click()

    page.wait_for_url("**/admin/ideas/idea/")
    assert "Importiert: 1 neu" in page.locator(".messagelist").inner_text()
