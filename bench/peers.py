"""Other searches over the same texts, each used as its documentation advises.

Title, names and body weigh 8, 4 and 2 as in our own search; all words are asked for first, any of them if that
finds nothing. ``page(text, most)`` returns the keys of the best ``most`` hits and how many there are in all.
"""

import re

from django.core.management import call_command
from django.db import connection
from modelsearch.utils import parse_query_string

from ideas.models import Idea
from ideas.search.documents import searchable, texts

from .models import PeerText

WORD = re.compile(r'(-)?(?:"([^"]*)"|([^\s"]+))')


def copy_texts():
    """Fill the table of texts that all peers index."""
    related, many = searchable()
    ideas = Idea.objects.select_related(*related).prefetch_related(*many).order_by("pk")
    PeerText.objects.all().delete()
    batch = []
    for idea in ideas.iterator(chunk_size=1000):
        title, names, body = texts(idea)
        batch.append(PeerText(idea=idea, title=title, names="\n".join(names), body="\n".join(body)))
        if len(batch) == 1000:  # noqa: PLR2004
            PeerText.objects.bulk_create(batch)
            batch = []
    PeerText.objects.bulk_create(batch)


def rows(statement, parameters):
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def execute(*statements):
    """Run statements."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class ModelSearch:
    """https://django-modelsearch.readthedocs.io – the search of Wagtail, on the database of the site."""

    name = "modelsearch 1.3"

    def index(self):
        """Make the index."""
        call_command("rebuild_modelsearch_index", verbosity=0)
        execute("ANALYZE bench_peertext", "ANALYZE modelsearch_indexentry")  # SQLite plans far worse without

    def page(self, text, most):
        """See the module."""
        for operator in ("and", "or"):
            _filters, query = parse_query_string(text, operator=operator)
            found = PeerText.objects.search(query, operator=operator)
            if keys := [each.pk for each in found[:most]]:
                return keys, found.count()
        return [], 0


class Fts5:
    """SQLite FTS5 with its usual tokenizer, https://www.sqlite.org/fts5.html."""

    name = "SQLite FTS5 unicode61"

    def index(self):
        """Make the index."""
        execute(
            "DROP TABLE IF EXISTS bench_fts",
            "CREATE VIRTUAL TABLE bench_fts USING fts5(title, names, body, content='bench_peertext',"
            " content_rowid='idea_id', tokenize='unicode61 remove_diacritics 2')",
            "INSERT INTO bench_fts (bench_fts) VALUES ('rebuild')",
        )

    def page(self, text, most):
        """See the module."""
        wanted, unwanted = [], []
        for minus, phrase, word in WORD.findall(text):
            quoted = '"' + (phrase or word).replace('"', '""') + '"'
            (unwanted if minus else wanted).append(quoted)
        for joint in (" AND ", " OR "):
            query = "(" + joint.join(wanted) + ")" + "".join(f" NOT {each}" for each in unwanted)
            found = rows(
                "SELECT rowid FROM bench_fts WHERE bench_fts MATCH %s ORDER BY bm25(bench_fts, 8, 4, 2) LIMIT %s",
                [query, most],
            )
            if found:
                (total,) = rows("SELECT count(*) FROM bench_fts WHERE bench_fts MATCH %s", [query])[0]
                return [key for (key,) in found], total
        return [], 0


class German:
    """PostgreSQL with its German configuration, https://www.postgresql.org/docs/current/textsearch.html."""

    name = "PostgreSQL german"

    def index(self):
        """Make the index."""
        execute(
            "DROP TABLE IF EXISTS bench_german",
            "CREATE TABLE bench_german AS SELECT idea_id, setweight(to_tsvector('german', title), 'A') ||"
            " setweight(to_tsvector('german', names), 'B') || setweight(to_tsvector('german', body), 'C') AS texts"
            " FROM bench_peertext",
            "CREATE INDEX ON bench_german USING gin (texts)",
            "ANALYZE bench_german",
        )

    def page(self, text, most):
        """See the module."""
        strict = "websearch_to_tsquery('german', %s)"
        for query in (strict, f"replace({strict}::text, '&', '|')::tsquery"):
            found = rows(
                "SELECT idea_id FROM bench_german, (SELECT " + query + " AS wanted) AS q WHERE texts @@ wanted"  # noqa: S608
                " ORDER BY ts_rank_cd('{0, 0.25, 0.5, 1}', texts, wanted) DESC, idea_id LIMIT %s",
                [text, most],
            )
            if found:
                (total,) = rows(f"SELECT count(*) FROM bench_german WHERE texts @@ {query}", [text])[0]  # noqa: S608
                return [key for (key,) in found], total
        return [], 0


def peers():
    """The peers that this database offers."""
    return [ModelSearch(), Fts5() if connection.vendor == "sqlite" else German()]
