"""The address of the book."""

import pytest

from compendium.book import shelf as shelves
from tests import pdf
from tests.factories import make_idea, make_workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    """A published entry."""
    return make_idea("Laden auf Zeit", number=9, workshop=make_workshop())


def test_book_is_a_file_with_links_to_this_site(client, idea):
    response = client.get("/kompendium.pdf")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert "wissenskompendium-innenstadt.pdf" in response["Content-Disposition"]
    made = response.getvalue()
    assert "http://testserver/ideen/9/" in pdf.links_of(made)
    assert pdf.complaints(made) == []
    assert not response.cookies


def test_whoever_has_the_book_gets_304_until_it_changes(client, idea):
    first = client.get("/kompendium.pdf")
    first.getvalue()

    same = client.get("/kompendium.pdf", headers={"If-None-Match": first["ETag"]})
    idea.title = "Laden für immer"
    idea.save()
    changed = client.get("/kompendium.pdf", headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert pdf.missing(changed.getvalue(), ["Laden für immer"]) == []


def test_empty_compendium_is_a_book_too(client):
    made = client.get("/kompendium.pdf").getvalue()

    assert pdf.complaints(made) == []
    assert pdf.missing(made, ["0 Ideen für lebendige Innenstädte", "Impressum"]) == []


def test_failure_is_a_page_that_says_what_to_do(client, idea, monkeypatch, caplog):
    monkeypatch.setattr(shelves, "TEMPLATE", "gibt-es-nicht.typ")

    response = client.get("/kompendium.pdf")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Das Buch lässt sich gerade nicht erstellen" in response.content.decode()
    assert "The book cannot be built" in caplog.text


def test_folder_that_cannot_be_used_is_503_too(client, idea, settings, tmp_path, caplog):
    (tmp_path / "datei").write_text("kein Ordner")
    settings.BOOK_DIR = tmp_path / "datei" / "shelf"

    assert client.get("/kompendium.pdf").status_code == 503


def test_footer_and_refused_document_lead_to_the_book(client, idea):
    assert 'href="/kompendium.pdf"' in client.get("/").content.decode()
    assert 'href="/kompendium.pdf"' in client.get("/en/ideen/").content.decode()


def test_only_reading_is_allowed(client):
    assert client.post("/kompendium.pdf").status_code == 405
