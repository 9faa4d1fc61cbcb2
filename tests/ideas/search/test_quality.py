"""The search on the real content, measured with judged queries."""

import pytest

from ideas.models import Idea
from ideas.search.matching import find

from . import quality

pytestmark = pytest.mark.django_db

NDCG, SUCCESS, IN_OTHER_WORDS = 0.85, 0.95, 0.58  # docs/suche-messung.md has the figures


def test_judged_queries_are_answered_well(real_content):
    figures = quality.table()

    assert figures[""]["ndcg"] >= NDCG, figures
    assert figures[""]["success"] >= SUCCESS, figures
    for kind in ("typo", "umlaut", "compound", "compound-part"):
        assert figures[kind]["success"] == 1, kind

    assert quality.table(quality.EVERYDAY)[""]["ndcg"] >= IN_OTHER_WORDS

    question = find(Idea.objects.published(), "abends ist in unserer Fußgängerzone nichts los")
    assert question.ideas.count() >= 3
    assert (
        find(Idea.objects.published(), "Register Leerstand").ideas.filter(title__contains="Leerstandskat").exists()
    )
