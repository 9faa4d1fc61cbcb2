"""The addresses of exports: what they hold, what they are called, and what they refuse."""

import datetime
import io
import json
import re

import pytest
from django.utils import timezone
from docx import Document

from ideas.exports import notes
from ideas.exports.formats import DOCUMENT_MOST, FORMATS
from ideas.models import Idea
from tests.factories import make_idea, make_topic

pytestmark = pytest.mark.django_db

HEADERS = {
    "docx": "wordprocessingml",
    "pdf": "application/pdf",
    "xlsx": "spreadsheetml",
    "csv": "text/csv",
    "json": "application/json",
}


def numbers(response):
    """The numbers of the entries in a JSON export."""
    return [idea["number"] for idea in json.loads(response.getvalue())["ideas"]]


def words(response):
    """All paragraphs of a Word export."""
    return [paragraph.text for paragraph in Document(io.BytesIO(response.getvalue())).paragraphs]


def test_export_holds_all_pages_in_the_order_of_the_list(visitor):
    for number in range(1, 46):
        make_idea(f"Laden {100 - number}", number=number, effort="gering")
    make_idea("Entwurf", number=90, effort="gering", status="draft")
    make_idea("Morgen", number=91, effort="gering", published_at=timezone.now() + datetime.timedelta(hours=1))
    query = "aufwand=gering&sortierung=titel"

    listed = [number for page in (1, 2, 3) for number in visitor.hits(f"/ideen/?{query}&seite={page}")]

    assert numbers(visitor.get(f"/ideen/export.json?{query}&seite=2&ansicht=matrix")) == listed
    assert listed == list(range(45, 0, -1))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_a_file_that_search_engines_leave_alone(visitor, name):
    make_idea("Laden", number=1, topics=[make_topic("Leerstand")])
    today = timezone.localdate().isoformat()

    response = visitor.get(f"/ideen/export.{name}?thema=leerstand")
    head = visitor.head(f"/ideen/export.{name}?thema=leerstand")

    assert response.getvalue()
    assert (response.status_code, head.status_code, head.getvalue()) == (200, 200, b"")
    assert HEADERS[name] in response["Content-Type"]
    file_name = f"wissenskompendium-leerstand-{today}.{name}"
    assert response["Content-Disposition"] == f'attachment; filename="{file_name}"'
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert visitor.post(f"/ideen/export.{name}?thema=leerstand").status_code == 405


def test_file_names_tell_what_is_inside(visitor):
    make_idea("Über Höfe", number=9, cost="gering")
    today = timezone.localdate().isoformat()
    named = {
        "/ideen/export.csv": "wissenskompendium",
        "/ideen/export.csv?kosten=gering": "wissenskompendium-kosten-gering",
        "/ideen/export.csv?q=%22%0D%0AX-Evil%3A+1": "wissenskompendium-x-evil-1",
        "/merkliste/export.csv?idee=9": "wissenskompendium-merkliste",
        "/ideen/9-ueber-hoefe/export.csv": "wissenskompendium-idee-009-ueber-hoefe",
    }

    for address, name in named.items():
        assert visitor.get(address)["Content-Disposition"] == f'attachment; filename="{name}-{today}.csv"'


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("thema=unfug", "thema"),
        ("thema=leerstand&thema=unfug", "thema"),
        ("sortierung=unfug", "sortierung"),
        ("herkunft=ohne", "herkunft"),
        ("tehma=leerstand", "tehma"),
        ("idee=1", "idee"),
        ("q=" + "x" * 201, "q"),
        ("q=a%00b", "q"),
    ],
)
def test_unknown_value_is_refused_by_name(visitor, query, parameter):
    make_idea("Laden", number=1, topics=[make_topic("Leerstand")])

    page = visitor.main(f"/ideen/export.docx?{query}", 400)
    machine = visitor.get(f"/ideen/export.json?{query}")

    assert re.search(rf"„{parameter}“|\b{parameter}: ", page)
    assert machine.status_code == 400
    assert [error["parameter"] for error in machine.json()["errors"]] == [parameter]
    assert all(error["message"] for error in machine.json()["errors"])
    assert machine["X-Robots-Tag"] == "noindex"


def test_refusal_is_clear_in_both_languages(visitor):
    make_topic("Leerstand")

    german = visitor.page("/ideen/export.csv?thema=%3Cb%3Eunfug", 400)
    english = visitor.page("/en/ideen/export.csv?thema=%3Cb%3Eunfug", 400)

    assert "Bei „thema“ gibt es den Wert „&lt;b&gt;unfug“ nicht." in german
    assert "There is no value “&lt;b&gt;unfug” for “thema”." in english
    assert '<meta name="robots" content="noindex">' in german


def test_empty_values_and_what_concerns_only_the_page_are_no_problem(visitor):
    make_idea("Laden", number=1)

    assert numbers(visitor.get("/ideen/export.json?q=&thema=&seite=unfug&ansicht=unfug")) == [1]


@pytest.mark.parametrize("address", ["/ideen/export.foo", "/merkliste/export.foo?idee=1", "/ideen/1-a/export.foo"])
def test_unknown_format_is_not_found(visitor, address):
    make_idea("A", number=1)

    visitor.page(address, 404)


def test_document_with_too_many_entries_says_what_to_do(visitor):
    for number in range(1, DOCUMENT_MOST + 2):
        make_idea(number=number, effort="gering")

    page = visitor.main("/ideen/export.docx?aufwand=gering", 400)

    assert f"Ein Dokument fasst bis zu {DOCUMENT_MOST} Ideen. Ihre Auswahl hat {DOCUMENT_MOST + 1}." in page
    assert 'href="/ideen/?aufwand=gering"' in page
    assert "/kompendium.pdf" in page
    Idea.objects.filter(number=1).delete()
    assert visitor.get("/ideen/export.docx?aufwand=gering").status_code == 200


def test_entry_export_follows_the_number(visitor):
    kept = make_idea("Bleibt", number=1)
    make_idea("Ging auf", number=2, status="archived", merged_into=kept)
    make_idea("Weg", number=3, status="archived")
    make_idea("Entwurf", number=4, status="draft")

    assert numbers(visitor.get("/ideen/1-bleibt/export.json")) == [1]
    assert visitor.get("/ideen/1-frueher/export.docx")["Location"] == "/ideen/1-bleibt/export.docx"
    assert visitor.get("/ideen/2-ging-auf/export.csv")["Location"] == "/ideen/1-bleibt/export.csv"
    assert visitor.get("/ideen/3-weg/export.csv").status_code == 410
    assert visitor.get("/ideen/4-entwurf/export.csv").status_code == 404


def test_shortlist_keeps_the_order_of_the_visitor(visitor):
    for number in (3, 9, 17):
        make_idea(number=number)

    response = visitor.get("/merkliste/export.json?idee=17&idee=3&idee=17")

    made = json.loads(response.getvalue())
    assert [idea["number"] for idea in made["ideas"]] == [17, 3]
    assert made["meta"]["address"] == "http://testserver/merkliste/?idee=17&idee=3"
    assert "note" not in made["ideas"][0]


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("idee=1&idee=99", "idee", "„99“"),
        ("idee=x", "idee", "„x“"),
        ("idee=2", "idee", "„2“"),
        ("", "idee", "Die Merkliste ist leer"),
        ("idee=1&notiz-1=geheim", "notiz-1", "„notiz-1“"),
        ("idee=1&thema=leerstand", "thema", "„thema“"),
        ("&".join(f"idee={number}" for number in range(100, 121)), "idee", "höchstens 20 Ideen"),
    ],
)
def test_shortlist_refuses_what_it_cannot_hold(visitor, query, parameter, message):
    make_idea(number=1)
    make_idea("Entwurf", number=2, status="draft")
    for number in range(100, 121):
        make_idea(number=number)

    response = visitor.get(f"/merkliste/export.json?{query}")

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    assert message in error["message"]


def test_notes_go_into_the_document_and_nowhere_else(visitor, django_assert_max_num_queries):
    make_idea("Laden", number=9)
    make_idea("Brunnen", number=3)
    visitor.handler.enforce_csrf_checks = True

    sent = {"idee": ["9", "3"], "notiz-9": "Für den Rat\r\nam Montag\x07", "notiz-3": ""}
    with django_assert_max_num_queries(12) as captured:
        response = visitor.post("/merkliste/export.docx", sent)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert all(query["sql"].startswith("SELECT") for query in captured)
    text = words(response)
    assert text.count("Notiz") == 1
    assert text[text.index("Notiz") + 1 :][:2] == ["Für den Rat", "am Montag"]
    made = json.loads(visitor.post("/merkliste/export.json", {"idee": "9", "notiz-9": "=1"}).getvalue())
    assert made["ideas"][0]["note"] == "=1"
    assert made["meta"]["fields"][-1]["column"] == "Notiz"
    table = visitor.post("/merkliste/export.csv", {"idee": "9", "notiz-9": "=1"}).getvalue().decode("utf-8-sig")
    assert table.splitlines()[0].endswith(";Notiz")
    assert table.splitlines()[1].endswith(";'=1")


@pytest.mark.parametrize(
    ("sent", "parameter"),
    [
        ({"idee": ["1"], "notiz-1": "x" * (notes.LONGEST + 1)}, "notiz-1"),
        ({"idee": ["1"], "notiz-2": "zu einer anderen"}, "notiz-2"),
        ({"idee": ["1"], "notiz-x": "wozu"}, "notiz-x"),
        ({"idee": ["1", "77"]}, "idee"),
        ({"idee": [str(number) for number in range(1, 22)]}, "idee"),
        ({}, "idee"),
    ],
)
def test_misuse_of_notes_is_refused(visitor, sent, parameter):
    make_idea(number=1)
    make_idea(number=2)

    response = visitor.post("/merkliste/export.json", sent)

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_largest_allowed_notes_pass_and_more_is_refused_unread(visitor):
    listed = [make_idea(number=number) for number in range(1, 21)]
    note = "\N{SMILING FACE WITH SUNGLASSES}" * notes.LONGEST
    sent = "&".join(
        f"idee={idea.number}&notiz-{idea.number}=" + "".join(f"%{byte:02X}" for byte in note.encode())
        for idea in listed
    )
    form = "application/x-www-form-urlencoded"

    assert visitor.post("/merkliste/export.docx", sent, content_type=form).status_code == 200
    assert len(sent) < notes.MOST_BYTES
    response = visitor.post("/merkliste/export.docx", sent + "&x=" + "x" * 20_000, content_type=form)
    assert response.status_code == 400
    assert "Die Notizen sind zusammen zu lang" in response.text


def test_line_break_counts_as_one_character(visitor):
    make_idea(number=1)

    sent = {"idee": "1", "notiz-1": "a\r\n" * (notes.LONGEST // 2)}

    assert visitor.post("/merkliste/export.csv", sent).status_code == 200


def test_list_and_entry_link_every_format_that_takes_them(visitor):
    make_idea("Laden", number=9, topics=[make_topic("Leerstand")])

    listed = visitor.main("/ideen/?thema=leerstand&seite=1")
    entry = visitor.main("/ideen/9-laden/")

    for name in FORMATS:
        assert f'href="/ideen/export.{name}?thema=leerstand"' in listed
        assert f'href="/ideen/9-laden/export.{name}"' in entry
    assert visitor.hits("/ideen/?thema=leerstand") == [9]
    assert "Mitnehmen" not in visitor.main("/ideen/?thema=leerstand&q=nichts")


def test_list_too_long_for_a_document_says_so(visitor):
    for number in range(1, DOCUMENT_MOST + 2):
        make_idea(number=number)

    page = visitor.main("/ideen/")

    assert "export.csv" in page
    assert "export.docx" not in page
    assert f"Als Dokument: bis zu {DOCUMENT_MOST} Ideen." in page
