"""The lists of the desk for ideas: the search of the site for every status, counts at the filters, few queries."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import Idea, Topic
from ideas.search import hits
from ideas.search.matching import find
from tests.desk import Desk
from tests.factories import (
    make_actor,
    make_city_size,
    make_editor,
    make_example,
    make_idea,
    make_municipality,
    make_source,
    make_topic,
    make_workshop,
)
from tests.visits import queries, queries_of

pytestmark = pytest.mark.django_db
IDEAS = "/admin/ideas/idea/"
MOST_QUERIES = 20


@pytest.fixture
def desk(db):
    return Desk(make_editor("Redaktion", "Schlussredaktion", "Verwaltung"))


def numbers(desk, address):
    """The numbers of the entries a list shows, in its order."""
    response = desk.get(address)
    assert response.status_code == 200
    return [idea.number for idea in response.context["cl"].result_list]


def chosen(desk, model, term, field="topics"):
    """What a field with search offers for ``term``."""
    place = {"app_label": "ideas", "model_name": model, "field_name": field}
    return [each["text"] for each in desk.get("/admin/autocomplete/", {"term": term, **place}).json()["results"]]


def test_search_knows_german_and_finds_every_status(desk):
    for number, status in enumerate(("draft", "review", "published", "archived"), 1):
        make_idea(f"Ladenbörsen der Stadt {number}", number=number, status=status)
    make_idea("Brunnen", number=5)

    assert numbers(desk, f"{IDEAS}?q=Börse") == [1, 2, 3, 4]
    assert numbers(desk, f"{IDEAS}?q=Börse&status__exact=draft") == [1]


def test_list_says_what_was_searched_for_instead_of_a_misspelt_word(desk):
    make_idea("Leerstand", number=1)

    assert "„leerstnd“ kommt nirgends vor; gesucht wurde „Leerstand“." in desk.get(f"{IDEAS}?q=leerstnd").text
    assert "gesucht wurde" not in desk.get(f"{IDEAS}?q=leerstand").text


def test_list_says_how_many_hits_hold_only_some_of_the_words(desk):
    make_idea("Leerstand", number=1)
    make_idea("Brunnen", number=2)
    make_idea("Leerstand am Brunnen", number=3)

    assert "2 Einträge enthalten nur einige der Wörter" in desk.get(f"{IDEAS}?q=leerstand brunnen").text
    assert "nur einige der Wörter" not in desk.get(f"{IDEAS}?q=leerstand").text


def test_best_hit_comes_first_unless_another_order_is_chosen(desk):
    make_idea("Brunnen", number=1, problem="Niemand kennt den Markt.")
    make_idea("Markt", number=2)

    assert numbers(desk, f"{IDEAS}?q=Markt") == [2, 1]
    assert numbers(desk, f"{IDEAS}?q=Markt&o=1") == [1, 2]
    assert numbers(desk, f"{IDEAS}?q=Markt&o=2") == [1, 2]  # Brunnen, Markt


@pytest.mark.parametrize("typed", ["7", "007", "#7", " 7 ", "Idee 7"])
def test_number_finds_its_entry_only(desk, typed):
    make_idea("Ladenbörse", number=7, status="draft")
    make_idea("7 Brunnen", number=77)

    assert numbers(desk, f"{IDEAS}?q={typed.replace('#', '%23')}") == [7]


@pytest.mark.parametrize("typed", ["9" * 9, "9" * 40, "-", '"', "²", "%00", "'; --", "a" * 3000])
def test_nothing_typed_breaks_the_list(desk, typed):
    make_idea("Ladenbörse", number=7)

    assert numbers(desk, f"{IDEAS}?q={typed}") in ([], [7])


def test_titles_are_sorted_as_in_a_dictionary(desk):
    for number, title in enumerate(("Zebra", "Äpfel", "Apfel", "Übung"), 1):
        make_idea(title, number=number)

    assert numbers(desk, f"{IDEAS}?o=2") == [3, 2, 4, 1]


def make_variety():
    """Entries that differ in everything there is a filter for."""
    workshop, topics = make_workshop(), [make_topic("Leerstand"), make_topic("Grün")]
    for number in range(1, 8):
        make_idea(
            f"Ladenbörse {number}",
            number=number,
            status=("draft", "review", "published")[number % 3],
            workshop=workshop if number % 2 else None,
            topics=topics[: number % 3],
            maturity=("idee", "pilot", "")[number % 3],
            effort=("gering", "hoch")[number % 2],
            published_at=timezone.now() + timedelta(days=number - 4),
        )


@pytest.mark.parametrize("query", ["", "q=Ladenbörse", "status__exact=draft", "topics__id__exact={topic}&q=Börse",
                                   "offen=geplant&effort__exact=hoch"])  # fmt: skip
def test_filter_counts_what_it_leads_to(desk, query):
    make_variety()
    page = desk.get(f"{IDEAS}?{query.format(topic=Idea.topics.through.objects.first().topic_id)}")

    options = [
        option
        for each in page.context["cl"].filter_specs
        for option in each.choices(page.context["cl"])
        if re.search(r"\(\d+\)$", str(option["display"]))
    ]

    assert len(options) > 20
    for option in options:
        told = int(re.search(r"\((\d+)\)$", str(option["display"]))[1])
        assert len(numbers(desk, IDEAS + option["query_string"])) == told, option
        assert f"({told})" in page.text
    assert any(not option["display"].endswith("(0)") for option in options)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 12),
        ("q=7", 12),
        ("q=Börse", 20),
        ("q=Börse&status__exact=draft&offen=revision", 20),
        ("topics__id__exact={topic}&maturity__exact=pilot&effort__exact=hoch", 12),
    ],
)
def test_list_of_ideas_needs_few_queries_however_many_there_are(desk, query, most):
    workshop, topic = make_workshop(), make_topic()
    address = IDEAS + "?" + query.format(topic=topic.pk)
    make_idea("Börse am Brunnen", number=7, topics=[topic], workshop=workshop)
    with_one = queries(desk, address)
    for number in (8, 9):
        make_example(make_idea(f"Börse am Brunnen {number}", number=number, topics=[topic], workshop=workshop))

    assert queries(desk, address) <= min(with_one, most)


WORST_SEARCHES = {
    "a misspelt word": "Brunnne",
    "one of a topic": "Begrünugn",
    "misspelt words": "Brunnne am Makrt Ladenbörsse",
    "one of them known to the thesaurus only": "Brunnne Trottoir",
    "a question": "Wie können wir den Brunnen am Marktplatz wieder schön machen?",
    "a misspelt question": "Wie können wir den Brunnne am Makrtplatz wieder schöön machen?",
}


@pytest.mark.parametrize("search", WORST_SEARCHES)
def test_worst_search_with_all_filters_needs_few_queries(desk, search, monkeypatch):
    workshop, topic = make_workshop(), make_topic("Begrünung")
    for number in range(7, 10):
        text = {"problem": "Der Gehweg am Markt ist alt.", "topics": [topic], "workshop": workshop}
        make_example(make_idea(f"Ladenbörse am Brunnen {number}", number=number, **text))
    for number in range(10, 20):  # so that a word of three entries is none of the most common
        make_idea(f"Anderes {number}", number=number)
    make_idea("Brunnenfest", number=20, published_at=timezone.now() + timedelta(days=9))
    filters = f"status__exact=published&offen=geplant&pflege=unberuehrt&workshop__id__exact={workshop.pk}"
    filters += f"&topics__id__exact={topic.pk}&maturity__exact=pilot&origin__exact=redaktion&phase__exact=ankommen"
    filters += "&effort__exact=hoch&cost__exact=hoch&horizon__exact=kurz&fehlt=etwas"

    assert queries(desk, f"{IDEAS}?{filters}&q={WORST_SEARCHES[search]}") <= MOST_QUERIES
    assert queries(desk, f"{IDEAS}?q={WORST_SEARCHES[search]}") <= MOST_QUERIES
    monkeypatch.setattr(hits, "MOST_RANKED", 2)  # as if there were too many hits to compare them all
    assert queries(desk, f"{IDEAS}?q={WORST_SEARCHES[search]}") <= MOST_QUERIES


def test_search_runs_once_however_many_filters_count(desk):
    make_idea("Börse am Brunnen", number=7)
    of_the_search = queries_of(lambda: find(Idea.objects.all(), "Brunnne"))
    of_the_list = queries(desk, IDEAS)

    several = queries(desk, f"{IDEAS}?q=Brunnne&status__exact=draft&effort__exact=hoch")
    assert several == of_the_search + of_the_list


def test_entry_with_two_of_the_chosen_topics_stands_in_the_list_once(desk):
    topics = [make_topic("Leerstand"), make_topic("Grün")]
    make_idea(number=1, topics=topics)
    make_idea(number=2)
    query = "&".join(f"topics__id__exact={topic.pk}" for topic in topics)

    assert numbers(desk, f"{IDEAS}?{query}") == [1]


def test_row_says_what_matters(desk):
    idea = make_idea("Ladenbörse", number=7, workshop=make_workshop(), maturity="pilot")
    for place in ("Gera", "Jena"):
        make_example(idea, place)

    row = re.search(r'<tr><td class="action-checkbox.*?</tr>', desk.get(IDEAS).text, re.DOTALL)[0]

    cells = [re.sub("<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
    assert cells[1:] == [
        "7",
        "Ladenbörse",
        "veröffentlicht",
        "Revitalisierung",
        "2",
        f"{timezone.localdate():%d.%m.%Y}",
    ]


def test_terms_are_found_however_umlauts_are_typed(desk):
    make_topic("ÖPNV")
    make_topic("Grün und Klima")

    for typed in ("öpnv", "ÖPNV", "opnv", "oepnv"):
        assert chosen(desk, "idea", typed) == ["ÖPNV"]
    assert chosen(desk, "idea", "") == ["Grün und Klima", "ÖPNV"]


@pytest.mark.parametrize("query", ["", "?q=Kunst"])
def test_list_of_terms_counts_terms_and_not_their_ideas(desk, query):
    topic = make_topic("Kunst")
    for number in (1, 2, 3):
        make_idea("Galerie", number=number, slug=f"galerie-{number}", topics=[topic])

    shown = desk.get(f"/admin/ideas/topic/{query}").context["cl"]

    assert shown.result_count == len(shown.result_list) == 1
    assert shown.result_list[0].uses == 3


def test_what_goes_with_a_record_is_told_without_what_the_site_makes_by_itself():
    chief = Desk(make_editor("Verwaltung", name="Vera"))
    make_idea("Galerie", number=1, topics=[make_topic("Kunst")])
    idea = make_example(make_idea("Kunst im Laden", number=2, topics=[Topic.objects.get()])).idea

    html = chief.get(f"/admin/ideas/idea/{idea.pk}/delete/").text

    assert "Praxisbeispiele: 1" in html
    for word in ("Search document", "Related idea", "-Beziehung", "_topics", "object ("):
        assert word not in html


def test_relations_of_an_entry_are_searched_not_scrolled(desk):
    make_actor("Händler")
    make_municipality("Mönchengladbach")
    make_municipality("Gera")
    make_source(title="Märkte")

    assert chosen(desk, "idea", "handler", "actors") == ["Händler"]
    assert chosen(desk, "practiceexample", "moenchen", "municipalities") == ["Mönchengladbach"]
    assert len(chosen(desk, "practiceexample", "Märkte", "source")) == 1


def test_sizes_of_towns_are_boxes_to_tick(desk):
    idea = make_idea(city_sizes=[make_city_size("Kleinstadt")], status="draft")
    make_city_size("Großstadt")

    page = desk.get(f"{IDEAS}{idea.pk}/change/").text

    boxes = re.findall(r'<input type="checkbox" name="city_sizes"[^>]*>', page)
    assert [" checked" in box for box in boxes] == [True, False]


def test_examples_are_found_by_the_number_of_their_entry_and_by_words(desk):
    make_example(make_idea("Brunnen", number=7), "Gera", "Kunst", fact="Im Jahr 12 gebaut.")
    make_example(make_idea("Ladenbörse", number=12), "Jena", "Kunst")

    def places(typed):
        page = desk.get(f"/admin/ideas/practiceexample/?q={typed}")
        return [each.place for each in page.context["cl"].result_list]

    assert places("12") == ["Jena"]
    assert places("gebaut") == ["Gera"]
    assert places("Ladenb") == ["Jena"]
