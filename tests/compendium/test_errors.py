"""Error pages. Tests without the mark django_db prove that a page does not ask the database."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from compendium.errors import LAST_RESORT
from tests.visits import Markup

FAULTY = pytest.mark.urls("tests.compendium.faulty_urls")


@pytest.fixture
def client():
    """A visitor who sees error pages instead of tracebacks."""
    return Client(raise_request_exception=False)


def answer(client, address, status, **extra):
    """The page that answers at ``address`` with ``status``."""
    response = client.get(address, **extra)
    assert response.status_code == status
    page = Markup(response.text)
    assert "the secret reason" not in response.text
    assert "Traceback" not in response.text
    assert 'rel="canonical"' not in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    return page, response


@FAULTY
@pytest.mark.parametrize(
    ("address", "status", "german", "english"),
    [
        ("/a/b/", 404, "Hier steht kein Haus", "There is no house here"),
        ("/faulty/403/", 403, "Diese Tür ist zu", "This door is locked"),
        ("/faulty/500/", 500, "Bei uns ist etwas kaputtgegangen", "Something broke on our side"),
        ("/faulty/503/", 503, "Wir sind gleich wieder da", "We will be back in a moment"),
        ("/faulty/503-too/", 503, "Wir sind gleich wieder da", "We will be back in a moment"),
    ],
)
def test_error_page_speaks_the_language_of_the_address_and_shows_ways_on(client, address, status, german, english):
    page, response = answer(client, address, status)
    page_en, response_en = answer(client, f"/en{address}", status)

    assert german in page.text
    assert english in page_en.text
    assert (response["Content-Language"], response_en["Content-Language"]) == ("de", "en")
    assert {("/ideen/", None), ("/themen/", None), ("/", None)} <= set(page.links)
    assert {("/en/ideen/", None), ("/en/themen/", None), ("/en/", None)} <= set(page_en.links)
    assert '<form class="search"' in response.text
    assert "q" in page.ids


@FAULTY
def test_503_says_when_to_come_back(client):
    assert client.get("/faulty/503/")["Retry-After"] == "30"
    assert "Retry-After" not in client.get("/faulty/500/")


@pytest.mark.parametrize(
    ("address", "words"), [("/", "Das haben wir nicht verstanden"), ("/en/ideen/", "We did not understand that")]
)
@pytest.mark.parametrize("to_https", [False, True])
def test_a_wrong_host_gets_the_page_for_400(client, settings, address, words, to_https):
    settings.SECURE_SSL_REDIRECT = to_https  # then the host is read before a language is chosen

    page, _response = answer(client, address, 400, headers={"host": "fremde.example"})

    assert words in page.text


def test_too_many_parameters_get_the_page_for_400(client):
    page, _response = answer(client, "/ideen/?" + "q=1&" * 1001, 400)

    assert "Das haben wir nicht verstanden" in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/ideen/", "/en/ideen/", "/karte/", "/ideen/export.csv"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_that_only_read_say_so(address, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert ("can only be read" if address.startswith("/en/") else "nur gelesen werden") in response.text


@pytest.mark.django_db
def test_a_form_without_its_mark_is_refused_with_advice():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "Das Formular ist abgelaufen" in response.text


@pytest.mark.django_db
def test_desk_form_that_expired_leads_through_the_login_back_to_itself():
    desk, form = Client(enforce_csrf_checks=True), "/admin/ideas/idea/7/change/?_changelist_filters=q%3Da%26o%3D1"

    response = desk.post(form, {"title": "Neu"})

    assert "in diesem Fenster" in Markup(response.text).text
    link = next(address for address, _language in Markup(response.text).links if address.startswith("/admin/"))
    assert link == form
    assert desk.get(link)["Location"].startswith("/admin/login/?next=/admin/ideas/idea/7/change/")
    assert 'href="/admin/"' in desk.post("/admin/logout/").text


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "405.html", "500.html", "503.html"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_error_pages_need_no_request(template, language):
    with translation.override(language):
        page = Markup(render_to_string(template))

    assert ("/" if language == "de" else "/en/", None) in page.links


@FAULTY
@pytest.mark.parametrize(("address", "status"), [("/faulty/500/", 500), ("/faulty/503/", 503), ("/a/b/", 404)])
def test_a_plain_page_appears_if_the_error_page_breaks_too(client, settings, tmp_path, address, status):
    settings.STATIC_ROOT = tmp_path  # without a list of hashed files no template can name its style sheets
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}

    response = client.get(address)

    assert response.status_code == status
    assert response.text == LAST_RESORT


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["", "/en"])
@pytest.mark.parametrize(
    "address",
    [
        "/%00/", "/%ff%fe/", "/workshops/%00/", "/stadtlabore/%F0%9F%8F%A0/", "/workshops/a%0d%0ab/", "/ideen/0/",
        "/ideen/99999999999999999999999/", "/ideen/-1/", "/ideen/1-%00/", "/themen/%2e%2e/", "/a//b/",
        f"/workshops/{'a' * 5000}/", "/ueber/../admin/", "/ueber/%3Cscript%3E/", "/;/", "/%E2%80%AE/",
    ],
)  # fmt: skip
def test_no_address_breaks_the_site(client, start, address):
    response = client.get(start + address)

    assert response.status_code in {301, 302, 404}
    assert "Traceback" not in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "UNSINN"])
@pytest.mark.parametrize("address", ["/", "/ideen/", "/workshops/", "/stadtlabore/", "/ergebnisse/", "/en/ueber/"])
def test_wrong_methods_are_refused(client, method, address):
    response = client.generic(method, address)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
