"""What happens to the content of an entry: edited, proposed as pending revision, published, discarded, restored.

A published entry has one working copy at most, its pending revision, and everyone edits that: so no change is ever
published over another one unseen. Every change of an entry or its status passes through :func:`record`.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models.signatures import name_of

from .content import apply, digest, same, snapshot, unfit, with_present_terms, write_all
from .models import Idea, Revision

CHANGE, PUBLISH = "ideas.change_idea", "ideas.publish_idea"
Event = Revision.Event
NOT_WHILE_UNFINISHED = gettext_lazy(
    "This is marked as still in progress. Take the mark away to publish it, or save it as a revision."
)
BATCH = 200  # entries read or written at a time, where there are many


def pending(idea):
    """The pending revision of ``idea``, or None."""
    return idea.revisions.filter(pending=True).first()


def latest(idea):
    """The last revision that says what the entry itself said, or None."""
    return idea.revisions.exclude(event__in=Revision.ASIDE).first()


def locked(idea):
    """The entry as it is now, locked until the transaction ends. What was changed past the desk is kept first."""
    idea = Idea.objects.select_for_update(no_key=True).get(pk=idea.pk)
    last, content = latest(idea), snapshot(idea)
    if last is None or not same(last.content, content):
        record(idea, Event.FOUND, content=content)
    return idea


def locked_all(ideas):
    """As :func:`locked`, for all entries of a queryset in a few queries: a list of entries with their content."""
    keys = list(ideas.order_by().values_list("pk", flat=True).distinct())
    last = Revision.objects.filter(idea=OuterRef("pk")).exclude(event__in=Revision.ASIDE).values("content")[:1]
    locked_rows = Idea.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    found = [
        (idea, snapshot(idea)) for idea in locked_rows.annotate(last=Subquery(last)).with_content().iterator(BATCH)
    ]
    changed = [(idea, content) for idea, content in found if not (idea.last and same(idea.last, content))]
    Revision.objects.bulk_create([revision(idea, Event.FOUND, content) for idea, content in changed], BATCH)
    return found


def record(idea, event, *, by=None, note="", content=None):
    """Keep what happened, with the whole entry, and let the search know.

    The one place that learns of every change. A revision set aside touches no index.
    """
    if event not in Revision.ASIDE:
        Idea.objects.filter(pk=idea.pk).index()
    return keep(idea, event, by, note, content)


def record_all(contents, event, *, by=None, note=""):
    """Keep that several entries carry other terms now, and let the search know at once.

    ``contents`` are entries with what they say now.
    """
    Idea.objects.filter(pk__in=[idea.pk for idea, _content in contents]).index_many()
    Revision.objects.bulk_create([revision(idea, event, content, by, note) for idea, content in contents], BATCH)


def keep(idea, event, by, note, content=None):
    """Write the revision of :func:`record`."""
    kept = revision(idea, event, snapshot(fresh(idea)) if content is None else content, by, note)
    kept.save()
    return kept


def revision(idea, event, content, by=None, note=""):
    """The record of what happened, not saved yet."""
    return Revision(
        idea=idea,
        event=event,
        by=by,
        by_name=name_of(by),
        note=note,
        status=idea.status,
        version=idea.version,
        content=content,
        pending=event == Event.PROPOSED,
    )


def record_loaded(ideas):
    """Keep the entries as the loader has written them, many at once."""
    rows = [revision(idea, Event.LOADED, snapshot(idea)) for idea in ideas.with_content()]
    Revision.objects.bulk_create(rows, BATCH)


def fresh(idea):
    """The entry as it is in the database, without anything remembered."""
    return Idea.objects.get(pk=idea.pk)


@transaction.atomic
def create(idea, content, *, by, note=""):
    """Fill a new draft with its first content."""
    need(by, "ideas.add_idea")
    apply(idea, content)
    return record(idea, Event.CREATED, by=by, note=note)


@transaction.atomic
def change(idea, content, *, by, note="", aside=False, unfinished=False):  # noqa: PLR0913 (named)
    """Bring in what an editor has entered. Returns the revision that came of it; None if nothing was changed.

    A draft is changed at once. What is published becomes a new version if ``by`` may publish, else – or when it is
    to stay ``aside`` – its pending revision, perhaps an ``unfinished`` one.
    """
    need(by, CHANGE)
    idea = locked(idea)
    if idea.status == Idea.Status.ARCHIVED:
        raise ValidationError(_("An archived entry is not edited. Set it back to draft first."))
    if idea.status == Idea.Status.PUBLISHED:
        if aside or not by.has_perm(PUBLISH):
            return propose(idea, content, by=by, note=note, unfinished=unfinished)
        if unfinished:
            raise ValidationError(NOT_WHILE_UNFINISHED)
        return release(idea, content, published_as(idea), by=by, note=note)
    if same(content, snapshot(idea)):
        return None
    apply(idea, with_following_slug(idea, content))
    return record(idea, Event.EDITED, by=by, note=note)


@transaction.atomic
def bring_in(created, changed, *, by, note=""):
    """Bring in what a table says of many entries, which has been checked already: pairs of entry and content.

    What is ``created`` becomes a draft. Of what is ``changed`` nothing becomes public: a published entry gets a
    pending revision, any other is changed at once.
    """
    if created:
        need(by, "ideas.add_idea")
    if changed:
        need(by, CHANGE)
    locked_all(Idea.objects.filter(pk__in=[idea.pk for idea, _content in changed]))
    public = [(idea, content) for idea, content in changed if idea.status == Idea.Status.PUBLISHED]
    own = [(idea, content) for idea, content in changed if idea.status != Idea.Status.PUBLISHED]
    before = Revision.objects.filter(idea__in=[idea.pk for idea, _content in public], pending=True)
    unfinished = set(before.filter(unfinished=True).values_list("idea", flat=True))
    before.update(pending=False)
    rows = [revision(idea, Event.PROPOSED, content, by, note) for idea, content in public]
    for row in rows:
        row.unfinished = row.idea_id in unfinished  # a table does not finish what somebody works on
    for contents, event in ((created, Event.CREATED), (own, Event.EDITED)):
        write_all(contents)
        written = Idea.objects.filter(pk__in=[idea.pk for idea, _content in contents]).with_content()
        rows += [revision(idea, event, snapshot(idea), by, note) for idea in written]
    Revision.objects.bulk_create(rows, BATCH)
    Idea.objects.filter(pk__in=[idea.pk for idea, _content in [*created, *own]]).index_many()


def with_following_slug(idea, content, is_taken=None):
    """``content`` with the slug of its title, where that follows and nobody has chosen another.

    ``is_taken`` is as for :meth:`.Idea.free_slug`.
    """
    if content["title"] != idea.title and content["slug"] == idea.slug and idea.slug_follows:
        return content | {"slug": idea.free_slug(content["title"], is_taken)}
    return content


def propose(idea, content, *, by, note, unfinished=False):
    """Keep ``content`` as the pending revision."""
    before = pending(idea)
    if same(content, before.content if before else snapshot(idea)) and (
        not before or before.unfinished == unfinished
    ):
        return None
    idea.revisions.filter(pending=True).update(pending=False)
    proposed = revision(idea, Event.PROPOSED, content, by, note)
    proposed.unfinished = unfinished
    proposed.save()
    return proposed


@transaction.atomic
def submit(idea, *, by, note="", seen=None):
    """Give the unfinished revision to review. ``seen`` is as for :func:`publish`."""
    need(by, CHANGE)
    idea = locked(idea)
    revision = waiting(idea)
    if not revision.unfinished:
        raise ValidationError(_("This revision has been submitted for review already."))
    need_seen(seen, mark(idea, revision))
    return propose(idea, revision.content, by=by, note=note)


def mark(idea, revision):
    """A short mark of a pending revision beside what the entry says, as one decides on it."""
    return digest([snapshot(idea), revision.content, revision.unfinished])


def release(idea, content, event, *, by, note):
    """Let a published entry say ``content`` from now on, as a new version; the pending revision is done with.

    Nothing becomes public that lacks what a first publication needs.
    """
    content = with_following_slug(idea, content)  # it may be planned only
    open_revisions = idea.revisions.filter(pending=True)
    if same(content, snapshot(idea)):
        if open_revisions.update(pending=False):
            return record(idea, Event.DISCARDED, by=by, note=note)
        return None
    open_revisions.update(pending=False)
    apply(idea, content)
    need_complete(idea)
    if idea.is_public:
        new_version(idea)
        idea.save(update_fields=["version", "version_date", "updated_at"])
    return record(idea, event, by=by, note=note)


def published_as(idea):
    """What a change is of an entry that is published: a new version, unless the first is still to come."""
    return Event.REVISED if idea.is_public else Event.EDITED


def new_version(idea):
    """Count one version up, from today. The caller saves."""
    idea.version += 1
    idea.version_date = timezone.localdate()


@transaction.atomic
def publish(idea, *, by, note="", seen=None):
    """Publish the pending revision as a new version. ``seen`` marks it beside what is public, as looked at."""
    need(by, PUBLISH)
    idea = locked(idea)
    revision = waiting(idea)
    need_seen(seen, mark(idea, revision))
    return release(idea, revision.content, published_as(idea), by=by, note=note)


@transaction.atomic
def discard(idea, *, by, note="", seen=None):
    """Put the pending revision away; it stays in the history. ``seen`` is as for :func:`publish`."""
    need(by, CHANGE)
    need_note(note)
    idea = locked(idea)
    revision = waiting(idea)
    if not may_discard(revision, by):
        raise PermissionDenied
    need_seen(seen, mark(idea, revision))
    idea.revisions.filter(pending=True).update(pending=False)
    return record(idea, Event.DISCARDED, by=by, note=note, content=revision.content)


def may_discard(revision, by):
    """Whether ``by`` may put a pending revision away: who publishes may, and who has written it alone."""
    if by.has_perm(PUBLISH):
        return True
    return by.has_perm(CHANGE) and authors(revision) == {by.pk}


def authors(revision):
    """The keys of those who have written a pending revision; who only submitted it, or took that back, has not."""
    before = revision.idea.revisions.exclude(event__in=Revision.BESIDE).first()
    proposed = revision.idea.revisions.filter(event=Event.PROPOSED, pk__gt=before.pk if before else 0)
    found, last = set(), None
    for by, content in proposed.order_by("pk").values_list("by", "content"):
        if content != last:
            found.add(by)
        last = content
    return found


@transaction.atomic
def revert(idea, revision, *, by, note="", seen=None):
    """Let the entry say what it said in ``revision`` again; of a published entry that makes a new version.

    ``seen`` marks what it said when that was decided.
    """
    need(by, PUBLISH)
    idea = locked(idea)
    need_seen(seen, digest(snapshot(idea)))
    if idea.status == Idea.Status.ARCHIVED:
        raise ValidationError(_("An archived entry is not edited. Set it back to draft first."))
    none_waiting(idea)
    content = with_present_terms(revision.content)
    if idea.status == Idea.Status.PUBLISHED:
        return release(idea, content, Event.REVERTED, by=by, note=note)
    if same(content, snapshot(idea)):
        return None
    apply(idea, content)
    return record(idea, Event.REVERTED, by=by, note=note)


def need(by, permission):
    """Refuse what ``by`` may not do."""
    if not by.has_perm(permission):
        raise PermissionDenied


def need_complete(idea):
    """Refuse to make public what is not complete. Asked of what was written: a topic named may be gone by now."""
    if reason := unfit(snapshot(fresh(idea))):
        raise ValidationError(reason)


def need_seen(seen, mark):
    """Refuse what was decided when the mark was another one (``seen``) than it is now; None asks nothing."""
    if seen is not None and seen != mark:
        raise ValidationError(_("The entry has been changed in the meantime. Please look at it once more."))


def need_note(note):
    """Refuse to go on without a reason."""
    if not note.strip():
        raise ValidationError(_("Please say why, in a sentence."))


def waiting(idea):
    """The pending revision, which must exist."""
    if revision := pending(idea):
        return revision
    raise ValidationError(_("There is no pending revision any more. Someone has published or discarded it."))


def none_waiting(idea):
    """Refuse to go on while a revision is pending."""
    if pending(idea):
        raise ValidationError(_("A revision is pending. Publish or discard it first, so that nothing is lost."))
