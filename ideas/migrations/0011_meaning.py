"""The vectors of the optional extra of the search, and whether they have changed. Empty until rebuild_search fills them."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0010_search_by_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meaning',
            fields=[
                ('idea', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='meaning', serialize=False, to='ideas.idea')),
                ('vector', models.BinaryField()),
                ('model', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=32)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'meaning',
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('vector'), 768), name='meaning_length')],
            },
        ),
        migrations.CreateModel(
            name='MeaningState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'state of meanings',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='meaningstate_only_one')],
            },
        ),
    ]
