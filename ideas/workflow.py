"""The way of an entry: draft, in review, published, archived. The only place that changes a status."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from workshops.dates import moment

from . import revisions
from .content import digest, same, snapshot, unfit
from .models import Idea, Revision

DRAFT, REVIEW, PUBLISHED, ARCHIVED = Idea.Status.values
Event = Revision.Event


@dataclass(frozen=True)
class Step:
    """One step: from which states, with which right, and what it asks for."""

    come_from: tuple
    permission: str
    event: str
    name: str
    needs_note: bool = False
    needs_everything: bool = False


STEPS = {
    REVIEW: Step(
        (DRAFT,), revisions.CHANGE, Event.SUBMITTED, gettext_lazy("Submit for review"), needs_everything=True
    ),
    PUBLISHED: Step(
        (REVIEW,), revisions.PUBLISH, Event.PUBLISHED, gettext_lazy("Publish"), needs_everything=True
    ),
    DRAFT: Step(
        (REVIEW, PUBLISHED, ARCHIVED), revisions.PUBLISH, Event.RETURNED, gettext_lazy("Set back to draft"),
        needs_note=True,
    ),
    ARCHIVED: Step(
        (DRAFT, REVIEW, PUBLISHED), revisions.PUBLISH, Event.ARCHIVED, gettext_lazy("Archive"), needs_note=True
    ),
}  # fmt: skip


def possible(idea, by):
    """The states ``by`` may bring the entry to now."""
    return [to for to, step in STEPS.items() if fits(idea, to) and by.has_perm(step.permission)]


def fits(idea, to):
    """Whether the way of the entry leads to ``to`` from where it is. What is planned may be planned anew."""
    return idea.status in STEPS[to].come_from or is_new_date(idea, to)


def is_new_date(idea, to):
    """Whether the step only gives a planned publication another date."""
    return to == PUBLISHED and idea.is_planned


def name_of(to, idea):
    """What the step is called for this entry."""
    return _("Change the date of publication") if is_new_date(idea, to) else STEPS[to].name


def obstacle(idea, to, by, *, has_pending=None):
    """Why the entry cannot go to ``to`` now, in a sentence; empty if it can.

    ``has_pending`` says whether a revision is pending, where that is known already.
    """
    step = STEPS[to]
    if not by.has_perm(step.permission):
        return _("You may not do that.")
    if not fits(idea, to):
        return _("Not possible from the status “{status}”.").format(status=idea.get_status_display())
    if step.needs_everything and (reason := unfit(snapshot(idea))):
        return reason
    if is_new_date(idea, to):
        return ""
    if revisions.pending(idea) if has_pending is None else has_pending:
        return _("A revision is pending. Publish or discard it first, so that nothing is lost.")
    return ""


def mark(idea):
    """A short mark of the entry as one decides on it: what it says, its status, and when it becomes public."""
    planned = idea.published_at.isoformat() if idea.is_planned else ""
    return digest([idea.status, planned, snapshot(idea)])


@transaction.atomic
def transition(idea, to, *, by, note="", told=None, at=None, successor=None, seen=None):  # noqa: PLR0913 (named)
    """Bring ``idea`` to the status ``to`` and log who did it and why. Returns the revision that says so.

    ``at`` is the moment from which a published entry is public, now by default. Readers of an old link to an
    archived entry are ``told`` the note unless something else is given; ``successor`` is where they are led to.
    ``seen`` is the :func:`mark` of the entry when it was decided. Raises PermissionDenied when ``by`` may not,
    ValidationError with a sentence when the entry is not ready or not what was seen, or a reason is missing.
    """
    step, given = STEPS[to], idea
    if not by.has_perm(step.permission):
        raise PermissionDenied
    idea = revisions.locked(idea)
    if reason := obstacle(idea, to, by):
        raise ValidationError(reason)
    revisions.need_seen(seen, mark(idea))
    if step.needs_note:
        revisions.need_note(note)
    if idea.is_planned:
        idea.published_at = idea.published_before  # was only planned
    idea.status = to
    idea.archive_note = (note if told is None else told) if to == ARCHIVED else ""
    idea.merged_into = successor if to == ARCHIVED else None
    if to == PUBLISHED:
        go_public(idea, at or timezone.now())
    idea.full_clean()
    idea.save(update_fields=["status", "archive_note", "merged_into", "published_at", "published_before",
                             "version", "version_date", "updated_at"])  # fmt: skip
    given.refresh_from_db()
    if not idea.is_planned:
        return revisions.record(idea, step.event, by=by, note=note)
    with override("de"):
        planned = _("Will be published on {at}.").format(at=moment(idea.published_at))
    return revisions.record(idea, Event.PLANNED, by=by, note=f"{planned} {note}".strip())


def go_public(idea, at):
    """Set the dates of a publication at ``at``. What was public before and says something new is a new version."""
    public_before, last = idea.was_public, last_public(idea)
    idea.published_before = idea.published_at if at > timezone.now() else None
    counted = last is not None and idea.version > last.version  # by a plan that was not carried out
    is_new = counted or not public_before or says_something_new(idea, last)
    if is_new and public_before and not counted:
        idea.version += 1
    if is_new:
        idea.version_date = timezone.localdate(at)
    if not public_before or at > timezone.now():
        idea.published_at = at


def last_public(idea):
    """The last revision that says what the public read, or None. Of a plan called off nobody read anything.

    ``idea.published_at`` is the moment of the last plan that was carried out, if there was one.
    """
    last, was_read = None, True
    for revision in idea.revisions.exclude(event__in=Revision.ASIDE).defer("content").order_by("pk"):
        if revision.event == Event.PUBLISHED:
            was_read = True
        elif revision.event == Event.PLANNED:
            was_read = idea.published_at is not None and idea.published_at > revision.at
        if was_read and revision.status == PUBLISHED:
            last = revision
    return last


def says_something_new(idea, last):
    """Whether the entry says anything else than in the revision that was ``last`` public."""
    return last is None or not same(last.content, revisions.latest(idea).content)
