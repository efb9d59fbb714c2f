"""Columns in which each row about an event tells all that a filter asks about the event."""

from typing import Any

from django.db import migrations

import events.models.fields
import events.models.index

LINKS = ("participation", "country", "claim", "source")
COLUMNS = {"type": 20, "precision": 8, "location_country": 4}
PACKED = ("countries", "actors", "homes", "claimants", "documents")
LIMIT = 400


def add(apps: Any, schema_editor: Any) -> None:
    """The columns, without writing a table anew for each."""
    collation = ' COLLATE "C"' if schema_editor.connection.vendor == "postgresql" else ""
    for table in ("event", *LINKS):
        for name, length in COLUMNS.items():
            if table != "event":
                column = f"{name} varchar({length}){collation} NOT NULL DEFAULT ''"
                schema_editor.execute(f"ALTER TABLE events_{table}index ADD COLUMN {column}")
        for name in PACKED:
            column = f"{name} varchar({LIMIT}){collation} NULL DEFAULT ''"
            schema_editor.execute(f"ALTER TABLE events_{table}index ADD COLUMN {column}")


class Migration(migrations.Migration):
    dependencies = [("events", "0013_pending")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add)],
            state_operations=[
                migrations.AddField(
                    model_name="claimindex",
                    name="actors",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="claimants",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="countries",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="documents",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="homes",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="location_country",
                    field=events.models.fields.CodePointField(blank=True, max_length=4),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="precision",
                    field=events.models.fields.CodePointField(blank=True, max_length=8),
                ),
                migrations.AddField(
                    model_name="claimindex",
                    name="type",
                    field=events.models.fields.CodePointField(default="", max_length=20),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="actors",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="claimants",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="countries",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="documents",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="homes",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="location_country",
                    field=events.models.fields.CodePointField(blank=True, max_length=4),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="precision",
                    field=events.models.fields.CodePointField(blank=True, max_length=8),
                ),
                migrations.AddField(
                    model_name="countryindex",
                    name="type",
                    field=events.models.fields.CodePointField(default="", max_length=20),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="eventindex",
                    name="actors",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="eventindex",
                    name="claimants",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="eventindex",
                    name="countries",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="eventindex",
                    name="documents",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="eventindex",
                    name="homes",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="actors",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="claimants",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="countries",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="documents",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="homes",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="location_country",
                    field=events.models.fields.CodePointField(blank=True, max_length=4),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="precision",
                    field=events.models.fields.CodePointField(blank=True, max_length=8),
                ),
                migrations.AddField(
                    model_name="participationindex",
                    name="type",
                    field=events.models.fields.CodePointField(default="", max_length=20),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="actors",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="claimants",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="countries",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="documents",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="homes",
                    field=events.models.index.PackedField(default="", max_length=400, null=True),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="location_country",
                    field=events.models.fields.CodePointField(blank=True, max_length=4),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="precision",
                    field=events.models.fields.CodePointField(blank=True, max_length=8),
                ),
                migrations.AddField(
                    model_name="sourceindex",
                    name="type",
                    field=events.models.fields.CodePointField(default="", max_length=20),
                    preserve_default=False,
                ),
            ],
        ),
    ]
