"""Databases of the engine the tests run on, for programs that run beside them.

What takes seconds to make is made once a run, and copied: the workers of a run share the folder SHARED_FOLDER.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

PROJECT = Path(__file__).resolve().parent.parent
MAKING = {
    "migrated": (["migrate", "-v0", "--skip-checks"],),
    "loaded": (["migrate", "-v0", "--skip-checks"], ["load_compendium"]),
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
    url, name = os.environ["DATABASE_URL"], f"other_{uuid.uuid4().hex}"
    if url.startswith("sqlite"):
        with made_once(kind) as (shared, missing):
            original = shared / f"{kind}.sqlite3"
            if missing:
                make(f"sqlite:///{original}", kind)
        shutil.copy(original, folder / f"{name}.sqlite3")
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with made_once(kind) as (shared, missing):
        original = shared / f"{kind}.name"
        if missing:
            original.write_text(f"shared_{uuid.uuid4().hex}")
            execute(url, f"CREATE DATABASE {original.read_text()}")
            make(address(original.read_text()), kind)
        execute(url, f"CREATE DATABASE {name} TEMPLATE {original.read_text()}")
    try:
        yield address(name)
    finally:
        execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def make(url, kind):
    """Fill the empty database at ``url``."""
    for command in MAKING[kind]:
        manage(url, *command)


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
