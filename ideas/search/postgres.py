"""Looking tokens up in PostgreSQL: generated ``tsvector`` columns with GIN indexes, of all texts and of titles."""

import json
from itertools import pairwise

from django.db import connection
from django.db.models import BinaryField, BooleanField, F, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast

FEW = 1000  # keys
SPARSE = 64  # of so many keys one is wanted: then a map is longer than the list of those wanted
ONE = ord("1")
LOCK = 7_214_583_091  # any number that nothing else locks


def lock():
    """Let no other transaction change the index before this one ends.

    Two would wait for each other's new tokens, or write what the other has just changed as it was before.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def learn_sizes():
    """Let the database count the ideas: PostgreSQL does so by itself."""


def keys(clauses, *, any_clause=False):
    """The keys of the ideas that fit all ``clauses`` (or any), in no order.

    By the function ``ideas_keys`` (see the migration that makes it), which always uses the index.
    """
    # In one row: a hundred thousand would keep the garbage collector busy for longer than the database.
    ((keys,),) = rows("SELECT ideas_keys(%s::tsquery)", [expression(clauses, any_clause=any_clause)])
    return keys or []


def best_titles(clauses, most):
    """The keys of the ``most`` best ideas, by a rough rank, of those that fit all ``clauses`` in their title."""
    found = rows(
        "SELECT idea_id FROM ideas_searchdocument, CAST(%s AS tsquery) AS wanted WHERE title_tokens @@ wanted"
        " ORDER BY ts_rank(title_tokens, wanted) DESC, idea_id LIMIT %s",
        [expression(clauses), most],
    )
    return [key for (key,) in found]


def rows(statement, parameters):
    """What a query returns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def expression(clauses, *, any_clause=False):
    """All ``clauses`` (or any) as a ``tsquery``. Tokens hold a–z and 0–9 only, so quotes are safe."""
    return (" | " if any_clause else " & ").join(f"({of_clause(clause)})" for clause in clauses)


def of_clause(clause):
    """One clause of :mod:`.query`."""
    return " | ".join(
        "(" + (side_by_side(each.tokens) if each.in_order else " & ".join(map(quoted, each.tokens))) + ")"
        for each in clause.alternatives
    )


def side_by_side(tokens):
    """Tokens in order: each pair is a word of the index, so that hardly a document is read to compare places."""
    pairs = [quoted(f"{one}_{other}") for one, other in pairwise(tokens)]
    return " & ".join(pairs if len(pairs) == 1 else [*pairs, " <-> ".join(map(quoted, tokens))])


def quoted(token):
    """A token as ``tsquery`` has it."""
    return f"'{token}'"


def among(keys):
    """A condition: the key is one of ``keys``, however many they are.

    Few stand in the query as an array: PostgreSQL knows how many they are, and looks them up in an index. Many are
    bits of a map, one for each key there is: an array of tens of thousands takes longer to plan than to use.
    """
    if len(keys) > FEW and max(keys) < SPARSE * len(keys):
        return is_set(keys)
    one_of = Func(Value(array(keys)), template="ANY(%(expressions)s::bigint[])")
    return Func(F("pk"), one_of, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())


def is_set(keys):
    """The condition that the bit of the key is set in a map of ``keys``. A key beyond the map has its last bit.

    Not compared with 1: PostgreSQL would expect hardly an idea to be among them, and ask for each one singly.
    """
    last = max(keys) + 1
    digits = bytearray(b"0") * (last + 1)
    for key in keys:
        digits[-1 - key] = ONE
    bits = int(digits, 2).to_bytes(last // 8 + 1, "little")  # get_bit counts from the lowest bit of the first byte
    return Func(
        Value(bits, BinaryField()),
        Func(F("pk"), Value(last), function="LEAST"),
        template="get_bit(%(expressions)s) <> 0",
        output_field=BooleanField(),
    )


def array(keys):
    """``keys`` as PostgreSQL writes an array."""
    return "{" + ",".join(map(str, keys)) + "}"


def value_of(values):
    """What the dict ``values`` holds for the key of each idea, as an expression; None if it holds nothing."""
    held = Func(Value(json.dumps(values)), template="%(expressions)s::jsonb")
    value = Func(held, Cast("pk", TextField()), template="(%(expressions)s)", arg_joiner=" ->> ")
    return Cast(value, IntegerField())
