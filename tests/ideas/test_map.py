"""The map of places: marks, groups, list, filter."""

import math
import re

import pytest

from ideas.map import GAP, LETTER_WIDTH, covered, distance, marks, mistaken, places
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


def test_map_shows_the_places_of_the_ideas_that_a_list_has_found(visitor):
    example_in("Kiel", 54.3, 10.1, make_idea("Gutschein für den Hafen", cost="gering"))
    example_in("Köln", 50.9, 6.9, make_idea("Gutschein am Dom", cost="hoch"))
    example_in("Ulm", 48.4, 10.0, make_idea("Brunnen", cost="gering"))
    listed = visitor.main("/ideen/?q=gutschein&kosten=gering&sortierung=titel")
    there = re.search(r'href="(/karte/[^"]*)"', listed)[1].replace("&amp;", "&")

    html = visitor.main(there)

    assert drawn() == [["Kiel"], ["Köln"], ["Ulm"]]
    assert re.findall(r'href="#ort-(\w+)"', html) == ["kiel"]
    assert "Orte von 1 Idee zu „gutschein“" in html
    assert 'href="/karte/?q=gutschein"' in html  # without the filter
    assert 'href="/ideen/?q=gutschein&amp;kosten=gering"' in html
    assert '<input type="hidden" name="q" value="gutschein">' in html
    assert '<input type="hidden" name="kosten" value="gering">' in html


def test_map_without_selection_names_none(visitor):
    make_lab("Bremen")
    example_in("Kiel", 54.3, 10.1, make_idea("Hafen"))

    assert "kein Beispiel</small>" in visitor.main("/karte/")
    assert "kein Beispiel in dieser Auswahl" in visitor.main("/karte/?q=hafen")


def test_query_too_long_for_the_map_is_said(visitor):
    assert "200" in re.search(r'notice-bad">(.*?)<', visitor.main(f"/karte/?q={'a' * 201}"))[1]


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
def test_names_of_labs_cover_no_lab_and_little_else_of_the_real_content(real_content):
    found = marks(places(Idea.objects.published()))

    labs = [mark for mark in found if mark.lab]
    assert len(labs) == 4
    for lab in labs:
        name, width = (lab.name_x, lab.name_y), LETTER_WIDTH * len(lab.name)
        assert covered(name, width, [mark.box for mark in labs]) == 0, lab.name
        assert covered(name, width, [mark.box for mark in found]) < GAP * GAP / 4, lab.name
        if not lab.line:
            assert not mistaken(lab, name, width, [mark for mark in found if mark is not lab]), lab.name
    assert [lab.name for lab in labs if lab.line] == ["Mönchengladbach"]


@pytest.mark.once
def test_name_that_would_stand_at_another_mark_is_led_to_its_own_by_a_line(visitor):
    make_municipality("Mönchengladbach", latitude=51.19, longitude=6.44)
    make_lab("Mönchengladbach")
    for name, latitude, longitude in [("Köln", 51.1, 7.0), ("Aachen", 50.85, 6.4), ("Krefeld", 51.45, 6.75)]:
        example_in(name, latitude, longitude)

    found = marks(places(Idea.objects.published()))

    [lab] = [mark for mark in found if mark.lab]
    width = LETTER_WIDTH * len(lab.name)
    end = lab.line[1]
    assert math.dist(end, (lab.x, lab.y)) == pytest.approx(GAP / 2, abs=0.2)
    assert covered((lab.name_x, lab.name_y), width, [mark.box for mark in found]) == 0
    assert all(distance((mark.x, mark.y), lab.line) > mark.radius for mark in found if mark is not lab)
    assert '<path class="leader"' in visitor.main("/karte/")
