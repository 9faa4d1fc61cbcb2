"""One visit to the form of an entry: what it shows, what was entered, and what becomes of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from workshops.admin.collisions import refusal, with_their_changes

from .. import revisions
from ..content import digest, snapshot
from ..models import Idea, Revision


@dataclass
class Sitting:
    """The entry under edit. ``basis`` is the content the form starts from: its pending revision, if it has one.

    ``entered`` is filled in when the form is right, with what else is said of it: the ``note``, and whether it is
    ``unfinished``. ``refusal`` is why it is not kept all the same. ``publishes`` says that saving makes it public.
    """

    idea: Idea
    pending: Revision | None
    live: dict
    refusal: str = ""
    entered: dict | None = None
    note: str = ""
    unfinished: bool = False
    publishes: bool = False

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
        return token(self.basis, self.is_unfinished)

    @property
    def is_unfinished(self):
        """Whether the form shows a revision that somebody still works on."""
        return bool(self.pending and self.pending.unfinished)

    def new_examples(self):
        """The examples that only the pending revision has, as first values of a form."""
        present = {each["id"] for each in self.live["examples"]}
        numbered = enumerate(self.basis["examples"], 1)
        return [each | {"position": position} for position, each in numbered if each["id"] not in present]

    def check(self, carried):
        """Refuse what was entered on the ground of content that is no longer there; ``carried`` is its token."""
        if carried == self.token:
            return
        last = self.pending or revisions.latest(self.idea)
        told = refusal(last and last.by_name, last.at if last else self.idea.updated_at)
        self.refusal = " ".join([told, _("Nothing is lost: the other version stays in the history.")])

    def with_their_changes(self, posted, form_class, carried):
        """``posted`` as :func:`workshops.admin.collisions.with_their_changes` has it. Examples stay as entered."""
        present = self.basis | {"unfinished": self.is_unfinished}
        for content, unfinished in self.idea.revisions.order_by("-at", "-pk").values_list("content", "unfinished"):
            if token(content, unfinished) == carried:
                opened = content | {"unfinished": unfinished}
                return with_their_changes(posted, form_class, opened, present)
        return posted


def token(content, unfinished):
    """A short mark of what a form starts from."""
    return digest([content, unfinished])
