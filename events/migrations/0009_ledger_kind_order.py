# The changes of one kind, in their order.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_private_notes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "seq"], name="ledger_kind_order"),
        ),
    ]
