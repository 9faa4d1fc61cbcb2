"""The content of an entry as one value: everything the public reads, with the practice examples in their order.

A snapshot is plain JSON: field names with their values, relations as primary keys (``[3, 7]`` for several), and
``examples``, a list of the same kind of records with their ``id``. What only the desk decides – number, status,
dates, version – is not part of it. History, comparison, preview, pending revisions and going back all use it.
"""

import hashlib
import json
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .models import Idea
from .vocabularies import Maturity

EDITORIAL = {
    "number", "status", "archive_note", "merged_into", "published_at", "published_before", "version",
    "version_date",
}  # fmt: skip
PLACE_IN_ENTRY = {"idea", "position"}
BATCH = 100  # records saved at a time, where there are many
NEEDED = ("summary", "problem", "approach", "steps")  # texts without which nothing becomes public


def fields(model, leave_out):
    """The single-valued fields of ``model`` that editors fill in."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key
            and field.name not in leave_out]  # fmt: skip


def plain(content):
    """``content`` as JSON gives it back, with line ends as the content files have them."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder).replace("\\r\\n", "\\n"))


def values(record, leave_out, several=None):
    """The fields of ``record`` by name. ``several`` holds the targets of many-to-many fields not saved yet."""
    found = {field.name: getattr(record, field.attname) for field in fields(type(record), leave_out)}
    for field in record._meta.many_to_many:
        targets = getattr(record, field.name).all() if several is None else several.get(field.name, ())
        found[field.name] = sorted(target.pk for target in targets)
    return found


def snapshot(idea):
    """The content of ``idea`` as the database has it. Takes what ``with_content()`` has prefetched."""
    examples = [{"id": example.pk} | values(example, PLACE_IN_ENTRY) for example in idea.examples.all()]
    return plain(values(idea, EDITORIAL) | {"examples": examples})


def missing(content):
    """What ``content`` lacks for publication: texts, topics, and an example if it is more than a mere idea."""
    lacking = [str(Idea._meta.get_field(name).verbose_name) for name in NEEDED if not content[name].strip()]
    if not content["topics"]:
        lacking.append(str(Idea._meta.get_field("topics").verbose_name))
    if content["maturity"] != Maturity.IDEA and not content["examples"]:
        lacking.append(_("a practice example, or the maturity “idea”"))
    return lacking


def unfit(content):
    """Why ``content`` cannot be public, in a sentence; empty if it can."""
    lacking = missing(content)
    return _("Still missing: {fields}.").format(fields=get_text_list(lacking, _("and"))) if lacking else ""


def digest(content):
    """A short mark of ``content``, the same for the same content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def same(one, other):
    """Whether two snapshots say the same; the keys of the examples say nothing."""

    def without_keys(content):
        examples = [{name: each[name] for name in each if name != "id"} for each in content["examples"]]
        return content | {"examples": examples}

    return without_keys(one) == without_keys(other)


def with_present_terms(content):
    """``content`` with the terms that have taken the place of those merged since it was kept."""
    present = dict(content)
    for name in ("topics", "actors"):
        taken = Idea._meta.get_field(name).related_model.objects.present_keys()
        present[name] = sorted({taken.get(key, key) for key in content[name]})
    return present


@transaction.atomic
def apply(idea, content, *, lenient=False, create=True):
    """Make the entry say what ``content`` says. Rights, log and status are not decided here.

    Raises ValidationError when the rules no longer allow it: a source is gone, an address was taken.
    A ``lenient`` call leaves such a field as it is; ``create=False`` leaves out examples the entry does not have.
    """
    write(idea, content, lenient)
    present = {example.pk: example for example in idea.examples.all()}
    listed = [(position, each, present.get(each["id"])) for position, each in enumerate(content["examples"], 1)]
    idea.examples.exclude(pk__in=[example.pk for _, _, example in listed if example]).delete()
    # Two examples may have swapped their names: out of the way first, for each is unique.
    idea.examples.update(name=Cast("pk", CharField()))
    model = idea.examples.model
    elsewhere = model.objects.filter(pk__in=[each["id"] for _, each, own in listed if not own])
    taken = set(elsewhere.values_list("pk", flat=True))  # a merge has given them to another entry since
    for position, each, own in listed:
        if own or create:
            example = own or model(idea=idea)
            example.position = position
            write(example, each | {"id": None} if each["id"] in taken else each, lenient)


def write(record, content, lenient):
    """Set and save the fields of ``record`` that ``content`` names."""
    named = [field for field in record._meta.concrete_fields if field.name in content]
    before = {field.name: getattr(record, field.attname) for field in named}
    give(record, content)
    try:
        record.full_clean()
    except ValidationError as error:
        if not lenient:
            raise ValidationError([f"{record}: {message}" for message in error.messages]) from None
        wrong = before if "__all__" in error.message_dict else error.message_dict
        for field in named:
            if field.name in wrong:
                setattr(record, field.attname, before[field.name])
    record.save()
    for field in record._meta.many_to_many:
        if field.name in content:
            known = field.related_model.objects.filter(pk__in=content[field.name])
            getattr(record, field.name).set(known)


def write_all(contents):
    """Make entries, new ones among them, say what their content says: pairs of both, checked already.

    As :func:`apply`, with a few queries for every hundred of them.
    """
    for idea, content in contents:
        give(idea, content)
        idea.derive()
    save_all(Idea, [idea for idea, _content in contents], ["title_key", "updated_at"])
    keep_several([(idea, content) for idea, content in contents])
    write_examples(contents)


def write_examples(contents):
    """Bring the examples of :func:`write_all` in: what is not listed goes, what is the same stays untouched."""
    model = Idea.examples.rel.related_model
    owned = model.objects.filter(idea__in=[idea.pk for idea, _content in contents])
    listed = {each["id"] for _idea, content in contents for each in content["examples"]}
    owned.exclude(pk__in=listed - {None}).delete()
    present, changed, several = owned.in_bulk(), [], []
    for idea, content in contents:
        for position, each in enumerate(content["examples"], 1):
            example = present.get(each["id"]) or model(idea=idea)
            before = [getattr(example, field.attname) for field in model._meta.concrete_fields]
            example.position = position
            give(example, each)
            if example.pk is None or before != [
                getattr(example, field.attname) for field in model._meta.concrete_fields
            ]:
                changed.append(example)
            several.append((example, each))
    save_all(model, changed, ["position"])
    keep_several(several)


def save_all(model, records, also):
    """Save records of one model: new ones, and of the others what content names and the fields of ``also``."""
    new, changed = [], []
    for record in records:
        (changed if record.pk else new).append(record)
    names = [field.name for field in fields(model, EDITORIAL | PLACE_IN_ENTRY)]
    model.objects.bulk_create(new, BATCH)
    # Each is in conflict with itself and so updated; bulk_update() takes ten times as long as saving one by one.
    model.objects.bulk_create(
        changed, BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=[*names, *also]
    )


def give(record, content):
    """Set the fields of ``record`` that ``content`` names."""
    for field in record._meta.concrete_fields:
        if field.name in content:
            setattr(record, field.attname, field.to_python(content[field.name]))


def keep_several(contents):
    """Let saved records of one model refer to the records their content names: pairs of both."""
    for field in type(contents[0][0])._meta.many_to_many if contents else ():
        through = field.remote_field.through
        one, other = (
            through._meta.get_field(name).attname
            for name in (field.m2m_field_name(), field.m2m_reverse_field_name())
        )
        wanted = {(record.pk, key) for record, content in contents for key in content[field.name]}
        rows = through.objects.filter(**{f"{one}__in": [record.pk for record, _content in contents]})
        present = {(pk, key): row for row, pk, key in rows.values_list("pk", one, other)}
        through.objects.filter(pk__in=[present[pair] for pair in present.keys() - wanted]).delete()
        through.objects.bulk_create(
            [through(**{one: pk, other: key}) for pk, key in sorted(wanted - present.keys())]
        )


@contextmanager
def shown(idea, content=None, *, create=True):
    """Within, the database holds the entry as ``content`` says, if given; afterwards everything is as before."""
    if content is None:
        yield
        return
    with transaction.atomic():
        try:
            apply(idea, content, lenient=True, create=create)
            yield
        finally:
            transaction.set_rollback(True)
