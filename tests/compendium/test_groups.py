"""The groups of the desk, as the migration makes them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection

from tests.factories import make_editor

pytestmark = pytest.mark.django_db
groups = import_module("compendium.migrations.0003_groups")

RIGHTS = {
    "ideas.add_idea": {"Redaktion", "Schlussredaktion"},
    "ideas.change_idea": {"Redaktion", "Schlussredaktion"},
    "ideas.publish_idea": {"Schlussredaktion"},
    "ideas.delete_idea": {"Verwaltung"},
    "ideas.change_topic": {"Verwaltung"},
    "ideas.change_synonymgroup": {"Schlussredaktion", "Verwaltung"},
    "ideas.view_searchcount": {"Redaktion", "Schlussredaktion", "Verwaltung"},
    "ideas.delete_searchcount": {"Verwaltung"},
    "workshops.add_source": {"Redaktion", "Schlussredaktion", "Verwaltung"},
    "workshops.change_source": {"Schlussredaktion", "Verwaltung"},
    "workshops.change_citylab": {"Schlussredaktion", "Verwaltung"},
    "workshops.view_participant": {"Verwaltung"},
    "compendium.change_page": {"Verwaltung"},
    "compendium.view_page": {"Redaktion", "Schlussredaktion", "Verwaltung"},
    "auth.change_user": {"Verwaltung"},
    "accounts.view_auditentry": {"Verwaltung"},
    "auth.change_group": set(),
}


@pytest.mark.parametrize("right", RIGHTS)
def test_each_group_may_what_it_is_for(right):
    assert {name for name in groups.GROUPS if make_editor(name).has_perm(right)} == RIGHTS[right]


def test_every_right_named_is_one_django_knows():
    given = {f"{app}.{action}_{model}" for rights in groups.GROUPS.values()
             for (app, model), actions in rights.items() for action in actions}  # fmt: skip

    assert given <= User(is_superuser=True, is_active=True).get_all_permissions()


def test_migration_goes_back_and_forth_and_nobody_loses_a_group():
    editor, wanda = connection.schema_editor(), make_editor("Redaktion")
    (step,) = groups.Migration.operations

    step.reverse_code(apps, editor)
    assert [group.name for group in wanda.groups.all()] == ["Redaktion"]

    Group.objects.filter(name="Verwaltung").delete()
    step.code(apps, editor)
    step.code(apps, editor)
    assert {group.name for group in Group.objects.all()} == set(groups.GROUPS)
    assert [group.name for group in wanda.groups.all()] == ["Redaktion"]
