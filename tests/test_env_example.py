"""``.env.example`` names every variable the project reads, and no other."""

import re
from pathlib import Path

from django.conf import settings

PROJECT = Path(settings.BASE_DIR)
READ = re.compile(r"""(?:env\.\w+\(\s*|environ\.get\(|environ\[)["']([A-Z_]+)["']""")
FOLDERS = ("accounts", "compendium", "ideas", "workshops", "tests")
OF_THE_RUNNER = {"RESULT_FILE", "SHARED_FOLDER"}  # set by the tests for themselves


def test_env_example_names_every_variable():
    sources = [path for folder in FOLDERS for path in (PROJECT / folder).rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    read |= set(re.findall(r"^([A-Z_]+) \?=", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^#([A-Z_]+)=", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))

    assert named == read - OF_THE_RUNNER
