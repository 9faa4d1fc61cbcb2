"""JSON: ``{"meta": {…}, "ideas": [{"number": 12, …}]}``, sent entry by entry."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from .fields import columns, dictionary, rows


def render(ideas, *, selection, address):
    """The entries with what they are, so that the file can be understood alone."""
    fields = columns(selection)
    yield f'{{"meta": {text(meta(selection, fields))},\n"ideas": ['.encode()
    separator = "\n"
    for row in rows(ideas, fields, address):
        idea = {field.key: value for field, value in zip(fields, row, strict=True)}
        yield f"{separator}{text(idea)}".encode()
        separator = ",\n"
    yield b"\n]}\n"


def meta(selection, fields):
    """What the file holds: the query, also in words, how many entries, how current, under which licence."""
    return {
        "title": selection.title,
        "query": selection.query,
        "address": selection.address,
        "filter": [{"label": label, "values": values} for label, values in selection.filter],
        "count": selection.count,
        "version": selection.version_date,
        "generated": selection.generated,
        "licence": {"name": None, "text": selection.licence},
        "fields": dictionary(fields),
    }


def text(value):
    """``value`` as JSON; dates in the form of ISO 8601."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
