"""What is different between two snapshots of an entry, for the editors' eyes."""

from django.utils.translation import gettext as _

from workshops.changes import Change, Group, Kind, Names, Part, field_changes, whole, words

from .models import Idea, PracticeExample


def names_in(contents, names):
    """Let ``names`` know all records that snapshots refer to: a query for each model, however many they are."""
    for model, records in (
        (Idea, contents),
        (PracticeExample, [example for content in contents for example in content["examples"]]),
    ):
        options = model._meta
        for column in [*options.concrete_fields, *options.many_to_many]:
            if column.is_relation:
                found = [record.get(column.name) for record in records]
                keys = {key for value in found for key in (value if isinstance(value, list) else [value]) if key}
                names.of(column.related_model, sorted(keys))
    return names


def compare(old, new, names=None):
    """The changes from one snapshot to another: groups for the entry and for each example that is different.

    ``names`` are those of the records they refer to, as far as they are known already.
    """
    names = names or Names()
    own = field_changes(Idea, old, new, names)
    pairs = paired(old["examples"], new["examples"])
    if order := order_change(pairs, old["examples"], new["examples"]):
        own.append(order)
    groups = [Group(changes=own)] if own else []
    for before, after in pairs:
        blank = dict.fromkeys(before or after, "") | {"municipalities": []}
        changes = field_changes(PracticeExample, before or blank, after or blank, names)
        if changes:
            groups.append(Group(title(before, after), changes, _("Practice example")))
    return groups


def paired(old, new):
    """Each example with what it was before: the same key, else the same place and project; None if missing."""
    left = list(old)

    def take(fits):
        found = next((each for each in left if fits(each)), None)
        if found:
            left.remove(found)
        return found

    by_key = [take(lambda each, after=after: after["id"] and each["id"] == after["id"]) for after in new]
    pairs = [
        (before or take(lambda each, after=after: label(each) == label(after)), after)
        for before, after in zip(by_key, new, strict=True)
    ]
    return pairs + [(before, None) for before in left]


def order_change(pairs, old, new):
    """A change of the order alone of the examples that stay, or None."""
    stay = [(before, after) for before, after in pairs if before and after]
    before = [label(after) for each in old for one, after in stay if one is each]
    after = [label(each) for _one, each in stay]
    if before == after:
        return None
    return Change(_("Order of the examples"), whole(" · ".join(before), " · ".join(after)))


def title(before, after):
    """The heading of an example: what it is called, was called, or both."""
    if before and after:
        return words(label(before), label(after))
    return [Part(Kind.ADDED, label(after)) if after else Part(Kind.REMOVED, label(before))]


def label(example):
    """How editors know an example."""
    return f"{example['place']}: {example['name']}"
