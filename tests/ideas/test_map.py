"""The map of places: marks, groups, list, filter."""

import math
import re

import pytest
from django.core.management import call_command

from ideas.map import GAP, LETTER_WIDTH, covered, marks, places
from ideas.models import Idea
from tests.factories import make_example, make_idea, make_lab, make_municipality, make_workshop

pytestmark = pytest.mark.django_db


def example_in(name, latitude, longitude, idea=None, **values):
    """An idea with an example in a municipality at a point."""
    town = make_municipality(name, latitude=latitude, longitude=longitude, **values)
    make_example(idea or make_idea(), name, municipalities=[town])
    return town


def drawn():
    """The names of the places of each mark on the map."""
    found = marks(places(Idea.objects.published()))
    return sorted(sorted(place.municipality.name for place in mark.places) for mark in found)


def test_far_places_are_single_and_near_places_one_mark_with_their_number(visitor):
    example_in("Kiel", 54.3, 10.1)
    example_in("Essen", 51.45, 7.01)
    example_in("Bochum", 51.48, 7.22)

    html = visitor.main("/karte/")

    assert drawn() == [["Bochum", "Essen"], ["Kiel"]]
    assert 'href="#ort-kiel"' in html
    assert re.search(r'href="#(um-\w+)" aria-label="2 Orte um', html)
    group = re.search(r'href="#(um-\w+)"', html).group(1)
    assert f'id="{group}"' in html
    assert 'id="ort-kiel"' in html
    assert 'id="ort-essen"' in html


@pytest.mark.once
def test_no_two_marks_are_nearer_than_the_gap():
    for number in range(60):
        example_in(f"Ort {number}", 50 + number % 10 * 0.11, 8 + number // 10 * 0.23)

    found = marks(places(Idea.objects.published()))

    assert 1 < len(found) < 60
    assert sum(len(mark.places) for mark in found) == 60
    for i, a in enumerate(found):
        for b in found[:i]:
            assert math.hypot(a.x - b.x, a.y - b.y) >= GAP - 0.1


def test_only_public_ideas_put_a_place_on_the_map(visitor):
    town = make_municipality("Geheimstadt", latitude=50, longitude=8)
    make_example(make_idea(status="draft"), municipalities=[town])

    assert "Geheimstadt" not in visitor.main("/karte/")


def test_regions_and_places_abroad_are_listed_but_never_drawn(visitor):
    region = make_municipality("Bayern", kind="region", country="", state="")
    vienna = make_municipality("Wien (Österreich)", country="AT", state="", latitude=48.2, longitude=16.3)
    make_example(make_idea(), municipalities=[region, vienna])

    html = visitor.main("/karte/")

    assert drawn() == []
    assert re.search(r"Außerhalb Deutschlands</h3>.*Wien", html, re.DOTALL)
    assert re.search(r"Regionen und bundesweit</h3>.*Bayern", html, re.DOTALL)


def test_filter_shows_examples_of_the_field_only_and_keeps_labs(visitor):
    digital, local = make_workshop("Digitalisierung"), make_workshop("Relokalisierung")
    example_in("Kiel", 54.3, 10.1, make_idea("Netz", workshop=digital))
    example_in("Köln", 50.9, 6.9, make_idea("Markt", workshop=local))
    make_lab("Bremen")

    html = visitor.main("/karte/?workshop=digitalisierung")

    assert "Netz" in html
    assert "Markt" not in html
    assert "Bremen" in html
    assert re.search(r'value="digitalisierung" checked', html)


def test_unknown_field_gives_a_notice(visitor):
    assert "Den Wert „x“ gibt es" in visitor.main("/karte/?workshop=x")


def test_query_count_does_not_grow(visitor, django_assert_num_queries):
    example_in("Kiel", 54.3, 10.1)
    with django_assert_num_queries(4):
        visitor.page("/karte/")

    example_in("Köln", 50.9, 6.9)
    make_lab("Bremen")
    with django_assert_num_queries(4):
        visitor.page("/karte/")


@pytest.mark.once
def test_name_of_a_lab_keeps_clear_of_the_marks_around_it():
    make_municipality("Bremen", latitude=53.076, longitude=8.807)
    make_lab("Bremen")
    example_in("Rotenburg", 53.11, 9.4)

    lab, other = sorted(marks(places(Idea.objects.published())), key=lambda mark: mark.x)

    width = LETTER_WIDTH * len("Bremen")
    assert lab.name == "Bremen"
    assert covered((lab.x + 14, lab.y + 4), width, [other.box]) > 0
    assert covered((lab.name_x, lab.name_y), width, [other.box]) == 0


@pytest.mark.once
def test_names_of_labs_cover_no_lab_and_little_else_of_the_real_content():
    call_command("load_compendium", verbosity=0)

    found = marks(places(Idea.objects.published()))

    labs = [mark for mark in found if mark.lab]
    assert len(labs) == 4
    for lab in labs:
        name, width = (lab.name_x, lab.name_y), LETTER_WIDTH * len(lab.name)
        assert covered(name, width, [mark.box for mark in labs]) == 0, lab.name
        assert covered(name, width, [mark.box for mark in found]) < GAP * GAP / 4, lab.name
