"""Looking tokens up in SQLite: FTS5. The table is ``ideas_searchindex``; triggers fill it."""

import json

from django.db import connection
from django.db.models import Func, IntegerField, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

from .documents import WEIGHTS


def expression(clauses, *, any_clause=False, in_title=False):
    """All ``clauses`` (or any) in the language of FTS5. Tokens hold a–z and 0–9 only, so quotes are safe."""
    joined = (" OR " if any_clause else " AND ").join(f"({of_clause(clause)})" for clause in clauses)
    return f"{{title}} : ({joined})" if in_title else joined


def of_clause(clause):
    """One clause of :mod:`.query`."""
    return " OR ".join(
        '"' + " ".join(each.tokens) + '"'
        if each.in_order
        else "(" + " AND ".join(f'"{token}"' for token in each.tokens) + ")"
        for each in clause.alternatives
    )


def keys(clauses, *, any_clause=False):
    """The ideas that fit all ``clauses`` (or any), as a subquery for ``pk__in``."""
    return RawSQL(
        "SELECT rowid FROM ideas_searchindex WHERE ideas_searchindex MATCH %s",
        [expression(clauses, any_clause=any_clause)],
    )


def without(queryset, clauses):
    """The ideas of ``queryset`` that fit none of the ``clauses``."""
    return queryset.exclude(pk__in=keys(clauses, any_clause=True))


def best(clauses, most, *, in_title):
    """The keys of the ``most`` best ideas that fit all ``clauses`` (in their title), by a rough rank."""
    weights = ", ".join(str(weight) for weight in WEIGHTS.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM ideas_searchindex WHERE ideas_searchindex MATCH %s"  # noqa: S608 (our own numbers)
            f" ORDER BY bm25(ideas_searchindex, {weights}), rowid LIMIT %s",
            [expression(clauses, in_title=in_title), most],
        )
        return [key for (key,) in cursor.fetchall()]


def among(keys):
    """The ``keys`` as a subquery for ``pk__in``, however many they are."""
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def value_of(values):
    """What the dict ``values`` holds for the key of each idea, as an expression; None if it holds nothing."""
    path = Concat(Value('$."'), Cast("pk", TextField()), Value('"'))
    return Func(Value(json.dumps(values)), path, function="json_extract", output_field=IntegerField())
