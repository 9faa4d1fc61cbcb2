"""The shortlist in an address: which ideas, in which order, and what is not one."""

import pytest
from django.http import QueryDict

from ideas import shortlist
from tests.factories import make_idea

pytestmark = pytest.mark.django_db


def read(query, **options):
    found = shortlist.read(QueryDict(query), **options)
    return [idea.number for idea in found.ideas], found.unknown


def test_order_is_that_of_the_address_and_each_idea_stands_once():
    for number in (3, 9, 17):
        make_idea(number=number)

    assert read("idee=17&idee=3&idee=17&idee=9") == ([17, 3, 9], [])


def test_values_that_name_no_public_idea_are_reported():
    make_idea(number=3)
    make_idea(number=4, status="draft", published_at=None)

    numbers, unknown = read("idee=4&idee=3&idee=x&idee=²&idee=-1&idee=999999999999999999999&idee=&idee=99")

    assert numbers == [3]
    assert unknown == ["4", "x", "²", "-1", "999999999999999999999", "99"]


def test_more_than_the_limit_is_reported():
    for number in (1, 2, 3):
        make_idea(number=number)

    assert read("idee=1&idee=2&idee=3", most=2) == ([1, 2], ["3"])
