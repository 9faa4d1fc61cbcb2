"""Looking tokens up in SQLite: FTS5. The table is ``ideas_searchindex``; triggers fill it."""

from django.db.models.expressions import RawSQL

from .documents import WEIGHTS


def expression(clause):
    """A clause of :mod:`.query` in the language of FTS5. Tokens hold a–z and 0–9 only, so quotes are safe."""
    return " OR ".join(
        '"' + " ".join(each.tokens) + '"'
        if each.in_order
        else "(" + " AND ".join(f'"{token}"' for token in each.tokens) + ")"
        for each in clause.alternatives
    )


def keys(clause):
    """The ideas that fit a clause, as a subquery for ``pk__in``."""
    return RawSQL("SELECT rowid FROM ideas_searchindex WHERE ideas_searchindex MATCH %s", [expression(clause)])


def score(clauses):
    """A rough rank of ideas for any of the clauses, as an expression to order by; higher is better."""
    weights = ", ".join(str(weight) for weight in WEIGHTS.values())
    every = " OR ".join(f"({expression(clause)})" for clause in clauses)
    return RawSQL(  # noqa: S611 (weights are our own numbers)
        f"COALESCE((SELECT -bm25(ideas_searchindex, {weights}) FROM ideas_searchindex"  # noqa: S608
        " WHERE ideas_searchindex MATCH %s AND rowid = ideas_idea.id), 0)",
        [every],
    )
