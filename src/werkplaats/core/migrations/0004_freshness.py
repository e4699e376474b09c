import django.db.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_drafts")]

    operations = [
        migrations.CreateModel(
            name="Freshness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=16, verbose_name="woord")),
            ],
            options={
                "verbose_name": "stand van wat zichtbaar is",
                "verbose_name_plural": "stand van wat zichtbaar is",
                "constraints": [models.CheckConstraint(condition=django.db.models.Q(("pk", 1)), name="one_freshness")],
            },
        ),
    ]
