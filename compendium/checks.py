"""System checks: what only the operator can fill in, and whether the search index is up to date."""

from django.core.checks import Warning as CheckWarning
from django.db import Error

from ideas.search.indexing import out_of_date

from .models import OperatorData


def operator_data(app_configs, **kwargs):
    """Name what the operator has not filled in yet; nothing while there is no database or no table."""
    try:
        missing = OperatorData.current().missing()
    except Error:
        return []
    if not missing:
        return []
    names = ", ".join(str(name) for name in missing)
    hint = "Open “operator data” in the admin (/admin/compendium/operatordata/). The imprint needs it by law."
    return [CheckWarning(f"Not yet filled in by the operator: {names}.", hint=hint, id="compendium.W001")]


def search_index(app_configs, **kwargs):
    """Name the ideas whose entry in the search index is missing or old; nothing while there is no table."""
    try:
        count = out_of_date().count()
    except Error:
        return []
    if not count:
        return []
    hint = "Run: manage.py rebuild_search"
    return [CheckWarning(f"The search index is out of date for {count} ideas.", hint=hint, id="compendium.W002")]
