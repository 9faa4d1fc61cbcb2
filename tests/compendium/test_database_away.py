"""What visitors see while the database does not answer. The site runs in a process of its own."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

from tests.compendium.outside import run, visit

pytestmark = pytest.mark.once  # the databases are named by the tests
PAGES = [
    ("GET", address)
    for address in (
        "/", "/ideen/", "/ideen/1/", "/themen/", "/workshops/", "/workshops/revitalisierung/", "/stadtlabore/",
        "/ergebnisse/", "/ueber/", "/gibt-es-nicht/", "/en/", "/en/ideen/?q=laden", "/en/stadtlabore/bremen/",
    )
]  # fmt: skip

MAKE_ACCOUNT = """
import django
django.setup()
from django.contrib.auth.models import User
User.objects.create_superuser("a", password="b")
"""
LOGIN = ("POST", "/admin/login/", "username=a&password=b")


@pytest.mark.parametrize(
    "url", ["postgresql://user:geheimwort@127.0.0.1:1/none", "sqlite:////gibt/es/nicht/kompendium.sqlite3"]
)
def test_pages_answer_503_and_say_when_to_come_back(url):
    answers = visit(*PAGES, DATABASE_URL=url)

    assert len(answers) == len(PAGES)
    for (_method, address), answer in zip(PAGES, answers, strict=True):
        assert answer.status == 503, address
        assert answer.headers["Retry-After"] == "30"
        assert "Content-Security-Policy" in answer.headers
        words = "We will be back in a moment" if address.startswith("/en/") else "Wir sind gleich wieder da"
        assert words in answer.text
        for secret in ("Traceback", "geheimwort", "127.0.0.1:1", "/gibt/es/nicht", "OperationalError"):
            assert secret not in answer.text


def test_a_busy_sqlite_is_waited_for_and_only_then_given_up(tmp_path):
    path = tmp_path / "kompendium.sqlite3"
    url = f"sqlite:///{path}"
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    environment = os.environ | {"DATABASE_URL": url}
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True, timeout=120)
    assert run(MAKE_ACCOUNT, DATABASE_URL=url).returncode == 0
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM django_session")

    reading, writing = visit(("GET", "/workshops/"), LOGIN, DATABASE_URL=url)
    writer.close()
    (afterwards,) = visit(LOGIN, DATABASE_URL=url)

    assert (reading.status, reading.seconds < 3) == (200, True)
    assert (writing.status, writing.headers["Retry-After"]) == (503, "30")
    assert 4.5 < writing.seconds < 10
    assert afterwards.status == 302
