"""What changed between two states, word by word."""

import time

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


@pytest.mark.parametrize("between", [" ", "\n"])
def test_long_texts_are_compared_in_a_moment(between):
    old, new = (between.join(f"{word}{number}" for number in range(8_000)) for word in ("alt", "neu"))
    start = time.monotonic()

    parts = words(f"Kopf\n{old}\nEnde", f"Kopf\n{new}\nEnde")

    assert time.monotonic() - start < 2
    assert "".join(part.text for part in parts if part.kind != Kind.ADDED) == f"Kopf\n{old}\nEnde"


def test_one_word_of_a_long_text_is_one_change():
    lines = [" ".join(f"Wort{line}{number}" for number in range(10)) for line in range(800)]
    old, new = "\n".join([*lines, "Zehn Läden.", *lines]), "\n".join([*lines, "Elf Läden.", *lines])

    assert [part.text for part in words(old, new) if part.kind != Kind.SAME] == ["Zehn", "Elf"]
    assert len(words(old, new)) == 4


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
