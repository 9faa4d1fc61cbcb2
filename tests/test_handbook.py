"""The handbook of the editors: its pictures are there, small, and made by the stories; its links lead on."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

pytestmark = pytest.mark.once
DOCS = Path(settings.BASE_DIR) / "docs"
HANDBOOK = (DOCS / "redaktion.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", HANDBOOK)
WIDEST, LARGEST = 1280, 150_000


@pytest.mark.parametrize(("words", "address"), PICTURES)
def test_picture_is_there_and_small(words, address):
    picture = DOCS / address

    with Image.open(picture) as image:
        assert image.width <= WIDEST
    assert picture.stat().st_size <= LARGEST
    assert len(words) > 20


def test_every_picture_is_taken_by_a_story_and_none_is_left_over():
    stories = "".join(path.read_text(encoding="utf-8") for path in DOCS.parent.glob("tests/browser/test_*.py"))
    taken = {f"img/redaktion-{name}.png" for name in re.findall(r'handbook\(\w+, "([a-z-]+)"', stories)}

    assert taken == {address for _words, address in PICTURES}
    assert taken == {f"img/{path.name}" for path in DOCS.glob("img/redaktion-*.png")}


def test_links_within_the_handbook_lead_to_a_heading():
    headings = {
        re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", HANDBOOK, re.MULTILINE)
    }

    linked = set(re.findall(r"\]\(#([^)]+)\)", HANDBOOK))

    assert len(linked) > 10
    assert linked <= headings
