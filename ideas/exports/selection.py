"""What an export holds and how it came about: the same record for every format."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from workshops.german import german_slug

from .. import shortlist
from ..filters import WITHOUT
from ..vocabularies import Cost, Effort, Maturity

LONGEST_NAME, LONGEST_TITLE = 50, 120
# Values whose names say nothing without their label, such as «Kosten gering»
SAY_LITTLE = {WITHOUT, *Effort.values, *Cost.values, *Maturity.values}


@dataclass(frozen=True)
class Selection:
    """The entries of an export in words.

    ``filter`` holds what was searched and filtered for as (label, values), ``query`` the same as query string and
    ``address`` the full address of the page with these entries. ``version_date`` is the date of the latest version
    among them (None without entries). ``notes`` are the visitor's own words by number of the entry; none is kept.
    """

    title: str
    name: str
    query: str
    address: str
    count: int
    version_date: datetime.date | None
    filter: list[tuple[str, list[str]]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    generated: datetime.datetime = field(default_factory=timezone.now)

    @property
    def licence(self):
        """What is documented about the licence: nothing for the texts, CC BY 4.0 for the data of GeoNames."""
        with override("de"):
            return _(
                "No licence is stated for the texts. The size classes of towns follow from numbers of inhabitants "
                "by GeoNames (CC BY 4.0), unless another source is named."
            )

    def file_name(self, extension):
        """The name of the file, such as ``wissenskompendium-leerstand-2026-11-25.docx``."""
        date = timezone.localdate(self.generated).isoformat()
        parts = ["wissenskompendium", german_slug(self.name)[:LONGEST_NAME].strip("-"), date]
        return f"{'-'.join(part for part in parts if part)}.{extension}"


def of_list(filterset, address):
    """The selection of the list of ideas. ``address`` makes a full address of a path, as in all of these."""
    with override("de"):
        conditions, short = in_words(filterset)
        known = filterset.qs.aggregate(count=Count("pk"), version_date=Max("version_date"))
        query = filterset.query(ansicht="")
        path = reverse("ideas:list") + (f"?{query}" if query else "")
        title = _("Ideas: %(values)s") % {"values": ", ".join(short)} if short else _("All ideas")
        title = Truncator(title).chars(LONGEST_TITLE)
        return Selection(title, " ".join(short), query, address(path), filter=conditions, **known)


def of_shortlist(ideas, address, notes=None):
    """The selection of a visitor's shortlist, in its order."""
    with override("de"):
        numbers = [idea.number for idea in ideas]
        page = address(shortlist.address("ideas:shortlist", numbers))
        latest = max(idea.version_date for idea in ideas)
        name = _("Shortlist")
        return Selection(name, name, shortlist.query_of(numbers), page, len(ideas), latest, notes=notes or {})


def of_idea(idea, address):
    """A single entry."""
    with override("de"):
        name = _("Idea %(number)s") % {"number": f"{idea.number:03}"} + f" {idea.title}"
        return Selection(idea.title, name, "", address(idea.get_absolute_url()), 1, idea.version_date)


def in_words(filterset):
    """What is searched and filtered for, as (label, values), and the same in short for a title."""
    conditions, short = [], []
    for name, value in filterset.chosen.items():
        if name == "q":
            conditions.append((_("Search words"), [f"„{value}“"]))
            short.append(f"„{value}“")
        elif isinstance(value, list):
            field = filterset.form.fields[name]
            names = dict(field.choices)
            label, values = str(field.label), [str(names[each]) for each in value]
            conditions.append((label, values))
            either = _(" or ").join(values)
            short.append(f"{label} {either}" if SAY_LITTLE.intersection(value) else either)
    return conditions, short
