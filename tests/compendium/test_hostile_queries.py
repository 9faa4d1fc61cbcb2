"""Junk in every parameter of every page and file: an answer in words, never a failure of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ideas.exports.formats import FORMATS
from ideas.filters import IdeaFilter
from tests.factories import make_example, make_idea, make_lab, make_topic, make_workshop

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/ideen/",
    "/ideen/1/",
    "/karte/",
    "/themen/",
    "/vergleich/",
    "/merkliste/",
    "/passend/",
    "/en/ideen/",
)
FILES = tuple(
    f"{place}export.{name}" for place in ("/ideen/", "/merkliste/", "/ideen/1-idee-1/") for name in FORMATS
)
PARAMETERS = (*IdeaFilter.base_filters, "seite", "idee", "unbekannt", "notiz-1")
JUNK = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "\x00",
            "ohne",
            "1" * 40,
            "-1",
            "²",
            "a" * 3000,
            "' OR 1=1 --",
            '"',
            '"a',
            "-",
            "NEAR(",
            "*",
            "%",
            "\ud800",
        ]
    ),
)


@pytest.fixture(autouse=True)
def content():
    """One entry with everything a parameter can ask for."""
    lab = make_lab("Bremen")
    idea = make_idea("Idee 1", number=1, workshop=make_workshop(), topics=[make_topic()])
    make_example(idea, "Bremen", municipalities=[lab.municipality])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from(PAGES + FILES),
    query=st.lists(st.tuples(st.sampled_from(PARAMETERS), JUNK), min_size=1, max_size=4),
)
def test_junk_gets_an_answer(client, page, query):
    parameters = {}
    for name, value in query:
        parameters.setdefault(name, []).append(value.encode("utf-8", "surrogatepass"))

    answer = client.get(page, parameters, follow=True)
    body = answer.getvalue()  # to the end, where a file that is sent piece by piece is closed

    assert body
    assert answer.status_code in {200, 400, 404}
    assert not client.cookies
