"""What the records around the round table say about themselves."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from tests.factories import (
    make_lab,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_participant,
    make_sector,
    make_size_class,
    make_source,
    make_workshop,
)
from workshops.models import SizeClass, Source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "host", "at_the_desk"),
    [
        ("https://www.bremen.de/leben?a=1", "bremen.de", "bremen.de/leben?a=1"),
        ("http://blog.wiso.uni-erlangen.de/das", "blog.wiso.uni-erlangen.de", "blog.wiso.uni-erlangen.de/das"),
        ("https://wwwatt.example/", "wwwatt.example", "wwwatt.example"),
    ],
)
def test_a_source_without_title_is_called_by_its_host_and_at_the_desk_by_its_address(url, host, at_the_desk):
    assert (Source(url=url).name, str(Source(url=url))) == (host, at_the_desk)
    titled = Source(url=url, title="Ein Bericht")
    assert titled.name == str(titled) == "Ein Bericht"


@pytest.mark.parametrize(
    ("evidence", "caveat"), [("quelle", False), ("ausgangstext", True), ("zuordnung", True), ("allgemein", False)]
)
def test_weak_evidence_needs_a_caveat(evidence, caveat):
    outcome = make_outcome(evidence=evidence, date_evidence=evidence)

    assert outcome.has_caveat is caveat
    assert outcome.date_has_caveat is caveat


def test_facts_are_pairs_of_label_and_value():
    detail = make_outcome_detail(make_outcome(), facts="Auftrag: Land: NRW\nohne Doppelpunkt\nUhrzeit 12:30")

    assert list(detail.fact_pairs()) == [("Auftrag", "Land: NRW"), ("", "ohne Doppelpunkt"), ("", "Uhrzeit 12:30")]


@pytest.mark.parametrize(
    ("population", "name"),
    [
        (None, None), (4_999, None), (5_000, "Kleinstadt"), (19_999, "Kleinstadt"), (20_000, "Mittelstadt"),
        (99_999, "Mittelstadt"), (100_000, "Großstadt"), (3_700_000, "Großstadt"),
    ],
)  # fmt: skip
def test_a_size_class_reaches_from_its_lower_to_below_its_upper_bound(population, name):
    classes = [
        make_size_class("Kleinstadt", 5_000, 20_000),
        make_size_class("Mittelstadt", 20_000, 100_000),
        make_size_class("Großstadt", 100_000, None),
    ]

    fitting = SizeClass.fitting(classes, population)

    assert (fitting and fitting.name) == name


def test_a_municipality_gets_slug_sort_key_and_size_class():
    make_size_class("Großstadt", 100_000, 500_000)

    place = make_municipality("Mönchengladbach", population=275_500)

    assert place.slug == "moenchengladbach"
    assert place.name_key == "monchengladbach"
    assert place.size_class.name == "Großstadt"


def test_a_municipality_below_the_smallest_bound_keeps_the_class_it_was_given():
    small = make_size_class("Kleinstadt", 5_000, 20_000)

    place = make_municipality("Dorf", population=900, size_class=small)

    assert place.size_class == small
    assert place.size_label == "weniger als 5.000 Einwohner:innen"


def test_a_participant_is_a_number_until_named_with_consent():
    assert str(make_participant(number=7)) == "Teilnehmende Person 7"
    named = make_participant(number=8, name="Erika Muster", consented_on=datetime.date(2026, 1, 5))
    assert (str(named), named.public_name) == ("Teilnehmende Person 8", "Erika Muster")


def test_a_name_without_consent_is_refused_with_the_reason():
    participant = make_participant()
    participant.name = "Erika Muster"

    with pytest.raises(ValidationError) as refused:
        participant.full_clean()

    assert "Zustimmung" in str(refused.value)


def test_a_lab_is_called_after_its_city():
    assert str(make_lab("Bremen")) == "Bremen"


def test_addresses():
    assert make_workshop("Revitalisierung").get_absolute_url() == "/workshops/revitalisierung/"
    assert make_lab("Nürnberg").get_absolute_url() == "/stadtlabore/nuernberg/"


def test_what_others_need_cannot_be_deleted():
    lab = make_lab("Bremen")
    sector = make_sector()
    make_participant(sector=sector)

    with pytest.raises(ProtectedError):
        lab.municipality.delete()
    with pytest.raises(ProtectedError):
        sector.delete()


def test_order_is_the_same_on_every_database():
    for name in ("Zwickau", "Ölsnitz", "Oldenburg", "Ärmelkanal", "Aachen"):
        make_municipality(name)

    names = [place.name for place in type(make_municipality("Ulm")).objects.all()]

    assert names == ["Aachen", "Ärmelkanal", "Oldenburg", "Ölsnitz", "Ulm", "Zwickau"]


def test_a_source_is_registered_once():
    source = make_source()

    with pytest.raises(ValidationError):
        Source(url=source.url).full_clean()
