"""How entries are cited."""

import datetime
import re

import pytest
from django.utils import timezone

from ideas.citation import apa, bibtex, bibtex_text, din_iso_690, german_date
from ideas.models import Idea
from tests.factories import make_idea

LINK = "https://kompendium.example/ideen/9/"


@pytest.fixture
def idea():
    """An unsaved entry: citing reads nothing from the database."""
    return Idea(number=9, title="Größe & Güte", version=3, version_date=datetime.date(2026, 12, 24))


def test_apa_names_date_number_version_and_link(idea):
    assert apa(idea, LINK) == (
        f"Wissenskompendium Innenstadt. (2026, 24. Dezember). Größe & Güte (Idee 009, Fassung 3). {LINK}"
    )


def test_din_iso_690_says_when_it_was_looked_at(idea):
    assert din_iso_690(idea, LINK) == (
        "WISSENSKOMPENDIUM INNENSTADT, 2026. Größe & Güte [online]. Idee 009. Fassung 3, 24. Dezember 2026 "
        f"[Zugriff am: {german_date(timezone.localdate())}]. Verfügbar unter: {LINK}"
    )


def test_bibtex_has_every_field_and_balanced_braces(idea):
    idea.title = "100 % {Laden} #1_2 \\ ~^ & \n$"

    entry = bibtex(idea, LINK)

    assert entry.startswith("@online{wissenskompendium-009-v3,\n")
    assert f"  url = {{{LINK}}},\n" in entry
    assert "  date = {2026-12-24},\n" in entry
    assert "  version = {3},\n" in entry
    assert "  number = {Idee 009},\n" in entry
    assert entry.count("{") == entry.count("}")
    assert (
        r"  title = {{100 \% \textbraceleft{}Laden\textbraceright{} \#1\_2 \textbackslash{} "
        r"\textasciitilde{}\textasciicircum{} \& \$}}," in entry
    )


def test_bibtex_keeps_umlauts():
    assert bibtex_text("Straße über Höfe") == "Straße über Höfe"


@pytest.mark.django_db
def test_bib_file_is_offered_under_the_address_of_the_entry(client):
    make_idea("Laden auf Zeit", number=9)

    response = client.get("/ideen/9-laden-auf-zeit/zitat.bib")

    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="wissenskompendium-idee-009.bib"'
    assert response["X-Robots-Tag"] == "noindex"
    assert re.search(r"url = \{http://testserver/ideen/9/\}", response.text)
    assert not response.cookies
    assert client.get("/en/ideen/9-laden-auf-zeit/zitat.bib").text == response.text


@pytest.mark.django_db
def test_bib_file_of_another_slug_leads_to_the_present_one(client):
    make_idea("Laden auf Zeit", number=9)

    response = client.get("/ideen/9-alter-name/zitat.bib")

    assert (response.status_code, response["Location"]) == (301, "/ideen/9-laden-auf-zeit/zitat.bib")


@pytest.mark.django_db
def test_bib_file_follows_a_merger_and_says_when_there_is_none(client):
    kept = make_idea("Bleibt", number=1)
    make_idea("Ging auf", number=2, status="archived", merged_into=kept)
    make_idea("Weg", number=3, status="archived")
    make_idea("Entwurf", number=4, status="draft")

    assert client.get("/ideen/2-ging-auf/zitat.bib")["Location"] == "/ideen/1-bleibt/zitat.bib"
    assert client.get("/ideen/3-weg/zitat.bib").status_code == 410
    assert client.get("/ideen/4-entwurf/zitat.bib").status_code == 404
