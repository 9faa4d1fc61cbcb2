"""What is different between two versions of an entry."""

import pytest

from ideas.diff import compare
from workshops.changes import Kind

SIGNS = {Kind.SAME: "", Kind.REMOVED: "-", Kind.ADDED: "+"}
pytestmark = pytest.mark.django_db


def example(key, name, **values):
    return {"id": key, "place": "Bremen", "name": name, "fact": "Zehn Läden.", "municipalities": []} | values


def entry(*examples, **values):
    return {"title": "Ladenbörse", "effort": "gering", "steps": "Eins\nZwei", "examples": list(examples)} | values


def marked(parts):
    return "|".join(SIGNS[part.kind] + part.text for part in parts)


def said(old, new):
    """The groups as plain text."""
    groups = compare(old, new)
    return [(marked(group.title), {each.label: marked(each.parts) for each in group.changes}) for group in groups]


def test_same_content_has_no_changes_whatever_the_keys():
    assert said(entry(example(1, "A")), entry(example(None, "A"))) == []


def test_fields_of_the_entry_come_first_with_their_names():
    changes = said(entry(), entry(title="Große Ladenbörse", effort="hoch", steps="Eins\nDrei"))

    assert changes == [
        ("", {"Titel": "+Große |Ladenbörse", "So geht es": "Eins\n|-Zwei|+Drei", "Aufwand": "-gering|+hoch"})
    ]


def test_example_that_was_renamed_is_still_the_same():
    assert said(entry(example(1, "Alt")), entry(example(1, "Neu"))) == [
        ("Bremen: |-Alt|+Neu", {"Projekt": "-Alt|+Neu"})
    ]


def test_added_and_removed_examples_are_told_apart():
    changes = said(entry(example(1, "Alt", place="Gera")), entry(example(None, "Neu")))

    assert [title for title, _fields in changes] == ["+Bremen: Neu", "-Gera: Alt"]
    assert changes[0][1]["Tatsache"] == "+Zehn Läden."


def test_order_alone_is_one_change():
    one, two = example(1, "A"), example(2, "B")

    assert said(entry(one, two), entry(two, one)) == [
        ("", {"Reihenfolge der Beispiele": "-Bremen: A · Bremen: B|+Bremen: B · Bremen: A"})
    ]
    assert said(entry(one, two), entry(two)) != []
    assert "" not in dict(said(entry(one, two), entry(two)))
