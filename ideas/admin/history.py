"""The history of an entry: all its versions and revisions, compared word by word, and the way back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from workshops.admin.history import Row, found, history_page, restore_page

from .. import revisions
from ..content import digest, snapshot, with_present_terms
from ..diff import compare
from ..models import Idea, Revision


def history(model_admin, request, object_id):
    """The revisions of an entry, and the differences between any two of them."""
    idea = found(model_admin, request, object_id)
    kept = list(idea.revisions.defer("content"))
    current = next((each.pk for each in kept if each.event not in Revision.ASIDE), None)
    may_restore = model_admin.has_publish_permission(request) and idea.status != Idea.Status.ARCHIVED
    rows = [row(each, current, idea.is_public, may_restore) for each in kept]

    def differences(one, other):
        contents = dict(idea.revisions.filter(pk__in=(one, other)).values_list("pk", "content"))
        return compare(contents[one], contents[other])

    return history_page(model_admin, request, idea, rows, differences)


def row(revision, current, is_public, may_restore):
    """A revision as a line of the history."""
    mark = _("now at the desk") if revision.pending else _("as it is") if revision.pk == current else ""
    if revision.pk == current and is_public:
        mark = _("published version")
    what = str(revision.get_event_display())
    return Row(
        pk=revision.pk,
        at=revision.at,
        by=revision.by_name,
        note=revision.note,
        what=_("{event}, still in progress").format(event=what) if revision.unfinished else what,
        version=str(revision.version),
        mark=mark,
        aside=revision.event in Revision.ASIDE,
        restorable=may_restore and revision.pk != current and not revision.pending,
    )


def restore(model_admin, request, pk, key):
    """Go back to an earlier revision, after a look at what that changes."""
    idea = found(model_admin, request, str(pk))
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    revision = idea.revisions.filter(pk=key).first()
    if revision is None:
        raise Http404

    def bring_back(note, seen):
        revisions.revert(idea, revision, by=request.user, note=note, seen=seen)

    present = snapshot(idea)
    groups = compare(present, with_present_terms(revision.content))
    shown = {"at": revision.at, "groups": groups, "seen": digest(present)}
    return restore_page(model_admin, request, idea, shown, bring_back)
