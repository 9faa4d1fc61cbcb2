"""The group that administers accounts may read what happened to them."""

from django.db import migrations

GROUP, RIGHT = "Verwaltung", "view_auditentry"


def allow(apps, schema_editor):
    """Give the right, which does not exist yet on a fresh database."""
    alias = schema_editor.connection.alias
    ContentType = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    kind, _ = ContentType.get_or_create(app_label="accounts", model="auditentry")
    permission, _ = apps.get_model("auth", "Permission").objects.using(alias).get_or_create(
        content_type=kind, codename=RIGHT, defaults={"name": "Can view audit entry"}
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name=GROUP):
        group.permissions.add(permission)


def forbid(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name=GROUP):
        group.permissions.remove(*group.permissions.filter(codename=RIGHT))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_audit"), ("compendium", "0003_groups")]

    operations = [migrations.RunPython(allow, forbid)]
