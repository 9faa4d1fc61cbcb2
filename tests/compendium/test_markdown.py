"""Markdown of editors as safe HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compendium.markdown import render
from tests.visits import Markup


def test_common_markdown():
    html = render("Ein *Wort*, ein **Satz**.\n\n- eins\n- zwei\n\n3. drei\n\n> Zitat").html

    assert html == (
        "<p>Ein <em>Wort</em>, ein <strong>Satz</strong>.</p>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"
        '<ol start="3">\n<li>drei</li>\n</ol>\n<blockquote>\n<p>Zitat</p>\n</blockquote>\n'
    )


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("# Eins\n\n## Zwei", ["h2", "h3"]),
        ("## Zwei\n\n### Drei\n\n## Zwei", ["h2", "h3", "h2"]),
        ("#### Vier\n\n##### Fünf", ["h2", "h3"]),
        ("# Eins\n\n###### Sechs", ["h2", "h6"]),
        ("Eins\n====\n\nZwei\n----", ["h2", "h3"]),
    ],
)
def test_headings_stand_below_the_title_of_the_page(source, tags):
    html = render(source).html

    assert [part[:2] for part in html.split("<")[1:] if part[0] == "h"] == tags


def test_main_headings_make_the_contents():
    text = render("## Woher *die* Ideen stammen\n\n### Genauer\n\n## Größe\n\n## Größe")

    assert text.contents == [
        ("text-woher-die-ideen-stammen", "Woher die Ideen stammen"),
        ("text-groesse", "Größe"),
        ("text-groesse-2", "Größe"),
    ]
    assert Markup(text.html).ids == [
        "text-woher-die-ideen-stammen", "text-genauer", "text-groesse", "text-groesse-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("link", "rel"),
    [
        ("https://www.geonames.org/", "external"),
        ("http://a.example/", "external"),
        ("//a.example/", "external"),
        ("/ideen/", None),
        ("#text-groesse", None),
        ("mailto:redaktion@a.example", None),
        ("tel:+4942112345", None),
    ],
)
def test_links_to_other_hosts_say_so(link, rel):
    assert Markup(render(f"[Wort]({link})").html).links == [(link, rel)]


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>Text</p>",
        "<img src=x onerror=alert(1)>",
        "[Wort](javascript:alert(1))",
        "[Wort](<java\nscript:alert(1)>)",
        "[Wort](data:text/html,<script>alert(1)</script>)",
        "[Wort](vbscript:alert(1))",
        "<style>body { display: none }</style>",
        "<iframe src=https://a.example></iframe>",
        "![Bild](https://a.example/zaehlpixel.png)",
    ],
)
def test_nothing_dangerous_comes_through(source):
    html = render(source).html

    assert not Markup(html).inline
    for tag in ("<script", "<style", "<img", "<iframe", "<p "):
        assert tag not in html


def test_raw_html_is_shown_as_text():
    assert render("Ein <b>Wort</b>").html == "<p>Ein &lt;b&gt;Wort&lt;/b&gt;</p>\n"


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=200) | st.text(alphabet="#[]()<>!:/-=*\n `ahttpsjvcr")
)
def test_any_text_gives_harmless_html(source):
    page = Markup(render(source).html)

    assert not page.inline
    assert all(tag not in render(source).html for tag in ("<script", "<img", "<style"))
