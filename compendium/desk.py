"""The first page of the editors' desk: what is to be done, each number with the way to the records it counts."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ideas import duplicates, upkeep
from ideas.models import Idea, SearchCount
from workshops.models import Source

from .models import OperatorData

OLDEST = MOST_SOUGHT = 5


@dataclass(frozen=True)
class Line:
    """A part of a task: words, what stands beside them (a number or a date), and where they lead."""

    label: str
    beside: str
    url: str


@dataclass(frozen=True)
class Task:
    """Something to be done: how many records it is, where they are listed, and what it consists of."""

    label: str
    count: int
    url: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Tasks of one kind."""

    title: str
    tasks: list[Task]


def groups(user):
    """What ``user`` may see of the work to be done, in a fixed number of queries."""
    counts = counted() if may_see(user, Idea) else None
    neglected = ([dead_links()] if may_see(user, Source) else []) + (care(counts) if counts else [])
    found = [
        Group(_("In progress"), in_progress(counts) if counts else []),
        Group(_("In need of care"), neglected),
        Group(_("What visitors look for"), [not_found()] if may_see(user, SearchCount) else []),
        Group(_("The site"), [operator_data()] if may_see(user, OperatorData) else []),
    ]
    return [group for group in found if group.tasks]


def may_see(user, model):
    """Whether ``user`` may open the list of ``model``."""
    opts = model._meta
    return any(user.has_perm(f"{opts.app_label}.{action}_{opts.model_name}") for action in ("view", "change"))


def listed(model, **query):
    """The address of the list of ``model`` at the desk, narrowed by ``query``."""
    opts = model._meta
    return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{urlencode(query)}"


def counted():
    """All numbers about entries, in one query."""
    conditions = {
        "pending": upkeep.pending(),
        "unfinished": upkeep.unfinished(),
        "planned": upkeep.planned(),
        "incomplete": upkeep.incomplete(),
        "without_source": upkeep.without_living_source(),
        "untouched": upkeep.untouched(),
    }
    conditions |= {f"gap_{gap.name}": gap.condition for gap in upkeep.gaps()}
    numbers = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    for status in (Idea.Status.DRAFT, Idea.Status.REVIEW):
        numbers[status.value] = Count("pk", filter=Q(status=status))
    return Idea.objects.aggregate(**numbers)


def in_progress(counts):
    """What is on its way to the public."""
    return [
        Task(_("Waiting for review"), counts["review"], listed(Idea, status__exact="review")),
        Task(_("Pending revisions"), counts["pending"], listed(Idea, offen="revision")),
        Task(_("Revisions in progress"), counts["unfinished"], listed(Idea, offen="in-arbeit")),
        Task(_("Planned publications"), counts["planned"], listed(Idea, offen="geplant")),
        Task(_("Drafts"), counts["draft"], listed(Idea, status__exact="draft")),
    ]


def care(counts):
    """What is public or on its way there, and lacks something."""
    lacking = [
        Line(gap.label, str(counts[f"gap_{gap.name}"]), listed(Idea, fehlt=gap.name))
        for gap in upkeep.gaps()
        if counts[f"gap_{gap.name}"]
    ]
    return [
        Task(
            _("Entries without a source that can be reached"),
            counts["without_source"],
            listed(Idea, pflege="ohne-quelle"),
        ),
        Task(_("Possible duplicates"), duplicates.pairs().count(), reverse("admin:ideas_idea_duplicates")),
        Task(_("Incomplete entries"), counts["incomplete"], listed(Idea, fehlt="etwas"), lacking),
        Task(
            _("Entries not changed for a year"), counts["untouched"], listed(Idea, pflege="unberuehrt"), oldest()
        ),
    ]


def oldest():
    """The entries left alone longest, a year at least, with the day of their last change."""
    ideas = Idea.objects.filter(upkeep.untouched()).order_by("updated_at", "number")[:OLDEST]
    return [
        Line(
            str(idea),
            date_format(localtime(idea.updated_at), "SHORT_DATE_FORMAT"),
            reverse("admin:ideas_idea_change", args=[idea.pk]),
        )
        for idea in ideas.only("number", "title", "updated_at")
    ]


def dead_links():
    """The sources that pages mark as no longer reachable."""
    url = listed(Source, link_status__exact="dead", ignored="no")
    return Task(_("Links that lead nowhere"), Source.objects.unreachable().count(), url)


def not_found():
    """What visitors searched for in vain, the most frequent terms by name."""
    terms, url = SearchCount.objects.not_found(), listed(SearchCount, gefunden="nein")
    lines = [Line(row.term, str(row.times), listed(SearchCount, q=row.term)) for row in terms[:MOST_SOUGHT]]
    return Task(_("Searched, not found"), terms.count(), url, lines)


def operator_data():
    """What only the operator can say and has not said yet."""
    data = OperatorData.current()
    missing = data.missing()
    return Task(
        _("Missing operator data"),
        len(missing),
        data.desk_address(),
        [Line(str(name), "", "") for name in missing],
    )
