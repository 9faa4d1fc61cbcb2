"""The PDF of a selection: accessible, complete, and deaf to markup in texts."""

import datetime
import shutil
import subprocess

import pytest
import typst

from tests import pdf
from tests.factories import (
    make_city_size,
    make_documented_idea,
    make_example,
    make_idea,
    make_municipality,
    make_size_class,
    make_source,
    make_topic,
    make_workshop,
)

pytestmark = pytest.mark.django_db
ENDLESS = "x7" * 200
LONG = "Leerstandsregistrierungsverfahren" * 6
HOSTILE = [
    "#evil[] *a* $x$",
    "#panic(1)",
    "<b>fett</b> & <script>",
    "= Überschrift",
    '"] #include "/etc/passwd"',
    "\\ @x <y>",
]


@pytest.fixture
def ideas():
    """Two entries, one with something in every section."""
    topic = make_topic("Leerstand")
    source = make_source(title="Die Quelle", publisher="Ein Verband", url="https://quelle.example/a?b=1&c=2")
    full = make_idea(
        "Laden auf Zeit", number=9, summary="Ein Laden für drei Monate.",
        problem="Läden stehen leer – „überall“ …", approach="Die Stadt vermietet kurz.\nUnd günstig.",
        steps="Suchen\nMieten\nÖffnen",
        success_factors="Gute Lage", risks="Keiner kommt", effort="mittel", cost="hoch", horizon="kurzfristig",
        topics=[topic], city_sizes=[make_city_size("Mittelstadt")],
        workshop=make_workshop(),
        origin="workshop", documented_as=make_documented_idea("Märkte", [source], evidence="ausgangstext"),
        version=3, version_date=datetime.date(2026, 12, 24),
    )  # fmt: skip
    town = make_municipality(size_class=make_size_class(), population=59_238)
    make_example(full, "Offenburg", year=2024, municipalities=[town], source=source, evidence="zuordnung")
    return full, make_idea("Brunnen", number=3, steps="Graben\nFüllen", topics=[topic])


def made(client, address):
    """The PDF at an address."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return response.getvalue()


@pytest.mark.parametrize("address", ["/ideen/9-laden-auf-zeit/export.pdf", "/merkliste/export.pdf?idee=9&idee=3"])
def test_document_keeps_the_rules_of_pdf_ua(client, ideas, address):
    document = made(client, address)

    assert pdf.complaints(document) == []
    assert "Figure" in pdf.kinds_of(document)


def test_check_finds_what_an_untagged_file_lacks():
    plain = typst.compile(b"= Titel\nText", pdf_tags=False)
    tagged = typst.compile(b'#set document(title: "Titel")\n#set text(lang: "de")\n= Titel\nText')

    assert {"a structure tree", "marked as tagged", "a title in the metadata", "declared as PDF/UA-1"} <= set(
        pdf.complaints(plain)
    )
    assert pdf.complaints(tagged) == ["the title shown", "declared as PDF/UA-1"]


def test_check_finds_a_figure_without_text():
    drawing = b'<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 9 9\\"><path d=\\"M0 0h9v9z\\"/></svg>'
    figure = typst.compile(b'#set text(lang: "de")\n= Titel\n#image(bytes("' + drawing + b'"), format: "svg")')

    assert "a text for every figure" in pdf.complaints(figure)


@pytest.mark.skipif(
    not shutil.which("verapdf"), reason="veraPDF is not installed: only our own check of structure"
)
def test_verapdf_accepts_the_document(client, ideas, tmp_path):
    file = tmp_path / "vorlage.pdf"
    file.write_bytes(made(client, "/merkliste/export.pdf?idee=9&idee=3"))

    command = [shutil.which("verapdf"), "--flavour", "ua1", "--format", "text", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout.startswith("PASS"), done.stdout


def test_entry_tells_facts_examples_sources_origin_and_citation(client, ideas):
    document = made(client, "/ideen/9-laden-auf-zeit/export.pdf")

    words = (
        "009", "Revitalisierung", "Laden auf Zeit", "Ein Laden für drei Monate.",
        "Läden stehen leer – „überall“ …", "Und günstig.", "Aufwand", "mittel",
        "Braucht eine verantwortliche Person", "nicht eingeschätzt", "Gute Lage",
        "Offenburg, 2024: Ladenbörse", "Baden-Württemberg, Mittelstadt",
        "Quelle: Die Quelle, Ein Verband, https://quelle.example/a?b=1&c=2 (naheliegende Zuordnung",
        "naheliegende Zuordnung", "Belegt als: „Märkte“", "sind redaktionelle Einschätzungen.",
        "Fassung 3 vom 24. Dezember 2026", "WISSENSKOMPENDIUM INNENSTADT, 2026.", "keine Lizenz angegeben",
    )  # fmt: skip
    assert pdf.missing(document, words) == []
    assert {"https://quelle.example/a?b=1&c=2", "http://testserver/ideen/9/"} <= pdf.links_of(document)
    assert pdf.opened(document).metadata.title == "Laden auf Zeit"


def test_several_entries_begin_with_what_was_selected_and_an_overview(client, ideas):
    document = made(client, "/ideen/export.pdf?sortierung=titel")

    first = pdf.opened(document).pages[0].extract_text()
    assert "Alle Ideen" in first
    assert "Anzahl der Ideen 2" in " ".join(first.split())
    assert first.index("Brunnen") < first.index("Laden auf Zeit")
    assert [words for _level, words in pdf.outline_of(document)] == [
        "Alle Ideen", "Überblick", "Brunnen", "Laden auf Zeit",
    ]  # fmt: skip
    assert len(pdf.opened(document).pages) == 3


def test_filter_and_notes_come_along(client, ideas):
    filtered = made(client, "/en/ideen/export.pdf?thema=leerstand")
    posted = client.post("/merkliste/export.pdf", {"idee": ["3", "9"], "notiz-3": "Für den Rat\n#panic(1)"})

    assert pdf.missing(filtered, ["Thema Leerstand Anzahl der Ideen 2", "Ideen: Leerstand"]) == []
    assert pdf.missing(posted.getvalue(), ["Notiz", "Für den Rat #panic(1)"]) == []


def test_texts_are_never_read_as_markup(client):
    idea = make_idea(
        " ".join(HOSTILE)[:120], number=1, slug="x", summary=HOSTILE[0], problem="\n".join(HOSTILE),
        approach=f"{LONG} Ende\n{ENDLESS} aus", steps="\n".join(HOSTILE), risks="\n".join(HOSTILE),
    )  # fmt: skip
    make_example(
        idea, "#evil[Ort]", "*Name*", fact="$x^2$", source=make_source(title="#quelle", publisher="_kursiv_")
    )

    document = made(client, "/ideen/1-x/export.pdf")

    words = (*HOSTILE, f"{LONG} Ende", f"{ENDLESS} aus", "#evil[Ort]: *Name*", "$x^2$", "#quelle, _kursiv_")
    assert pdf.missing(document, words) == []
    assert pdf.longest_word(document) < 100
    assert pdf.complaints(document) == []


def test_characters_without_glyph_become_boxes_instead_of_a_failure(client):
    make_idea("Party 🎉 für 你好", number=1, slug="x", summary="Griechisch Ωμέγα, steuernd\x01, 👨‍👩‍👧.")

    document = made(client, "/ideen/1-x/export.pdf")

    assert pdf.missing(document, ["Party □ für □□", "Griechisch Ωμέγα, steuernd, □"]) == []
    assert pdf.complaints(document) == []


def test_selection_without_entries_is_a_document_that_says_so(client):
    make_topic("Leerstand")

    document = made(client, "/ideen/export.pdf?thema=leerstand")

    assert pdf.missing(document, ["Anzahl der Ideen 0"]) == []
    assert pdf.complaints(document) == []


def test_more_entries_than_a_document_takes_lead_to_the_book(client):
    for number in range(1, 52):
        make_idea(number=number)

    response = client.get("/ideen/export.pdf")

    assert response.status_code == 400
    assert "/kompendium.pdf" in response.content.decode()


def test_same_query_count_for_1_and_3(client, django_assert_max_num_queries):
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            idea = make_idea(number=number, topics=[make_topic(f"Thema {number}")])
            make_example(idea, municipalities=[make_municipality(f"Stadt {number}")])
        with django_assert_max_num_queries(20) as captured:
            made(client, "/ideen/export.pdf")
        counts.append(len(captured))

    assert counts[0] == counts[1]
