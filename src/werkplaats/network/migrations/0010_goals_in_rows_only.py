from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0009_money'),
    ]

    operations = [
        # Apart from the rows that came of it: PostgreSQL changes no table with checks that still wait.
        migrations.RemoveField(
            model_name='phase',
            name='goals_listed',
        ),
    ]
