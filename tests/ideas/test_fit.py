"""What fits us? Conditions, limits, the ranking and its reasons."""

import re

import pytest

from ideas import fit
from tests.factories import make_actor, make_city_size, make_example, make_idea, make_topic, make_workshop
from tests.visits import queries, visit

pytestmark = pytest.mark.django_db

ENTRY = {"thema": {"leerstand"}, "akteur": {"handel"}, "aufwand": {"mittel"}, "kosten": {"gering"}}


def place(*, examples=1, number=1, wanted=None, **changes):
    """The place of an entry that is like ``ENTRY`` but for ``changes``."""
    wanted = {"thema": {"leerstand", "handel"}, "akteur": {"handel"}} if wanted is None else wanted
    return fit.place(ENTRY | changes, wanted, examples, number)


def test_problems_count_before_actors_before_effort_before_examples_before_the_number():
    ranking = [
        place(thema={"leerstand", "handel"}, akteur={"verein"}, aufwand={"hoch"}, examples=0, number=9),
        place(aufwand={"hoch"}, examples=0, number=8),
        place(akteur={"verein"}, aufwand={"gering"}, examples=0, number=7),
        place(akteur={"verein"}, aufwand={"mittel"}, examples=3, number=6),
        place(akteur={"verein"}, aufwand={"mittel"}, examples=2, number=4),
        place(akteur={"verein"}, aufwand={"mittel"}, examples=2, number=5),
        place(akteur={"verein"}, aufwand={"ohne"}, examples=9, number=3),
    ]

    assert sorted(ranking) == ranking


def test_what_was_not_asked_for_decides_nothing():
    assert place(thema={"klima"}, akteur={"verein"}, wanted={}) == place(wanted={})


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({"kosten": ["mittel"]}, {"kosten": {"gering", "mittel"}}),
        ({"kosten": ["gering"]}, {"kosten": {"gering"}}),
        ({"kosten": ["gering", "hoch"]}, {"kosten": {"gering", "mittel", "hoch"}}),
        ({"horizont": ["mittelfristig"]}, {"horizont": {"kurzfristig", "mittelfristig"}}),
        ({"horizont": ["ohne"], "thema": ["ohne", "klima"]}, {"thema": {"klima"}}),
        ({"q": "laden", "workshop": ["digitalisierung"]}, {}),
        ({}, {}),
    ],
)
def test_a_limit_includes_all_lower_levels(chosen, wanted):
    assert fit.wanted_values(chosen) == wanted


def test_conditions_leave_out_what_exceeds_them_and_what_is_not_assessed(visitor):
    town, city = make_city_size("Mittelstadt"), make_city_size("Großstadt")
    vacancy = make_topic("Leerstand")
    fitting = {"topics": [vacancy], "city_sizes": [town, city], "cost": "gering", "horizon": "kurzfristig"}
    make_idea("Passt", number=1, **fitting)
    make_idea("Zu teuer", number=2, **fitting | {"cost": "mittel"})
    make_idea("Zu langsam", number=3, **fitting | {"horizon": "mittelfristig"})
    make_idea("Zu groß", number=4, **fitting | {"city_sizes": [city]})
    make_idea("Anderes Problem", number=5, **fitting | {"topics": []})
    make_idea("Nicht eingeschätzt", number=6, **fitting | {"cost": ""})
    make_idea("Entwurf", number=7, status="draft", **fitting)

    def hits(query):
        return visitor.hits(f"/passend/?{query}")

    full = "groesse=mittelstadt&thema=leerstand&kosten=gering&horizont=kurzfristig"
    assert hits(full) == [1]
    assert hits(full.replace("kosten=gering", "kosten=mittel")) == [1, 2]
    assert hits(full.replace("horizont=kurzfristig", "horizont=mittelfristig")) == [1, 3]
    assert hits("kosten=hoch") == [1, 2, 3, 4, 5]
    assert hits("groesse=mittelstadt") == [1, 2, 3, 5, 6]


def test_actor_is_a_wish_that_moves_up_and_leaves_none_out(client, visitor):
    make_idea("Ohne", number=1, effort="gering")
    make_idea("Mit", number=2, effort="hoch", actors=[make_actor("Handel")])

    assert visitor.hits("/passend/?akteur=handel") == [2, 1]
    assert (
        "Wer handelt: Handel Ein Wunsch: Er schließt nichts aus." in visit(client, "/passend/?akteur=handel").text
    )


def test_reasons_are_facet_values_that_lead_to_the_list(visitor):
    make_idea(
        number=1, effort="gering", cost="gering", horizon="langfristig",
        topics=[make_topic("Leerstand"), make_topic("Klima")], city_sizes=[make_city_size("Mittelstadt")],
        actors=[make_actor("Handel")],
    )  # fmt: skip

    html = visitor.main("/passend/?thema=leerstand&groesse=mittelstadt&akteur=handel&kosten=mittel")

    why = re.search(r'<p class="why">Passt, weil: (.*?)</p>', html)[1]
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', why) == [
        ("/ideen/?aufwand=gering", "Aufwand gering"),
        ("/ideen/?groesse=mittelstadt", "Mittelstadt"),
        ("/ideen/?thema=leerstand", "Leerstand"),
        ("/ideen/?akteur=handel", "Handel"),
        ("/ideen/?kosten=gering", "Kosten gering"),
    ]


def test_exclusions_are_counted_and_can_be_dropped(client, visitor):
    vacancy = make_topic("Leerstand")
    make_idea(number=1, cost="gering", topics=[vacancy])
    make_idea(number=2, cost="mittel", topics=[vacancy])
    make_idea(number=3, cost="hoch", topics=[vacancy])
    make_idea(number=4, cost="gering")
    make_idea(number=5, cost="hoch")

    page = visit(client, "/passend/?thema=leerstand&kosten=gering")

    assert "Hauptproblem: Leerstand Schließt 1 sonst passende Idee aus." in page.text
    assert "Kosten: höchstens gering Schließt 2 sonst passende Ideen aus." in page.text
    links = [address for address, _rel in page.links if address and address.startswith("/passend/?")]
    assert links == ["/passend/?kosten=gering", "/passend/?thema=leerstand"]
    assert len(visitor.hits("/passend/?kosten=gering")) == 1 + 1
    assert len(visitor.hits("/passend/?thema=leerstand")) == 1 + 2


def test_list_of_the_same_conditions_holds_the_same_ideas(visitor):
    vacancy = make_topic("Leerstand")
    for number, cost in enumerate(["gering", "mittel", "hoch", ""], 1):
        make_idea(number=number, cost=cost, topics=[vacancy])

    html = visitor.main("/passend/?thema=leerstand&kosten=mittel")

    (address,) = re.findall(r'<a href="([^"]*)">Diese Auswahl in der Liste', html)
    assert visitor.hits(address.replace("&amp;", "&")) == visitor.hits("/passend/?thema=leerstand&kosten=mittel")


def test_without_an_answer_there_are_five_questions_and_no_ranking(visitor):
    make_idea(number=1)

    html = visitor.main("/passend/")

    assert html.count("<fieldset") == 5
    assert visitor.hits("/passend/") == []
    assert "passt</h2>" not in html
    assert visitor.hits("/passend/?kosten=unfug") == []
    assert "Den Wert „unfug“ gibt es bei „kosten“ nicht" in visitor.main("/passend/?kosten=unfug")


def test_answers_stay_marked_and_empty_ones_leave_the_address(visitor):
    make_topic("Leerstand")

    html = visitor.main("/passend/?thema=leerstand&kosten=mittel")

    assert re.findall(r'name="(\w+)" value="(\w*)" checked', html) == [
        ("groesse", ""), ("thema", "leerstand"), ("kosten", "mittel"), ("horizont", ""),
    ]  # fmt: skip
    response = visitor.get("/passend/?groesse=&kosten=gering&horizont=")
    assert (response.status_code, response["Location"]) == (302, "/passend/?kosten=gering")


def test_only_the_first_twenty_are_shown_and_the_rest_is_counted(client, visitor):
    for number in range(1, 24):
        make_idea(number=number, cost="gering")

    assert visitor.hits("/passend/?kosten=gering") == list(range(1, 21))
    assert "Das sind die ersten 20 von 23." in visit(client, "/passend/?kosten=gering").text


def test_nothing_that_fits_says_what_to_do(visitor):
    make_idea(number=1, cost="hoch", horizon="langfristig")

    html = visitor.main("/passend/?kosten=gering&horizont=kurzfristig")

    assert "0 Ideen passen" in html
    assert "Heben Sie eine davon auf" in html


def test_queries_do_not_grow_with_the_ideas(client):
    def make(number):
        idea = make_idea(
            number=number, cost="gering", workshop=make_workshop(f"W{number}"), topics=[make_topic(f"T{number}")]
        )
        make_example(idea)

    make(1)
    one = queries(client, "/passend/?kosten=gering")
    for number in (2, 3, 4):
        make(number)

    assert queries(client, "/passend/?kosten=gering") == one


@pytest.mark.parametrize("parameter", fit.QUESTIONS)
def test_junk_never_breaks_the_page(visitor, parameter):
    for junk in ("%00", "%ff%fe", "ohne", "'", "9" * 40, "a" * 5000):
        assert visitor.get(f"/passend/?{parameter}={junk}&{parameter}=x").status_code == 200


def test_start_page_list_and_footer_lead_here(visitor):
    make_idea(number=1)

    for address in ("/", "/ideen/"):
        assert 'href="/passend/"' in visitor.main(address)
