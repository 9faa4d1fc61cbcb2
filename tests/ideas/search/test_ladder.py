"""What the search does when little is found: correct, widen, and say so."""

import pytest

from ideas.models import Idea, SynonymGroup
from ideas.search.matching import find
from tests.factories import make_idea, make_topic

pytestmark = pytest.mark.django_db


def search(text):
    """The result of a search in all public ideas."""
    return find(Idea.objects.published(), text)


def numbers(found):
    """The ideas of a result, best first."""
    return list(found.ideas.order_by("-rank", "number").values_list("number", flat=True))


def test_title_weighs_more_than_summary_and_summary_more_than_text():
    make_idea("Anderes", number=1, problem="Eine Nadel.", summary="")
    make_idea("Anderes dann", number=2, summary="Eine Nadel.")
    make_idea("Eine Nadel", number=3, summary="")

    assert numbers(search("nadel")) == [3, 2, 1]


def test_minus_takes_entries_out():
    make_idea("Laden", number=1)
    make_idea("Laden mit Café", number=2)

    assert numbers(search("laden -café")) == [1]
    assert numbers(search("-café")) == [1]


def test_words_of_a_synonym_group_stand_for_each_other():
    make_idea("Cargobike", number=1)
    make_idea("Soziale Medien", number=2)
    assert numbers(search("Lastenrad")) == []

    SynonymGroup.objects.create(slug="rad", words="Lastenrad\nCargobike")
    SynonymGroup.objects.create(slug="medien", words="Soziale Medien\nInstagram")

    assert numbers(search("Lastenräder")) == [1]
    assert numbers(search("instagram")) == [2]
    assert numbers(search("soziale medien")) == [2]


def test_typing_error_is_corrected_and_named():
    make_idea("Leerstand", number=1)

    found = search("Leerstant")

    assert numbers(found) == [1]
    assert found.corrections == {"Leerstant": "Leerstand"}
    assert found.literally == '"Leerstant"'
    assert numbers(search(found.literally)) == []


@pytest.mark.parametrize("text", ["Parkplaz", "Parkpläze", "parkplatzt"])
def test_a_form_that_no_entry_holds_is_corrected_by_its_stem(text):
    make_idea("Parkplätze", number=1)

    assert search(text).corrections == {text: "Parkplätze"}


@pytest.mark.parametrize("text", ["Leerstand", "Xylophon", "Lee", '"Leerstant"', "Hund"])
def test_nothing_is_corrected_without_need(text):
    make_idea("Leerstand aus einer Hand", number=1)

    assert search(text).corrections == {}


def test_a_question_finds_what_holds_some_of_its_words_behind_what_holds_all():
    make_idea("Fußgängerzone am Abend", number=1)
    make_idea("Fußgängerzone", number=2)
    for number in range(3, 9):
        make_idea("Kasse", number=number, slug=f"kasse-{number}")

    found = search("abend fußgängerzone")

    assert (numbers(found), found.exact, found.similar) == ([1, 2], 1, 1)
    found = search("gibt es abends in der Fußgängerzone nichts Schönes")
    assert found.exact == 0
    assert set(numbers(found)) == {1, 2}


def test_words_that_say_little_are_dropped_beside_others():
    make_idea("Leerstand", number=1, summary="")
    make_idea("Ideen", number=2, summary="")
    make_idea("Markt", number=3, summary="")

    assert numbers(search("Ideen gegen Leerstand")) == [1]
    assert numbers(search("Ideen")) == [2]
    assert numbers(search("Leerstand -Idee")) == [1]


def test_a_word_that_no_entry_holds_leads_to_one_of_the_same_meaning(visitor):
    make_idea("Breiter Gehweg", number=1)
    for number in range(2, 8):
        make_idea("Markt", number=number, slug=f"markt-{number}")

    assert numbers(search("Trottoirs")) == [1]
    assert search("Trottoirs").corrections == {}
    assert "Gehweg" in visitor.main("/ideen/?q=Trottoir")


def test_a_misspelt_synonym_is_corrected_too_though_no_entry_holds_it():
    make_idea("Ort für Ältere", number=1, summary="")
    SynonymGroup.objects.create(slug="senioren", words="Ältere\nSeniorenzentrum\nRentner und Rentnerinnen")

    found = search("Seniorenzentum")

    assert found.corrections == {"Seniorenzentum": "Seniorenzentrum"}
    assert numbers(found) == [1]


def test_of_words_with_as_few_errors_the_one_that_sounds_alike_was_meant():
    for number in range(1, 4):
        make_idea("Sensoren", number=number, slug=f"sensoren-{number}", summary="")
    make_idea("Senioren", number=4, summary="")

    assert search("Senjoren").corrections == {"Senjoren": "Senioren"}


def test_an_english_word_leads_to_german_ones_and_to_those_that_stand_for_them():
    for number, title in enumerate(["Treffpunkt im Laden", "Pflegeheim", "Heimat", "Sommerhitze"], 1):
        make_idea(title, number=number, summary="")
    for number in range(5, 15):
        make_idea("Markt", number=number, slug=f"markt-{number}")
    SynonymGroup.objects.create(slug="treffpunkt", words="Treffpunkt\nEinsamkeit")

    assert numbers(search("heat")) == [4]
    assert numbers(search("nursing home")) == [2]
    assert numbers(search("what to do for the nursing home")) == [2]
    assert numbers(search("loneliness")) == [1]
    assert search("loneliness").corrections == {}
    assert numbers(search("weather forecast")) == []


def test_a_chance_match_of_one_word_is_no_similar_result():
    for number in range(1, 21):
        make_idea("Laden", number=number, slug=f"laden-{number}", summary="")
    make_idea("Markt", number=21, summary="", problem=" ".join(["Wort"] * 300) + " Tabelle")

    assert numbers(search("Bundesliga Tabelle")) == []

    make_idea("Tabelle für Läden", number=22, summary="")
    assert numbers(search("Bundesliga Tabelle"))[0] == 22
    assert search("Tabelle Fahrplan").exact == 0


def test_page_says_what_the_search_did(visitor):
    make_idea("Leerstand", number=1)
    for number in range(2, 8):
        make_idea("Markt", number=number, slug=f"markt-{number}")

    html = visitor.main("/ideen/?q=Leerstant")
    assert "Treffer für <b>Leerstand</b>." in html
    assert 'href="/ideen/?q=%22Leerstant%22"' in html
    assert "Stattdessen nach „Leerstant“ suchen" in html
    assert "Keine Idee enthält alle Wörter." in visitor.main("/ideen/?q=leerstand+xylophon")
    assert "Keine Idee enthält dieses Wort." in visitor.main("/ideen/?q=Leerstandskümmerer")
    question = visitor.main("/ideen/?q=Was+machen+wir+nur+gegen+unseren+Leerstand")
    assert "Diese Ideen passen am besten zu Ihrer Frage." in question
    assert "Treffer für" not in visitor.main("/ideen/?q=leerstand")


def test_no_hit_shows_counted_ways_out(visitor):
    make_idea("Nadel", number=1, effort="gering", topics=[make_topic("Leerstand")])
    make_idea("Nadel", number=2, slug="zwei", effort="hoch", cost="hoch")

    html = visitor.main("/ideen/?q=nadel&aufwand=gering&kosten=hoch")
    assert '<a href="/ideen/?q=nadel&amp;kosten=hoch">Ohne den Filter „Aufwand“</a>: 1 Idee' in html
    assert '<a href="/ideen/?q=nadel&amp;aufwand=gering">Ohne den Filter „Kosten“</a>: 1 Idee' in html
    assert '<a href="/ideen/?q=nadel">„nadel“ ohne Filter suchen</a>: 2 Ideen' in html

    html = visitor.main("/ideen/?q=Leerstandsxylophon+-Leerstand&aufwand=gering")
    assert '<a href="/ideen/?aufwand=gering">Die Filter behalten, ohne das Suchwort</a>: 1 Idee' in html
    assert '<a href="/themen/leerstand/">Das Thema „Leerstand“</a>: 1 Idee' in html
    assert '<a href="/ideen/">Alle Ideen zeigen</a>: 2 Ideen' in html


def test_no_hit_leads_to_searches_with_fewer_words(visitor):
    for number in range(1, 8):
        make_idea("Markt", number=number, slug=f"markt-{number}", summary="")
    make_idea("Ein Markt am Abend", number=9, summary="")

    html = visitor.main("/ideen/?q=%22Abend+Markt%22")
    assert '<a href="/ideen/?q=Abend+Markt">Ohne Anführungszeichen suchen</a>: 8 Ideen' in html

    html = visitor.main("/ideen/?q=%22Markt+Xylophonbau%22")
    assert '<a href="/ideen/?q=Markt">Nur nach „Markt“ suchen</a>: 8 Ideen' in html

    html = visitor.main("/ideen/?q=Markt+Xylophonbau+Zeppelinflug+Quarkkonzert+Trollblume+-Abend")
    assert '<a href="/ideen/?q=Markt">Nur nach „Markt“ suchen</a>: 8 Ideen' in html
    assert "Xylophonbau“ suchen" not in html


def test_a_phrase_stands_in_single_quotes_in_the_heading(visitor):
    make_idea("Markt am Abend", number=1)

    html = visitor.main("/ideen/?q=%22Markt+am+Abend%22+-Xylophon")
    assert "1 Idee zu „‚Markt am Abend‘ -Xylophon“" in " ".join(html.split())


def test_heading_and_title_name_the_word_that_was_meant(visitor):
    make_idea("Leerstand", number=1)

    page = visitor.page("/ideen/?q=Leerstant")

    assert "1 Idee zu „Leerstand“" in page
    assert "<title>Leerstand – 1 Idee" in page
    assert "„Leerstand Leerstandhaus“" in visitor.page("/ideen/?q=Leerstant+Leerstandhaus")


def test_no_hit_because_of_filters_is_no_missing_idea(visitor):
    make_idea("Leerstand", number=1, effort="gering")

    assert "Dazu gibt es noch keine Idee" in visitor.page("/ideen/?q=Xylophon")
    assert "Zu dieser Auswahl passt keine Idee" in visitor.page("/ideen/?q=Leerstand&aufwand=hoch")


def test_words_that_are_not_searched_for_are_counted(visitor):
    make_idea("Markt", number=1)
    words = [f"Wort{letter}" for letter in "abcdefghijk"]

    assert "blieb" not in visitor.main(f"/ideen/?q={'+'.join(['Markt', *words])}")
    assert "das letzte blieb unbeachtet" in visitor.main(f"/ideen/?q={'+'.join(['Markt', *words, 'Laden'])}")
    assert "die letzten 2 blieben" in visitor.main(f"/ideen/?q={'+'.join(['Markt', *words, 'Laden', 'Rad'])}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Wie viel kostet ein Leerstandsmelder?", 1),
        ("Leerstandsmelder einführen", 1),
        ("Was hat Bremen gemacht?", 2),
        ("Wohnen in der Innenstadt", 3),
    ],
)
def test_words_that_say_little_keep_nothing_out(text, number):
    make_idea("Leerstandsmelder", number=1, summary="")
    make_idea("Markt", number=2, summary="", problem="In Bremen gibt es ihn.")
    make_idea("Läden zu Wohnungen", number=3, summary="")
    make_idea("Kosten der Innenstadt", number=4, summary="", problem="Gemacht und eingeführt.")

    assert numbers(search(text)) == [number]
    assert numbers(search("Kosten")) == [4]
    assert numbers(search("Innenstadt")) == [4]


def test_an_expression_among_the_synonyms_is_found_though_its_words_say_little():
    SynonymGroup.objects.create(slug="jugend", words="Jugend\njunge Leute")
    make_idea("Ort für die Jugend", number=1, summary="")
    make_idea("Markt", number=2, summary="", problem="Viele Leute.")

    assert numbers(search("junge Leute"))[0] == 1
    assert numbers(search("Was wollen junge Leute in der Stadt"))[0] == 1


def test_who_leaves_out_a_compound_does_not_leave_out_its_parts():
    make_idea("Kultur beim Stadtfest", number=1, summary="")
    make_idea("Kultur in der Stadt: ein Fest", number=2, summary="")
    make_idea("Kultur in der Großstadt", number=3, summary="")
    SynonymGroup.objects.create(slug="fest", words="Stadtfest\nGroßstadt")

    assert set(numbers(search("Kultur -Stadtfest"))) == {2, 3}
    assert numbers(search("Kultur -Stadt")) == []


def test_words_to_leave_out_count_however_many_are_wanted():
    make_idea("Markt", number=1, summary="")
    make_idea("Abend", number=2, summary="", problem="eins zwei drei vier fünf sechs sieben acht neun zehn elf")

    assert 2 not in numbers(search("Markt eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf -Abend"))


@pytest.mark.parametrize("text", ['"Pop-up"', '"pop up"', "Popup", "Pop-up", '"Pop-up Gastronomie"'])
def test_hyphens_do_not_matter(text):
    make_idea("Pop-up-Gastronomie", number=1, summary="")

    assert numbers(search(text)) == [1]


def test_invisible_characters_of_pasted_text_do_not_part_words():
    make_idea("Leer\u00adstand im Zen\u200btrum", number=1, summary="")

    assert numbers(search("Leerstand Zentrum")) == numbers(search("Leer\u00adstand")) == [1]


def test_a_compound_that_no_entry_holds_leads_to_those_with_its_parts():
    make_idea("Wohnen für Senioren", number=1, summary="")
    make_idea("Zonen zum Liefern", number=2, summary="")
    make_idea("Fußgängerzone", number=3, summary="")
    for number in range(4, 12):
        make_idea("Markt", number=number, slug=f"markt-{number}", summary="")

    assert (numbers(search("Seniorenresidenz")), search("Seniorenresidenz").exact) == ([1], 0)
    assert 2 not in numbers(search("was ist am Abend in unserer Fußgängerzone los"))
    assert numbers(search("Hundeauslaufmarkt")) == []


def test_of_a_compound_with_an_unknown_part_the_known_one_is_searched_for():
    make_idea("Leerstand melden", number=1)
    make_idea("Markt", number=2, summary="")

    assert numbers(search("Leerstandskümmerer")) == [1]
    assert numbers(search("Xylophonkümmerer")) == []


def test_what_stands_for_a_part_of_a_compound_is_searched_for_too():
    make_idea("Gastronomie am Platz", number=1)
    assert numbers(search("Kneipensterben")) == []

    SynonymGroup.objects.create(slug="gastronomie", words="Gastronomie\nKneipe")
    assert numbers(search("Kneipensterben")) == [1]


def test_an_entry_with_several_words_of_a_group_stands_before_one_with_a_single_one():
    SynonymGroup.objects.create(slug="register", words="Register\nKataster\nVerzeichnis")
    make_idea("Markt", number=1, summary="Ein Kataster.")
    make_idea("Markt", number=2, slug="zwei", summary="Ein Verzeichnis.")
    make_idea("Markt", number=3, slug="drei", summary="Kataster, Verzeichnis.")

    assert numbers(search("Register")) == [3, 1, 2]


def test_the_order_of_the_typed_words_does_not_matter():
    SynonymGroup.objects.create(slug="register", words="Register\nKataster")
    make_idea("Register und Kataster", number=1, summary="")
    make_idea("Kataster", number=2, summary="")

    one, other = search("Register Kataster"), search("Kataster Register")
    assert dict(one.ideas.values_list("number", "rank")) == dict(other.ideas.values_list("number", "rank"))
    assert numbers(one) == [1, 2]
