"""From content files to records: ``files`` reads and checks, the ``*_records`` translate, ``store`` writes.

``manage.py load_compendium`` is the way in; ``docs/inhalt.md`` describes the files.
"""

from django.db import transaction

from ideas import revisions
from ideas.models import Idea

from .entries import twice
from .event_records import event_records, lab_records
from .files import read_content
from .idea_records import (
    IdeaRecords,
    fixed_vocabulary_problems,
    page_records,
    synonym_records,
    vocabulary_records,
)
from .outcome_records import outcome_records
from .place_records import Places
from .register import Register
from .store import Invalid, write, written

__all__ = ["load"]


def load(folder, *, overwrite=False, dry_run=False, progress=iter):
    """Load the content files of ``folder``. Returns the plan carried out, as ``(entry, action)`` pairs.

    ``overwrite`` also writes over what editors have changed, ``dry_run`` writes nothing, ``progress`` wraps the
    list of entries that is written. Raises :class:`store.Invalid` with every problem; nothing is written then.
    """
    contents, problems = read_content(folder)
    if problems:
        raise Invalid(problems)
    event, vocabulary = contents["event.yaml"], contents["vocabularies.yaml"]
    register = Register(event.quellen)
    places = Places(contents["places.yaml"], event, register)
    ideas = IdeaRecords(contents["ideas.yaml"].root, event, vocabulary, places, register)
    entries = [
        *event_records(event, register),
        *places.records(),
        *lab_records(event, register),
        *outcome_records(event, register),
        *vocabulary_records(vocabulary),
        *ideas.all(),
        *page_records(contents["pages.yaml"].root if "pages.yaml" in contents else []),
        *synonym_records(contents["synonyms.yaml"].root if "synonyms.yaml" in contents else []),
    ]
    if problems := [*register.problems, *fixed_vocabulary_problems(vocabulary), *twice(entries)]:
        raise Invalid(problems)
    with transaction.atomic():
        plan = write(entries, overwrite=overwrite, dry_run=dry_run, progress=progress)
        if not dry_run:
            revisions.record_loaded(Idea.objects.filter(number__in=written(plan)))
    return plan
