"""``make bench-search``: quality and speed of the search beside others, on SQLite and PostgreSQL, as tables.

SIZES=113,10000,100000 says how many entries (113 are the real ones, on which quality is measured); WRITE=1 also
writes the tables to ``docs/suche-messung.md``. SQLite files are kept in ``bench/cache/`` for the next run, and so
are the databases of a PostgreSQL given by TEST_DATABASE_URL.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg2

from ideas.search.documents import MADE_BY
from tests.postgres import database_url

from . import report

PROJECT = Path(__file__).resolve().parent.parent
CACHE = PROJECT / "bench" / "cache"
# What decides about the content of a database: a change makes it anew.
DECIDING = [
    *(f"compendium/data/{name}.yaml" for name in ("event", "ideas", "places", "vocabularies")),
    *(f"ideas/search/{name}" for name in MADE_BY),
    *(f"ideas/search/{name}.py" for name in ("indexing", "vocabulary")),
    *(f"bench/{name}.py" for name in ("corpus", "models", "peers")),
]


def main():
    """Measure what is asked for, print it and write it if that is asked for."""
    try:
        sizes = sorted({int(each) for each in os.environ.get("SIZES", "113,10000").split(",")})
    except ValueError:
        sys.exit("SIZES takes numbers with commas: SIZES=113,10000,100000")
    if sizes[0] < 113:  # noqa: PLR2004 (the real entries are always there)
        sys.exit("There are 113 real entries, so no size can be smaller.")
    found = [measured(size, f"sqlite:///{cached(size)}") for size in sizes]
    with database_url() as server:
        for size in sizes:
            found.append(measured(size, database(server, size)))
    runs = {(each["database"], each["size"]): each for each in found}
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    text = report.text(runs, f"Python {platform.python_version()}, {os.cpu_count()} Kerne, {today:%d.%m.%Y}")
    sys.stdout.write(text)
    if os.environ.get("WRITE") == "1":
        (PROJECT / "docs" / "suche-messung.md").write_text(text, encoding="utf-8")


def made_of():
    """What the content of a database is made of, as a short text."""
    checksum = hashlib.sha256()
    for name in DECIDING:
        checksum.update((PROJECT / name).read_bytes())
    return checksum.hexdigest()[:12]


def cached(size):
    """The SQLite file of ``size`` entries; older ones go."""
    CACHE.mkdir(exist_ok=True)
    path = CACHE / f"{size}-{made_of()}.sqlite3"
    for other in CACHE.glob(f"{size}-*"):
        if not other.name.startswith(path.name):
            other.unlink()
    return path


def database(server, size):
    """The address of a database of ``size`` entries on ``server``; older ones go."""
    start = f"compendium_bench_{size}_"
    name = start + made_of()
    present = {each for (each,) in execute(server, "SELECT datname FROM pg_database") if each.startswith(start)}
    for other in present - {name}:
        execute(server, f"DROP DATABASE {other}")
    if name not in present:
        execute(server, f"CREATE DATABASE {name}")
    return f"{server.rpartition('/')[0]}/{name}"


def execute(server, statement):
    """Run a statement outside a transaction, as those about databases need; returns the rows it finds."""
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def measured(size, url):
    """The figures of one run on the database at ``url``, made in a process of its own."""
    sys.stderr.write(f"== {size} entries, {url.partition(':')[0]} ==\n")
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "bench.measure", str(size), result],
            cwd=PROJECT,
            env=os.environ | {"DATABASE_URL": url},
            check=True,
        )
        return json.loads(result.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
