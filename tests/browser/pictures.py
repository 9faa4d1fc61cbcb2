"""Pictures of pages, taken by the stories: to look at, and for the handbook of the editors."""

import io
import os

from PIL import Image

from tests.databases import PROJECT

SCREENSHOTS = PROJECT / "screenshots"
HANDBOOK = PROJECT / "docs/img"
COLOURS = 64  # enough for an interface, and a quarter of the size


def handbook(page, name, width=1100, height=800):
    """Take the picture ``name`` of the handbook; only ``make pictures`` replaces the one in ``docs/img``."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("scrollTo(0, 0)")
    taken = page.screenshot()
    page.set_viewport_size(before)
    SCREENSHOTS.mkdir(exist_ok=True)
    folder = HANDBOOK if os.environ.get("PICTURES") == "1" else SCREENSHOTS
    Image.open(io.BytesIO(taken)).quantize(COLOURS).save(folder / f"redaktion-{name}.png", optimize=True)
