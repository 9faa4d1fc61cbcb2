"""Fixtures for the book: a shelf of its own for each test."""

import pytest


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    """The folder where books are kept."""
    settings.BOOK_DIR = tmp_path / "shelf"
    return settings.BOOK_DIR


def address(path):
    """A full address."""
    return f"https://kompendium.example{path}"
