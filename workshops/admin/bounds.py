"""How many entries the desk brings up to date while somebody waits, and what is done beyond that.

A record has a ``SEARCHED_NAME`` if entries are found by its name: that is the field which holds it.
"""

import shlex

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Workshop

MOST_ENTRIES = 3000  # at 10,000 entries that takes 10 s; more would outlast the patience of servers and people


def need_few(number, by, *command):
    """Refuse what concerns more entries than that, with the command that does it; ``by`` is who asks."""
    if number > MOST_ENTRIES:
        words = _(
            "This concerns %(number)s entries; the desk changes at most %(most)s at once. Ask whoever runs the "
            "server to call: manage.py %(command)s"
        )
        called = shlex.join([*command, "--by", by.get_username()])
        raise ValidationError(words, params={"number": number, "most": MOST_ENTRIES, "command": called})


def need_few_to_rename(record, name, by):
    """Refuse to give ``record`` the new ``name`` if too many entries are found by it."""
    kind = record._meta.model_name
    need_few(record.ideas.count(), by, "rename_term", kind, record.slug, name)


def not_compared(number):
    """What is still to be done when a word of ``number`` entries has changed, as a sentence; or nothing."""
    ideas = Workshop.ideas.rel.related_model.objects  # ideas import workshops, never the other way
    if number <= ideas.most_compared():
        return ""
    return _(
        "This concerns %(number)s entries. The search knows the change at once; their “related ideas” are still "
        "those of before until whoever runs the server brings them up to date: manage.py rebuild_search"
    ) % {"number": number}


def tell_what_follows(request, number):
    """Say what is not up to date yet after a word of ``number`` entries has changed."""
    if words := not_compared(number):
        messages.warning(request, words)


class RenamedWithinBounds:
    """Part of the form of a record by whose name entries are found. ``by`` is who fills it in."""

    by = None

    def clean(self):
        cleaned = super().clean()
        name = self._meta.model.SEARCHED_NAME
        if name and self.instance.pk and name in self.changed_data and name in cleaned:
            need_few_to_rename(self.instance, cleaned[name], self.by)
        return cleaned
