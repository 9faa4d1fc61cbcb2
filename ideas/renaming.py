"""A new name for a term of a vocabulary or a field: the entries are found by it from then on."""

from django.db import transaction

from . import revisions


@transaction.atomic
def rename(record, name, *, by):
    """Give ``record``, by whose name entries are found, another one; addresses stay. Counts its entries.

    Raises PermissionDenied, or ValidationError when the name does not fit.
    """
    revisions.need(by, f"{record._meta.app_label}.change_{record._meta.model_name}")
    setattr(record, record.SEARCHED_NAME, name)
    record.full_clean()
    record._history_user = by
    record.save()
    record.ideas.index_many()
    return record.ideas.count()
