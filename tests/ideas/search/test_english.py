"""German words for English ones that no entry holds."""

import pytest

from ideas.search.english import in_german


@pytest.mark.parametrize(
    ("word", "german"),
    [("heat", "Hitze"), ("Loneliness", "Einsamkeit"), ("apprentices", "Auszubildende"),
     ("nursing home", "Pflegeheim"), ("Nursing-Home", "Pflegeheim")],
)  # fmt: skip
def test_word_and_expression_have_german_words(word, german):
    assert german in in_german(word)


@pytest.mark.parametrize("word", ["", "s", " ", "xqzzt", "heat|Hitze", "|", "\n", "🙂", "Leerstand"])
def test_unknown_and_odd_words_have_none(word):
    assert in_german(word) == []
