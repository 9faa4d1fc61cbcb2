"""Empty databases of the engine the tests run on, for programs that run beside them."""

import os
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2


@contextmanager
def empty_database(folder):
    """The address of an empty database, as DATABASE_URL; gone afterwards. SQLite keeps its file in ``folder``."""
    url = os.environ["DATABASE_URL"]
    name = f"other_{uuid.uuid4().hex}"
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    execute(url, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url, statement):
    """Run a statement that PostgreSQL allows in no transaction."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
