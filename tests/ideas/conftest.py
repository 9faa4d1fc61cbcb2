"""Fixtures for the pages of ideas."""

import re

import pytest
from django.test import Client


class Visitor(Client):
    """A visitor's browser without cookies, which reads pages as text."""

    def page(self, address, status=200):
        """The HTML of an address, which must answer with ``status``."""
        response = self.get(address)
        assert response.status_code == status, address
        assert not response.cookies
        return response.content.decode()

    def main(self, address, status=200):
        """The HTML between <main> and </main>."""
        return re.search(r"<main.*?</main>", self.page(address, status), re.DOTALL).group()

    def hits(self, address):
        """The numbers of the ideas a list page shows, in order."""
        return [int(number) for number in re.findall(r'<a href="(?:/en)?/ideen/(\d+)-', self.main(address))]


@pytest.fixture
def visitor(db):
    """A visitor."""
    return Visitor()
