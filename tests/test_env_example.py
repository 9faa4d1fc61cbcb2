"""``.env.example`` names every variable the project reads, and no other."""

import re
from pathlib import Path

from django.conf import settings

PROJECT = Path(settings.BASE_DIR)
READ = re.compile(r"""(?:env\.\w+\(\s*|environ\.get\(|environ\[)["']([A-Z_]+)["']""")
OF_MAKE = {"PORT"}
OF_THE_RUNNER = {"RESULT_FILE"}  # set by tests/run.py for itself


def test_env_example_names_every_variable():
    sources = [PROJECT / "tests/run.py", PROJECT / "tests/postgres.py", *(PROJECT / "compendium").rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    named = set(re.findall(r"^#([A-Z_]+)=", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))

    assert named == (read | OF_MAKE) - OF_THE_RUNNER
