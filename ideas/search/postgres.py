"""Looking tokens up in PostgreSQL: a generated ``tsvector`` column with a GIN index."""

from django.db.models.expressions import RawSQL


def expression(clause):
    """A clause of :mod:`.query` as a ``tsquery``. Tokens hold a–z and 0–9 only, so quotes are safe."""
    return " | ".join(
        "(" + (" <-> " if each.in_order else " & ").join(f"'{token}'" for token in each.tokens) + ")"
        for each in clause.alternatives
    )


def keys(clause):
    """The ideas that fit a clause, as a subquery for ``pk__in``."""
    return RawSQL("SELECT idea_id FROM ideas_searchdocument WHERE tokens @@ %s::tsquery", [expression(clause)])


def score(clauses):
    """A rough rank of ideas for any of the clauses, as an expression to order by; higher is better."""
    every = " | ".join(f"({expression(clause)})" for clause in clauses)
    return RawSQL(
        "COALESCE((SELECT ts_rank('{0.1, 0.25, 0.5, 1.0}', tokens, %s::tsquery) FROM ideas_searchdocument"
        " WHERE idea_id = ideas_idea.id), 0)",
        [every],
    )
