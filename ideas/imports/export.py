"""Entries as rows of the tables that are imported: the working copy of each, as the desk shows it."""

from django.db.models import Prefetch
from django.utils.translation import override

from workshops.tables.kinds import Names

from ..content import digest, snapshot
from ..models import Revision
from .columns import EXAMPLE, EXAMPLES, IDEA, IDEAS


def with_working_copy(ideas):
    """``ideas`` with all that :func:`working_copy` reads, in a fixed number of queries."""
    pending = Revision.objects.filter(pending=True)
    return ideas.with_content().prefetch_related(Prefetch("revisions", queryset=pending, to_attr="pending_now"))


def working_copy(idea):
    """The content that editors go on with: the pending revision, if there is one, else the entry itself."""
    return idea.pending_now[0].content if idea.pending_now else snapshot(idea)


def mark(content):
    """A short mark that tells whether an entry has changed since."""
    return digest(content)[:12]


def rows(ideas):
    """The cells of ``ideas`` by sheet, examples in their order."""
    names, tables = Names(), {IDEAS: [], EXAMPLES: []}
    with override("de"):
        for idea in with_working_copy(ideas.order_by("number")):
            content = working_copy(idea)
            tables[IDEAS].append([idea.number, *cells(IDEA, content, names), mark(content)])
            for example in content["examples"]:
                tables[EXAMPLES].append([idea.number, content["title"], *cells(EXAMPLE, example, names)])
    return tables


def cells(columns, values, names):
    """The cells of an entry or an example."""
    return [column.kind.cell(values[name], names) for name, column in columns.items()]
