"""What changed between two states, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_lab, make_source
from workshops.changes import Kind, Names, field_changes, members, words
from workshops.models import CityLab

SIGNS = {Kind.SAME: "", Kind.REMOVED: "-", Kind.ADDED: "+"}


def marked(parts):
    return "|".join(SIGNS[part.kind] + part.text for part in parts)


def test_texts_are_compared_word_by_word():
    assert marked(words("Zehn Läden stehen leer.", "Elf Läden stehen länger leer.")) == (
        "-Zehn|+Elf| Läden stehen |+länger |leer."
    )


def test_a_sentence_written_anew_is_one_change():
    assert marked(words("Wir mieten leere Läden.", "Sie kaufen ganze Häuser.")) == (
        "-Wir mieten leere Läden|+Sie kaufen ganze Häuser|."
    )


@given(st.text("aB .\n"), st.text("aB .\n"))
def test_parts_hold_both_texts_completely(old, new):
    parts = words(old, new)

    assert "".join(part.text for part in parts if part.kind != Kind.ADDED) == old
    assert "".join(part.text for part in parts if part.kind != Kind.REMOVED) == new


def test_order_of_names_means_nothing():
    assert marked(members(["A", "B"], ["C", "B"])) == "-A|B|+C"


@pytest.mark.django_db
def test_relations_are_named_even_when_they_are_gone():
    source, lab = make_source(title="Der runde Tisch"), make_lab()
    old = {"sources": [source.pk], "municipality": lab.municipality_id, "focus": "Alt", "evidence": "quelle"}
    gone = source.pk
    source.delete()

    changes = field_changes(CityLab, old, old | {"sources": [], "evidence": "zuordnung"}, Names())

    said = {change.label: marked(change.parts) for change in changes}
    assert said.keys() == {"Belegart", "Quellen"}
    assert said["Belegart"].startswith("-durch die genannten Quellen belegt|+naheliegende Zuordnung")
    assert said["Quellen"] == "-Der runde Tisch (gelöscht)"
    assert Names().of(CityLab, [gone + 999])[0].endswith("(gelöscht)")
