"""The site in a process of its own, with an environment of its own, as an operator starts it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

PLAIN = {"SECRET_KEY": "for-tests-only", "ALLOWED_HOSTS": "", "DEBUG": "0", "PRODUCTION": "0"}
SHOW_SETTINGS = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in %r}, default=str))
"""
VISIT = """
import json, logging, sys, time, django
django.setup()
logging.disable(logging.CRITICAL)
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "localhost"})
for method, address, *form in json.loads(sys.argv[1]):
    start = time.monotonic()
    response = client.generic(method, address, *form, content_type="application/x-www-form-urlencoded")
    print(json.dumps([response.status_code, dict(response.headers), response.text, time.monotonic() - start]))
"""


@dataclass
class Answer:
    """What the site answered to one request."""

    status: int
    headers: dict
    text: str
    seconds: float


def run(code, *arguments, **variables):
    """Run Python code with the settings of the site and these environment variables; returns the process."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "HSTS_SECONDS", "REQUIRE_2FA"}
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "compendium.settings", **PLAIN, **variables}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def setting(*names, **variables):
    """The values of settings, read in an environment with these variables."""
    process = run(SHOW_SETTINGS % (names,), **variables)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def refusal(**variables):
    """The last line of what the site says when it refuses to start in an environment with these variables."""
    process = run("from django.conf import settings; settings.DEBUG", **variables)
    assert process.returncode != 0, "it started"
    return process.stderr.strip().splitlines()[-1]


def visit(*requests, **variables):
    """The :class:`Answer` to each (method, address[, form]), from a site with these variables."""
    process = run(VISIT, json.dumps(requests), **variables)
    assert process.returncode == 0, process.stderr
    return [Answer(*json.loads(line)) for line in process.stdout.splitlines()]
