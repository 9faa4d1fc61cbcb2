"""German text for machines: slugs for addresses and keys to sort by."""

import unicodedata

from django.utils.text import slugify

TRANSLITERATION = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)


def german_slug(text):
    """A slug as German readers write it: «Mönchengladbach» becomes ``moenchengladbach``."""
    return slugify(unicodedata.normalize("NFC", text).translate(TRANSLITERATION))


def sort_key(text):
    """The key for alphabetical order after DIN 5007-1: ä counts as a, ß as ss, case and accents do not count.

    It is stored beside the text, so that SQLite and PostgreSQL sort alike.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
