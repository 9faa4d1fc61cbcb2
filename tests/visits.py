"""Visiting the site in tests: what a page says, where it links, what it needs."""

import re
from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext

SILENT = {"script", "style", "title", "head"}


class Markup(HTMLParser):
    """The parts of a rendered page that tests ask for."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.inline, self.words, self.languages = [], [], [], [], {}
        self.open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.open.append((tag, values.get("lang")))
        if tag == "a":
            self.links.append((values.get("href"), values.get("rel")))
        if tag == "br":
            self.words.append((" ", None))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "style" or (tag == "script" and not values.get("src")):
            self.inline.append(f"<{tag}>")
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        self.inline += [f"{tag} {name}" for name, value in attrs if (value or "").startswith("javascript:")]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(tag in SILENT for tag, _ in self.open):
            language = next((language for _, language in reversed(self.open) if language), None)
            self.words.append((data, language))

    @property
    def text(self):
        """The visible words, any white space between them as one space."""
        return " ".join("".join(words for words, _ in self.words).split())

    def language_of(self, words):
        """The language that the page marks ``words`` as."""
        return next(language for said, language in self.words if words in said)


def visit(client, address, status=200):
    """The :class:`Markup` of the page at ``address``, which must answer with ``status``."""
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return Markup(response.text)


def queries(client, address):
    """How many queries the page at ``address`` needs, once what processes remember (content types) is known."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def queries_of(action):
    """How many queries ``action`` needs."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def go_back(client, address, **values):
    """Confirm on the page that asks before going back to an earlier state."""
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).text)[1]
    return client.post(address, {"seen": seen, **values})
