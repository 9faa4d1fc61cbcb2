"""Looking tokens up in SQLite: FTS5. The table is ``ideas_searchindex``; triggers fill it."""

import json

from django.db import connection
from django.db.models import F, Func, IntegerField, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from .documents import WEIGHTS

FEW = 3000  # keys: so many rows are quicker read one by one than the index of all public ideas
MATCH = "FROM ideas_searchindex WHERE ideas_searchindex MATCH %s"


def lock():
    """Let no other transaction change the index before this one ends: SQLite has one writer at a time anyway."""


def learn_sizes():
    """Let SQLite count the ideas: unless it knows that most are public, it reads them all to find a few by key."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_idea")


def keys(clauses, *, any_clause=False):
    """The keys of the ideas that fit all ``clauses`` (or any), in no order."""
    # In one row: a hundred thousand would keep the garbage collector busy for longer than the database.
    ((keys,),) = rows(f"SELECT json_group_array(rowid) {MATCH}", [expression(clauses, any_clause=any_clause)])
    return json.loads(keys)


def best_titles(clauses, most):
    """The keys of the ``most`` best ideas, by a rough rank, of those that fit all ``clauses`` in their title."""
    wanted = [f"{{title}} : ({expression(clauses)})", most]
    found = rows(f"SELECT rowid {MATCH} LIMIT %s", wanted)
    if len(found) == most:  # only then is it worth to compute the rank of all
        weights = ", ".join(map(str, WEIGHTS.values()))
        order = f"ORDER BY bm25(ideas_searchindex, {weights}), rowid LIMIT %s"
        found = rows(f"SELECT rowid {MATCH} {order}", wanted)
    return [key for (key,) in found]


def rows(statement, parameters):
    """What a query returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


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
    listed = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])
    if len(keys) <= FEW:
        return Q(pk__in=listed)
    # SQLite does not know how many values are in the JSON; with a sign, the key is no way to find a row.
    signed = Func(F("pk"), template="+%(expressions)s", output_field=IntegerField())
    return Q(In(signed, listed))


def value_of(values):
    """What the dict ``values`` holds for the key of each idea, as an expression; None if it holds nothing."""
    path = Concat(Value('$."'), Cast("pk", TextField()), Value('"'))
    return Func(Value(json.dumps(values)), path, function="json_extract", output_field=IntegerField())
