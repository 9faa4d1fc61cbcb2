"""The groups may see what is searched; two of them keep synonyms."""

from django.db import migrations

KEEP, ALL = ("add", "change", "view"), ("add", "change", "delete", "view")
RIGHTS = {
    "Redaktion": {"searchcount": ("view",), "synonymgroup": ("view",)},
    "Schlussredaktion": {"searchcount": ("view",), "synonymgroup": KEEP},
    "Verwaltung": {"searchcount": ("view", "delete"), "synonymgroup": ALL},
}


def allow(apps, schema_editor):
    """Give the rights, which do not exist yet on a fresh database."""
    alias = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group").objects.using(alias)
    Permission = apps.get_model("auth", "Permission").objects.using(alias)
    ContentType = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    for name, rights in RIGHTS.items():
        for group in Group.filter(name=name):
            for model, actions in rights.items():
                kind, _ = ContentType.get_or_create(app_label="ideas", model=model)
                for action in actions:
                    permission, _ = Permission.get_or_create(
                        content_type=kind, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
                    )
                    group.permissions.add(permission)


def forbid(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=RIGHTS):
        group.permissions.remove(*group.permissions.filter(content_type__model__in=["searchcount", "synonymgroup"]))


class Migration(migrations.Migration):
    dependencies = [("compendium", "0003_groups"), ("ideas", "0003_search")]

    operations = [migrations.RunPython(allow, forbid)]
