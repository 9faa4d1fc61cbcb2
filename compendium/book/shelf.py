"""The shelf: books as they were built, each kept until what it shows changes.

A book is known by its fingerprint, taken from all that goes into it: the data, the templates, the typesetting
program. Whatever changes – an entry, a source, a word of the catalogue, a colour – leads to another book.
"""

import fcntl
import hashlib
import json
import os
import tempfile
from contextlib import contextmanager
from importlib import metadata

from django.conf import settings

from ideas.exports.typesetting import TEMPLATES, typeset

from .contents import contents

TEMPLATE, PREFIX = "book.typ", "kompendium-"
# One for each address the site is reached under; older ones go
KEPT = 4


def book(address, progress=iter, building=None):
    """The path of the book in its present state; it is built if there is none.

    ``address`` makes a full address of a path. ``progress`` wraps the entries, ``building`` is called before the
    typesetting. Raises TypesettingFailed, and OSError if the folder cannot be used.
    """
    return kept_or_built(contents(address, progress), building)


def kept_or_built(data, building=None):
    """The path of the book made of ``data``."""
    path = settings.BOOK_DIR / f"{PREFIX}{fingerprint(data)}.pdf"
    if path.exists():
        os.utime(path)  # the books used last stay
        return path
    settings.BOOK_DIR.mkdir(parents=True, exist_ok=True)
    with alone():
        if not path.exists():
            if building:
                building()
            put(path, typeset(TEMPLATE, data))
    return path


def fingerprint(data):
    """The fingerprint of a book made of ``data``."""
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode())
    for template in sorted(TEMPLATES.glob("*.typ")):
        digest.update(template.read_bytes())
    digest.update(metadata.version("typst").encode())
    return digest.hexdigest()[:32]


def fingerprint_of(path):
    """The fingerprint of a book on the shelf."""
    return path.stem.removeprefix(PREFIX)


@contextmanager
def alone():
    """One process or thread at a time: who waits here finds the book built by the one before."""
    with (settings.BOOK_DIR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put(path, made):
    """Put a book on the shelf, as a whole or not at all, and take the oldest away."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    os.replace(name, path)
    books = sorted(path.parent.glob(f"{PREFIX}*.pdf"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in books[KEPT:]:
        old.unlink(missing_ok=True)
