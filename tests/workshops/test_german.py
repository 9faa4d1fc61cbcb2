"""German text for machines."""

import unicodedata

import pytest

from workshops.german import german_slug, sort_key


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Mönchengladbach", "moenchengladbach"),
        ("Großer Müßiggang in Öhringen", "grosser-muessiggang-in-oehringen"),
        ("ÄÖÜ", "aeoeue"),
        ("STRAẞE", "strasse"),
        ("24/7-Laden, 360-Grad!", "247-laden-360-grad"),
        ("Café Olé", "cafe-ole"),
        (unicodedata.normalize("NFD", "Köln"), "koeln"),
        ("…", ""),
    ],
)
def test_slug_as_german_readers_write_it(text, slug):
    assert german_slug(text) == slug


def test_alphabetical_order_after_din_5007():
    names = [
        "Zwickau",
        "Ölsnitz",
        "Ulm",
        "Oldenburg",
        "Österreich",
        "Straßburg",
        "Strasbourg",
        "Aachen",
        "Ärmelkanal",
    ]

    assert sorted(names, key=sort_key) == [
        "Aachen", "Ärmelkanal", "Oldenburg", "Ölsnitz", "Österreich", "Strasbourg", "Straßburg", "Ulm", "Zwickau",
    ]  # fmt: skip


def test_case_and_accents_do_not_count():
    assert sort_key("ÉCOLE") == sort_key("école") == "ecole"
    assert sort_key("ẞ") == sort_key("ß") == "ss"
