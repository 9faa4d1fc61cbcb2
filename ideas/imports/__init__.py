"""Ideas and their practice examples as tables: import by the desk, export in the same columns.

Everything passes through :mod:`ideas.revisions`, as if an editor had filled in the forms: what is public changes
only through a pending revision, new entries are drafts.
"""

from workshops.tables import Column, Importer, Sheet

from .columns import EXAMPLE, IDEA, MARK_COLUMN, NUMBER_COLUMN, TITLE_OF_IDEA, columns
from .export import rows
from .run import EXAMPLES, IDEAS, run

IDEA_IMPORTER = Importer(
    key="ideas",
    title="Ideen",
    sheets=[
        Sheet(IDEAS, [NUMBER_COLUMN, *columns(IDEA), MARK_COLUMN]),
        Sheet(
            EXAMPLES,
            [
                Column("Nummer", "Nummer der Idee, zu der das Beispiel gehört."),
                Column(TITLE_OF_IDEA, "Nur nötig, wo die Idee neu ist und noch keine Nummer hat."),
                *columns(EXAMPLE),
            ],
            optional=True,
        ),
    ],
    permissions=["ideas.add_idea", "ideas.change_idea", "workshops.add_source"],
    run=run,
    rows=rows,
)

__all__ = ["IDEA_IMPORTER"]
