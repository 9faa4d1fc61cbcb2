"""Façades: the same data draw the same house, and each datum shows."""

from dataclasses import replace

import pytest
from django.utils import translation

from ideas import facade
from ideas.facade import Front

FRONT = Front(
    number=9, workshop="revitalisierung", horizon="mittelfristig", effort="mittel", cost="hoch", examples=3,
    phase="angebot", maturity="erprobt", origin="redaktion",
)  # fmt: skip


def test_same_data_draw_the_same_house():
    assert facade.street(FRONT) == facade.street(replace(FRONT))
    assert facade.house(FRONT, "Name") == facade.house(replace(FRONT), "Name")


@pytest.mark.parametrize(
    "change",
    [
        {"workshop": "digitalisierung"},
        {"workshop": ""},
        {"horizon": "langfristig"},
        {"effort": "hoch"},
        {"cost": "gering"},
        {"examples": 1},
        {"phase": "bindung"},
        {"maturity": "pilot"},
        {"maturity": "idee"},
        {"origin": "workshop"},
    ],
)
def test_each_datum_changes_the_drawing(change):
    assert facade.street(replace(FRONT, **change)) != facade.street(FRONT)


@pytest.mark.parametrize("examples", [0, 1, 3, 10, 99])
def test_as_many_windows_are_lit_as_there_are_examples(examples):
    front = replace(FRONT, examples=examples)

    assert sum(lit for _x, _y, lit in front.windows) == min(examples, len(front.windows))


def test_missing_values_draw_the_middle_size():
    unknown = replace(FRONT, horizon="", effort="", cost="", phase="", maturity="")

    assert (unknown.width, unknown.storeys, unknown.roof) == (
        replace(FRONT, cost="mittel").width, FRONT.storeys, FRONT.roof,
    )  # fmt: skip
    assert facade.house(unknown)


def test_drawing_holds_no_colour_style_or_id():
    for drawing in (facade.street(FRONT), facade.house(FRONT, "Name"), facade.strip([FRONT], {9}, "Name")):
        assert "style=" not in drawing
        assert " id=" not in drawing
        assert "#" not in drawing


def test_street_house_is_decoration_and_large_house_has_a_name():
    assert 'aria-hidden="true"' in facade.street(FRONT)
    assert 'role="img" aria-label="Ein &quot;Name&quot; &lt;b&gt;"' in facade.house(FRONT, 'Ein "Name" <b>')


def test_description_says_what_is_drawn():
    with translation.override("de"):
        words = facade.describe(FRONT)
        unknown = facade.describe(replace(FRONT, effort="", maturity="pilot", origin="workshop"))

    assert words == (
        "Haus 009 mit Giebeldach, 2 Obergeschosse (Aufwand: mittel), 5 Fensterachsen (Kosten: hoch), "
        "3 erleuchtete Fenster (belegte Beispiele), im Schaufenster eine Auslage (Angebot), "
        "Markise ausgefahren (erprobt)."
    )
    assert "nicht eingeschätzt" in unknown
    assert "Gerüst" in unknown
    assert "Fahne" in unknown


def test_strip_lights_what_matches():
    fronts = [replace(FRONT, number=number) for number in (1, 2, 3)]

    none, all_of_them = facade.strip(fronts, set(), "x"), facade.strip(fronts, {1, 2, 3}, "x")

    assert 'class="r"' not in none
    assert 'class="o"' not in all_of_them
    assert facade.strip([], set(), "x")
