"""The one place that knows which engine looks tokens up."""

from django.db import connection

from . import postgres, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine():
    """The module for the database of this site: ``keys(clause)`` and ``score(clauses)``."""
    return ENGINES[connection.vendor]
