"""PostgreSQL: each pair of tokens side by side is a word of the index too.

An index knows which documents hold two tokens, not where. To find phrases of frequent words it had to read tens of
thousands of documents; of 100,000 entries that took up to 0.3 s. Titles get a column of their own for the same
reason: their rank was computed from the text of each. It stays in the row, beside which the long texts lie.
"""

from django.db import migrations

OF_WORDS = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {field}), '{weight}')"
    for field, weight in {"title": "A", "names": "B", "body": "C", "parts": "D"}.items()
)
OF_PAIRS = " || ".join(f"ideas_pairs({field})" for field in ("title", "names", "body", "parts"))
# No pair spans two texts: between them stands the token 0, see ideas.search.documents.
PAIRS = """
CREATE FUNCTION ideas_pairs(tokens text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT one || '_' || other)), ''::tsvector)
    FROM (
        SELECT one, lead(one) OVER (ORDER BY place) AS other
        FROM unnest(string_to_array(tokens, ' ')) WITH ORDINALITY AS words (one, place)
    ) AS pairs
    WHERE one <> '0' AND other <> '0'
$$
"""


TITLE_INDEX = "CREATE INDEX ideas_searchdocument_title ON ideas_searchdocument USING gin ({}) WITH (fastupdate = off)"
OF_TITLE = "to_tsvector('simple'::regconfig, title)"
TITLES = [
    "DROP INDEX ideas_searchdocument_title",
    "ALTER TABLE ideas_searchdocument ADD COLUMN title_tokens tsvector NOT NULL"
    f" GENERATED ALWAYS AS ({OF_TITLE} || ideas_pairs(title)) STORED",
    "ALTER TABLE ideas_searchdocument ALTER COLUMN title_tokens SET STORAGE MAIN",
    TITLE_INDEX.format("title_tokens"),
]
NO_TITLES = [
    "ALTER TABLE ideas_searchdocument DROP COLUMN title_tokens",  # and the index with it
    TITLE_INDEX.format(OF_TITLE),
]


def index(of):
    """The statements that make the column of tokens and its index anew, ``of`` an expression."""
    return [
        "ALTER TABLE ideas_searchdocument DROP COLUMN tokens",
        f"ALTER TABLE ideas_searchdocument ADD COLUMN tokens tsvector NOT NULL GENERATED ALWAYS AS ({of}) STORED",
        "CREATE INDEX ideas_searchdocument_tokens ON ideas_searchdocument USING gin (tokens) WITH (fastupdate = off)",
    ]


def forwards(apps, schema_editor):
    """Index words and pairs."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in [PAIRS, *TITLES, *index(f"{OF_WORDS} || {OF_PAIRS}")]:
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    """Index words only."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in [*index(OF_WORDS), *NO_TITLES, "DROP FUNCTION ideas_pairs(text)"]:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("ideas", "0012_published_before"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
