"""The German catalogue: complete, compiled, and with the placeholders of the original."""

import importlib.util
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

pytestmark = pytest.mark.once
LOCALE = Path(settings.BASE_DIR) / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*[sdf]|{\w*}")

spec = importlib.util.spec_from_file_location("catalogue", LOCALE / "catalogue.py")
catalogue = importlib.util.module_from_spec(spec)
spec.loader.exec_module(catalogue)


@pytest.fixture(scope="module")
def german():
    """The German catalogue as it lies in the project, entries by (string, context)."""
    with catalogue.PO.open("rb") as source:
        return {key(entry): entry for entry in read_po(source, locale="de") if entry.id}


def key(entry):
    """What names an entry."""
    return (tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id, entry.context)


def test_every_string_of_the_interface_is_in_the_catalogue_and_no_other(german):
    used = {
        (message[:2] if isinstance(message, tuple) else message, context)
        for message, context, _ in catalogue.messages()
    }
    # An entry with a plural also answers for its singular alone.
    used -= {(message[0], context) for message, context in used if isinstance(message, tuple)}

    assert used - german.keys() == set(), "run: make messages"
    assert german.keys() - used == set(), "run: make messages"


def test_every_string_has_a_german_translation(german):
    missing = [entry.id for entry in german.values() if entry.fuzzy or not all(catalogue.forms(entry))]

    assert missing == []


def test_translations_have_the_placeholders_of_the_original(german):
    for entry in german.values():
        originals = entry.id if isinstance(entry.id, list | tuple) else (entry.id,)
        for original, form in zip(originals, catalogue.forms(entry), strict=True):
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(original)), entry.id


def test_compiled_catalogue_says_what_the_source_says(german):
    with catalogue.PO.open("rb") as source:
        expected = catalogue.compiled(read_po(source, locale="de"))

    assert catalogue.PO.with_suffix(".mo").read_bytes() == expected, "run: make messages"


def test_singular_alone_is_an_entry_of_its_own_for_older_versions_of_python():
    compiled = catalogue.PO.with_suffix(".mo").read_bytes()

    assert b"\0workshop\0" in compiled
    assert b"\0workshop\0workshops\0" in compiled


def test_singular_alone_is_translated_by_the_entry_with_a_plural():
    with override("de"):
        assert (gettext("workshop"), ngettext("workshop", "workshops", 2)) == ("Workshop", "Workshops")
        assert gettext("city lab") == "Stadtlabor"


def test_strings_of_templates_are_found_as_django_looks_them_up(tmp_path):
    template = tmp_path / "page.html"
    template.write_text(
        """{% load i18n %}{% translate "Plain" %} {% translate "May" context "month name" %}
        {% blocktranslate trimmed with name=place.name %}
            Examples in
            {{ name }}
        {% endblocktranslate %}
        {% blocktranslate count n=total %}{{ n }} hit{% plural %}{{ n }} hits{% endblocktranslate %}""",
        encoding="utf-8",
    )

    assert list(catalogue.template_messages(template)) == [
        ("Plain", None),
        ("May", "month name"),
        ("Examples in %(name)s", None),
        (("%(n)s hit", "%(n)s hits"), None),
    ]
