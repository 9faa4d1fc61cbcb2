"""Merging two entries: one stays and takes over what is chosen, the other is archived and leads to it.

Undone by hand, with nothing lost: the version before the merger is restored in the history of both.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import revisions, workflow
from ..content import EDITORIAL, apply, digest, fields, same, snapshot
from ..diff import label
from ..models import Idea, PracticeExample, Revision
from ..vocabularies import Origin

STAYS, GOES, BOTH = "stays", "goes", "both"
SEVERAL = [field.name for field in Idea._meta.many_to_many]
# An entry keeps its address, and its origin goes with the name it is documented under.
SINGLE = [field.name for field in fields(Idea, EDITORIAL | {"slug", "origin"})]


def obstacle(stays, goes, by):
    """Why the two cannot be merged now, in a sentence; empty if they can."""
    if stays.pk == goes.pk:
        return _("These are not two entries.")
    if stays.status == Idea.Status.ARCHIVED:
        return _("An archived entry cannot take anything over. Set it back to draft first.")
    if goes.was_public and not stays.is_public:
        return _("What is or was public must lead to something public. Let the other one stay, or publish first.")
    if revisions.pending(stays):
        return _("A revision is pending. Publish or discard it first, so that nothing is lost.")
    return workflow.obstacle(goes, Idea.Status.ARCHIVED, by)


def open_questions(stays, goes):
    """The fields in which the entry that goes says something else, each with what is taken by default."""
    empty = (None, "")
    differing = [name for name in SINGLE if goes[name] not in empty and goes[name] != stays[name]]
    questions = {name: GOES if stays[name] in empty else STAYS for name in differing}
    return questions | {name: BOTH for name in SEVERAL if not set(goes[name]) <= set(stays[name])}


def paired(stays, goes):
    """The examples that only the entry that goes has, and pairs with the same place and project."""
    known = {label(each): each for each in stays["examples"]}
    coming = [each for each in goes["examples"] if label(each) not in known]
    pairs = [(known[label(each)], each) for each in goes["examples"] if label(each) in known]
    return coming, pairs


def merged(stays, goes, answers):
    """The content of the entry that stays. ``answers`` say by field, or by key of an example, what to take."""
    content, questions = dict(stays), open_questions(stays, goes)
    for name in questions:
        answer = answers.get(name, questions[name])
        if answer == GOES:
            content[name] = goes[name]
        elif answer == BOTH:
            content[name] = sorted({*stays[name], *goes[name]})
    content["origin"] = Origin.WORKSHOP.value if content["documented_as"] else Origin.EDITORIAL.value
    coming, pairs = paired(stays, goes)
    taken = {own["id"]: other | {"id": own["id"]} for own, other in pairs if answers.get(str(own["id"])) == GOES}
    content["examples"] = [taken.get(each["id"], each) for each in stays["examples"]] + coming
    return content


@transaction.atomic
def merge_ideas(stays, goes, answers, *, by, note="", seen=None):  # noqa: PLR0913 (named)
    """Let ``stays`` say what :func:`merged` makes of ``answers``, and let ``goes`` lead to it from now on.

    What is public becomes a new version, if it says anything new. Examples move with their keys; those both have
    stay where they are. The note is for the history only: readers are told the same sentence of every merger.
    ``seen`` is the digest of both on which it was decided. Raises PermissionDenied, or ValidationError with the
    sentence of :func:`obstacle`, or when something is missing or was changed meanwhile.
    """
    revisions.need(by, revisions.CHANGE)
    revisions.need(by, revisions.PUBLISH)
    list(Idea.objects.select_for_update(no_key=True).filter(pk__in=(stays.pk, goes.pk)).order_by("pk"))
    stays, goes = revisions.locked(stays), revisions.locked(goes)
    if reason := obstacle(stays, goes, by):
        raise ValidationError(reason)
    both = [snapshot(stays), snapshot(goes)]
    revisions.need_seen(seen, digest(both))
    content = merged(*both, answers)
    give_away(goes, stays, content)
    apply(stays, content)
    if stays.status == Idea.Status.PUBLISHED:
        revisions.need_complete(stays)
    if stays.is_public and not same(content, both[0]):
        revisions.new_version(stays)
        stays.save(update_fields=["version", "version_date", "updated_at"])
    with override("de"):
        taken_in = _("Entry %(entry)s merged into it. %(note)s") % {"entry": goes, "note": note}
        given_away = _("Merged into entry %(entry)s. %(note)s") % {"entry": stays, "note": note}
        told = _("What this entry said has been merged into another entry.")
    revisions.record(goes, Revision.Event.MERGED, by=by, note=given_away.strip())
    archived = {"note": given_away.strip(), "told": told, "successor": stays}
    workflow.transition(goes, Idea.Status.ARCHIVED, by=by, **archived)
    return revisions.record(stays, Revision.Event.MERGED, by=by, note=taken_in.strip())


def give_away(goes, stays, content):
    """Take from the entry that goes what only one can have: examples, and the name it is documented under."""
    taken = [each["id"] for each in content["examples"]]
    PracticeExample.objects.filter(idea=goes, pk__in=taken).update(idea=stays)
    if goes.documented_as_id and content["documented_as"] == goes.documented_as_id:
        goes.documented_as, goes.origin = None, Origin.EDITORIAL
        goes.save(update_fields=["documented_as", "origin", "updated_at"])
