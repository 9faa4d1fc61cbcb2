"""Pages and operator data: the rules the database keeps, and what is still missing."""

import pytest
from django.db import IntegrityError, transaction

from compendium.models import LoadedRecord, OperatorData, Page
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def test_database_refuses_a_page_that_has_no_address():
    page = make_page("impressum")

    with pytest.raises(IntegrityError, match="page_slug_known"), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(slug="anderes")


def test_database_refuses_a_page_twice():
    make_page("impressum")

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        make_page("impressum")


@pytest.mark.parametrize("slug", Page.Slug.values)
def test_every_page_has_its_address(slug):
    assert make_page(slug).get_absolute_url() == f"/{slug}/"


def test_database_refuses_a_second_record_of_operator_data():
    with pytest.raises(IntegrityError, match="operatordata_only_one"), transaction.atomic():
        OperatorData.objects.bulk_create([OperatorData(pk=2)])


def test_operator_data_are_saved_over_the_one_record():
    OperatorData(name="Alte Stadt").save()

    OperatorData(name="Neue Stadt").save()

    assert [data.name for data in OperatorData.objects.all()] == ["Neue Stadt"]


def test_operator_data_name_what_is_missing():
    assert len(OperatorData.current().missing()) == 11
    OperatorData(name="Stadt", email="post@stadt.example").save()

    missing = [str(name) for name in OperatorData.current().missing()]

    assert len(missing) == 9
    assert "Postanschrift" in missing
    assert "E-Mail" not in missing


def test_a_record_is_remembered_once():
    LoadedRecord.objects.create(model="Idea", key="1", fingerprint="a")

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        LoadedRecord.objects.create(model="Idea", key="1", fingerprint="b")
