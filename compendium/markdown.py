"""Markdown of editors as safe HTML: CommonMark without raw HTML, sanitised, headings below the page title."""

from dataclasses import dataclass
from itertools import chain, count

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from workshops.german import german_slug

# An image could come from another site; without the rule it stays a link that readers may follow.
PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")
TOP, LAST = 2, 6
HEADINGS = [f"h{level}" for level in range(TOP, LAST + 1)]
TAGS = {*HEADINGS, "p", "br", "hr", "ul", "ol", "li", "a", "strong", "em", "blockquote", "code", "pre"}
ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}} | {heading: {"id"} for heading in HEADINGS}
SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass
class Text:
    """A text of an editor: its HTML, and its main headings as (anchor, words) for a list of contents."""

    html: SafeString
    contents: list[tuple[str, str]]


def render(source):
    """The :class:`Text` of a Markdown source."""
    tokens = PARSER.parse(source)
    contents = raise_headings(tokens)
    mark_other_hosts(tokens)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return Text(mark_safe(clean), contents)  # noqa: S308 (nh3 has just removed all that is not listed above)


def raise_headings(tokens):
    """Let the headings begin at ``h2``, and give each an anchor made of its words. Returns the ``h2``."""
    places = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    shift = TOP - min((int(tokens[place].tag[1]) for place in places), default=TOP)
    anchors, contents = set(), []
    for place in places:
        opening, inline, closing = tokens[place : place + 3]
        opening.tag = closing.tag = f"h{min(int(opening.tag[1]) + shift, LAST)}"
        words = "".join(child.content for child in inline.children)
        anchor = free_anchor(words, anchors)
        anchors.add(anchor)
        opening.attrSet("id", anchor)
        if opening.tag == f"h{TOP}":
            contents.append((anchor, words))
    return contents


def free_anchor(words, taken):
    """An anchor for a heading, unlike those ``taken`` and those of the templates."""
    first = f"text-{german_slug(words)}"
    candidates = chain([first], (f"{first}-{number}" for number in count(2)))
    return next(anchor for anchor in candidates if anchor not in taken)


def mark_other_hosts(tokens):
    """Mark the links that lead to other hosts."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open" and str(child.attrGet("href")).startswith(("http:", "https:", "//")):
                child.attrSet("rel", "external")
