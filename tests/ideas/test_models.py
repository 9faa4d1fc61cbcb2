"""The rules of ideas in the database itself, and what saving fills in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ideas.models import Actor, CitySize, Idea, PracticeExample, SynonymGroup, Topic
from tests.factories import make_actor, make_documented_idea, make_example, make_idea, make_topic

pytestmark = pytest.mark.django_db


def refused(records, constraint, **values):
    """Whether the database itself refuses ``values``, because of ``constraint``."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        records.update(**values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("idea_number_positive", {"number": 0}),
        ("idea_phase_known", {"phase": "irgendwas"}),
        ("idea_effort_known", {"effort": "riesig"}),
        ("idea_cost_known", {"cost": "viel"}),
        ("idea_horizon_known", {"horizon": "nie"}),
        ("idea_maturity_known", {"maturity": "reif"}),
        ("idea_status_known", {"status": "weg"}),
        ("idea_origin_matches_documentation", {"origin": "workshop"}),
        ("idea_origin_matches_documentation", {"origin": "anders"}),
        ("idea_published_has_date", {"published_at": None}),
        ("idea_published_has_date", {"version_date": None}),
    ],
)
def test_database_refuses_what_breaks_a_rule_of_ideas(constraint, values):
    make_idea()

    refused(Idea.objects.all(), constraint, **values)


def test_editorial_entry_must_not_be_documented():
    make_idea()

    refused(Idea.objects.all(), "idea_origin_matches_documentation", documented_as=make_documented_idea())


def test_only_archived_entries_are_merged_and_never_into_themselves():
    first, second = make_idea(number=1), make_idea(number=2)
    refused(Idea.objects.filter(pk=first.pk), "idea_merged_is_archived", merged_into=second)

    refused(Idea.objects.filter(pk=first.pk), "idea_not_merged_into_itself", status="archived", merged_into=first)


def test_numbers_slugs_and_documentation_are_unique():
    make_idea(number=1, slug="eins", origin="workshop", documented_as=make_documented_idea())
    make_idea(number=2)

    second = Idea.objects.filter(number=2)
    for values in ({"number": 1}, {"slug": "eins"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            second.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.update(origin="workshop", documented_as=Idea.objects.get(number=1).documented_as)


@pytest.mark.parametrize("make", [make_topic, make_actor])
def test_slugs_and_names_of_terms_are_unique(make):
    make("Leerstand")

    with pytest.raises(IntegrityError), transaction.atomic():
        make("Leerstand", slug="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        make("Anders", slug="leerstand")


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("example_year_in_range", {"year": 1492}),
        ("example_year_in_range", {"year": 2222}),
        ("example_evidence_known", {"evidence": "gehoert"}),
    ],
)
def test_database_refuses_what_breaks_a_rule_of_examples(constraint, values):
    make_example(make_idea())

    refused(PracticeExample.objects.all(), constraint, **values)


def test_an_example_stands_once_with_an_idea():
    idea = make_idea()
    make_example(idea, "Bremen", "Laden")
    make_example(make_idea(), "Bremen", "Laden")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_example(idea, "Bremen", "Laden")


def test_forms_get_a_german_sentence_for_a_broken_rule():
    idea = make_idea()
    idea.origin = "workshop"

    with pytest.raises(ValidationError, match="braucht den Namen, unter dem er belegt ist"):
        idea.full_clean()


def test_saving_fills_slug_and_sort_key():
    idea = make_idea("Ärger mit Größe")
    topic, actor = Topic.objects.create(name="Öffentlicher Raum"), Actor.objects.create(name="Ämter")
    size = CitySize.objects.create(name="Großstadt", position=1)

    assert (idea.slug, idea.title_key) == ("aerger-mit-groesse", "arger mit grosse")
    assert (topic.slug, topic.name_key) == ("oeffentlicher-raum", "offentlicher raum")
    assert (actor.slug, size.slug) == ("aemter", "grossstadt")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Lastenrad", "Ein Wort allein"),
        ("Lastenrad\n \n", "Ein Wort allein"),
        ("Lastenrad\nCargobike\nLastenrad", "„Lastenrad“, „Lastenrad“"),
        ("Lastenrad\nCargobike\nLastenräder", "„Lastenrad“, „Lastenräder“"),
        ("Soziale Medien\nSocial Media\nsozialen Medien", "„Soziale Medien“, „sozialen Medien“"),
    ],
)
def test_synonyms_are_two_words_or_more_and_each_once(words, sentence):
    with pytest.raises(ValidationError) as error:
        SynonymGroup(slug="rad", words=words).full_clean()

    assert sentence in error.value.message_dict["words"][0]


def test_groups_of_synonyms_may_share_a_word():
    for slug, words in {"rad": "Lastenrad\n\n Rad ", "fahrrad": "Rad\r\nVelo"}.items():
        group = SynonymGroup(slug=slug, words=words)
        group.full_clean()
        group.save()

    assert [group.words for group in SynonymGroup.objects.all()] == ["Rad\nVelo", "Lastenrad\nRad"]
