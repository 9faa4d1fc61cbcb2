"""The general thesaurus behind the synonyms that editors keep."""

import pytest

from ideas.search.thesaurus import same_meaning


@pytest.mark.parametrize(
    ("word", "other"),
    [("Trottoir", "Gehweg"), ("Trottoirs", "Gehweg"), ("PKW", "Auto"), ("pkw", "Auto"), ("Gehweg", "Bürgersteig")],
)
def test_word_in_any_form_has_others_of_its_meaning(word, other):
    assert other in same_meaning(word)


@pytest.mark.parametrize("word", ["Leerstandsxylophon", "a", "", "(.*", "\\", "🙂"])
def test_unknown_and_odd_words_have_none(word):
    assert same_meaning(word) == []


@pytest.mark.parametrize("word", ["kriegen", "aufmachen", "gehen"])
def test_verbs_have_none_though_a_noun_shares_their_stem(word):
    assert same_meaning(word) == []


def test_word_does_not_stand_for_itself():
    assert "Gehwege" not in same_meaning("Gehweg")
    assert "Gehweg" not in same_meaning("Gehweg")
