"""What chapters consist of, in plain data: the template ``blocks.typ`` knows how to set each kind.

A text is a string, or a list of runs: ``{"text": …}`` with ``"url"``, ``"strong"`` or ``"emph"`` where it applies.
A block without content is None and left out.
"""

from django.utils.translation import gettext as _

from ideas.exports import sheets
from ideas.exports.dossier import lines
from workshops.models import Evidence


def chapter(title, *sections, lead="", key=""):
    """A chapter, which begins on a new page; ``key`` names it for links."""
    return {"title": title, "lead": lead, "key": key, "sections": [each for each in sections if each]}


def section(title, *blocks, picture=None):
    """A heading in the margin, a drawing below it, and what stands beside them; None if nothing does."""
    filled = [block for block in blocks if block]
    return {"title": title, "picture": picture, "blocks": filled} if filled else None


def heading(text):
    """A heading inside a section."""
    return {"kind": "heading", "text": text}


def text(value):
    """The paragraphs of a text."""
    return {"kind": "text", "items": lines(value)} if lines(value) else None


def rich(runs):
    """A paragraph of runs."""
    return {"kind": "text", "items": [runs]}


def small(value):
    """Small print."""
    return {"kind": "small", "text": value} if value else None


def notice(value):
    """What is open or uncertain."""
    return {"kind": "notice", "text": value} if value else None


def points(items):
    """A list."""
    return {"kind": "points", "items": list(items)} if items else None


def numbered(items):
    """A numbered list."""
    return {"kind": "numbered", "items": list(items)} if items else None


def facts(*rows):
    """Labels with their values, of which each line is an item. Rows without value are left out."""
    known = [{"label": label, "items": lines(value)} for label, value in rows if lines(value)]
    return {"kind": "facts", "rows": known} if known else None


def figures(*rows):
    """Large numbers with what they count."""
    return {"kind": "figures", "rows": [{"number": str(number), "label": label} for number, label in rows]}


def table(header, rows):
    """A table of three columns; the heading above says what it holds."""
    return {"kind": "table", "header": header, "rows": rows} if rows else None


def sources(records):
    """The sources of a statement."""
    return {"kind": "sources", "items": [sheets.source(each) for each in records]} if records else None


def caveat(record):
    """That a statement is less than documented; nothing for all others."""
    return small(f"({Evidence(record.evidence).caveat})") if record.has_caveat else None


def entries(ideas):
    """Entries of the book with the pages they are on."""
    listed = [{"plate": f"{idea.number:03}", "title": idea.title} for idea in ideas]
    return {"kind": "entries", "items": listed} if listed else None


def pictures(drawings, alt):
    """Drawings in a row, described together."""
    return {"kind": "pictures", "items": drawings, "alt": alt}


def known(value):
    """A value, or that it is not known."""
    return value or _("not known")
