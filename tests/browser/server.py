"""The site with its real content, served as ``make run`` does, for browsers and audits."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
# The account of staff on a site that lives as long as a test run
STAFF = {"ADMIN_USER": "redaktion", "ADMIN_PASSWORD": uuid.uuid4().hex}


@contextmanager
def serve(folder, database_url):
    """Load the content into an empty database and serve it; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "compendium.settings",
        "DATABASE_URL": database_url,
        "STATIC_ROOT": str(folder / "static"),
        **STAFF,
    }
    for command in (
        ["migrate", "-v0", "--skip-checks"],
        ["load_compendium"],
        ["create_admin"],
        ["collectstatic", "--no-input", "-v0"],
    ):
        subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *command],
            cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
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
