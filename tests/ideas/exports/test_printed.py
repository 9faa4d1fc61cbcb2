"""Drawings on paper: the colours of the style sheets, written into the SVG."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from ideas import facade
from ideas.exports import printed
from ideas.facade import Front
from workshops import germany
from workshops.models import Municipality

FRONT = Front(
    number=9, workshop="revitalisierung", horizon="mittelfristig", effort="mittel", cost="hoch", examples=3,
    phase="angebot", maturity="erprobt", origin="workshop",
)  # fmt: skip


def classes_without_colour(picture):
    """The classes a drawing uses, but which nothing colours."""
    used = set(re.findall(r'<(?:path|text) class="(\w)"', picture.svg))
    return {each for each in used if not re.search(rf"\.{each}\{{[^}}]*(fill|stroke):#", picture.svg)}


def test_colours_are_those_of_the_site_by_day():
    sheet = printed.style_sheet("tokens.css")

    assert f"--ink: {printed.tokens()['ink']};" in sheet
    assert printed.hues()["revitalisierung"]["hue"] == printed.tokens()["revi"]
    assert {"revitalisierung", "relokalisierung", "digitalisierung", ""} == set(printed.hues())
    assert all(value.startswith("#") for hue in printed.hues().values() for value in hue.values())


def test_every_part_of_a_house_has_a_colour():
    for maturity in ("erprobt", "pilot", "idee"):
        for workshop in ("revitalisierung", "relokalisierung", "digitalisierung", ""):
            picture = printed.house(replace(FRONT, maturity=maturity, workshop=workshop))

            ElementTree.fromstring(picture.svg)  # noqa: S314 (our own drawing)
            assert classes_without_colour(picture) == set()
            assert "var(" not in picture.svg
            assert f".hue-{workshop} .r{{fill:{printed.hues()[workshop]['hue']}" in picture.svg or not workshop


def test_house_without_a_field_is_grey():
    picture = printed.house(replace(FRONT, workshop=""))

    assert f".r{{fill:{printed.tokens()['ink-2']}" in picture.svg


def test_map_has_its_colours():
    picture = printed.painted(germany.locator(Municipality(latitude=53, longitude=8.8), "Wo das liegt"))

    for css_class in ("land", "lab"):
        assert f'class="{css_class}"' in picture.svg
        assert re.search(rf"\.{css_class}{{fill:#\w+;stroke:#", picture.svg)


def test_picture_knows_its_size():
    picture = printed.house(FRONT)

    assert (picture.width, picture.height) == (FRONT.width + 6, FRONT.height)


def test_street_breaks_into_rows_and_loses_no_house():
    fronts = [replace(FRONT, number=number) for number in range(1, 12)]

    rows = printed.street(fronts, 300)

    assert len(rows) == 3
    assert {row.width for row in rows} == {300}
    numbers = [int(number) for row in rows for number in re.findall(r">(\d{3})</text>", row.svg)]
    assert numbers == list(range(1, 12))
    assert printed.street([], 300) == []
    assert facade.drawing(FRONT, fine=False) in rows[0].svg.replace("001", "009")
