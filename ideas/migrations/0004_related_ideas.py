"""Related ideas; and the index knows which ideas are published. Fill it with ``manage.py rebuild_search``."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models


def set_triggers_again(apps, schema_editor):
    """SQLite makes a table anew when a column is added, and loses the triggers that feed the index."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in import_module("ideas.migrations.0003_search").SQLITE:
            if statement.startswith("CREATE TRIGGER"):
                schema_editor.execute(statement.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS"))


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0003_search'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, set_triggers_again),
        migrations.AddField(
            model_name='searchdocument',
            name='public',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(set_triggers_again, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Related',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField()),
                ('shared_terms', models.TextField()),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related', to='ideas.idea')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ideas.idea')),
            ],
            options={
                'verbose_name': 'related idea',
                'ordering': ['idea', '-score', 'other'],
                'constraints': [models.UniqueConstraint(fields=('idea', 'other'), name='related_once'), models.CheckConstraint(condition=models.Q(('idea', models.F('other')), _negated=True), name='related_is_another'), models.CheckConstraint(condition=models.Q(('score__gt', 0)), name='related_score_positive')],
            },
        ),
    ]
