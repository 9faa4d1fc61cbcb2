"""Deleting terms of a vocabulary for good: the entries carry them no longer, and their history tells of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import revisions
from .models import Idea, Revision, Topic


@transaction.atomic
def delete_terms(terms, *, by):
    """Delete ``terms``, all of one kind. As with a merger, the entries get no new version.

    Returns how many entries carried one. Raises ValidationError when a published entry would be left without any
    topic.
    """
    terms = list(terms)
    if not terms:
        return 0
    model, gone = type(terms[0]), {term.pk for term in terms}
    list(model.objects.select_for_update().filter(pk__in=gone).order_by("pk"))  # no entry is given one meanwhile
    name = model.ideas.rel.field.name
    carrying = revisions.locked_all(Idea.objects.filter(**{f"{name}__in": gone}))
    left = [(idea, content | {name: sorted(set(content[name]) - gone)}) for idea, content in carrying]
    if model is Topic:
        need_topics(left)
    for term in terms:
        term._history_user = by
        term.delete()
    with override("de"):
        names = ", ".join(f"„{term.name}“" for term in terms)
        note = _("%(terms)s deleted from the vocabulary.") % {"terms": names}
    revisions.record_all(left, Revision.Event.EDITED, by=by, note=note)
    return len(left)


def need_topics(contents):
    """Refuse to leave published entries, given with what they would say, without a topic."""
    bare = [idea for idea, content in contents if idea.status == Idea.Status.PUBLISHED and not content["topics"]]
    if bare:
        raise ValidationError(
            _("Published entries would have no topic any more: %(entries)s. Merge the topic with another instead.")
            % {"entries": ", ".join(str(idea) for idea in bare)}
        )
