"""What changed between two states of a record, in words an editor reads: field by field, texts word by word.

A state is a dictionary of field names and plain values, relations as primary keys, lists of them for several.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

MOST_PAIRS = 4_000_000  # of pieces to compare, about a quarter of a second: 1,000 words with as many
TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    """What became of a part of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Part:
    """A stretch of text with one fate; ``apart`` from the next one if it is a value of its own.

    ``listed`` is one of several values that stand side by side.
    """

    kind: Kind
    text: str
    apart: bool = False
    listed: bool = False


@dataclass(frozen=True)
class Change:
    """A field that is different, and how."""

    label: str
    parts: list


@dataclass(frozen=True)
class Group:
    """The changes of a record itself (without a title), or of one that belongs to it, of a ``kind``."""

    title: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    kind: str = ""


def words(old, new):
    """The parts of two texts, word by word. White space alone between two changes belongs to them."""
    parts, removed, added, gap = [], "", "", ""
    for same, one, other in stretches(old, new):
        if not same:
            removed, added, gap = removed + gap + one, added + gap + other, ""
        elif (removed or added) and one.isspace():
            gap += one
        elif parts and not (removed or added):
            parts[-1] = Part(Kind.SAME, parts[-1].text + one)
        else:
            parts += [*changed(removed, added), Part(Kind.SAME, gap + one)]
            removed = added = gap = ""
    return [*parts, *changed(removed, added), *([Part(Kind.SAME, gap)] if gap else [])]


def stretches(old, new):
    """The stretches of two texts as (whether they are the same, old, new): lines, and words where lines differ."""
    for same, one, other in compared(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if same:
            yield same, one, other
        else:
            yield from compared(TOKENS.findall(one), TOKENS.findall(other))


def compared(before, after):
    """Two lists of pieces of text like :func:`stretches`; as a whole if it would take too long."""
    if len(before) * len(after) > MOST_PAIRS:
        yield False, "".join(before), "".join(after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", "".join(before[a:b]), "".join(after[c:d])


def changed(removed, added):
    """The parts of a stretch that was replaced."""
    return [Part(kind, text) for kind, text in ((Kind.REMOVED, removed), (Kind.ADDED, added)) if text]


def whole(old, new):
    """The parts of two values that are compared as a whole, such as names."""
    return [Part(kind, text, apart=True) for kind, text in ((Kind.REMOVED, old), (Kind.ADDED, new)) if text]


def members(old, new):
    """The parts of two lists of names in which order means nothing."""
    kinds = [(Kind.SAME if name in new else Kind.REMOVED, name) for name in old]
    kinds += [(Kind.ADDED, name) for name in new if name not in old]
    return [Part(kind, name, apart=True, listed=True) for kind, name in kinds]


def state_of(record):
    """The state of ``record``."""
    options = record._meta
    own = {
        field.name: getattr(record, field.attname) for field in options.concrete_fields if not field.primary_key
    }
    return own | {
        field.name: sorted(each.pk for each in getattr(record, field.name).all()) for field in options.many_to_many
    }


class Names:
    """The names of the records that states refer to, looked up once for each model."""

    def __init__(self):
        self.known = {}

    def of(self, model, keys):
        """The names of the records with these primary keys; of deleted ones the last name the history knows."""
        known = self.known.setdefault(model, {})
        if unknown := [key for key in keys if key not in known]:
            known.update({key: str(record) for key, record in model.objects.in_bulk(unknown).items()})
        for key in keys:
            if key not in known:
                known[key] = deleted_name(model, key)
        return [known[key] for key in keys]


def deleted_name(model, key):
    """How to speak of a record that is gone."""
    last = model.history.filter(**{model._meta.pk.attname: key}).first() if hasattr(model, "history") else None
    return _("{name} (deleted)").format(name=last.instance if last else f"{model._meta.verbose_name} {key}")


def field_changes(model, old, new, names):
    """The changes of the fields that both states know, in the order of the model."""
    options = model._meta
    changes = []
    for column in [*options.concrete_fields, *options.many_to_many]:
        if (
            column.primary_key
            or column.name not in old
            or column.name not in new
            or old[column.name] == new[column.name]
        ):
            continue
        one, other = old[column.name], new[column.name]
        if column.many_to_many:
            parts = members(names.of(column.related_model, one), names.of(column.related_model, other))
        elif column.is_relation or column.choices:
            parts = whole(shown(column, one, names), shown(column, other, names))
        else:
            parts = words(shown(column, one, names), shown(column, other, names))
        changes.append(Change(capfirst(str(column.verbose_name)), parts))
    return changes


def shown(column, value, names):
    """A single value as editors read it."""
    if value is None or value == "":
        return ""
    if column.is_relation:
        return names.of(column.related_model, [value])[0]
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else str(localize(value, use_l10n=True))
