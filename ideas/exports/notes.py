"""A visitor's own notes on a shortlist, sent along for the document and kept nowhere."""

import re

from .. import shortlist

NAME = re.compile(r"notiz-([1-9][0-9]{0,7})")
LONGEST = 2000
# Each character of a note can take twelve bytes on its way: four in UTF-8, each written like %F0
MOST_BYTES = shortlist.MOST * LONGEST * 12 + 10_000


def read(parameters):
    """The notes that say anything, by number of the idea; a line break counts as one character."""
    found = {}
    for name in parameters:
        if match := NAME.fullmatch(name):
            found[int(match.group(1))] = parameters[name].replace("\r\n", "\n").strip()
    return {number: note for number, note in found.items() if note}


def too_large(request):
    """Whether what was sent is more than any shortlist with notes can be."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not re.fullmatch("[0-9]{1,9}", length) or int(length) > MOST_BYTES
