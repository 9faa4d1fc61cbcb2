"""The book on its shelf: built once, again after a change, never half."""

import os
import threading

import pytest
from django.core.management import CommandError, call_command

from compendium.book import shelf as shelves
from compendium.book.shelf import book
from ideas.exports.typesetting import TypesettingFailed
from ideas.models import Idea
from tests import pdf
from tests.factories import make_event, make_example, make_idea, make_topic, make_workshop

from .conftest import address


@pytest.fixture
def idea():
    """A published entry with something in the registers."""
    idea = make_idea("Laden auf Zeit", number=9, workshop=make_workshop(), topics=[make_topic()], problem="Leer.")
    make_example(idea)
    return idea


@pytest.mark.django_db
def test_book_is_built_once_until_something_it_shows_changes(idea, shelf):
    first = book(address)
    built = first.stat().st_mtime_ns, first.read_bytes()
    again = book(address)
    assert (again, again.read_bytes()) == (first, built[1])

    Idea.objects.filter(pk=idea.pk).update(problem="Noch immer leer.")  # leaves updated_at alone
    changed = book(address)

    assert changed != first
    assert pdf.missing(changed.read_bytes(), ["Noch immer leer."]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["example", "topic", "source", "event", "retract", "address"])
def test_every_kind_of_change_makes_another_book(idea, change):
    def fingerprint(to=address):
        return shelves.fingerprint(shelves.contents(to))

    before, example = fingerprint(), idea.examples.get()
    match change:
        case "example":
            idea.examples.update(fact="Elf Läden.")
        case "topic":
            idea.topics.update(name="Zwischennutzung")
        case "source":
            type(example.source).objects.update(publisher="Verband")
        case "event":
            make_event()
        case "retract":
            Idea.objects.update(status="draft")
        case "address":
            assert fingerprint(lambda path: f"http://andere.example{path}") != before
            return

    assert fingerprint() != before


@pytest.mark.django_db
def test_same_content_makes_the_same_bytes(idea, shelf):
    first = book(address).read_bytes()
    for kept in shelf.glob("*.pdf"):
        kept.unlink()

    assert book(address).read_bytes() == first


@pytest.mark.django_db
def test_readers_at_the_same_time_build_it_once(idea, shelf):
    data = shelves.contents(address)
    built, started = [], threading.Barrier(3)

    def read():
        started.wait()
        found.append(shelves.kept_or_built(data, lambda: built.append(1)))

    found = []
    threads = [threading.Thread(target=read) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(built), len(set(found)), len(found)) == (1, 1, 3)
    assert [path.suffix for path in shelf.iterdir() if path.name != "lock"] == [".pdf"]


@pytest.mark.django_db
def test_shelf_keeps_a_few_books_only(idea, shelf):
    for name in "abcdef":
        book(lambda path, name=name: f"https://{name}.example{path}")

    assert len(list(shelf.glob("*.pdf"))) == shelves.KEPT


@pytest.mark.django_db
def test_failure_leaves_nothing_behind(idea, shelf, monkeypatch):
    monkeypatch.setattr(shelves, "TEMPLATE", "gibt-es-nicht.typ")

    with pytest.raises(TypesettingFailed):
        book(address)

    assert list(shelf.glob("*.p*")) == []


@pytest.mark.django_db
def test_command_writes_the_book_with_links_to_the_address(idea, tmp_path, capsys):
    output = tmp_path / "neu" / "buch.pdf"

    call_command("build_book", output=output, base_url="https://kompendium.example.org/")

    assert "https://kompendium.example.org/ideen/9/" in pdf.links_of(output.read_bytes())
    assert "https://kompendium.example.org/" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("production", "hosts", "expected"),
    [
        (False, ["localhost"], "http://localhost:8000/ideen/9/"),
        (True, [".example.org", "kompendium.example.org"], "https://kompendium.example.org/ideen/9/"),
    ],
)
def test_command_knows_an_address_without_being_told(idea, settings, production, hosts, expected):
    settings.PRODUCTION, settings.ALLOWED_HOSTS = production, hosts

    call_command("build_book")

    (built,) = settings.BOOK_DIR.glob("*.pdf")
    assert expected in pdf.links_of(built.read_bytes())


@pytest.mark.django_db
def test_command_refuses_an_address_that_is_none(idea):
    with pytest.raises(CommandError, match="base-url"):
        call_command("build_book", base_url="kompendium")


@pytest.mark.django_db
def test_command_says_where_it_cannot_write(idea, tmp_path):
    (tmp_path / "datei").write_text("kein Ordner")

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("build_book", output=tmp_path / "datei" / "buch.pdf")


@pytest.mark.once
@pytest.mark.django_db
def test_whole_compendium_is_one_accessible_book_within_ten_seconds(real_content):
    ideas = list(Idea.objects.published())

    started = os.times()
    made = book(address).read_bytes()
    seconds = sum(os.times()[:4]) - sum(started[:4])  # of the processor: others work beside us

    assert 0 < seconds < 10
    assert pdf.complaints(made) == []
    assert pdf.missing(made, [f"{idea.title} {idea.summary}" for idea in ideas]) == []
    assert {address(f"/ideen/{idea.number}/") for idea in ideas} <= pdf.links_of(made)
    entries = [
        words for level, words in pdf.outline_of(made) if level == 2 and words in {idea.title for idea in ideas}
    ]
    assert entries == [idea.title for idea in ideas]
    assert len(ideas) == 113
