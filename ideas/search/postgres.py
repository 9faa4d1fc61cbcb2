"""Looking tokens up in PostgreSQL: a generated ``tsvector`` column with a GIN index."""

import json

from django.db import connection
from django.db.models import BooleanField, Exists, Func, IntegerField, OuterRef, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from ..models import SearchDocument

TITLE = ":A"  # the weight of the title in the column, see the migration


def expression(clauses, *, any_clause=False, in_title=False):
    """All ``clauses`` (or any) as a ``tsquery``. Tokens hold a–z and 0–9 only, so quotes are safe."""
    weight = TITLE if in_title else ""
    return (" | " if any_clause else " & ").join(f"({of_clause(clause, weight)})" for clause in clauses)


def of_clause(clause, weight):
    """One clause of :mod:`.query`."""
    return " | ".join(
        "(" + (" <-> " if each.in_order else " & ").join(f"'{token}'{weight}" for token in each.tokens) + ")"
        for each in clause.alternatives
    )


def keys(clauses, *, any_clause=False):
    """The ideas that fit all ``clauses`` (or any), as a subquery for ``pk__in``."""
    return RawSQL(
        "SELECT idea_id FROM ideas_searchdocument WHERE tokens @@ %s::tsquery",
        [expression(clauses, any_clause=any_clause)],
    )


def without(queryset, clauses):
    """The ideas of ``queryset`` that fit none of the ``clauses``.

    Not by NOT IN, which goes through the subquery for each row once it does not fit into the working memory.
    """
    fits = RawSQL("tokens @@ %s::tsquery", [expression(clauses, any_clause=True)], BooleanField())
    return queryset.filter(~Exists(SearchDocument.objects.filter(fits, pk=OuterRef("pk"))))


def best(clauses, most, *, in_title):
    """The keys of the ``most`` best ideas that fit all ``clauses`` (in their title), by a rough rank."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT idea_id FROM ideas_searchdocument, CAST(%s AS tsquery) AS wanted WHERE tokens @@ wanted"
            " ORDER BY ts_rank('{0.1, 0.25, 0.5, 1.0}', tokens, wanted) DESC, idea_id LIMIT %s",
            [expression(clauses, in_title=in_title), most],
        )
        return [key for (key,) in cursor.fetchall()]


def among(keys):
    """The ``keys`` as a subquery for ``pk__in``, however many they are."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


def value_of(values):
    """What the dict ``values`` holds for the key of each idea, as an expression; None if it holds nothing."""
    held = Func(Value(json.dumps(values)), template="%(expressions)s::jsonb")
    value = Func(held, Cast("pk", TextField()), template="(%(expressions)s)", arg_joiner=" ->> ")
    return Cast(value, IntegerField())
