"""The facets: counts, chosen and idle values, chips. Counts are held against a filter in plain Python."""

import random
import re

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ideas import facets
from ideas.filters import IdeaFilter
from ideas.models import Idea
from ideas.vocabularies import Cost, Effort, Horizon, Maturity, Phase
from tests.factories import (
    make_actor,
    make_city_size,
    make_documented_idea,
    make_example,
    make_idea,
    make_lab,
    make_topic,
    make_workshop,
)
from tests.visits import queries

pytestmark = pytest.mark.django_db

FIXED = {"phase": Phase, "aufwand": Effort, "kosten": Cost, "horizont": Horizon, "reife": Maturity}
FIELDS = {"phase": "phase", "aufwand": "effort", "kosten": "cost", "horizont": "horizon", "reife": "maturity"}
TERMS = {
    "workshop": ["revitalisierung", "relokalisierung"],
    "thema": ["leerstand", "handel", "klima"],
    "akteur": ["verein", "kammer"],
    "groesse": ["kleinstadt", "mittelstadt"],
    "stadtlabor": ["bremen", "nuernberg"],
}
VALUES = TERMS | {key: list(vocabulary.values) for key, vocabulary in FIXED.items()}
VALUES |= {"herkunft": ["workshop", "redaktion"]}
OPTIONS = {key: [*values, *(["ohne"] if key != "herkunft" else [])] for key, values in VALUES.items()}
WORD = "markthalle"


def facet_of(query, key):
    """The facet ``key`` for a query string."""
    filterset = IdeaFilter(QueryDict(query), Idea.objects.published())
    return next(facet for facet in facets.build(filterset) if facet.key == key)


def counted(query, key):
    """What the facet ``key`` shows for a query string: value → count."""
    return {option.value: option.count for option in facet_of(query, key).options}


@pytest.fixture
def town():
    """Sixty random entries in the database, and what each of them carries as plain sets."""
    dice = random.Random(5)  # noqa: S311 (only variety is asked for)
    records = {
        "workshop": [make_workshop(name.title(), slug=name) for name in TERMS["workshop"]],
        "thema": [make_topic(name.title(), slug=name) for name in TERMS["thema"]],
        "akteur": [make_actor(name.title(), slug=name) for name in TERMS["akteur"]],
        "groesse": [make_city_size(name.title(), slug=name) for name in TERMS["groesse"]],
        "stadtlabor": [make_lab("Bremen"), make_lab("Nürnberg")],
    }
    entries = {}
    for number in range(1, 61):
        some = {key: dice.sample(each, dice.randint(0, len(each))) for key, each in records.items()}
        some["workshop"] = some["workshop"][:1]
        fixed = {key: dice.choice([*vocabulary.values, ""]) for key, vocabulary in FIXED.items()}
        origin = {"origin": "workshop", "documented_as": make_documented_idea(f"Quelle {number}")}
        idea = make_idea(
            f"{dice.choice(['Markthalle', 'Brunnen'])} {number}",
            number=number,
            status=dice.choice([*["published"] * 9, "draft"]),
            workshop=some["workshop"][0] if some["workshop"] else None,
            topics=some["thema"], actors=some["akteur"], city_sizes=some["groesse"],
            **{FIELDS[key]: value for key, value in fixed.items()},
            **(origin if dice.random() < 0.3 else {}),
        )  # fmt: skip
        for position, lab in enumerate(some["stadtlabor"]):
            make_example(idea, f"Ort {position}", municipalities=[lab.municipality])
        if dice.random() < 0.5:
            make_example(idea, "Anderswo")
        if idea.status == "published":
            carried = {key: {each.slug for each in some[key]} for key in TERMS}
            carried |= {key: {value} - {""} for key, value in fixed.items()}
            carried |= {"herkunft": {idea.origin}, "q": {WORD} if idea.title.startswith("Markthalle") else set()}
            entries[number] = carried
    return entries


def fits(carried, key, wanted):
    """The reference: whether an entry carries one of the wanted values, or none at all if ``ohne`` is wanted."""
    return bool(carried[key] & set(wanted)) or ("ohne" in wanted and not carried[key])


def found(entries, selection):
    """The reference: the numbers of the entries that fit every facet of a selection."""
    return {
        number
        for number, carried in entries.items()
        if all(fits(carried, key, wanted) for key, wanted in selection.items())
    }


selections = st.fixed_dictionaries(
    {},
    optional={key: st.lists(st.sampled_from(values), min_size=1, unique=True) for key, values in OPTIONS.items()}
    | {"q": st.just([WORD])},
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=selections)
def test_counts_and_filter_agree_with_plain_python(town, selection):
    query = QueryDict(mutable=True)
    for key, wanted in selection.items():
        query.setlist(key, wanted)

    filterset = IdeaFilter(query, Idea.objects.published())

    assert set(filterset.qs.values_list("number", flat=True)) == found(town, selection)
    for facet in facets.build(filterset):
        others = {key: wanted for key, wanted in selection.items() if key != facet.key}
        expected = {value: len(found(town, others | {facet.key: [value]})) for value in OPTIONS[facet.key]}
        shown = {option.value: option.count for option in facet.options}
        if "ohne" not in selection.get(facet.key, []) and not expected.get("ohne"):
            expected.pop("ohne", None)
        assert shown == expected, facet.key


def test_count_ignores_the_own_facet_and_respects_all_others_and_the_word():
    make_idea("Laden", effort="gering", cost="gering")
    make_idea("Laden", effort="mittel", cost="gering", slug="laden-2")
    make_idea("Laden", effort="mittel", cost="hoch", slug="laden-3")
    make_idea("Brunnen", effort="mittel", cost="gering")

    assert counted("q=laden&aufwand=gering&kosten=gering", "aufwand") == {"gering": 1, "mittel": 1, "hoch": 0}
    assert counted("q=laden&aufwand=gering&kosten=gering", "kosten") == {"gering": 1, "mittel": 0, "hoch": 0}
    assert counted("aufwand=gering&kosten=gering", "aufwand") == {"gering": 1, "mittel": 2, "hoch": 0}


def test_missing_value_is_offered_where_one_is_missing_or_chosen():
    make_idea(effort="gering", horizon="langfristig")
    make_idea(effort="gering")

    assert "ohne" not in counted("", "aufwand")
    assert counted("", "horizont")["ohne"] == 1
    assert counted("aufwand=ohne", "aufwand") == {"gering": 2, "mittel": 0, "hoch": 0, "ohne": 0}
    assert next(option for option in facet_of("", "kosten").options if option.value == "ohne").label == (
        "nicht eingeschätzt"
    )


def test_missing_city_lab_is_not_called_an_assessment():
    make_lab("Bremen")
    make_idea()

    assert [option.label for option in facet_of("", "stadtlabor").options] == [
        "Bremen",
        "kein Beispiel aus einem Stadtlabor",
    ]


def test_value_without_hits_is_muted_unless_it_is_chosen(visitor):
    make_idea("Laden", effort="gering", cost="hoch")

    html = visitor.main("/ideen/?aufwand=hoch&kosten=hoch")

    def box(key, value):
        return re.search(rf'<input type="checkbox" name="{key}" value="{value}"([^>]*)>', html)[1].strip()

    assert box("aufwand", "hoch") == "checked"
    assert box("aufwand", "gering") == ""
    assert box("aufwand", "mittel") == "disabled"
    assert box("kosten", "hoch") == "checked"
    assert '<span class="n">1<span class="hidden"> Treffer</span></span>' in html


def test_long_facet_shows_the_chosen_values_first_and_the_idle_ones_last():
    topics = [make_topic(f"Thema {number:02}") for number in range(20)]
    make_idea(topics=[topics[9]])

    facet = facet_of("thema=thema-17&thema=thema-03", "thema")

    assert facet.is_long
    assert [option.value for option in facet.options][:3] == ["thema-03", "thema-17", "thema-09"]
    assert len(facet.options) == 20


def test_chips_drop_one_value_each_and_the_last_one_all_but_the_word(visitor):
    make_idea("Laden", topics=[make_topic("Leerstand")], cost="gering")

    html = visitor.main("/ideen/?q=laden&thema=leerstand&kosten=gering&kosten=hoch&sortierung=titel")

    chips = re.search(r'<ul class="chips plain">.*?</ul>', html, re.DOTALL)[0]
    links = re.findall(r'href="([^"]*)"', chips)
    assert [link.replace("&amp;", "&") for link in links] == [
        "/ideen/?q=laden&kosten=gering&kosten=hoch&sortierung=titel",
        "/ideen/?q=laden&thema=leerstand&kosten=hoch&sortierung=titel",
        "/ideen/?q=laden&thema=leerstand&kosten=gering&sortierung=titel",
        "/ideen/?q=laden&sortierung=titel",
    ]
    assert re.sub(r"\s+", " ", re.sub("<[^>]*>", "", chips)).split("✕")[1:] == [
        "Filter entfernen: Thema: Leerstand ",
        "Filter entfernen: Kosten: gering ",
        "Filter entfernen: Kosten: hoch Alle Filter zurücksetzen ",
    ]
    assert 'class="chips' not in visitor.main("/ideen/?q=laden")


def test_queries_do_not_grow_with_the_entries_nor_with_the_selection(visitor):
    def fill(numbers):
        for number in numbers:
            idea = make_idea(
                "Laden", number=number, slug=f"laden-{number}", effort="gering", topics=[make_topic(f"T{number}")]
            )
            make_example(idea)

    fill(range(1, 4))
    few = queries(visitor, "/ideen/?q=laden&aufwand=gering")
    fill(range(4, 61))

    assert queries(visitor, "/ideen/?q=laden&aufwand=gering") == few
    assert queries(visitor, "/ideen/?q=laden&aufwand=gering&thema=t1&thema=t2&kosten=ohne&stadtlabor=ohne") == few


def test_search_runs_once_and_counting_needs_five_queries(django_assert_num_queries):
    make_idea("Laden", topics=[make_topic()])
    filterset = IdeaFilter(QueryDict("q=laden&thema=leerstand&kosten=ohne"), Idea.objects.published())
    assert filterset.by_words.count() == 1

    with django_assert_num_queries(5):
        facets.count(filterset)
    with django_assert_num_queries(1):
        assert list(filterset.qs)
