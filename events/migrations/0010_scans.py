"""Indexes that scans never have to leave; tallies, filled from what is there."""

from typing import Any

from django.db import migrations, models

import events.models.fields

TALLIED = {
    "actor": ("participationindex", "actor_id"),
    "actor_country": ("participationindex", "country"),
    "country": ("countryindex", "country"),
    "claimant": ("claimindex", "actor_id"),
    "document": ("sourceindex", "document_id"),
    "type": ("eventindex", "type"),
}


def fill(apps: Any, schema_editor: Any) -> None:
    for facet, (table, column) in TALLIED.items():
        schema_editor.execute(
            f"INSERT INTO events_tally (facet, value, number) SELECT '{facet}', {column}, COUNT(*)"
            f" FROM events_{table} WHERE superseded_by IS NULL GROUP BY {column}"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_ledger_kind_order"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="claimindex",
            name="claim_now",
        ),
        migrations.RemoveIndex(
            model_name="claimindex",
            name="claim_was",
        ),
        migrations.RemoveIndex(
            model_name="claimindex",
            name="claim_seq",
        ),
        migrations.RemoveIndex(
            model_name="countryindex",
            name="country_now_window",
        ),
        migrations.RemoveIndex(
            model_name="countryindex",
            name="country_was",
        ),
        migrations.RemoveIndex(
            model_name="countryindex",
            name="country_seq",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_now_window",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_now_order",
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
            model_name="participationindex",
            name="participation_was_actor",
        ),
        migrations.RemoveIndex(
            model_name="participationindex",
            name="participation_was_country",
        ),
        migrations.RemoveIndex(
            model_name="participationindex",
            name="participation_seq",
        ),
        migrations.RemoveIndex(
            model_name="sourceindex",
            name="source_now",
        ),
        migrations.RemoveIndex(
            model_name="sourceindex",
            name="source_was",
        ),
        migrations.RemoveIndex(
            model_name="sourceindex",
            name="source_seq",
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
                    "seq",
                ],
                name="claim_now",
            ),
        ),
        migrations.AddIndex(
            model_name="claimindex",
            index=models.Index(
                fields=["actor_id", "span", "start_earliest", "key", "seq", "superseded_by"], name="claim_was"
            ),
        ),
        migrations.AddIndex(
            model_name="claimindex",
            index=models.Index(fields=["seq", "actor_id"], name="claim_seq"),
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
                    "relation",
                    "seq",
                ],
                name="country_now_window",
            ),
        ),
        migrations.AddIndex(
            model_name="countryindex",
            index=models.Index(
                fields=["country", "span", "start_earliest", "key", "seq", "superseded_by"], name="country_was"
            ),
        ),
        migrations.AddIndex(
            model_name="countryindex",
            index=models.Index(fields=["seq", "country"], name="country_seq"),
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
                    "type",
                    "location_country",
                    "precision",
                    "seq",
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
                    "seq",
                ],
                name="event_now_type",
            ),
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
                    "role",
                    "seq",
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
                    "role",
                    "seq",
                ],
                name="participation_now_country",
            ),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(
                fields=["actor_id", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="participation_was_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(
                fields=["country", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="participation_was_country",
            ),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(fields=["seq", "actor_id", "role", "country"], name="participation_seq"),
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
                    "seq",
                ],
                name="source_now",
            ),
        ),
        migrations.AddIndex(
            model_name="sourceindex",
            index=models.Index(
                fields=["document_id", "span", "start_earliest", "key", "seq", "superseded_by"], name="source_was"
            ),
        ),
        migrations.AddIndex(
            model_name="sourceindex",
            index=models.Index(fields=["seq", "document_id"], name="source_seq"),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", events.models.fields.CodePointField(max_length=16)),
                ("value", events.models.fields.CodePointField(max_length=32)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("facet", "value"), name="tally_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
