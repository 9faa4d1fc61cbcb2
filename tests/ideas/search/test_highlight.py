"""Hits say why they are hits."""

import pytest

from ideas.models import Idea, SynonymGroup
from ideas.search.highlight import LONGEST_PASSAGE, best_passage, explain, held, mark
from ideas.search.matching import find
from tests.factories import make_idea, make_topic


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("laden", "Ein Laden, viele Läden", "Ein <mark>Laden</mark>, viele <mark>Läden</mark>"),
        ("leerstand", "Ladenleerstand nutzen", "<mark>Ladenleerstand</mark> nutzen"),
        ("händler", "Händler:innen & Co.", "<mark>Händler:innen</mark> &amp; Co."),
        ("laden", "<b onclick='x'>Laden</b>", "&lt;b onclick=&#x27;x&#x27;&gt;<mark>Laden</mark>&lt;/b&gt;"),
        ("laden", "Einladung", "Einladung"),
    ],
)
def test_words_are_marked_in_escaped_text(query, text, marked):
    assert mark(text, held(query)) == marked


def test_passage_is_the_sentence_with_most_words_and_not_too_long():
    long = "Hier " + "steht viel Text, " * 30 + "dann kommt die Nadel, " + "und noch viel mehr Text " * 30

    assert best_passage(["Ein Faden. Nadel und Faden.", "Zwirn"], held("Nadel Faden")) == "Nadel und Faden."
    passage = best_passage([long], held("Nadel"))
    assert "die Nadel," in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(passage) <= LONGEST_PASSAGE + 30
    assert best_passage(["Ein Faden."], held("Nadel")) == ""


@pytest.mark.django_db
def test_a_passage_shows_the_word_that_title_and_summary_do_not_hold():
    SynonymGroup.objects.create(slug="popup", words="Pop-up\nLaden auf Zeit")
    idea = make_idea("Leerstand", summary="Ein Laden", problem="Es ist dunkel. Beleuchtung fehlt.", number=1)

    hit = explain(idea, find(Idea.objects.all(), "Leerstand Beleuchtung").clauses)
    assert (hit.title, hit.passage) == ("<mark>Leerstand</mark>", "<mark>Beleuchtung</mark> fehlt.")
    assert explain(idea, find(Idea.objects.all(), "Leerstand Laden").clauses).passage == ""
    assert "<mark>" not in explain(idea, find(Idea.objects.all(), "Pop-up").clauses).summary


@pytest.mark.django_db
def test_cards_show_why_they_were_found(visitor):
    SynonymGroup.objects.create(slug="rad", words="Lastenrad\nCargobike")
    make_idea("Fahren", number=1, summary="", problem="Es fehlt an Platz. Ein Cargobike hilft <hier>.")
    make_idea("Parken", number=2, summary="", topics=[make_topic("Lastenrad")])
    make_idea("Das Lastenrad", number=3)

    html = visitor.main("/ideen/?q=lastenrad")

    assert "Ein <mark>Cargobike</mark> hilft &lt;hier&gt;." in html
    assert "„Cargobike“ steht für „lastenrad“." in html
    assert "Gefunden in Themen, Akteuren, Themenfeld oder Beispielen des Eintrags." in html
    assert "Das <mark>Lastenrad</mark></a>" in html
    assert "<mark>" not in visitor.main("/ideen/")
