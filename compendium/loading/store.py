"""Comparing entries with the database and writing them, without ever overwriting an editor's change."""

import hashlib
import json
from collections import Counter
from decimal import Decimal
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from compendium.models import LoadedRecord
from ideas.models import Actor, Idea, PracticeExample, Topic

from .entries import KEYS
from .files import Problem

REASON = "Aus den Inhaltsdateien geladen"  # the history is read by the editors, like content


class Action(StrEnum):
    """What happens to a record; the value is the word of the report."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "edited here and kept"
    DELETED = "deleted here and left out"


class Invalid(Exception):
    """The entries cannot be written; ``problems`` says why."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def write(entries, *, overwrite=False, dry_run=False, progress=iter):
    """Write ``entries`` in one transaction.

    ``overwrite`` also writes records that editors have changed or deleted; ``dry_run`` only compares and checks.
    ``progress`` wraps the list that is written, to show how far it is. Returns ``(entry, action)`` pairs; raises
    :class:`Invalid` and writes nothing when a record would break a rule of its model.
    """
    with transaction.atomic():
        records = Records(entries)
        plan = [(entry, records.action(entry, overwrite)) for entry in entries]
        due = [entry for entry, action in plan if action in {Action.CREATED, Action.UPDATED}]
        if problems := [problem for entry in due for problem in records.problems(entry)]:
            raise Invalid(problems)
        if not dry_run:
            for entry in progress(due):
                records.save(entry)
            if due:
                Idea.objects.all().index()
            remember(
                entry for entry, action in plan if action in {Action.CREATED, Action.UPDATED, Action.UNCHANGED}
            )
    return plan


def written(plan):
    """The numbers of the ideas that were written, or of which an example was."""
    return {
        entry.key[0]
        for entry, action in plan
        if action in {Action.CREATED, Action.UPDATED} and entry.model in {Idea, PracticeExample}
    }


def report(plan):
    """The counts of each kind of record: lines such as «ideas: 113 unchanged»."""
    counts = {}
    for entry, action in plan:
        counts.setdefault(entry.model, Counter())[action] += 1
    for model, actions in counts.items():
        words = ", ".join(f"{actions[action]} {action.value}" for action in Action if actions[action])
        yield f"{model._meta.verbose_name_plural}: {words}"


def leftovers(entries):
    """What was loaded once and is no longer in the files, as ``(kind, key)`` pairs; editors may remove it."""
    present = {identity(entry) for entry in entries}
    kinds = {model for model, _ in present}
    rows = LoadedRecord.objects.filter(model__in=kinds).order_by("model", "key").values_list("model", "key")
    return [row for row in rows if row not in present]


class Records:
    """The records in the database that the entries speak of."""

    def __init__(self, entries):
        self.pks = {model: {} for model in KEYS}
        self.states = {model: {} for model in KEYS}
        # Topics and actors that were renamed or merged here are known by their former slugs as well.
        self.former = {model: model.objects.present_slugs() for model in (Topic, Actor)}
        self.loaded = {(row.model, row.key): row.fingerprint for row in LoadedRecord.objects.all()}
        samples = {entry.model: entry for entry in entries}
        for model in KEYS:
            self.read(model, samples.get(model))

    def read(self, model, sample):
        """Read keys and – in the fields that ``sample`` has – the state of all records of ``model``."""
        names = list(sample.values) if sample else KEYS[model]
        for pk, *row in model.objects.values_list("pk", *(lookup(model, name) for name in names)):
            values = dict(zip(names, row, strict=True))
            key = tuple(values[name] for name in KEYS[model])
            self.pks[model][key] = pk
            self.states[model][pk] = values
        for name in sample.related if sample else ():
            for values in self.states[model].values():
                values[name] = []
            for pk, target in model.objects.values_list("pk", lookup(model, name)):
                if target is not None:
                    self.states[model][pk][name].append(target)

    def action(self, entry, overwrite):
        """What is to happen to the record of ``entry``."""
        loaded = self.loaded.get(identity(entry))
        pk = self.pks[entry.model].get(entry.key)
        if pk is None and entry.key[0] in self.former.get(entry.model, ()):
            return Action.EDITED
        if pk is None:
            return Action.CREATED if loaded is None or overwrite else Action.DELETED
        current = fingerprint(self.states[entry.model][pk])
        if current == fingerprint(state(entry)):
            return Action.UNCHANGED
        return Action.UPDATED if current == loaded or overwrite else Action.EDITED

    def problems(self, entry):
        """The rules of the model that ``entry`` breaks; relations have been checked before."""
        relations = [field.name for field in entry.model._meta.fields if field.is_relation]
        plain = {name: value for name, value in entry.values.items() if name not in relations}
        pk = self.pks[entry.model].get(entry.key)
        record = entry.model(pk=pk, **plain, **entry.first)
        record._state.adding = pk is None  # else the record would clash with itself
        derived = [field.name for field in entry.model._meta.fields if not field.editable]
        try:
            record.full_clean(exclude={*relations, *derived})
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                for message in messages:
                    yield Problem(entry.file, entry.label, "" if field == "__all__" else field, message)

    def save(self, entry):
        """Create or change the record of ``entry``."""
        pk = self.pks[entry.model].get(entry.key)
        record = entry.model() if pk is None else entry.model.objects.get(pk=pk)
        for name, value in (entry.values | (entry.first if pk is None else entry.revised)).items():
            field = entry.model._meta.get_field(name)
            setattr(record, field.attname, self.target(field, value) if field.is_relation else value)
        record._change_reason = REASON
        record.save()
        for name, targets in entry.related.items():
            field = entry.model._meta.get_field(name)
            getattr(record, name).set([self.target(field, target) for target in targets])
        self.pks[entry.model][entry.key] = record.pk

    def target(self, field, key):
        """The primary key of the record that a relation names by ``key``."""
        present = self.former.get(field.related_model, {}).get(key, key)
        return None if key is None else self.pks[field.related_model][present,]


def lookup(model, name):
    """The query path from ``model`` to the field ``name``, or to the key of the records it points to."""
    field = model._meta.get_field(name)
    return f"{name}__{KEYS[field.related_model][0]}" if field.is_relation else name


def state(entry):
    """What a record looks like after ``entry`` has been written."""
    return entry.values | entry.related


def fingerprint(values):
    """A short mark of a record's content, the same for equal content on both databases.

    Browsers send line ends as CR LF, decimals come back with their full places, and the order of a many-to-many
    relation means nothing: none of that counts as a change.
    """

    def plain(value):
        if isinstance(value, str):
            return value.replace("\r\n", "\n")
        if isinstance(value, Decimal):
            return str(value.normalize())
        return sorted(value) if isinstance(value, list) else value

    content = {name: plain(value) for name, value in values.items()}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def identity(entry):
    """The name under which the database remembers what was loaded."""
    return entry.model._meta.label_lower, " | ".join(str(part) for part in entry.key)


def remember(entries):
    """Keep the fingerprints of what the records hold now."""
    rows = [
        LoadedRecord(model=model, key=key, fingerprint=fingerprint(state(entry)))
        for entry in entries
        for model, key in [identity(entry)]
    ]
    LoadedRecord.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["fingerprint"],
        batch_size=200,
    )
