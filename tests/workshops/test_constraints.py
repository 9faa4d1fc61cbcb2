"""Every rule of the models that the database keeps itself, whoever writes: admin, loader or a bare UPDATE."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tests.factories import (
    make_event,
    make_lab,
    make_lab_project,
    make_milestone,
    make_municipality,
    make_outcome,
    make_outcome_detail,
    make_participant,
    make_sector,
    make_size_class,
    make_source,
    make_workshop,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2021, 7, 1)
WITH_EVIDENCE = (
    "citylab", "event", "labproject", "milestone", "outcome", "outcomedetail", "sector", "sizeclass", "workshop",
)  # fmt: skip
MAKERS = {
    "citylab": make_lab,
    "event": make_event,
    "labproject": lambda: make_lab_project(make_lab()),
    "milestone": lambda: make_milestone(make_event()),
    "municipality": make_municipality,
    "outcome": make_outcome,
    "outcomedetail": lambda: make_outcome_detail(make_outcome()),
    "participant": make_participant,
    "sector": make_sector,
    "sizeclass": make_size_class,
    "source": make_source,
    "workshop": make_workshop,
}


def dates(model, name, date="date", precision="date_precision"):
    """The ways to break the rule that a date has a known precision and a precision a date."""
    return [
        (model, name, {date: DAY, precision: ""}),
        (model, name, {date: None, precision: "day"}),
        (model, name, {date: DAY, precision: "hour"}),
    ]


BROKEN = [
    *((model, f"{model}_evidence_known", {"evidence": "erfunden"}) for model in WITH_EVIDENCE),
    ("event", "event_recording_evidence_known", {"recording_evidence": ""}),
    ("outcome", "outcome_date_evidence_known", {"date_evidence": "erfunden"}),
    ("municipality", "municipality_evidence_known", {"coordinates_evidence": "erfunden"}),
    *dates("milestone", "milestone_date_with_precision"),
    *dates("workshop", "workshop_date_with_precision"),
    *dates("outcome", "outcome_date_with_precision"),
    *dates("municipality", "municipality_population_date", "population_date", "population_precision"),
    ("participant", "participant_number_positive", {"number": 0}),
    ("participant", "participant_name_needs_consent", {"name": "Erika Muster"}),
    ("participant", "participant_consent_with_scope", {"consented_on": DAY}),
    ("participant", "participant_consent_with_scope", {"consent_scope": "name"}),
    ("participant", "participant_consent_with_scope", {"consented_on": DAY, "consent_scope": "alles"}),
    ("sizeclass", "sizeclass_bounds_in_order", {"lower": 500, "upper": 500}),
    ("municipality", "municipality_kind_known", {"kind": "village"}),
    ("municipality", "municipality_coordinates_in_range", {"latitude": 91, "longitude": 8}),
    ("municipality", "municipality_coordinates_in_range", {"latitude": 50, "longitude": -181}),
    ("municipality", "municipality_coordinates_in_range", {"latitude": 50}),
    ("municipality", "municipality_coordinates_in_range", {"longitude": 8}),
    ("municipality", "municipality_region_without_point", {"kind": "region", "latitude": 50, "longitude": 8}),
    ("source", "source_link_status_known", {"link_status": "vielleicht", "checked_at": timezone.now()}),
    ("source", "source_link_status_has_date", {"link_status": "dead"}),
    ("source", "source_link_finding_known", {"link_finding": "erfunden"}),
    ("source", "source_ignored_with_reason", {"ignore_until": DAY}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "name", "values"), BROKEN)
def test_database_refuses_what_breaks_a_rule(model, name, values):
    record = MAKERS[model]()
    table = type(record).objects.filter(pk=record.pk)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        table.update(**values)


def test_every_check_of_the_models_is_tried_above():
    checks = {
        constraint.name
        for model in apps.get_app_config("workshops").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }

    assert checks == {getattr(case, "values", case)[1] for case in BROKEN}


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("citylab", "slug"), ("citylab", "position"), ("citylab", "municipality_id"), ("event", "slug"),
        ("milestone", "slug"), ("municipality", "slug"), ("outcome", "slug"), ("outcome", "position"),
        ("outcomedetail", "slug"), ("participant", "number"), ("sector", "slug"), ("sector", "position"),
        ("sizeclass", "slug"), ("sizeclass", "lower"), ("source", "url"), ("workshop", "slug"),
        ("workshop", "position"),
    ],
)  # fmt: skip
def test_database_refuses_a_second_record_with_the_same_value(model, field):
    record = MAKERS[model]()
    copy = type(record).objects.get(pk=record.pk)
    copy.pk = None
    for other in unique_fields(copy):
        if other.attname != field:
            setattr(copy, other.attname, another(copy, other))

    with pytest.raises(IntegrityError, match=rf"(?i)unique.*{field}|{field}.*unique"), transaction.atomic():
        type(record).objects.bulk_create([copy])


def unique_fields(record):
    """The fields of a record whose value may occur once, apart from its key."""
    return [field for field in record._meta.concrete_fields if field.unique and not field.primary_key]


def another(record, field):
    """A value of a unique field that no record has yet."""
    if field.is_relation:
        return make_municipality("Eine andere Stadt").pk
    value = getattr(record, field.attname)
    return value + 1 if isinstance(value, int) else f"{value}-anders"


def test_database_refuses_two_projects_of_one_lab_with_the_same_name():
    lab = make_lab()
    make_lab_project(lab, "Pop-up-Store")

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        make_lab_project(lab, "Pop-up-Store")


def test_two_labs_may_have_a_project_of_the_same_name():
    make_lab_project(make_lab("Bremen"), "Pop-up-Store")
    make_lab_project(make_lab("Nürnberg"), "Pop-up-Store")
