"""The groups of the desk: who may write, who may publish, who administers."""

from django.db import migrations

EVERYTHING = ("add", "change", "delete", "view")
KEEP = ("add", "change", "view")
IDEAS = ("topic", "actor", "citysize", "documentedidea")
WORKSHOPS = ("event", "milestone", "workshop", "sector", "participant", "sizeclass", "municipality", "citylab",
             "labproject", "outcome", "outcomedetail", "source")  # fmt: skip
READ = {("ideas", model): ("view",) for model in (*IDEAS, "practiceexample")} | {("workshops", model): ("view",) for model in WORKSHOPS
        if model != "participant"} | {("compendium", "page"): ("view",)}  # fmt: skip

GROUPS = {
    # Writes entries and submits them; what is public changes only through a revision someone else publishes.
    "Redaktion": READ | {
        ("ideas", "idea"): KEEP,
        ("workshops", "source"): ("add", "view"),
    },
    # Publishes, archives, restores, and keeps the records around the entries.
    "Schlussredaktion": READ | {
        ("ideas", "idea"): (*KEEP, "publish"),
    } | {("workshops", model): KEEP for model in WORKSHOPS if model != "participant"},
    # Accounts, vocabularies, pages; the only group that deletes for good.
    "Verwaltung": READ | {
        ("ideas", "idea"): ("view", "delete"),
        ("ideas", "practiceexample"): ("view", "delete"),  # with the entry they belong to
        ("auth", "user"): EVERYTHING,
        ("auth", "group"): ("view",),
        ("compendium", "page"): KEEP,
        ("compendium", "operatordata"): KEEP,
    } | {("ideas", model): EVERYTHING for model in IDEAS} | {("workshops", model): EVERYTHING for model in WORKSHOPS},
}  # fmt: skip


def create(apps, schema_editor):
    """Make the groups; on a fresh database the permissions they need do not exist yet and are made here."""
    alias = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group").objects.using(alias)
    Permission = apps.get_model("auth", "Permission").objects.using(alias)
    ContentType = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    for name, rights in GROUPS.items():
        group, _ = Group.get_or_create(name=name)
        for (app, model), actions in rights.items():
            kind, _ = ContentType.get_or_create(app_label=app, model=model)
            for action in actions:
                words = "Can publish, archive and revert ideas" if action == "publish" else f"Can {action} {model}"
                permission, _ = Permission.get_or_create(
                    content_type=kind, codename=f"{action}_{model}", defaults={"name": words}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("compendium", "0002_history"),
        ("ideas", "0002_revisions_and_history"),
        ("workshops", "0003_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards the groups stay: with them would go who belongs to them, and no way forwards brings that back.
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
