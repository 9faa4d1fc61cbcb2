"""System checks: what only the operator can fill in, whether the search index is up to date, and what it lacks."""

from django.core.checks import Warning as CheckWarning
from django.db import Error
from django.utils.translation import gettext as _

from ideas.search import meaning
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


def semantic_search(app_configs, **kwargs):
    """Say why meaning is not compared although it is wanted."""
    try:
        reason = meaning.obstacle()
    except Error:
        return []
    if not reason:
        return []
    said = _("SEMANTIC_SEARCH is on, but meaning is not compared: %(reason)s. The search goes by words only.")
    hint = _("Run: pip install -r requirements-semantic.txt – or take SEMANTIC_SEARCH out of the environment.")
    return [CheckWarning(said % {"reason": reason}, hint=hint, id="compendium.W003")]
