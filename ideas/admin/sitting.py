"""One visit to the form of an entry: what it shows, what was entered, and what becomes of it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .. import revisions
from ..content import digest, snapshot
from ..models import Idea, Revision


@dataclass
class Sitting:
    """The entry under edit. ``basis`` is the content the form starts from: its pending revision, if it has one.

    ``entered`` is filled in when the form is right. ``refusal`` is why it is not kept all the same.
    """

    idea: Idea
    pending: Revision | None
    live: dict
    refusal: str = ""
    entered: dict | None = None
    note: str = ""

    @classmethod
    def begin(cls, idea):
        """Open the form of ``idea``."""
        return cls(idea, revisions.pending(idea), snapshot(idea))

    @property
    def basis(self):
        return self.pending.content if self.pending else self.live

    @property
    def token(self):
        """What the form carries to tell whether someone else has saved in between."""
        return digest(self.basis)

    def new_examples(self):
        """The examples that only the pending revision has, as first values of a form."""
        present = {each["id"] for each in self.live["examples"]}
        numbered = enumerate(self.basis["examples"], 1)
        return [each | {"position": position} for position, each in numbered if each["id"] not in present]

    def check(self, token):
        """Refuse what was entered on the ground of content that is no longer there."""
        if token == self.token:
            return
        last = self.pending or revisions.latest(self.idea)
        who = (last and last.by_name) or _("someone")
        at = date_format(localtime(last.at if last else self.idea.updated_at), "SHORT_DATETIME_FORMAT")
        self.refusal = _(
            "Not saved: {who} has changed this entry in the meantime ({at}). What you entered is still in the "
            "form; fields you left alone show the new text. Compare both versions and bring in what is missing; "
            "then save once more. Nothing is lost: the other version stays in the history."
        ).format(who=who, at=at)

    def with_their_changes(self, posted, token):
        """``posted`` (a QueryDict) with the fields left as they were when the form was opened as they are now.

        Otherwise a second «save» would undo what somebody else has changed. Examples stay as entered.
        """
        contents = [revision.content for revision in self.idea.revisions.order_by("-at", "-pk")]
        opened = next((content for content in contents if digest(content) == token), None)
        if not opened:
            return posted
        posted = posted.copy()
        for name in self.basis.keys() - {"examples"}:
            entered = sorted(text.replace("\r\n", "\n") for text in posted.getlist(name) or [""])
            if entered == sorted(as_posted(opened[name])):
                posted.setlist(name, as_posted(self.basis[name]))
        return posted


def as_posted(value):
    """A value of a snapshot as a browser sends it."""
    if isinstance(value, list):
        return [str(each) for each in value] or [""]
    return ["" if value is None else str(value)]
