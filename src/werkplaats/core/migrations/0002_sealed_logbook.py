"""The logbook gets numbers without gaps and seals; rows that are there are sealed in the order they came in."""

import json

from django.db import migrations, models

from werkplaats.core import seals

_AT_ONCE = 1000


def seal_all(apps, _editor):
    """Number and seal every row, and keep where the logbook ends."""
    entries = apps.get_model("core", "LogEntry").objects.order_by("number")
    number, seal, old = 0, seals.START, -1
    # A new number is never above the old one, so what was done does not come by again.
    while rows := list(entries.filter(number__gt=old)[:_AT_ONCE]):
        for row in rows:
            old, number = row.number, number + 1
            salt = seals.new_salt()
            digest = seals.digest(salt, json.dumps(row.detail))
            seal = seals.seal(seal, number, seals.moment(row.at), row.verb, row.target, row.actor, digest)
            entries.filter(number=old).update(number=number, salt=salt, digest=digest, seal=seal)
    apps.get_model("core", "LogHead").objects.create(pk=1, number=number, seal=seal)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.RenameField(
            model_name='logentry',
            old_name='id',
            new_name='number',
        ),
        migrations.AlterField(
            model_name='logentry',
            name='number',
            field=models.BigIntegerField(primary_key=True, serialize=False, verbose_name='nummer'),
        ),
        migrations.AlterModelOptions(
            name='logentry',
            options={'ordering': ['-number'], 'verbose_name': 'logboekregel', 'verbose_name_plural': 'logboek'},
        ),
        migrations.AddField(
            model_name='logentry',
            name='salt',
            field=models.CharField(default='', max_length=32, verbose_name='toevallige tekens'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='logentry',
            name='digest',
            field=models.CharField(default='', max_length=64, verbose_name='vingerafdruk van de bijzonderheden'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='logentry',
            name='seal',
            field=models.CharField(default='', max_length=64, verbose_name='zegel'),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='LogHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0, verbose_name='laatste nummer')),
                ('seal', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64, verbose_name='laatste zegel')),
            ],
            options={
                'verbose_name': 'stand van het logboek',
                'verbose_name_plural': 'stand van het logboek',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_head')],
            },
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
