"""Collect the strings of the interface and compile the German catalogue without gettext: ``make messages``.

Python files are read by Babel; templates are turned into Python by the same function Django's makemessages uses.
New strings get an empty translation – the tests then name them –, strings no longer used are dropped.
"""

import io
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("accounts", "compendium", "ideas", "workshops", "templates")
PO = PROJECT / "locale/de/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def messages():
    """Every string marked for translation, as (msgid or (singular, plural), context, where it stands)."""
    for folder in FOLDERS:
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                found = extract("python", io.BytesIO(path.read_bytes()), KEYWORDS)
                yield from ((message, context, path) for _line, message, _comments, context in found)
            elif path.suffix in {".html", ".txt", ".xml"}:
                yield from ((message, context, path) for message, context in template_messages(path))


def template_messages(path):
    """The strings of a Django template."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 (needs the settings)

    # Line by line: the blanked-out rest of a template has no indentation that Python would accept.
    for line in templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines():
        found = extract("python", io.BytesIO(line.strip().encode()), KEYWORDS)
        yield from ((message, context) for _line, message, _comments, context in found)


def collect():
    """A catalogue of all strings, with the German translations there are."""
    known = read_po(io.BytesIO(PO.read_bytes()), locale="de") if PO.exists() else Catalog(locale="de")
    catalogue = Catalog(
        locale="de", domain="django", project="Wissenskompendium Innenstadt", version="1", fuzzy=False,
        creation_date=known.creation_date, revision_date=known.revision_date, header_comment="# German catalogue.",
    )  # fmt: skip
    for message, context, path in messages():
        msgid = message[:2] if isinstance(message, tuple) else message
        before = known.get(msgid[0] if isinstance(msgid, tuple) else msgid, context)
        translation = before.string if before and same_form(before.string, msgid) else None
        entry = catalogue.add(
            msgid, translation, locations=[(str(path.relative_to(PROJECT)), None)], context=context
        )
        if translation:
            entry.string = translation
    return catalogue


def same_form(translation, msgid):
    """Whether a known translation has as many forms as the string needs now."""
    return isinstance(translation, (tuple, list)) == isinstance(msgid, tuple)


class WithSingulars(Catalog):
    """A catalogue whose entries with a plural also answer for their singular alone.

    Newer versions of Python find it by themselves, 3.11.2 does not.
    """

    def __iter__(self):
        yield from super().__iter__()
        for entry in super().__iter__():
            if isinstance(entry.id, tuple):
                yield Message(entry.id[0], entry.string[0], context=entry.context)


def compiled(catalogue):
    """The bytes of the compiled catalogue."""
    complete = WithSingulars(locale="de", creation_date=catalogue.creation_date, fuzzy=False)
    for entry in catalogue:
        complete[entry.id] = entry
    target = io.BytesIO()
    write_mo(target, complete)
    return target.getvalue()


def main():
    """Update django.po and django.mo and say how many translations are missing."""
    catalogue = collect()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as target:
        write_po(target, catalogue, sort_output=True, width=115, include_lineno=False)
    PO.with_suffix(".mo").write_bytes(compiled(catalogue))
    missing = [entry.id for entry in catalogue if entry.id and not any(forms(entry))]
    sys.stdout.write(f"{len(catalogue)} strings, {len(missing)} without a translation\n")
    for msgid in missing:
        sys.stdout.write(f"  {msgid!r}\n")


def forms(entry):
    """The translations of an entry: one, or one for each plural form."""
    return entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)


if __name__ == "__main__":
    import django

    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compendium.settings")
    django.setup()
    main()
