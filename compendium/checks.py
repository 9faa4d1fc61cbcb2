"""System checks: what only the operator can fill in."""

from django.core.checks import Warning as CheckWarning
from django.db import Error

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
