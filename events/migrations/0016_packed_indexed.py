"""Each row about an event tells all that a filter asks about the event: the indexes have it, so no scan leaves them."""

from typing import Any

from django.db import migrations, models

LINKS = ("participation", "country", "claim", "source")


def plan(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # Also where 0004 was applied in an early form, without it.
        schema_editor.execute("ALTER TABLE events_textindex ALTER COLUMN words SET STATISTICS 1000")
        for table in ("text", "event", *LINKS):
            schema_editor.execute(f"ANALYZE events_{table}index")


class Migration(migrations.Migration):
    dependencies = [("events", "0015_packed_filled")]

    operations = [
        migrations.RemoveIndex(
            model_name="claimindex",
            name="claim_now",
        ),
        migrations.RemoveIndex(
            model_name="countryindex",
            name="country_now_window",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_now_window",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_now_type",
        ),
        migrations.RemoveIndex(
            model_name="participationindex",
            name="participation_now_actor",
        ),
        migrations.RemoveIndex(
            model_name="participationindex",
            name="participation_now_country",
        ),
        migrations.RemoveIndex(
            model_name="sourceindex",
            name="source_now",
        ),
        migrations.AddIndex(
            model_name="claimindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "actor_id",
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "type",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                ],
                name="claim_now",
            ),
        ),
        migrations.AddIndex(
            model_name="countryindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "country",
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "type",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                    "relation",
                ],
                name="country_now_window",
            ),
        ),
        migrations.AddIndex(
            model_name="eventindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "type",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                ],
                name="event_now_window",
            ),
        ),
        migrations.AddIndex(
            model_name="eventindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "type",
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                ],
                name="event_now_type",
            ),
        ),
        migrations.AddIndex(
            model_name="eventindex",
            index=models.Index(fields=["at", "key", "seq", "superseded_by"], name="event_was_updated"),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "actor_id",
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "type",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                    "role",
                ],
                name="participation_now_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "country",
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "type",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                    "role",
                ],
                name="participation_now_country",
            ),
        ),
        migrations.AddIndex(
            model_name="sourceindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", True)),
                fields=[
                    "document_id",
                    "span",
                    "start_earliest",
                    "key",
                    "end_latest",
                    "start_latest",
                    "end_earliest",
                    "uncertain",
                    "superseded_by",
                    "seq",
                    "type",
                    "precision",
                    "location_country",
                    "countries",
                    "actors",
                    "homes",
                    "claimants",
                    "documents",
                ],
                name="source_now",
            ),
        ),
        migrations.RunPython(plan, migrations.RunPython.noop),
    ]
