# From an instant to the last change before it.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0004_textindex"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["at", "seq"], name="ledger_at"),
        ),
    ]
