"""Fixtures around loading: a small set of content files, and a database that other processes can reach."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from compendium.management.commands.load_compendium import DATA
from tests.databases import database


class ContentFolder:
    """A folder with content files that a test reads, changes and loads."""

    def __init__(self, path):
        self.path = path

    def read(self, name):
        """The content of a file as plain Python."""
        return yaml.load((self.path / name).read_text(encoding="utf-8"), yaml.CSafeLoader)

    def write(self, name, content):
        """Replace a file: ``content`` is text or what YAML is to say."""
        text = (
            content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        )
        (self.path / name).write_text(text, encoding="utf-8")

    def change_idea(self, number, /, **values):
        """Change values of one idea in ideas.yaml."""
        ideas = self.read("ideas.yaml")
        next(idea for idea in ideas if idea["number"] == number).update(values)
        self.write("ideas.yaml", ideas)


@pytest.fixture(scope="session")
def small_content(tmp_path_factory):
    """The project's own content, cut down to ideas 1, 2 and 17 (the last one from the workshop series).

    And to ten groups of synonyms: hundreds would take most of the time of each test that loads it.
    """
    folder = ContentFolder(tmp_path_factory.mktemp("content") / "data")
    shutil.copytree(DATA, folder.path)
    ideas = [idea for idea in folder.read("ideas.yaml") if idea["number"] in {1, 2, 17}]
    folder.write("ideas.yaml", ideas)
    event, places = folder.read("event.yaml"), folder.read("places.yaml")
    wanted = {example["place"] for idea in ideas for example in idea["examples"]}
    wanted |= {town["name"] for town in event["leerstandsregister"]["kommunen"]}
    wanted |= {part for place in wanted for part in places["splits"].get(place, [])}
    places["places"] = [place for place in places["places"] if place["name"] in wanted]
    folder.write("places.yaml", places)
    folder.write("synonyms.yaml", folder.read("synonyms.yaml")[:10])
    return folder


@pytest.fixture
def content(small_content, tmp_path):
    """A copy of the small content that the test may change."""
    shutil.copytree(small_content.path, tmp_path / "content")
    return ContentFolder(tmp_path / "content")


class OtherDatabase:
    """A database of the same engine as the tests' own, for programs that run beside them."""

    def __init__(self, url):
        self.url = url

    def manage(self, *arguments, **options):
        """Start ``manage.py`` on this database; returns the running process."""
        environment = os.environ | {"DATABASE_URL": self.url}
        command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]
        return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, **options)

    def run(self, *arguments):
        """Run ``manage.py`` to its end; returns what it printed."""
        process = self.manage(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return output


@pytest.fixture
def other_database(tmp_path):
    """An :class:`OtherDatabase` with all migrations applied; gone after the test."""
    with database(tmp_path, "migrated") as url:
        yield OtherDatabase(url)


def load(capsys, content=None, **options):
    """Run the command and return the lines it printed."""
    if content:
        options["path"] = content.path
    call_command("load_compendium", **options)
    return capsys.readouterr().out.splitlines()
