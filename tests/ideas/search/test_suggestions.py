"""Suggestions while typing: words, topics, entries."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from ideas.search.suggestions import suggestions
from tests.factories import make_idea, make_topic
from tests.visits import queries

from .test_engines import hostile

pytestmark = pytest.mark.django_db


def shown(typed):
    """What is suggested: kind, label and note."""
    return [(each.kind, each.label, each.note) for each in suggestions(typed)]


def labels(typed, kind):
    """The suggestions of one kind."""
    return [each.label for each in suggestions(typed) if each.kind == kind]


def test_words_topics_and_ideas_that_begin_with_what_was_typed():
    make_idea("Leere Läden", number=1, summary="Leerstand", topics=[make_topic("Leerstand")])
    make_idea("Anderes", number=2, summary="Der Leerstand")

    assert shown("leers") == [
        ("word", "Leerstand", "steht in 2 Ideen"),
        ("topic", "Leerstand", "Thema, 1 Idee"),
    ]
    assert shown("leere lä") == [("word", "leere Läden", "Wort"), ("idea", "Leere Läden", "Idee 001")]


@pytest.mark.parametrize("typed", ["fußg", "fussg", "FUSSG", "Fußgä", "fussgae", "fussga", "am Fußg"])
def test_umlauts_and_case_do_not_matter(typed):
    make_idea("Die Fußgängerzone am Abend", number=1, summary="")

    assert labels(typed, "word")[0].endswith("Fußgängerzone")
    if typed != "am Fußg":
        assert labels(typed, "idea") == ["Die Fußgängerzone am Abend"]


def test_only_the_last_word_is_completed_and_what_stands_before_stays():
    make_idea("Quitte Zeppelin", number=1, summary="")

    assert labels('-"Quitte ze', "word") == ['-"Quitte Zeppelin']
    assert labels("quitte -ze", "word") == ["quitte -Zeppelin"]
    assert labels("zeppelin ", "word") == []


def test_nouns_and_frequent_words_come_first_and_four_are_enough():
    titles = ["Zaunlatte", "Zaunpfahl", "Zauntor", "Zaunfarbe", "Zaunfest"]
    for number, title in enumerate(titles, 1):
        make_idea(title, number=number, summary="Zaunkönig zaunhoch")

    found = labels("zaun", "word")

    assert found[0] == "Zaunkönig"
    assert len(found) == 4
    assert "zaunhoch" not in found
    assert len(labels("zaun", "idea")) == 4


def test_title_that_begins_so_comes_first():
    make_idea("Laden für Quitten", number=1)
    make_idea("Pop-up-Quitten", number=2)
    make_idea("Quitten am Stand", number=3)

    assert labels("quitt", "idea") == ["Quitten am Stand", "Laden für Quitten", "Pop-up-Quitten"]


def test_empty_topics_and_ideas_that_are_not_public_are_not_suggested():
    topic = make_topic("Quittenmarkt")
    make_idea("Quittenbaum", number=1, status="draft", published_at=None, topics=[topic])

    assert suggestions("quitt") == []


@pytest.mark.parametrize("typed", ["", " ", "q", "-", '"', "()", "a" * 500, "%", "_", "q%", "\0qu"])
def test_nothing_sensible_gives_nothing(typed):
    make_idea("Quitte", number=1, summary="")

    assert labels(typed, "topic") == labels(typed, "word") == [] or typed == "\0qu"


def test_english_page_says_what_it_is_in_english_and_leaves_german_words(client):
    make_idea("Quitte", number=1, summary="", topics=[make_topic("Quittenmarkt", name_en="Quince market")])

    found = client.get("/en/ideen/vorschlaege/", {"q": "qui"}).json()

    assert found["said"] == "4 suggestions"
    assert [(each["label"], each["lang"], each["note"]) for each in found["suggestions"]] == [
        ("Quitte", "de", "in 1 idea"),
        ("Quittenmarkt", "de", "in 1 idea"),
        ("Quince market", "en", "Topic, 1 idea"),
        ("Quitte", "de", "Idea 001"),
    ]
    assert [each["url"] for each in found["suggestions"]] == [
        "/en/ideen/?q=Quitte", "/en/ideen/?q=Quittenmarkt", "/en/themen/quittenmarkt/", "/en/ideen/1-quitte/",
    ]  # fmt: skip


def test_answer_is_cached_for_a_short_while_and_sets_no_cookie(client):
    make_idea("Quitte", number=1, summary="")

    response = client.get("/ideen/vorschlaege/", {"q": "qui"})

    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=120"
    assert not response.cookies
    assert response.json()["said"] == "2 Vorschläge"


def test_address_of_a_word_finds_the_entry(client):
    make_idea("Pop-up & Quitte", number=1, summary="")

    (word,) = [each for each in suggestions("pop-up & qui") if each.kind == "word"]

    assert parse_qs(urlsplit(word.url).query) == {"q": ["pop-up & Quitte"]}
    assert "Pop-up &amp; " in client.get(word.url).text


def test_nothing_typed_raises(client):
    make_idea("Laden gegen Leerstand", number=1, topics=[make_topic("Leerstand")])
    chance = random.Random(7)  # noqa: S311 (no secret)

    for text in hostile(150, seed=6):
        cut = text[: chance.randint(1, len(text))].encode("utf-8", "replace")
        assert client.get("/ideen/vorschlaege/", {"q": cut}).status_code == 200
    assert client.get("/ideen/vorschlaege/").json()["suggestions"] == []
    assert client.get("/ideen/vorschlaege/?q=%ff%00%fe").status_code == 200
    assert client.post("/ideen/vorschlaege/").status_code == 405


def test_query_count_does_not_grow(client):
    make_idea("Quitte 1a", number=1, topics=[make_topic("Quitten")])
    few = queries(client, "/ideen/vorschlaege/?q=qui")
    for number in range(2, 5):
        make_idea(f"Quitte {number}a", number=number, topics=[make_topic(f"Quittenmarkt {number}")])

    assert queries(client, "/ideen/vorschlaege/?q=qui") == few == 5


def test_labels_are_german_when_the_thread_speaks_english():
    make_idea("Quitte", number=1, summary="")

    with translation.override("en"):
        assert {each.lang for each in suggestions("qui")} == {"de"}


def test_number_suggests_its_idea():
    make_idea("Leere Läden", number=82)
    make_idea("Geheim", number=83, status="draft")

    assert shown("82") == shown("Idee 082") == [("idea", "Leere Läden", "Idee 082")]
    assert shown("83") == []
    make_idea("360 Grad", number=1)
    assert labels("360", "idea") == ["360 Grad"]
