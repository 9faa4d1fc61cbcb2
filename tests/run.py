"""Run the whole test suite on SQLite and on a real PostgreSQL: ``make test``. Arguments go to pytest.

Ends with one line a database, such as «SQLite 3.40.1: 412 passed». POSTGRES_TESTS=0 leaves PostgreSQL out. What
says nothing about the database – colours, the map's geometry, the typesetting – runs once: the mark ``once``.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest
from postgres import NoPostgres, database_url

PROJECT = Path(__file__).resolve().parent.parent
NAMES = {"error": "errors"}
ONCE = "not once"  # the mark of tests that say nothing about the database
# Compiled once, not by each worker and each program that the tests start; "make clean" removes it.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
# One more than there are processors: somebody always waits for a browser or another process. Each worker gets
# neighbouring tests, so that what a file sets up is set up once.
WORKERS = (os.cpu_count() or 1) + 1


def run(database, url, arguments):
    """Run pytest on ``url``. Returns the closing line and whether all is well."""
    sys.stdout.write(f"\n== {database} ==\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        environment = os.environ | {"DATABASE_URL": url, "RESULT_FILE": str(result), **BYTECODE}
        command = [sys.executable, "-m", "pytest", "-n", str(WORKERS), "--dist", "worksteal", *arguments]
        status = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
        counts = json.loads(result.read_text()) if result.exists() else {}
    if ONCE in arguments and status == pytest.ExitCode.NO_TESTS_COLLECTED:
        return f"{database}: nothing, for what was asked for says nothing about the database", True
    words = [f"{counts.get('passed', 0)} passed"]
    words += [f"{count} {NAMES.get(kind, kind)}" for kind, count in counts.items() if count and kind != "passed"]
    return f"{database}: {', '.join(words)}", status == 0 and counts.get("passed", 0) > 0


def postgres_version(url):
    """The version number of the server behind ``url``, such as 15.20."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0].split()[0]


def main(arguments):
    """Run both halves, print the closing lines and return the exit status."""
    # Ctrl-C and SIGTERM leave through "finally", which stops the cluster.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit("Stopped before the end."))
    results = [run(f"SQLite {sqlite3.sqlite_version}", "sqlite://:memory:", arguments)]
    if os.environ.get("POSTGRES_TESTS") == "0":
        results.append(("PostgreSQL: left out on purpose (POSTGRES_TESTS=0)", True))
    else:
        try:
            with database_url() as url:
                results.append(run(f"PostgreSQL {postgres_version(url)}", url, ["-m", ONCE, *arguments]))
        except NoPostgres as error:
            results.append((f"PostgreSQL: {error}", False))
        except psycopg2.Error as error:
            reason = " ".join(str(error).split())  # a line a database
            results.append((f"PostgreSQL: {reason} (is TEST_DATABASE_URL right?)", False))
    sys.stdout.write("\n" + "\n".join(line for line, _ in results) + "\n")
    return 0 if all(well for _, well in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
