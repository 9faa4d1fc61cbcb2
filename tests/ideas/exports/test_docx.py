"""The Word document: structure, language, content. LibreOffice opens it where it is installed."""

import datetime
import io
import re
import shutil
import subprocess

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.factories import (
    make_city_size,
    make_documented_idea,
    make_example,
    make_idea,
    make_municipality,
    make_size_class,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db
HEADING = re.compile(r"Title|Heading \d")
SECTIONS = ["Auf einen Blick", "Problem", "Idee", "So geht es", "Gelingt, wenn", "Risiken", "Wo es das gibt"]
LAST_SECTIONS = ["Herkunft des Eintrags", "Zitieren"]


@pytest.fixture
def ideas():
    """Two entries, one with something in every section."""
    source = make_source(title="Die Quelle", publisher="Ein Verband", url="https://quelle.example/a?b=1&c=2")
    full = make_idea(
        "Laden auf Zeit", number=9, summary="Ein Laden für drei Monate.", problem="Läden stehen leer.",
        approach="Die Stadt vermietet kurz.\nUnd günstig.", steps="Suchen\nMieten\x0b\nÖffnen",
        success_factors="Gute Lage", risks="Keiner kommt", effort="mittel", cost="hoch", horizon="kurzfristig",
        topics=[make_topic("Leerstand")], city_sizes=[make_city_size("Mittelstadt")],
        origin="workshop", documented_as=make_documented_idea("Märkte", [source], evidence="ausgangstext"),
        version=3, version_date=datetime.date(2026, 12, 24),
    )  # fmt: skip
    town = make_municipality(size_class=make_size_class(), population=59_238)
    make_example(full, "Offenburg", year=2024, municipalities=[town], source=source, evidence="zuordnung")
    return full, make_idea("Brunnen", number=3, steps="Graben\nFüllen")


def opened(client, address):
    """The document at an address."""
    response = client.get(address)
    assert response.status_code == 200
    return Document(io.BytesIO(response.getvalue()))


def headings(document):
    """Level and words of all headings; the title is level 0."""
    found = [each for each in document.paragraphs if HEADING.fullmatch(each.style.name)]
    return [(int(each.style.name.removeprefix("Heading ").replace("Title", "0")), each.text) for each in found]


def links(document):
    """Where the links of a document lead: addresses and, inside, names of bookmarks."""
    found = document.element.body.iter(qn("w:hyperlink"))
    return [
        document.part.rels[link.get(qn("r:id"))].target_ref if link.get(qn("r:id")) else link.get(qn("w:anchor"))
        for link in found
    ]


def texts(document):
    """All paragraphs outside tables."""
    return [paragraph.text for paragraph in document.paragraphs]


def table(document, place):
    """The cells of a table as text."""
    return [[cell.text for cell in row.cells] for row in document.tables[place].rows]


def test_one_entry_has_real_headings_in_order(client, ideas):
    document = opened(client, "/ideen/9-laden-auf-zeit/export.docx")

    assert headings(document) == [
        (0, "Laden auf Zeit"),
        (1, "009 Laden auf Zeit"),
        *[(2, name) for name in SECTIONS + LAST_SECTIONS],
    ]


def test_several_entries_begin_with_an_overview_that_leads_to_each(client, ideas):
    document = opened(client, "/merkliste/export.docx?idee=9&idee=3")

    assert [each for each in headings(document) if each[0] < 2] == [
        (0, "Merkliste"), (1, "Überblick"), (1, "009 Laden auf Zeit"), (1, "003 Brunnen"),
    ]  # fmt: skip
    assert table(document, 0) == [
        ["Nr.", "Idee", "Aufwand", "Kosten", "Zeit bis zur Wirkung", "Für welche Städte"],
        ["009", "Laden auf Zeit", "mittel", "hoch", "kurzfristig", "Mittelstadt"],
        ["003", "Brunnen", *["nicht eingeschätzt"] * 4],
    ]
    marks = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    assert {"idee_009", "idee_003"} <= marks
    assert [link for link in links(document) if link.startswith("idee_")] == ["idee_009", "idee_003"]


def test_document_is_german_a4_and_says_who_made_it(client, ideas):
    document = opened(client, "/en/ideen/export.docx?thema=leerstand&kosten=hoch")

    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "de-DE"
    section = document.sections[0]
    assert (round(section.page_width / Cm(1), 1), round(section.page_height / Cm(1), 1)) == (21.0, 29.7)
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language, properties.comments) == (
        "Ideen: Leerstand, Kosten hoch", "Wissenskompendium Innenstadt", "de-DE", "",
    )  # fmt: skip
    assert properties.subject
    footer = section.footer.paragraphs[0]
    codes = [code.text.strip() for code in footer._p.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert footer.text == "Wissenskompendium Innenstadt · Seite 1 von 1"


def test_document_says_how_the_selection_came_about(client, ideas):
    document = opened(client, "/ideen/export.docx?thema=leerstand&kosten=hoch&kosten=mittel")

    lines = texts(document)
    assert headings(document)[0] == (0, "Ideen: Leerstand, Kosten hoch oder mittel")
    for line in (
        "Thema: Leerstand", "Kosten: hoch, mittel", "Anzahl der Ideen: 1", "Stand der Einträge: 24. Dezember 2026",
    ):  # fmt: skip
        assert line in lines
    assert "http://testserver/ideen/?thema=leerstand&kosten=hoch&kosten=mittel" in links(document)
    assert any(line.startswith("Für die Texte ist keine Lizenz angegeben.") for line in lines)
    assert "Aufwand, Kosten, Zeit bis zur Wirkung und Reifegrad sind redaktionelle Einschätzungen." in lines


def test_entry_tells_facts_examples_sources_origin_and_citation(client, ideas):
    document = opened(client, "/ideen/9-laden-auf-zeit/export.docx")

    facts = dict(table(document, 0))
    assert facts["Merkmal"] == "Angabe"
    assert facts["Aufwand"].startswith("mittel – Braucht eine verantwortliche Person")
    assert facts["Reifegrad"] == "nicht eingeschätzt"
    text = "\n".join(texts(document))
    for words in (
        "Und günstig.", "Offenburg, 2024: Ladenbörse (Baden-Württemberg, Mittelstadt)",
        "Quelle: Die Quelle, Ein Verband, https://quelle.example/a?b=1&c=2 (naheliegende Zuordnung",
        "Belegt als: „Märkte“ (", "Fassung 3 vom 24. Dezember 2026. Dauerhafte Adresse: http://testserver/ideen/9/",
        "WISSENSKOMPENDIUM INNENSTADT, 2026. Laden auf Zeit [online].",
    ):  # fmt: skip
        assert words in text
    assert {"https://quelle.example/a?b=1&c=2", "http://testserver/ideen/9/"} <= set(links(document))


def test_tables_tell_screen_readers_header_and_name(client, ideas):
    document = opened(client, "/merkliste/export.docx?idee=9&idee=3")

    for each in document.tables:
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        look = each._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        assert each._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_steps_are_real_lists_that_begin_with_one(client, ideas):
    document = opened(client, "/merkliste/export.docx?idee=9&idee=3")

    steps = [each for each in document.paragraphs if each.style.name == "List Number"]
    assert [each.text for each in steps] == ["Suchen", "Mieten", "Öffnen", "Graben", "Füllen"]
    lists = [each._p.pPr.numPr.numId.val for each in steps]
    assert lists == [lists[0]] * 3 + [lists[3]] * 2
    assert lists[0] != lists[3]
    numbering = document.part.numbering_part.element
    for number in set(lists):
        (override,) = numbering.num_having_numId(number).findall(qn("w:lvlOverride"))
        assert override.find(qn("w:startOverride")).get(qn("w:val")) == "1"
    assert [each.text for each in document.paragraphs if each.style.name == "List Bullet"] == [
        "Gute Lage", "Keiner kommt",
    ]  # fmt: skip


def test_every_style_that_is_referred_to_exists(client, ideas):
    document = opened(client, "/merkliste/export.docx?idee=9&idee=3")

    existing = {each.style_id for each in document.styles}
    parts = [document.element, document.styles.element, document.part.numbering_part.element]
    parts.append(document.sections[0].footer._element)
    names = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
    used = {each.get(qn("w:val")) for part in parts for name in names for each in part.iter(qn(f"w:{name}"))}
    assert used <= existing


def test_selection_without_entries_is_a_document_that_says_so(client):
    make_topic("Leerstand")

    document = opened(client, "/ideen/export.docx?thema=leerstand")

    assert "Anzahl der Ideen: 0" in texts(document)
    assert headings(document) == [(0, "Ideen: Leerstand")]


def test_long_search_words_are_shortened_in_the_title_only(client):
    make_idea("Wort", number=1, summary="lang " * 30)
    words = "+".join(["lang"] * 40)

    document = opened(client, f"/ideen/export.docx?q={words}")

    assert headings(document)[0][1].endswith("…")
    assert f"Suche: „{words.replace('+', ' ')}“" in texts(document)


def test_documents_of_1_and_3_need_the_same_queries(client, django_assert_max_num_queries):
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            idea = make_idea(number=number, topics=[make_topic(f"Thema {number}")])
            size = make_size_class(f"Klasse {number}", lower=number, upper=number + 1)
            make_example(idea, municipalities=[make_municipality(f"Stadt {number}", size_class=size)])
        with django_assert_max_num_queries(20) as captured:
            opened(client, "/ideen/export.docx")
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed: only python-docx checks the headings"
)
def test_libreoffice_opens_the_document_and_shows_its_headings(client, ideas, tmp_path):
    made = tmp_path / "vorlage.docx"
    made.write_bytes(client.get("/merkliste/export.docx?idee=9&idee=3").getvalue())

    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    arguments = ["--convert-to", "html:XHTML Writer File", "--outdir", str(tmp_path), str(made)]
    subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=120)

    html = made.with_suffix(".html").read_text(encoding="utf-8")
    inside = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", html, re.DOTALL)
    shown = [re.sub(r"<[^>]+>", "", words) for words in inside]
    assert [words for words in shown if words in {"Überblick", "009 Laden auf Zeit", "003 Brunnen"}] == [
        "Überblick", "009 Laden auf Zeit", "003 Brunnen",
    ]  # fmt: skip
    assert set(SECTIONS + LAST_SECTIONS) <= set(shown)
