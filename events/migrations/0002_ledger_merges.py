# The room for merges: what a merged noun became.
from django.db import migrations, models

import events.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entry",
            name="ledger_tombstone_is_empty",
        ),
        migrations.AddField(
            model_name="entry",
            name="merged_into",
            field=events.models.fields.CodePointField(max_length=32, null=True),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deed__in", ("retracted", "merged")), ("document__isnull", True)),
                    models.Q(
                        models.Q(("deed__in", ("retracted", "merged")), _negated=True), ("document__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="ledger_tombstone_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("deed", "merged"),
                        ("merged_into__isnull", False),
                        models.Q(("merged_into", models.F("noun_id")), _negated=True),
                    ),
                    models.Q(models.Q(("deed", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="ledger_merged_names_target",
            ),
        ),
    ]
