"""The one place that knows which engine looks tokens up."""

from django.db import connection

from . import postgres, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine():
    """The module for the database of this site; the functions of :mod:`.sqlite` say what it offers."""
    return ENGINES[connection.vendor]
