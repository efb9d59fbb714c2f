"""The few events that are meant to reach into the first or the last day of all, found without a look at the open ones."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0019_pending_named"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="eventindex",
            index=models.Index(
                condition=models.Q(
                    models.Q(("open_start", False), ("start_earliest", 10101)),
                    models.Q(("end_latest", 99991231), ("open_end", False)),
                    _connector="OR",
                ),
                fields=["seq"],
                name="event_was_edge",
            ),
        ),
    ]
