"""The pages of the city labs."""

import datetime

import pytest

from tests.factories import (
    make_event,
    make_example,
    make_idea,
    make_lab,
    make_lab_project,
    make_municipality,
    make_size_class,
    make_source,
)
from tests.visits import queries, visit

pytestmark = pytest.mark.django_db


def make_idea_with_example_in(lab, **values):
    """An idea that has an example in the city of the lab."""
    idea = make_idea(**values)
    make_example(idea, lab.municipality.name, municipalities=[lab.municipality])
    return idea


def test_list_shows_labs_with_state_focus_and_ideas(client):
    make_event(labs_note="Vier Städte haben sich bereit erklärt.")
    make_municipality("Bremen", state="Freie Hansestadt Bremen", size_class=make_size_class("Große Großstadt"))
    lab = make_lab("Bremen", focus="Zwischennutzung leerer Läden")
    make_idea_with_example_in(lab)

    page = visit(client, "/stadtlabore/")

    assert page.text.index("Wo das belegt ist") < page.text.index("Vier Städte haben sich bereit erklärt.")
    assert "Freie Hansestadt Bremen, Große Großstadt" in page.text
    assert "Zwischennutzung leerer Läden" in page.text
    assert "1 Idee mit einem Beispiel aus Bremen" in page.text
    assert ("/stadtlabore/bremen/", None) in page.links
    assert ("/ideen/?stadtlabor=bremen", None) in page.links


def test_an_idea_with_two_examples_in_the_city_counts_once_and_drafts_not_at_all(client):
    lab = make_lab("Bremen")
    idea = make_idea_with_example_in(lab)
    make_example(idea, "Bremen", "Ein zweites Beispiel", municipalities=[lab.municipality])
    make_idea_with_example_in(lab, title="Geheimer Entwurf", status="draft", published_at=None)
    make_example(make_idea(), "Nürnberg", municipalities=[make_municipality("Nürnberg")])

    on_the_list = visit(client, "/stadtlabore/").text
    on_the_page = visit(client, "/stadtlabore/bremen/").text

    assert "1 Idee mit einem Beispiel aus Bremen" in on_the_list
    assert "1 Idee mit einem Beispiel aus Bremen" in on_the_page
    assert "Geheimer Entwurf" not in on_the_page


def test_the_link_to_the_ideas_leads_to_as_many(client):
    lab = make_lab("Bremen")
    make_idea_with_example_in(lab, title="Gründungswettbewerb")
    make_idea("Ohne Bezug zu Bremen")

    found = visit(client, "/ideen/?stadtlabor=bremen").text

    assert "Gründungswettbewerb" in found
    assert "Ohne Bezug zu Bremen" not in found


def test_list_keeps_the_order_of_the_positions(client):
    for position, name in ((3, "Langenfeld"), (1, "Bremen"), (2, "Nürnberg")):
        make_lab(name, position=position)

    links = [address for address, _ in visit(client, "/stadtlabore/").links if address.startswith("/stadtlabore/")]

    found = list(dict.fromkeys(links))
    assert found == [
        "/stadtlabore/",
        "/stadtlabore/bremen/",
        "/stadtlabore/nuernberg/",
        "/stadtlabore/langenfeld/",
    ]


def test_list_without_any_record_says_so(client):
    assert "noch nichts eingetragen" in visit(client, "/stadtlabore/").text


def test_page_shows_all_that_is_known(client):
    place = make_municipality(
        "Bremen", state="Freie Hansestadt Bremen", latitude="53.076", longitude="8.807", landmark="Marktplatz",
        population=584_332, population_date=datetime.date(2023, 12, 31), population_precision="day",
        population_note="Stadt Bremen", note="mit Bremerhaven ein Land", size_note="ohne Umland",
        size_class=make_size_class("Große Großstadt", lower=500_000, upper=None),
    )  # fmt: skip
    place.population_sources.add(make_source(title="Einwohner-Marke", publisher="buten un binnen"))
    lab = make_lab(
        "Bremen", focus="Zwischennutzung", text="Bremen setzt auf Austausch.", partners="WFB\nIFH Köln",
        not_to_confuse="ein anderes Labor", sources=[make_source(title="Modellstadt Bremen")],
    )  # fmt: skip
    project = {"text": "29 Bewerbungen.", "period": "ab Dezember 2020"}
    make_lab_project(lab, "Pop-up-Wettbewerb", sources=[make_source(title="Aktionsprogramm")], **project)

    page = visit(client, "/stadtlabore/bremen/")

    for words in (
        "Freie Hansestadt Bremen", "Marktplatz", "53,076° N, 8,807° O", "allgemein bekannt, ohne Einzelnachweis",
        "584.332 (Stadt Bremen; Stand 31. Dezember 2023)", "Einwohner-Marke, buten un binnen",
        "mit Bremerhaven ein Land", "ohne Umland", "Große Großstadt (ab 500.000 Einwohner:innen)",
        "Zwischennutzung", "Bremen setzt auf Austausch.", "WFB", "IFH Köln", "ein anderes Labor",
        "Modellstadt Bremen", "Pop-up-Wettbewerb", "29 Bewerbungen.", "ab Dezember 2020", "Aktionsprogramm",
    ):  # fmt: skip
        assert words in page.text


def test_page_says_what_is_not_known(client):
    make_municipality("Nürnberg", population=543_000)
    make_lab_project(make_lab("Nürnberg"), "JOSEPHS")

    text = visit(client, "/stadtlabore/nuernberg/").text

    assert "543.000 (Stand nicht bekannt)" in text
    assert "Zeitraum nicht belegt JOSEPHS" in text
    assert "Partner nicht bekannt" in text
    assert "Koordinaten" not in text


def test_page_without_inhabitants_or_projects(client):
    make_lab("Bremen")

    text = visit(client, "/stadtlabore/bremen/").text

    assert "Einwohnerzahl nicht bekannt" in text
    assert "Noch ist kein Projekt eingetragen." in text
    assert "0 Ideen mit Beispielen aus Bremen" in text


def test_weak_evidence_stands_beside_lab_and_project(client):
    make_lab_project(make_lab("Bremen", evidence="ausgangstext"), evidence="zuordnung")

    assert "bisher von keiner weiteren Seite bestätigt" in visit(client, "/stadtlabore/").text
    text = visit(client, "/stadtlabore/bremen/").text
    assert "bisher von keiner weiteren Seite bestätigt" in text
    assert "naheliegende Zuordnung" in text


def test_english_page_marks_german_content(client):
    make_lab_project(make_lab("Bremen", partners="IFH Köln"))

    page = visit(client, "/en/stadtlabore/bremen/")

    assert "period not documented" in page.text
    assert page.language_of("Partners") == "en"
    assert page.language_of("IFH Köln") == "de"


@pytest.mark.parametrize("address", ["/stadtlabore/keines/", "/en/stadtlabore/keines/"])
def test_unknown_lab_is_not_found(client, address):
    visit(client, address, status=404)


def test_pages_accept_reading_only(client):
    make_lab("Bremen")

    assert client.post("/stadtlabore/").status_code == 405
    assert client.post("/stadtlabore/bremen/").status_code == 405


@pytest.mark.parametrize("address", ["/stadtlabore/", "/stadtlabore/bremen/"])
def test_more_records_need_no_more_queries(client, address):
    make_event()
    bremen = make_lab("Bremen")
    add_project_source_and_idea(bremen)
    with_one = queries(client, address)

    for name in ("Nürnberg", "Langenfeld"):
        add_project_source_and_idea(make_lab(name))
        add_project_source_and_idea(bremen)

    assert queries(client, address) == with_one


def add_project_source_and_idea(lab):
    """Give a lab one more project, source, source of its inhabitants and idea."""
    make_lab_project(lab, f"Projekt {lab.projects.count()}", sources=[make_source()])
    lab.sources.add(make_source())
    lab.municipality.population = 500_000
    lab.municipality.save()
    lab.municipality.population_sources.add(make_source())
    make_idea_with_example_in(lab)
