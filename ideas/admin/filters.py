"""Filters of the list of entries: what is waiting, what is missing, what has been left alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.admin.filters import ConditionFilter

from .. import upkeep


class WaitingFilter(ConditionFilter):
    """Entries with a pending revision, or planned for later."""

    title = gettext_lazy("waiting")
    parameter_name = "offen"

    def conditions(self):
        return {
            "revision": (_("pending revision"), upkeep.pending()),
            "in-arbeit": (_("revision in progress"), upkeep.unfinished()),
            "geplant": (_("planned publication"), upkeep.planned()),
        }


class GapFilter(ConditionFilter):
    """Entries that lack something."""

    title = gettext_lazy("missing")
    parameter_name = "fehlt"
    any_of_them = "etwas"

    def conditions(self):
        found = {gap.name: (gap.label, gap.condition) for gap in upkeep.gaps()}
        return {"etwas": (_("anything"), upkeep.incomplete())} | found


class CareFilter(ConditionFilter):
    """Entries that should be looked at again."""

    title = gettext_lazy("to be looked at")
    parameter_name = "pflege"

    def conditions(self):
        return {
            "ohne-quelle": (_("without a source that can be reached"), upkeep.without_living_source()),
            "unberuehrt": (_("not changed for a year"), upkeep.untouched()),
        }
