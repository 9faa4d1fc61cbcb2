"""Kinds of values in tables: how each stands in its cell, and how it is read back.

Cells speak as editors do: vocabularies by their German names (a slug is understood as well), records by name or
title, sources by address. What ``cell`` makes of what ``read`` gives is the cell again; ``read`` raises ValueError
or ValidationError with a message for the editor.
"""

import datetime
import re
from collections import Counter
from difflib import get_close_matches

from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from ..models import Source
from ..models.signatures import name_of
from .cells import join, one_line, split, text_cell, whole_number

INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphens and the like, in pasted text
FEW = 8  # names that an error message lists
MOST_GUESSED = 200  # wrong names for which the nearest right one is looked for; each takes milliseconds


class Text:
    """A text as it is. A cell with a ``single`` value can offer those it may have."""

    single = False

    def permitted(self, names):
        """The values a cell may hold, None where that is not laid down."""
        return None

    def cell(self, value, names):
        return text_cell(value)

    def read(self, cell, names):
        return cell.strip()


class Line(Text):
    """A text of one line: a break in its cell, or several blanks, are one blank."""

    def read(self, cell, names):
        return one_line(cell)


class Lines(Text):
    """Several texts, one per line in the database."""

    def cell(self, value, names):
        return join(line.strip() for line in value.splitlines() if line.strip())

    def read(self, cell, names):
        return "\n".join(" ".join(text.split()) for text in split(cell))


class Year(Text):
    """A whole number or nothing."""

    def read(self, cell, names):
        return whole_number(cell.strip())


class Date(Text):
    """A day; read as German or ISO dates."""

    def cell(self, value, names):
        return value.strftime("%d.%m.%Y") if value else ""

    def read(self, cell, names):
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.datetime.strptime(cell.strip(), pattern).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
        if cell.strip():
            raise ValueError(_("“%(value)s” is no date like 31.12.2026.") % {"value": cell.strip()[:50]})
        return None


class Choice(Text):
    """A value of a fixed vocabulary; ``blank`` is what an empty cell means."""

    single = True

    def __init__(self, vocabulary, blank=""):
        self.vocabulary, self.blank = vocabulary, blank

    def permitted(self, names):
        return [str(member.label) for member in self.vocabulary]

    def cell(self, value, names):
        return str(self.vocabulary(value).label) if value else ""

    def read(self, cell, names):
        if not cell.strip():
            return self.blank
        known = {str(member.label).casefold(): member.value for member in self.vocabulary}
        known |= {value: value for value in self.vocabulary.values}
        try:
            return known[cell.strip().casefold()]
        except KeyError:
            values = ", ".join(self.permitted(names))
            words = {"value": cell.strip()[:50], "values": values}
            raise ValueError(_("“%(value)s” is not one of: %(values)s.") % words) from None


class One(Text):
    """A record of ``model``, known by its name."""

    single = True

    def __init__(self, model):
        self.model = model

    def permitted(self, names):
        return None if self.model is Source else names.all(self.model)

    def cell(self, value, names):
        return names.name(self.model, value) if value else ""

    def read(self, cell, names):
        return names.key(self.model, cell.strip()) if cell.strip() else None


class Many(One):
    """Several records of ``model``."""

    single = False

    def permitted(self, names):
        return [join([name]) for name in names.all(self.model)]

    def cell(self, value, names):
        return join(names.name(self.model, key) for key in value)

    def read(self, cell, names):
        found, wrong = set(), []
        for name in split(cell):
            try:
                found.add(names.key(self.model, name))
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            raise ValueError(" ".join(wrong))
        return sorted(found)


def folded(model, name):
    """A name as it is looked for: capitals and what cannot be seen say nothing, except in addresses."""
    return name if model is Source else " ".join(INVISIBLE.sub("", name).split()).casefold()


def with_scheme(address):
    """An address as forms of the desk take it: without anything before it is one of the web."""
    return address if re.search(r"[:\s]", address) else f"https://{address}"


class Names:
    """The records cells can name, each model read once.

    An address that is no source yet is kept in ``new``, sources by keys below zero, until :meth:`save_new`.
    """

    def __init__(self):
        self.names, self.keys, self.new, self.nearest = {}, {}, {}, {}

    def load(self, model):
        """Read the names of ``model``. A name that two records share gives way to the slug."""
        if model in self.names:
            return
        fields = {field.name for field in model._meta.concrete_fields}
        label = next(name for name in ("name", "title") if name in fields)
        slug, label = ("url", "url") if model is Source else ("slug", label)
        rows = list(model.objects.order_by("pk").values_list("pk", slug, label))
        taken = Counter(folded(model, text) for _key, _slug, text in rows)
        self.names[model] = {key: text if taken[folded(model, text)] == 1 else short for key, short, text in rows}
        self.keys[model] = {folded(model, short): key for key, short, _text in rows}
        self.keys[model] |= {folded(model, name): key for key, name in self.names[model].items()}

    def name(self, model, key):
        """How cells call the record."""
        self.load(model)
        return text_cell(self.names[model].get(key, ""))

    def all(self, model):
        """What cells call the records, in their usual order."""
        return [self.name(model, key) for key in model.objects.values_list("pk", flat=True)]

    def key(self, model, name):
        """The key of the record with this name. Raises ValueError with a message if there is none."""
        self.load(model)
        found = self.keys[model].get(folded(model, name))
        if found is None and model is Source:
            address = with_scheme(name)
            return self.keys[Source].get(address) or self.new_source(address)
        if found is None:
            words = {"kind": model._meta.verbose_name, "name": name[:50], "hint": self.hint(model, name)}
            raise ValueError(_("There is no %(kind)s “%(name)s”. %(hint)s") % words)
        return found

    def hint(self, model, name):
        """What may have been meant by a name that no record has."""
        parts = [folded(model, part) for part in re.split("[,;/\n]", name)]
        if len(parts) > 1 and any(part in self.keys[model] for part in parts):
            return _("Put | between several values.")
        known = self.names[model]
        if not known:
            return _("There is none yet.")
        if (model, name) not in self.nearest and len(self.nearest) < MOST_GUESSED:
            spelt = {folded(model, each): each for each in known.values()}
            near = get_close_matches(folded(model, name), spelt, n=1, cutoff=0.75)
            self.nearest[model, name] = spelt[near[0]] if near else ""
        if near := self.nearest.get((model, name)):
            return _("Did you mean “%(name)s”?") % {"name": near}
        if len(known) <= FEW:
            return _("There are: %(names)s.") % {"names": ", ".join(known.values())}
        return _("The template lists all in its sheet “%(sheet)s”.") % {"sheet": _("Permitted values")}

    def new_source(self, url):
        """The key that stands for a source that is not saved yet."""
        source = Source(url=url)
        source.clean_fields()
        key = -1 - len(self.new)
        self.new[key], self.names[Source][key], self.keys[Source][url] = source, url, key
        return key

    def save_new(self, by):
        """Save the new sources as ``by``: the primary key of each by the key that stood for it."""
        # Records of a history that are made in bulk never pass through Signed.save().
        signed = {"default_user": by, "custom_historical_attrs": {"history_user_name": name_of(by)}}
        made = bulk_create_with_history(list(self.new.values()), Source, **signed)
        return dict(zip(self.new, (source.pk for source in made), strict=True))
