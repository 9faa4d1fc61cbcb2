from django.db import migrations, models


def forget(apps, schema_editor):
    """Tables that wait without a report are to be uploaded again."""
    apps.get_model("workshops", "PendingImport").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0006_consent'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField(
            model_name='pendingimport',
            name='report',
            field=models.JSONField(default=dict),
        ),
    ]
