"""Markdown of editors as sections of the book. Raw HTML stays text, as on the site."""

from compendium import markdown

from . import blocks

LISTS = {"bullet_list": blocks.points, "ordered_list": blocks.numbered}
MARKS = {"strong": "strong", "em": "emph"}
FOLLOWED = ("http:", "https:", "mailto:")


def sections(source, title):
    """The sections of a Markdown source, one for each main heading; ``title`` names what stands before."""
    tokens = markdown.PARSER.parse(source)
    markdown.raise_headings(tokens)
    found, items, depth = [(title, [])], [], 0
    for place, token in enumerate(tokens):
        kind, inside = token.type.removesuffix("_open").removesuffix("_close"), found[-1][1]
        if token.type in {"fence", "code_block"}:
            if depth:
                items.append(token.content)
            else:
                inside.append(blocks.text(token.content))
        elif kind in LISTS:
            depth += token.nesting
            if not depth:
                inside.append(LISTS[kind](items))
                items = []
        elif token.type == "inline":
            opening = tokens[place - 1]
            if opening.type == "heading_open" and opening.tag == f"h{markdown.TOP}":
                found.append((words(token), []))
            elif opening.type == "heading_open":
                inside.append(blocks.heading(words(token)))
            elif depth:
                items.append(runs(token))
            else:
                inside.append(blocks.rich(runs(token)))
    return [blocks.section(name, *inside) for name, inside in found]


def words(inline):
    """The words of a heading."""
    return "".join(run["text"] for run in runs(inline))


def runs(inline):
    """The runs of a paragraph. Links lead to the web and to mail; those inside the site are words only."""
    found, style, url = [], {}, ""
    for token in inline.children:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in MARKS:
            style[MARKS[name]] = token.nesting > 0
        elif name == "link":
            target = str(token.attrGet("href") or "")
            url = target if target.startswith(FOLLOWED) else ""
        elif name in {"softbreak", "hardbreak"}:
            found.append({"text": " "})
        else:
            found.append({"text": token.content, "url": url, **style})
    return found
