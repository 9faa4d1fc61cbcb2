"""Databases of the engine the tests run on, for programs that run beside them.

What takes seconds to make is made once a run, and copied: the workers of a run share the folder SHARED_FOLDER.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.db import connection
from django.db.backends.signals import connection_created

PROJECT = Path(__file__).resolve().parent.parent
# What each kind starts from, and the command that makes it of that
MAKING = {
    "migrated": (None, ["migrate", "-v0", "--skip-checks"]),
    "loaded": ("migrated", ["load_compendium"]),
}


def manage(url, *arguments, **variables):
    """Run ``manage.py`` with the settings of the site on the database at ``url``."""
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=PROJECT, check=True, stdout=subprocess.DEVNULL,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "compendium.settings", "DATABASE_URL": url, **variables},
    )  # fmt: skip


def share():
    """Make the folder that the workers of this run share."""
    os.environ["SHARED_FOLDER"] = tempfile.mkdtemp(prefix="tests-")


def throw_away():
    """Remove what was shared."""
    folder = Path(os.environ.pop("SHARED_FOLDER"))
    for name in folder.glob("*.name"):
        execute(os.environ["DATABASE_URL"], f"DROP DATABASE IF EXISTS {name.read_text()} WITH (FORCE)")
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def made_once(what):
    """Yield the shared folder, and whether ``what`` is still to be made; nobody else makes it meanwhile."""
    folder = Path(os.environ["SHARED_FOLDER"])
    with (folder / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / f"{what}.done"
        yield folder, not done.exists()
        done.touch()


@contextmanager
def database(folder, kind):
    """The address of a database of ``kind``, a key of MAKING; gone afterwards. A copy: tests may change it."""
    source, name = original(kind), f"other_{uuid.uuid4().hex}"
    if isinstance(source, Path):
        shutil.copy(source, folder / f"{name}.sqlite3")
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    url = os.environ["DATABASE_URL"]
    execute(url, f"CREATE DATABASE {name} TEMPLATE {source}")
    try:
        yield address(name)
    finally:
        execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def start_migrated():
    """Let the database of the tests, not yet made, start as a copy: migrations run once, not in each worker."""
    source = original("migrated")
    if isinstance(source, Path):
        connection_created.connect(fill)
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = source


def fill(connection, **_):
    """Copy the migrated database into the one in memory, which is there from the first connection on."""
    connection_created.disconnect(fill)
    with closing(sqlite3.connect(original("migrated"))) as source:
        source.backup(connection.connection)


def original(kind):
    """The original of ``kind``, made if it is missing: the path of a SQLite file, or the name on the server."""
    url, (before, command) = os.environ["DATABASE_URL"], MAKING[kind]
    with made_once(kind) as (shared, missing):
        if url.startswith("sqlite"):
            file = shared / f"{kind}.sqlite3"
            if missing:
                if before:
                    shutil.copy(original(before), file)
                manage(f"sqlite:///{file}", *command)
            return file
        name = shared / f"{kind}.name"
        if missing:
            template = f"TEMPLATE {original(before)}" if before else ""
            name.write_text(f"shared_{uuid.uuid4().hex}")
            execute(url, f"CREATE DATABASE {name.read_text()} {template}")
            manage(address(name.read_text()), *command)
        return name.read_text()


def address(name):
    """The address of another database on the server of the tests."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def execute(url, statement):
    """Run a statement that PostgreSQL allows in no transaction."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
