"""Typesetting with Typst: data and a template become a tagged PDF that conforms to PDF/UA-1.

Templates lie in ``templates/typst``. Texts reach them as JSON and are never part of the source, so nothing in them
is ever read as markup. Only the typefaces built into Typst are used: the same document on every machine.
"""

import json
import re
import subprocess
import sys

from django.conf import settings

from .legible import legible

TEMPLATES = settings.BASE_DIR / "templates" / "typst"
PROCESS = [sys.executable, "-m", "ideas.exports.typst_process"]
MOST_SECONDS = 60
# Stands where a text has a character that no typeface holds, such as an emoji; PDF/UA allows no gaps.
NO_GLYPH = "□"
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
ATTEMPTS = 3


class TypesettingFailed(Exception):
    """Typst could not make the document; the message says why."""


def typeset(template, data):
    """The PDF that ``template``, such as ``book.typ``, makes of ``data``, which JSON can hold."""
    text = json.dumps(only_legible(data), ensure_ascii=False, separators=(",", ":"))
    reason = ""
    for _attempt in range(ATTEMPTS):
        made, reason = compiled(template, text)
        if made:
            return made
        missing = MISSING.findall(reason)
        if not missing:
            break
        for cluster in missing:
            text = text.replace(CODE_POINT.sub(lambda match: chr(int(match[1], 16)), cluster), NO_GLYPH)
    raise TypesettingFailed(reason)


def compiled(template, text):
    """The PDF and an empty text, or nothing and the reason."""
    job = {"template": str(TEMPLATES / template), "root": str(TEMPLATES), "data": text}
    try:
        done = subprocess.run(  # noqa: S603 (our own program; texts go through standard input)
            PROCESS,
            input=json.dumps(job).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            timeout=MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TypesettingFailed(str(error)) from error
    return (b"" if done.returncode else done.stdout), done.stderr.decode(errors="replace")


def only_legible(value):
    """``value`` with all its texts free of characters that cannot be printed."""
    if isinstance(value, dict):
        return {key: only_legible(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [only_legible(each) for each in value]
    return legible(value) if isinstance(value, str) else value
