"""The search index: its tables, and what each database keeps beside them.

SQLite: an FTS5 table that triggers keep in step. Whoever alters SearchDocument later on SQLite must make the triggers
anew, because Django builds the table anew then. PostgreSQL: a generated column with a GIN index.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    """CREATE VIRTUAL TABLE ideas_searchindex USING fts5(
        title, names, body, parts, content='ideas_searchdocument', content_rowid='idea_id', tokenize='ascii')""",
    """CREATE TRIGGER ideas_searchindex_insert AFTER INSERT ON ideas_searchdocument BEGIN
        INSERT INTO ideas_searchindex (rowid, title, names, body, parts)
        VALUES (new.idea_id, new.title, new.names, new.body, new.parts); END""",
    """CREATE TRIGGER ideas_searchindex_delete AFTER DELETE ON ideas_searchdocument BEGIN
        INSERT INTO ideas_searchindex (ideas_searchindex, rowid, title, names, body, parts)
        VALUES ('delete', old.idea_id, old.title, old.names, old.body, old.parts); END""",
    """CREATE TRIGGER ideas_searchindex_update AFTER UPDATE ON ideas_searchdocument BEGIN
        INSERT INTO ideas_searchindex (ideas_searchindex, rowid, title, names, body, parts)
        VALUES ('delete', old.idea_id, old.title, old.names, old.body, old.parts);
        INSERT INTO ideas_searchindex (rowid, title, names, body, parts)
        VALUES (new.idea_id, new.title, new.names, new.body, new.parts); END""",
]
# Tokens hold a-z and 0-9 only: the parser of "simple" takes each as one word and leaves it as it is.
POSTGRESQL = [
    """ALTER TABLE ideas_searchdocument ADD COLUMN tokens tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title), 'A') ||
        setweight(to_tsvector('simple'::regconfig, names), 'B') ||
        setweight(to_tsvector('simple'::regconfig, body), 'C') ||
        setweight(to_tsvector('simple'::regconfig, parts), 'D')) STORED""",
    "CREATE INDEX ideas_searchdocument_tokens ON ideas_searchdocument USING gin (tokens) WITH (fastupdate = off)",
]


def make_index(apps, schema_editor):
    """The index of this database over the tokens."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    """On PostgreSQL column and index go with the table; SQLite drops the triggers with it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE ideas_searchindex")
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER ideas_searchindex_{event}")


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0002_revisions_and_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('idea', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='ideas.idea')),
                ('title', models.TextField()),
                ('names', models.TextField()),
                ('body', models.TextField()),
                ('parts', models.TextField()),
                ('analysis', models.PositiveSmallIntegerField()),
                ('indexed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'search document',
            },
        ),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('words', models.TextField(help_text='One word or expression per line. A search for one of them finds the others too.', verbose_name='words')),
            ],
            options={
                'verbose_name': 'synonym group',
                'verbose_name_plural': 'synonym groups',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=60, unique=True)),
                ('word', models.CharField(max_length=100)),
                ('documents', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'search term',
                'constraints': [models.CheckConstraint(condition=models.Q(('documents__gte', 1)), name='searchterm_in_use')],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
