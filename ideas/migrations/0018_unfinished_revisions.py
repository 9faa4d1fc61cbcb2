from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0017_keys_in_one_row'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='unfinished',
            field=models.BooleanField(default=False, verbose_name='still in progress'),
        ),
    ]
