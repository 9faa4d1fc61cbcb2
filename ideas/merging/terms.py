"""Merging topics, or actors: one stays, the others become former names of it.

The entries carry the term that stays from then on. That is care of the vocabulary, like a new name: the entry says
the same as before, so it gets no new version – its history tells of the change all the same.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import revisions
from ..content import with_present_terms
from ..models import Idea, Revision

FIELDS = ("name_en", "text")  # in which something may have to be brought together; not every kind has both
REASON_LENGTH = 100
BATCH = 500


def rights(model):
    """What someone needs to merge terms of this kind."""
    return [f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in ("change", "delete")]


def entries_with(terms):
    """The entries, public or not, that carry any of ``terms``; also those whose pending revision does."""
    model, keys = type(terms[0]), {term.pk for term in terms}
    name = model.ideas.rel.field.name
    waiting = Revision.objects.filter(pending=True).values_list("idea", f"content__{name}")
    proposed = [idea for idea, carried in waiting if keys & set(carried or ())]
    return Idea.objects.filter(Q(**{f"{name}__in": keys}) | Q(pk__in=proposed)).distinct()


def brought_together(stays, others):
    """What ``stays`` says after a merger unless someone decides otherwise: its own words, else another's."""
    terms = (stays, *others)
    names = [name for name in FIELDS if hasattr(stays, name)]
    return {name: next((value for term in terms if (value := getattr(term, name))), "") for name in names}


@transaction.atomic
def merge_terms(stays, others, *, by, **values):
    """Let ``stays`` take the place of ``others`` everywhere. ``values`` are what it says in :data:`FIELDS` then,
    where that is not what :func:`brought_together` gives.

    Returns the number of entries that carry another term now. Raises PermissionDenied, or ValidationError when a
    term is gone meanwhile or a value does not fit.
    """
    model = type(stays)
    for right in rights(model):
        revisions.need(by, right)
    present = model.objects.select_for_update().in_bulk([stays.pk, *(other.pk for other in others)])
    if len(present) != len(others) + 1 or not others:
        raise ValidationError(_("One of them is no longer there. Please choose again."))
    stays, others = present.pop(stays.pk), [present[other.pk] for other in others]
    for name, value in (brought_together(stays, others) | values).items():
        setattr(stays, name, value)
    with override("de"):
        names = ", ".join(f"„{other.name}“" for other in others)
        note = _("%(others)s merged into “%(term)s”.") % {"others": names, "term": stays.name}
    changed = hand_over(stays, others, by, note)
    for other in others:
        other._change_reason, other._history_user = note[:REASON_LENGTH], by
        other.delete()
    stays.full_clean()
    stays._change_reason, stays._history_user = note[:REASON_LENGTH], by
    stays.save()
    return changed


def hand_over(stays, others, by, note):
    """Give the entries, pending revisions and former slugs of ``others`` to ``stays``; counts the entries."""
    field = type(stays).ideas.rel.field
    ideas = revisions.locked_all(Idea.objects.filter(**{f"{field.name}__in": others}))
    for other in others:
        other.former.update(term=stays)
        stays.former.update_or_create(slug=other.slug, defaults={"merged_key": other.pk})
    through, own, target = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
    carried = [through(**{own: idea.pk, target: stays.pk}) for idea, _content in ideas]
    through.objects.bulk_create(carried, batch_size=BATCH, ignore_conflicts=True)
    gone = {other.pk for other in others}
    through.objects.filter(**{f"{target}__in": gone}).delete()
    changed = [
        (idea, content | {field.name: sorted({*content[field.name], stays.pk} - gone)}) for idea, content in ideas
    ]
    revisions.record_all(changed, Revision.Event.MERGED, by=by, note=note)
    replace_in_pending(field.name, gone)
    return len(changed)


def replace_in_pending(name, keys):
    """Let pending revisions name the present terms instead of those of ``keys``."""
    pending = Revision.objects.filter(pending=True)
    naming = [pk for pk, named in pending.values_list("pk", f"content__{name}") if keys & set(named or ())]
    for revision in Revision.objects.filter(pk__in=naming).iterator(BATCH):
        revision.content = with_present_terms(revision.content)
        revision.save(update_fields=["content"])
