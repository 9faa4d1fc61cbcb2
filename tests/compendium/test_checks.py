"""The system check that names what only the operator can fill in."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import run_checks

from compendium.models import OperatorData


def warnings():
    """The warnings of the check, out of a plain ``manage.py check``."""
    return [message for message in run_checks() if message.id == "compendium.W001"]


@pytest.mark.django_db
def test_everything_missing_is_named(settings):
    settings.LANGUAGE_CODE = "de"

    (warning,) = warnings()

    assert "Postanschrift" in warning.msg
    assert "Name des Betreibers" in warning.msg
    assert "/admin/compendium/operatordata/" in warning.hint


@pytest.mark.django_db
def test_only_what_is_missing_is_named():
    names = [field.name for field in OperatorData._meta.concrete_fields if not field.primary_key]
    OperatorData.objects.create(**{name: "a@b.example" if name == "email" else "da" for name in names})
    assert warnings() == []

    OperatorData.objects.update(phone="")

    (warning,) = warnings()
    assert "Telefon" in warning.msg
    assert "Postanschrift" not in warning.msg


@pytest.mark.once
@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////nowhere/at/all.sqlite3"])
def test_check_passes_while_the_database_is_away(url):
    command = [sys.executable, "manage.py", "check"]

    result = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0
    assert "no issues" in result.stdout
