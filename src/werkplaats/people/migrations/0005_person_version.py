from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_erased'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='versie'),
        ),
    ]
