"""How many events have the same days, filled from what is there."""

from typing import Any

from django.db import migrations, models

import events.models.fields

TALLIED = {
    "": ("eventindex", "''"),
    "type": ("eventindex", "type"),
    "country": ("countryindex", "country"),
    "actor": ("participationindex", "actor_id"),
    "actor_country": ("participationindex", "country"),
}
FOUR = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def fill(apps: Any, schema_editor: Any) -> None:
    days = ", ".join(f"COALESCE({day}, 0)" for day in FOUR)
    for facet, (table, column) in TALLIED.items():
        schema_editor.execute(
            f"INSERT INTO events_daytally (facet, value, span, {', '.join(FOUR)}, uncertain, number)"
            f" SELECT '{facet}', {column}, span, {days}, uncertain, COUNT(DISTINCT seq) FROM events_{table}"
            " WHERE superseded_by IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0016_packed_indexed"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", events.models.fields.CodePointField(blank=True, max_length=16)),
                ("value", events.models.fields.CodePointField(blank=True, max_length=32)),
                ("span", models.PositiveSmallIntegerField()),
                ("start_earliest", models.IntegerField()),
                ("start_latest", models.IntegerField()),
                ("end_earliest", models.IntegerField()),
                ("end_latest", models.IntegerField()),
                ("uncertain", models.BooleanField()),
                ("number", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "facet",
                            "value",
                            "span",
                            "start_earliest",
                            "start_latest",
                            "end_earliest",
                            "end_latest",
                            "uncertain",
                        ),
                        name="day_tally_once",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
