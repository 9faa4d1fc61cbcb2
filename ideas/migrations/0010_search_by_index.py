"""PostgreSQL: tens of thousands of hits are looked up without reading their documents.

A function that always uses the index, because the planner takes reading every document for cheap; short rows, the
texts apart from them; and an index of the titles, where the promising ones of many hits are looked for.
"""

from django.db import migrations

STATEMENTS = [
    (
        "ALTER TABLE ideas_searchdocument SET (toast_tuple_target = 128)",
        "ALTER TABLE ideas_searchdocument RESET (toast_tuple_target)",
    ),
    # Rows are made short when they are written.
    ("UPDATE ideas_searchdocument SET analysis = analysis", ""),
    (
        "CREATE INDEX ideas_searchdocument_title ON ideas_searchdocument"
        " USING gin (to_tsvector('simple'::regconfig, title)) WITH (fastupdate = off)",
        "DROP INDEX ideas_searchdocument_title",
    ),
    (
        """CREATE FUNCTION ideas_search(wanted tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 10000
        SET enable_seqscan = off
        AS 'SELECT idea_id FROM ideas_searchdocument WHERE tokens @@ wanted'""",
        "DROP FUNCTION ideas_search(tsquery)",
    ),
]


def forwards(apps, schema_editor):
    """Run the statements on PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        for statement, _reverse in STATEMENTS:
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    """Undo them in reverse order."""
    if schema_editor.connection.vendor == "postgresql":
        for _statement, reverse in reversed(STATEMENTS):
            if reverse:
                schema_editor.execute(reverse)


class Migration(migrations.Migration):

    dependencies = [
        ("ideas", "0009_index_of_public_ideas"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
