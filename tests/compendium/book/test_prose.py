"""Markdown of editors as sections of the book."""

from compendium.book import prose

SOURCE = """Vorweg ein *Wort*
in zwei Zeilen.

## Erstes

- eins
- **zwei**

### Darunter

1. a
2. b

<b>HTML</b> & `#code[]`

## Zweites

[innen](/ideen/), [außen](https://aussen.example/), [böse](javascript:alert(1)), ![Bild](https://bild.example/x.png)
"""


def plain(value):
    """A text without its styles."""
    return value if isinstance(value, str) else "".join(run["text"] for run in value)


def test_headings_make_sections_and_lists_stay_lists():
    sections = [each for each in prose.sections(SOURCE, "Vorspann") if each]

    assert [each["title"] for each in sections] == ["Vorspann", "Erstes", "Zweites"]
    assert [block["kind"] for block in sections[1]["blocks"]] == ["points", "heading", "numbered", "text"]
    assert [plain(item) for item in sections[1]["blocks"][0]["items"]] == ["eins", "zwei"]
    assert plain(sections[0]["blocks"][0]["items"][0]) == "Vorweg ein Wort in zwei Zeilen."
    assert {"text": "Wort", "url": "", "emph": True} in sections[0]["blocks"][0]["items"][0]


def test_html_stays_text_and_links_lead_to_the_web_only():
    sections = prose.sections(SOURCE, "Vorspann")

    assert plain(sections[1]["blocks"][3]["items"][0]) == "<b>HTML</b> & #code[]"
    runs = sections[2]["blocks"][0]["items"][0]
    assert {run["text"]: run["url"] for run in runs if run["text"] in {"innen", "außen"}} == {
        "innen": "", "außen": "https://aussen.example/",
    }  # fmt: skip
    assert not any("javascript" in run["url"] for run in runs if "url" in run)


def test_text_without_headings_is_one_section_and_no_text_is_none():
    assert [each["title"] for each in prose.sections("Nur das.", "Titel") if each] == ["Titel"]
    assert [each for each in prose.sections("", "Titel") if each] == []


def test_quotations_and_lists_inside_lists_keep_their_words():
    (section,) = prose.sections(
        "> Zitat\n>\n> - im Zitat\n\n1. eins\n   - darin\n\n   ```\n   Code\n   ```\n", "Titel"
    )

    assert [(block["kind"], [plain(item) for item in block["items"]]) for block in section["blocks"]] == [
        ("text", ["Zitat"]), ("points", ["im Zitat"]), ("numbered", ["eins", "darin", "Code\n"]),
    ]  # fmt: skip
