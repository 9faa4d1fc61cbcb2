"""How to cite an entry: APA, DIN ISO 690 and BibTeX, each with number, version, its date and the permanent link.

The citations are German like the entry. ``link`` is always the full permanent address of the entry.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

PUBLICATION = "Wissenskompendium Innenstadt"
# Braces are named because BibTeX counts them even behind a backslash.
BIBTEX_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "$&#%_"},
}
BIBTEX_TABLE = str.maketrans(BIBTEX_SPECIALS)


@dataclass(frozen=True)
class Citation:
    """A citation in one style."""

    style: str
    text: str


def citations(idea, link):
    """The entry cited in the styles of a text; the entry of a bibliography is :func:`bibtex`."""
    return [Citation("APA", apa(idea, link)), Citation("DIN ISO 690", din_iso_690(idea, link))]


def apa(idea, link):
    """The reference after APA (7th edition); the site is its own author and therefore named once."""
    with override("de"):
        date = f"{idea.version_date.year}, {date_format(idea.version_date, 'j. F')}"
    return f"{PUBLICATION}. ({date}). {idea.title} (Idee {idea.number:03}, Fassung {idea.version}). {link}"


def din_iso_690(idea, link):
    """The reference after DIN ISO 690 for a page on the web, looked at today."""
    title = f"{PUBLICATION.upper()}, {idea.version_date.year}. {idea.title} [online]. Idee {idea.number:03}"
    edition = f"Fassung {idea.version}, {german_date(idea.version_date)}"
    return f"{title}. {edition} [Zugriff am: {german_date(timezone.localdate())}]. Verfügbar unter: {link}"


def bibtex(idea, link):
    """The entry of a bibliography for biblatex, in UTF-8. Capitals of the title are kept."""
    fields = {
        "author": f"{{{PUBLICATION}}}",
        "title": f"{{{bibtex_text(idea.title)}}}",
        "date": idea.version_date.isoformat(),
        "number": f"Idee {idea.number:03}",
        "version": str(idea.version),
        "url": link,
        "urldate": timezone.localdate().isoformat(),
        "langid": "ngerman",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@online{{wissenskompendium-{idea.number:03}-v{idea.version},", *lines, "}", ""])


def bibtex_text(text):
    """``text`` on one line, with all characters that mean something to LaTeX written out."""
    return " ".join(text.split()).translate(BIBTEX_TABLE)


def german_date(date):
    """A date as it stands in German text, such as «9. November 2026»."""
    with override("de"):
        return date_format(date, "j. F Y")
