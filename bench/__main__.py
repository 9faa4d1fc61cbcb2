"""``make bench-search``: quality and speed of the search beside others, on SQLite and PostgreSQL, as tables.

SIZES=113,10000,100000 says how many entries (113 are the real ones, on which quality is measured); WRITE=1 also
writes the tables to ``docs/suche-messung.md``. SQLite files are kept in ``bench/cache/`` for the next run.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg2

from tests.postgres import database_url

from . import report

PROJECT = Path(__file__).resolve().parent.parent
CACHE = PROJECT / "bench" / "cache"
# What decides about the content of a database: a change makes the files in the cache anew.
DECIDING = [
    "compendium/data/*.yaml", "ideas/migrations/0*.py", "ideas/search/data/*", "bench/corpus.py",
    "bench/models.py", "bench/peers.py",
    *(f"ideas/search/{name}.py" for name in ("analysis", "compounds", "documents")),
]  # fmt: skip


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
            with database(server, size) as url:
                found.append(measured(size, url))
    runs = {(each["database"], each["size"]): each for each in found}
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    text = report.text(runs, f"Python {platform.python_version()}, {os.cpu_count()} Kerne, {today:%d.%m.%Y}")
    sys.stdout.write(text)
    if os.environ.get("WRITE") == "1":
        (PROJECT / "docs" / "suche-messung.md").write_text(text, encoding="utf-8")


def cached(size):
    """The SQLite file of ``size`` entries; its name follows what its content is made of, older ones go."""
    made_of = hashlib.sha256()
    for pattern in DECIDING:
        for path in sorted(PROJECT.glob(pattern)):
            made_of.update(path.read_bytes())
    CACHE.mkdir(exist_ok=True)
    path = CACHE / f"{size}-{made_of.hexdigest()[:12]}.sqlite3"
    for other in CACHE.glob(f"{size}-*"):
        if not other.name.startswith(path.name):
            other.unlink()
    return path


@contextmanager
def database(server, size):
    """Make a database of our own on ``server`` and give its address; drop it at the end."""
    name = f"compendium_bench_{size}"
    execute(server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        execute(server, f"DROP DATABASE {name}")


def execute(server, *statements):
    """Run statements outside a transaction, as those about databases need."""
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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
