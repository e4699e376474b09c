from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def share(apps, schema_editor):
    """What takes part already keeps what it has: that others were not asked is no fault of its own."""
    now = timezone.now()
    running = Q(valid_to=None) | Q(valid_to__gt=timezone.localdate(now))
    rows = apps.get_model('network', 'Partnership').objects.filter(running, stage__in=['getekend', 'actief'])
    rows.update(counted_at=now, shared_at=now)


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0013_forming_to'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name='counted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opgeschreven dat zij meedoet op'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='shared_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='gedeeld sinds'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='shared_by',
            field=models.CharField(blank=True, editable=False, max_length=60, verbose_name='gedeeld door'),
        ),
        migrations.RunPython(share, migrations.RunPython.noop),
    ]
