"""German words as tokens."""

import pytest

from ideas.search.analysis import words


def tokens(text):
    """Every token of a text."""
    return {token for word in words(text) for token in (word.stem, *word.parts)}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Leerstand", "Ladenleerstand"),
        ("Register", "Leerstandsregister"),
        ("Läden", "Dorfladen"),
        ("Laeden", "Laden"),
        ("Laden", "La\u0308den"),
        ("Märkte", "Wochenmarkt"),
        ("Rad", "Lastenräder"),
        ("Fussgaengerzone", "Fußgängerzone"),
        ("Händler", "Händler:innen"),
        ("Händler", "Händler*innen"),
        ("Händler", "HändlerInnen"),
        ("Eigentümer", "Immobilieneigentümer/-innen"),
        ("Kunden", "Kund:innen"),
        ("Arzt", "Ärztinnen"),
        ("Köche", "KöchInnen"),
        ("Popup-Store", "Pop-up-Store"),
        ("Café", "Reparaturcafe\u0301"),
        ("Zählung", "Passantenzählung"),
        ("Beratung", "Fördermittelberatung"),
        ("Förderung", "Städtebauförderung"),
        ("nutzen", "Zwischennutzung"),
        ("Wohnen", "Seniorenwohnungen"),
        ("Handel", "Einzelhändlerin"),
        ("vermitteln", "Flächenvermittlung"),
        ("Gründer", "Existenzgründung"),
    ],
)
def test_forms_and_parts_of_a_word_meet(query, text):
    assert next(words(query)).stem in tokens(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Tor", "Reparatur"),
        ("Ort", "Sortiment"),
        ("Eis", "Preisgeld"),
        ("Halt", "Nachhaltigkeit"),
        ("Handel", "Behandlung"),
        ("Post", "Kompost"),
        ("Laden", "einladen"),
        ("Förderung", "Anforderung"),
        ("Zeit", "Zeitung"),
        ("Bild", "Bildung"),
        ("Grund", "Gründung"),
        ("Park", "Parkplatz"),
        ("Buch", "buchbar"),
        ("Schule", "Schulung"),
    ],
)
def test_words_that_only_look_alike_stay_apart(query, text):
    assert next(words(query)).stem not in tokens(text)


def test_position_of_a_word_is_that_in_the_text():
    text = "Für Händler:innen und Pop-up-Stores."

    assert [text[word.start : word.end] for word in words(text)] == ["Händler:innen", "Pop-up-Stores"]


def test_tokens_hold_letters_and_digits_of_ascii_only():
    for word in words("Кино 東京 2021 ½ ﬁn Łódź naïve İstanbul 3D"):
        assert word.stem.isascii()
        assert word.stem.isalnum()
        assert not word.stem[0].isdigit()
