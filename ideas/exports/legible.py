"""Text that files of office programs can hold."""

import re

# What XML 1.0 knows no way to write (https://www.w3.org/TR/xml/#charsets).
ILLEGIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text):
    """``text`` without characters that XML cannot hold, such as control characters."""
    return ILLEGIBLE.sub("", text)
