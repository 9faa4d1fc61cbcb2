"""The site with its real content, served as ``make run`` does, for browsers and audits."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import contextmanager

from tests.databases import PROJECT, made_once, manage

START_SECONDS = 30
# The account of staff on a site that lives as long as a test run
STAFF = {"ADMIN_USER": "redaktion", "ADMIN_PASSWORD": uuid.uuid4().hex}


@contextmanager
def serve(database_url):
    """Serve the site on a database with content, which gets an account of staff; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with made_once("static") as (shared, missing):
        static = {"STATIC_ROOT": str(shared / "static")}
        if missing:
            manage(database_url, "collectstatic", "--no-input", "-v0", **static)
    manage(database_url, "create_admin", **STAFF)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "compendium.settings",
        "DATABASE_URL": database_url,
        **static,
    }
    command = [sys.executable, "-m", "gunicorn", "compendium.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--threads", "4", "--limit-request-line", "8190", "--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen([*command, *options], cwd=PROJECT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address):
    """Return when the site answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (our own server)
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
