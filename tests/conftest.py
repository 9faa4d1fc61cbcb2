"""What all tests share: the counts of a run go into a file for ``tests/run.py``."""

import json
import os
from pathlib import Path

import dj_database_url
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation

from tests import databases


def pytest_configure(config):
    """Before the workers start: a folder for what they share."""
    if not hasattr(config, "workerinput"):
        databases.share()


def pytest_unconfigure(config):
    """After the last worker: nothing is left behind."""
    if not hasattr(config, "workerinput"):
        databases.throw_away()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Before Django makes the database of a worker: it starts as a copy of one with all migrations."""
    databases.start_migrated()


@pytest.fixture(scope="class")
def real_content(django_db_setup, tmp_path_factory):
    """The test finds the whole content of the site in its database: a copy of one that is loaded once a run.

    The scope is the class, so that it is there before the transaction begins that a test is rolled back with.
    """
    with databases.database(tmp_path_factory.mktemp("content"), "loaded") as url:
        own = connections["default"]
        other = connections["default"] = connections.create_connection("default")
        other.settings_dict = own.settings_dict | {"NAME": dj_database_url.parse(url)["NAME"]}
        yield
        other.close()
        connections["default"] = own


@pytest.fixture(autouse=True)
def german():
    """Every test starts in German, whatever page the one before has visited."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def pytest_terminal_summary(terminalreporter):
    """Write how many tests passed, failed, … to the file that RESULT_FILE names, if it does."""
    if target := os.environ.get("RESULT_FILE"):
        kinds = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
        counts = {kind: len(terminalreporter.stats.get(kind, [])) for kind in kinds}
        Path(target).write_text(json.dumps(counts), encoding="utf-8")
