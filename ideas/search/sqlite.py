"""Looking tokens up in SQLite: FTS5. The table is ``ideas_searchindex``; triggers fill it."""

import json

from django.db import connection
from django.db.models import Func, IntegerField, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat

from .documents import WEIGHTS

MATCH = "SELECT rowid FROM ideas_searchindex WHERE ideas_searchindex MATCH %s"


def lock():
    """Let no other transaction change the index before this one ends: SQLite has one writer at a time anyway."""


def keys(clauses, *, any_clause=False):
    """The keys of the ideas that fit all ``clauses`` (or any), in no order."""
    return found(MATCH, [expression(clauses, any_clause=any_clause)])


def best_titles(clauses, most):
    """The keys of the ``most`` best ideas that fit all ``clauses`` in their title, by a rough rank."""
    order = f" ORDER BY bm25(ideas_searchindex, {', '.join(map(str, WEIGHTS.values()))}), rowid LIMIT %s"
    return found(MATCH + order, [f"{{title}} : ({expression(clauses)})", most])


def found(statement, parameters):
    """The keys that a query returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [key for (key,) in cursor.fetchall()]


def expression(clauses, *, any_clause=False):
    """All ``clauses`` (or any) in the language of FTS5. Tokens hold a–z and 0–9 only, so quotes are safe."""
    return (" OR " if any_clause else " AND ").join(f"({of_clause(clause)})" for clause in clauses)


def of_clause(clause):
    """One clause of :mod:`.query`."""
    return " OR ".join(
        '"' + " ".join(each.tokens) + '"'
        if each.in_order
        else "(" + " AND ".join(f'"{token}"' for token in each.tokens) + ")"
        for each in clause.alternatives
    )


def among(keys):
    """A condition: the key is one of ``keys``, however many they are."""
    return Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))]))


def value_of(values):
    """What the dict ``values`` holds for the key of each idea, as an expression; None if it holds nothing."""
    path = Concat(Value('$."'), Cast("pk", TextField()), Value('"'))
    return Func(Value(json.dumps(values)), path, function="json_extract", output_field=IntegerField())
