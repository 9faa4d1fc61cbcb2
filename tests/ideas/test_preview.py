"""The preview: the public page of what is not public, for the desk only; and the way from the page to the desk."""

import pytest
from django.test import Client

from ideas import revisions
from ideas.content import snapshot
from ideas.models import Idea, PracticeExample, Revision
from tests.desk import Desk
from tests.factories import make_complete_idea, make_editor, make_topic
from tests.visits import Markup, queries, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(db):
    return Desk(make_editor("Redaktion"))


@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_preview_shows_the_real_page_of_what_is_not_public(writer, visitor, status):
    idea = make_complete_idea(number=7, status=status, published_at=None, version_date=None)

    response = writer.get(f"/admin/ideas/idea/{idea.pk}/vorschau/")

    page = Markup(response.text).text
    assert "Vorschau: Nur die Redaktion sieht diese Seite." in page
    assert "Wo es das gibt" in page
    assert "Offenburg" in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    visitor.page("/ideen/7-ladenboerse/", status=404)
    idea.refresh_from_db()
    assert (idea.status, idea.published_at, idea.version_date) == (status, None, None)


def test_preview_shows_the_pending_revision(writer, visitor):
    idea = make_complete_idea(number=7, status="published")
    revisions.change(idea, snapshot(idea) | {"title": "Neu", "slug": "neu"}, by=make_editor("Redaktion"))

    assert "Neu" in visit(writer, f"/admin/ideas/idea/{idea.pk}/vorschau/").text
    assert "Ladenbörse" in visitor.main("/ideen/7-ladenboerse/")


@pytest.mark.parametrize("status", ["draft", "published"])
def test_preview_shows_what_stands_in_the_form_and_saves_nothing(writer, status):
    idea = make_complete_idea(status=status)
    before, data = snapshot(idea), writer.open(idea) | {"title": "Nur angesehen"}
    data = writer.add_example(data, place="Gera", name="Auch nur angesehen")

    text = Markup(writer.save(idea, data, address="vorschau").text).text

    assert "Nur angesehen" in text
    assert "Auch nur angesehen" in text
    idea = type(idea).objects.get()
    assert snapshot(idea) == before
    assert not idea.revisions.exists()


@pytest.fixture
def form_of_new_entry(writer):
    """What stands in the form of a new entry: texts, a topic, two examples."""
    examples = {"examples-TOTAL_FORMS": 0, "examples-INITIAL_FORMS": 0}
    data = {"number": 1, "title": "Noch nirgends", "summary": "Kurz.", "origin": "redaktion"} | examples
    data |= {"problem": "Leere.", "steps": "Fragen\nSammeln", "topics": [make_topic("Leerstand").pk]}
    data = writer.add_example(data, place="Gera", name="Zweite", position=2)
    return writer.add_example(data, place="Suhl", name="Erste", position=1)


def test_preview_of_a_new_entry_shows_all_of_the_form_and_writes_nothing(writer, form_of_new_entry):
    response = writer.post("/admin/ideas/idea/add/vorschau/", form_of_new_entry)

    page = Markup(response.text)
    assert "Vorschau: Nur die Redaktion sieht diese Seite. Der Eintrag ist noch nicht gesichert" in page.text
    assert "Bearbeiten" not in page.text
    assert [word for word in ("Noch nirgends", "Leerstand", "Sammeln") if word not in page.text] == []
    assert page.text.index("Suhl") < page.text.index("Gera")
    assert response["X-Robots-Tag"] == "noindex"
    assert [model.objects.count() for model in (Idea, PracticeExample, Revision)] == [0, 0, 0]
    assert not response.wsgi_request._messages._queued_messages


def test_preview_of_a_new_entry_names_all_mistakes(writer, form_of_new_entry):
    data = form_of_new_entry | {"title": "", "examples-1-fact": ""}

    text = Markup(writer.post("/admin/ideas/idea/add/vorschau/", data).text).text

    assert "Noch keine Vorschau" in text
    assert "Titel: Dieses Feld ist zwingend erforderlich." in text
    assert "Praxisbeispiel 2: Tatsache: Dieses Feld ist zwingend erforderlich." in text
    assert not Idea.objects.exists()


def test_preview_of_a_new_entry_is_for_those_who_may_write_one(writer, form_of_new_entry):
    stranger = Desk(make_editor(name="fremd"))

    assert stranger.post("/admin/ideas/idea/add/vorschau/", form_of_new_entry).status_code == 403
    assert writer.get("/admin/ideas/idea/add/vorschau/").url == "/admin/ideas/idea/add/"
    assert 'formaction="/admin/ideas/idea/add/vorschau/"' in writer.get("/admin/ideas/idea/add/").text


@pytest.mark.parametrize(
    ("address", "nothing"), [("vorschau", "Noch keine Vorschau"), ("aehnlich", "Noch wurde nichts verglichen")]
)
def test_preview_of_a_wrong_form_names_each_wrong_field_and_the_way_back(writer, address, nothing):
    idea = make_complete_idea()
    data = writer.add_example(writer.open(idea) | {"title": ""}, place="Gera", name="Neu", fact="")

    text = Markup(writer.save(idea, data, address=address).text).text

    assert nothing in text
    assert "Titel: Dieses Feld ist zwingend erforderlich." in text
    assert "Praxisbeispiel 2: Tatsache: Dieses Feld ist zwingend erforderlich." in text
    assert "Schließen Sie dieses Fenster" in text
    assert "Zurück zum Formular" not in text


def test_public_page_leads_editors_to_the_form_and_visitors_nowhere(writer, visitor):
    idea = make_complete_idea(number=7, status="published")
    edit = f"/admin/ideas/idea/{idea.pk}/change/"

    assert edit in writer.get("/ideen/7-ladenboerse/").text
    assert "/ideen/7-ladenboerse/" in writer.get(edit).text
    assert edit not in visitor.page("/ideen/7-ladenboerse/")
    stranger = Client()
    stranger.force_login(make_editor(name="fremd"))
    assert edit not in stranger.get("/ideen/7-ladenboerse/").text


def test_visitors_pay_nothing_for_it(visitor, writer):
    make_complete_idea(number=7, status="published")

    response = visitor.get("/ideen/7-ladenboerse/")

    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert queries(visitor, "/ideen/7-ladenboerse/") < queries(writer, "/ideen/7-ladenboerse/")


def test_draft_leads_from_its_form_to_the_preview(writer):
    idea = make_complete_idea()

    assert f"/admin/ideas/idea/{idea.pk}/vorschau/" in writer.get(f"/admin/ideas/idea/{idea.pk}/change/").text
