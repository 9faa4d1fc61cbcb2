"""The way in: password, brake, second factor, recovery codes – whole stories, from the first page to the last."""

import datetime
import html
import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import check_password, make_password
from django.test import override_settings
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import AuditEntry
from tests.accounts.phones import PASSWORD, Browser, make_staff, set_up_phone, shown
from tests.visits import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def patient(settings):
    """Devices that forgive a wrong code at once, so that tests need not wait."""
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0


def log():
    """The events of the audit log, the oldest first."""
    return [(entry.event, entry.account) for entry in AuditEntry.objects.order_by("pk")]


def key_on(page):
    """The key that the page offers to type in."""
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1]


def test_password_alone_is_enough_where_no_second_factor_is_asked_for(browser):
    make_staff()

    assert browser.sign_in(following="/admin/ideas/idea/").url == "/admin/ideas/idea/"
    assert browser.is_inside()
    assert log() == [("login", "ada")]


def test_second_factor_is_set_up_used_and_saved_by_a_recovery_code(browser):
    ada = make_staff()
    browser.sign_in()
    page = browser.get("/admin/anmeldung/einrichten/").text
    key = key_on(page)
    assert "<svg" in page
    assert "otpauth://totp/Wissenskompendium%20Innenstadt%3Aada" in page
    assert Markup(page).inline == []

    wrong = browser.post("/admin/anmeldung/einrichten/", {"code": "12345"})
    assert "nicht richtig" in wrong.text
    assert key_on(wrong.text) == key
    done = browser.post("/admin/anmeldung/einrichten/", {"code": shown(key)}, follow=True)
    codes = re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", done.text)
    assert len(set(codes)) == 10
    browser.post("/admin/zweiter-faktor/codes/")
    assert codes[0] not in browser.get("/admin/zweiter-faktor/codes/", follow=True).text
    assert browser.is_inside()

    other = Browser()
    assert other.sign_in(following="/admin/ideas/idea/").url == "/admin/anmeldung/code/"
    assert not other.is_inside()
    assert other.send_code(shown(key, later=1)).url == "/admin/ideas/idea/"
    assert other.is_inside()

    third = Browser()
    third.sign_in()
    assert third.send_code(codes[3].upper()).url == "/admin/"
    assert third.is_inside()
    again = Browser()
    again.sign_in()
    assert "nicht richtig" in again.send_code(codes[3]).text
    assert not again.is_inside()
    assert len(second_factor.codes(ada)) == 9
    details = [entry.detail for entry in AuditEntry.objects.filter(event="login").order_by("pk")]
    assert details == ["ohne zweiten Faktor", "Code vom Telefon", "Wiederherstellungscode"]


def test_where_it_is_required_nothing_opens_before_it_is_set_up(browser, settings):
    settings.REQUIRE_2FA = True
    make_staff()

    assert browser.sign_in(following="/admin/ideas/idea/").url == "/admin/anmeldung/einrichten/"
    for address in ("/admin/", "/admin/ideas/idea/", "/admin/password_change/", "/admin/zweiter-faktor/"):
        assert browser.get(address).url.startswith("/admin/login/")
    assert browser.get("/bausteine/").status_code == 404
    page = browser.get("/admin/anmeldung/einrichten/")
    assert "ein zweiter Faktor vorgeschrieben" in page.text
    browser.post("/admin/anmeldung/einrichten/", {"code": shown(key_on(page.text))})

    assert browser.post("/admin/zweiter-faktor/codes/").url == "/admin/ideas/idea/"
    assert browser.is_inside()
    assert log() == [("2fa-on", "ada"), ("codes", "ada"), ("login", "ada")]


def test_session_from_before_the_second_factor_was_required_ends_at_the_door(browser, settings):
    make_staff()
    browser.sign_in()

    settings.REQUIRE_2FA = True

    assert not browser.is_inside()


def test_session_elsewhere_ends_when_the_second_factor_is_set_up(browser):
    ada = make_staff()
    browser.sign_in()

    set_up_phone(ada)

    assert not browser.is_inside()


def test_password_alone_cannot_replace_the_phone(browser):
    secret = set_up_phone(make_staff())
    browser.sign_in()

    assert browser.get("/admin/anmeldung/einrichten/").url == "/admin/anmeldung/code/"

    assert browser.send_code(shown(secret)).url == "/admin/"
    assert browser.get("/admin/anmeldung/einrichten/").url == "/admin/zweiter-faktor/"
    assert TOTPDevice.objects.get().key == secret


def test_a_code_works_only_once(browser, patient):
    secret = set_up_phone(make_staff())
    browser.sign_in()
    code = shown(secret)
    browser.send_code(code)

    other = Browser()
    other.sign_in()

    assert "nicht richtig" in other.send_code(code).text


def test_wrong_codes_slow_down_and_then_lock(browser):
    secret = set_up_phone(make_staff())
    browser.sign_in()

    assert "nicht richtig" in browser.send_code("000000").text
    assert "nicht richtig" in browser.send_code(shown(secret)).text  # too soon after the wrong one
    for _number in range(2):
        browser.send_code("000000")
    response = browser.send_code("000000")

    assert response.status_code == 429
    assert browser.sign_in().status_code == 429
    assert browser.get("/admin/anmeldung/code/").url == "/admin/login/"
    assert log()[-1] == ("locked", "ada")


@pytest.mark.parametrize("change", ["late", "password", "inactive", "no staff"])
def test_waiting_for_the_code_ends(browser, monkeypatch, change):
    ada = make_staff()
    secret = set_up_phone(ada)
    browser.sign_in()
    if change == "late":
        monkeypatch.setattr(second_factor, "WAITING_SECONDS", -1)
    elif change == "password":
        ada.set_password("ganz anders als vorher")
    else:
        setattr(ada, "is_active" if change == "inactive" else "is_staff", False)
    ada.save()

    response = browser.post("/admin/anmeldung/code/", {"code": shown(secret)}, follow=True)

    assert response.redirect_chain[-1][0] == "/admin/login/"
    assert "Bitte melden Sie sich noch einmal an" in response.text
    assert not browser.is_inside()


def test_second_factor_is_changed_only_with_a_code(browser, patient):
    ada = make_staff()
    secret = set_up_phone(ada)
    browser.sign_in()
    browser.send_code(shown(secret))

    assert "nicht richtig" in browser.post("/admin/zweiter-faktor/", {"code": "000000", "remove": ""}).text
    browser.post("/admin/zweiter-faktor/", {"code": shown(secret, later=1), "codes": ""})
    code = second_factor.codes(ada)[0]
    assert code in browser.get("/admin/zweiter-faktor/codes/").text
    replace = browser.post("/admin/zweiter-faktor/", {"code": code, "replace": ""}, follow=True)
    key = key_on(replace.text)
    browser.post("/admin/anmeldung/einrichten/", {"code": shown(key)})
    assert TOTPDevice.objects.get(user=ada).key != secret
    assert browser.is_inside()
    browser.post("/admin/zweiter-faktor/", {"code": second_factor.codes(ada)[0], "remove": ""})

    assert not second_factor.has_one(ada)
    assert not StaticDevice.objects.exists()
    assert browser.is_inside()
    assert log()[-1] == ("2fa-off", "ada")


def test_second_factor_that_is_required_cannot_be_removed(browser, settings, patient):
    ada = make_staff()
    secret = set_up_phone(ada)
    settings.REQUIRE_2FA = True
    browser.sign_in()
    browser.send_code(shown(secret))

    assert 'name="remove"' not in browser.get("/admin/zweiter-faktor/").text
    browser.post("/admin/zweiter-faktor/", {"code": shown(secret, later=1), "remove": ""})

    assert second_factor.has_one(ada)


@pytest.mark.parametrize("address", ["/admin/anmeldung/code/", "/admin/anmeldung/einrichten/"])
def test_without_a_password_there_is_nothing_to_see(browser, address):
    assert browser.get(address).url == "/admin/login/"
    assert browser.post(address, {"code": "123456"}).url == "/admin/login/"
    assert browser.delete(address).status_code == 405


def test_login_does_not_lead_to_other_sites(browser):
    secret = set_up_phone(make_staff())
    browser.sign_in(following="https://boese.example/")

    assert browser.send_code(shown(secret)).url == "/admin/"


def test_too_many_wrong_passwords_lock_the_name_from_this_address_for_an_hour(browser):
    make_staff()
    for _number in range(5):
        response = browser.sign_in(password="falsch")
    assert response.status_code == 429
    assert "Anmeldung vorübergehend gesperrt" in html.unescape(response.text)
    assert Markup(response.text).inline == []

    assert browser.sign_in().status_code == 429
    assert not browser.is_inside()
    assert Browser().sign_in(REMOTE_ADDR="192.0.2.7").status_code == 302
    assert [event for event, _account in log()].count("locked") == 1

    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=61))
    assert browser.sign_in().status_code == 302


def test_failed_login_keeps_no_password_no_code_and_no_unknown_name(browser):
    make_staff()
    browser.sign_in(password="fast-richtig")
    browser.sign_in(name="mein-geheimes-passwort")

    kept = "".join(str(entry.__dict__) for entry in (*AuditEntry.objects.all(), *AccessAttempt.objects.all()))

    assert log() == [("failed", "ada"), ("failed", "–")]
    assert "fast-richtig" not in kept
    assert "mein-geheimes-passwort" not in AuditEntry.objects.values_list("account", flat=True)


def test_what_the_brake_knows_is_dropped_when_the_lock_is_over(browser):
    make_staff()
    browser.sign_in(password="falsch")
    browser.sign_in(name="fremd", password="falsch")
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=61))

    browser.sign_in()

    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize("name", ["a" * 5000, "ada\0", "ädä", ""])
def test_strange_names_are_only_refused(browser, name):
    assert browser.sign_in(name=name).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        (2, "1.1.1.1, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "quatsch", None),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_brake_counts_by_the_address_the_trusted_proxy_saw(browser, settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    make_staff()

    browser.sign_in(password="falsch", HTTP_X_FORWARDED_FOR=forwarded)

    assert AccessAttempt.objects.get().ip_address == expected


def test_passwords_are_kept_with_argon2(settings):
    from compendium import settings as of_the_site  # noqa: PLC0415 (the tests themselves use a cheap hasher)

    with override_settings(PASSWORD_HASHERS=of_the_site.PASSWORD_HASHERS):
        assert make_password(PASSWORD).startswith("argon2$argon2id$")
        assert check_password(PASSWORD, make_password(PASSWORD, hasher="pbkdf2_sha256"))


def test_cookies_of_staff_are_kept_from_scripts_and_end_with_the_day(browser):
    make_staff()

    cookie = browser.sign_in().cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # gone with the browser
    assert browser.session.get_expiry_age() <= 12 * 3600


def test_visitors_get_no_cookie(client):
    assert not client.get("/").cookies
    assert not client.get("/ueber/").cookies
