"""Ideas and their practice examples as tables: import by the desk, export in the same columns.

Everything passes through :mod:`ideas.revisions`, as if an editor had filled in the forms: what is public changes
only through a pending revision, new entries are drafts.
"""

from workshops.tables import Importer, Sheet

from .columns import EXAMPLE, EXAMPLES, IDEA, IDEAS, MARK, NUMBER, NUMBER_IN_EXAMPLES, TITLE_OF_IDEA
from .export import rows
from .run import run

IDEA_IMPORTER = Importer(
    key="ideas",
    title="Ideen",
    sheets=[
        Sheet(IDEAS, [NUMBER, *IDEA.values(), MARK]),
        Sheet(EXAMPLES, [NUMBER_IN_EXAMPLES, TITLE_OF_IDEA, *EXAMPLE.values()], optional=True),
    ],
    permissions=["ideas.add_idea", "ideas.change_idea", "workshops.add_source"],
    run=run,
    rows=rows,
)

__all__ = ["IDEA_IMPORTER"]
