"""The pages of the workshops."""

import datetime

import pytest

from tests.factories import make_documented_idea, make_event, make_idea, make_source, make_workshop
from tests.visits import queries, visit

pytestmark = pytest.mark.django_db
MARCH = {"date": datetime.date(2021, 3, 24), "date_precision": "day"}


def test_list_shows_theme_date_and_entries(client):
    workshop = make_workshop("Relokalisierung", theme="Handwerk zurückholen", **MARCH)
    make_idea(workshop=workshop)
    make_idea(workshop=workshop)

    page = visit(client, "/workshops/")

    assert "Handwerk zurückholen" in page.text
    assert "24. März 2021" in page.text
    assert "2 Ideen" in page.text
    assert ("/workshops/relokalisierung/", None) in page.links
    assert ("/ideen/?workshop=relokalisierung", None) in page.links


def test_list_counts_published_entries_only(client):
    workshop = make_workshop()
    make_idea(workshop=workshop)
    make_idea(workshop=workshop, status="draft", published_at=None)
    make_idea(workshop=workshop, status="archived")

    page = visit(client, "/workshops/")

    assert "1 Idee" in page.text
    assert "3 Ideen" not in page.text


def test_list_shows_the_sources_of_the_event(client):
    make_event().sources.add(make_source(title="Der runde Tisch", publisher="Zeitung"))

    page = visit(client, "/workshops/")

    assert "Der runde Tisch, Zeitung" in page.text


def test_list_keeps_the_order_of_the_positions(client):
    for position, name in ((3, "Digitalisierung"), (1, "Revitalisierung"), (2, "Relokalisierung")):
        make_workshop(name, position=position)

    text = visit(client, "/workshops/").text

    assert text.index("Revitalisierung") < text.index("Relokalisierung") < text.index("Digitalisierung")


def test_list_without_any_record_says_so(client):
    assert "noch nichts eingetragen" in visit(client, "/workshops/").text


def test_page_shows_all_that_is_known(client):
    make_workshop(
        "Relokalisierung",
        theme="Handwerk zurückholen",
        official_title="Rückholung Handel, Handwerk",
        text="Der zweite Workshop.",
        groups="Erlebnis\nConvenience",
        example_cities="Bremen\nNantes",
        example_fields="Kultur\nReisen",
        keynote="Befragung 2020",
        organizations="IFH Köln\nMinisterium",
        participant_count=24,
        participants_note="nach Angabe der Moderation",
        **MARCH,
    ).sources.add(make_source(title="Ergebnisse", publisher="Ministerium", url="https://www.quelle.example/a"))

    page = visit(client, "/workshops/relokalisierung/")

    for words in (
        "Handwerk zurückholen", "„Rückholung Handel, Handwerk“", "Der zweite Workshop.", "Erlebnis", "Convenience",
        "Bremen", "Nantes", "Kultur", "Reisen", "Befragung 2020", "IFH Köln", "24 nach Angabe der Moderation",
        "24. März 2021", "Ergebnisse, Ministerium",
    ):  # fmt: skip
        assert words in page.text
    assert ("https://www.quelle.example/a", "external") in page.links


def test_page_says_what_is_not_known(client):
    make_workshop(
        "Digitalisierung",
        date_note="Frühjahr 2021; der Tag ist nicht belegt.",
        participants_note="Eine gesicherte Zahl liegt nicht vor.",
    )

    text = visit(client, "/workshops/digitalisierung/").text

    assert "Wann Frühjahr 2021; der Tag ist nicht belegt." in text
    assert "Offizieller Titel nicht bekannt" in text
    assert "Arbeitsgruppen nicht bekannt" in text
    assert "Eine gesicherte Zahl liegt nicht vor." in text
    assert "Fachimpuls" not in text


def test_page_lists_published_entries_of_the_field(client):
    workshop = make_workshop("Digitalisierung")
    shown = make_idea("Stadt-App", number=96, workshop=workshop)
    make_idea("Geheimer Entwurf", workshop=workshop, status="draft", published_at=None)
    make_idea("Anderes Themenfeld", workshop=make_workshop("Revitalisierung"))

    page = visit(client, "/workshops/digitalisierung/")

    assert "096 Stadt-App" in page.text
    assert (shown.get_absolute_url(), None) in page.links
    assert ("/ideen/?workshop=digitalisierung", None) in page.links
    assert "Geheimer Entwurf" not in page.text
    assert "Anderes Themenfeld" not in page.text


def test_page_calls_the_entries_sorted_and_counts_those_sources_name(client):
    workshop = make_workshop("Digitalisierung")
    make_idea(workshop=workshop)
    make_idea(workshop=workshop, origin="workshop", documented_as=make_documented_idea())

    text = visit(client, "/workshops/digitalisierung/").text

    assert "2 Einträge des Kompendiums sind unter dem Themenfeld „Digitalisierung“ eingeordnet." in text
    assert "Das heißt nicht, dass sie in diesem Workshop entstanden sind." in text
    assert "Öffentliche Quellen nennen 1 davon als Ergebnis der Workshopreihe." in text


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("ausgangstext", "bisher von keiner weiteren Seite bestätigt"),
        ("zuordnung", "naheliegende Zuordnung, die keine Quelle ausdrücklich vornimmt"),
    ],
)
@pytest.mark.parametrize("address", ["/workshops/", "/workshops/revitalisierung/"])
def test_weak_evidence_stands_beside_the_statement(client, address, evidence, words):
    make_workshop(evidence=evidence)

    assert words in visit(client, address).text


@pytest.mark.parametrize("address", ["/workshops/", "/workshops/revitalisierung/"])
def test_documented_statements_carry_no_caveat(client, address):
    make_workshop()

    text = visit(client, address).text

    assert "bestätigt" not in text
    assert "Zuordnung" not in text


def test_english_page_marks_german_content(client):
    make_workshop("Digitalisierung", organizations="IFH Köln", **MARCH)

    page = visit(client, "/en/workshops/digitalisierung/")

    assert "24 March 2021" in page.text
    assert "Official title not known" in page.text
    assert page.language_of("Organizations involved") == "en"
    assert page.language_of("IFH Köln") == "de"


@pytest.mark.parametrize("address", ["/workshops/keiner/", "/en/workshops/keiner/"])
def test_unknown_workshop_is_not_found(client, address):
    visit(client, address, status=404)


def test_pages_accept_reading_only(client):
    make_workshop()

    assert client.post("/workshops/").status_code == 405
    assert client.post("/workshops/revitalisierung/").status_code == 405


@pytest.mark.parametrize("address", ["/workshops/", "/en/workshops/revitalisierung/"])
def test_more_records_need_no_more_queries(client, address):
    make_event()
    workshop = make_workshop("Revitalisierung")
    add_entry_and_source(workshop)
    with_one = queries(client, address)

    for title in ("Relokalisierung", "Digitalisierung"):
        add_entry_and_source(workshop)
        add_entry_and_source(make_workshop(title))

    assert queries(client, address) == with_one


def add_entry_and_source(workshop):
    """Give a workshop one more entry that sources name, and one more source."""
    documented = make_documented_idea(slug=f"name-{workshop.pk}-{workshop.ideas.count()}")
    make_idea(workshop=workshop, origin="workshop", documented_as=documented)
    workshop.sources.add(make_source())
