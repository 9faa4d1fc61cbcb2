"""Dates of which only the year or the month may be known."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from workshops.dates import format_partial, moment, parse_partial


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2021", datetime.date(2021, 1, 1), "year"),
        ("2021-07", datetime.date(2021, 7, 1), "month"),
        ("2021-07-12", datetime.date(2021, 7, 12), "day"),
        ("2024-02-29", datetime.date(2024, 2, 29), "day"),
    ],
)
def test_reads_what_is_known(text, date, precision):
    assert parse_partial(text) == (date, precision)


@pytest.mark.parametrize(
    "text",
    ["", "21", "Sommer 2021", "2021-13", "2021-7", "2021-02-30", "2021/07", "12.07.2021", " 2021", "2021-07-1"],
)
def test_refuses_anything_else(text):
    with pytest.raises(ValueError, match=r"date|match|day|convert"):
        parse_partial(text)


@pytest.mark.parametrize(
    ("precision", "german", "english"),
    [("day", "2. März 2021", "2 March 2021"), ("month", "März 2021", "March 2021"), ("year", "2021", "2021")],
)
def test_says_no_more_than_is_known(precision, german, english):
    date = datetime.date(2021, 3, 2)

    with translation.override("de"):
        assert format_partial(date, precision, "de") == german
    with translation.override("en"):
        assert format_partial(date, precision, "en") == english


def test_without_a_date_there_is_nothing_to_say():
    assert format_partial(None, "") == ""


@pytest.mark.parametrize(("language", "words"), [("de", "Juli 2021"), ("en", "July 2021")])
def test_template_tag_speaks_the_language_of_the_page(language, words):
    template = Template("{% load dates %}{% partial_date date 'month' %}")

    with translation.override(language):
        assert template.render(Context({"date": datetime.date(2021, 7, 1)})) == words


@pytest.mark.parametrize(
    ("hour", "minute", "language", "words"),
    [
        (8, 0, "de", "3. Dezember 2026 um 9 Uhr"),
        (8, 5, "de", "3. Dezember 2026 um 9:05 Uhr"),
        (8, 0, "en", "Dec. 3, 2026 at 9:00"),
    ],
)
def test_moment_is_said_as_in_a_sentence(hour, minute, language, words):
    at = datetime.datetime(2026, 12, 3, hour, minute, tzinfo=datetime.UTC)

    with translation.override(language):
        assert moment(at) == words
