"""What is current costs nothing in the indexes of what was; nobody asks for slugs, or the index of relations."""

from typing import Any

from django.db import migrations, models


def drop(apps: Any, schema_editor: Any) -> None:
    """Drop the indexes of slugs, without writing the table anew, as SQLite does to alter a field."""
    table = apps.get_model("events", "event")._meta.db_table
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_constraints(cursor, table)
    for name, about in found.items():
        if about["columns"] == ["slug"] and about["index"]:
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0024_saved"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop)],
            state_operations=[
                migrations.AlterField(
                    model_name="event",
                    name="slug",
                    field=models.SlugField(blank=True, db_index=False, max_length=80, verbose_name="slug"),
                ),
            ],
        ),
        migrations.DeleteModel(
            name="RelationIndex",
        ),
        migrations.RemoveIndex(
            model_name="actorindex",
            name="actor_now_noun",
        ),
        migrations.RemoveIndex(
            model_name="actorindex",
            name="actor_was_noun",
        ),
        migrations.RemoveIndex(
            model_name="claimindex",
            name="claim_was",
        ),
        migrations.RemoveIndex(
            model_name="countryindex",
            name="country_was",
        ),
        migrations.RemoveIndex(
            model_name="documentindex",
            name="document_now_noun",
        ),
        migrations.RemoveIndex(
            model_name="documentindex",
            name="document_was_noun",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_was_window",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_was_noun",
        ),
        migrations.RemoveIndex(
            model_name="eventindex",
            name="event_was_updated",
        ),
        migrations.RemoveIndex(
            model_name="nameindex",
            name="name_now",
        ),
        migrations.RemoveIndex(
            model_name="nameindex",
            name="name_was",
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
            model_name="sourceindex",
            name="source_was",
        ),
        migrations.AddIndex(
            model_name="actorindex",
            index=models.Index(fields=["noun_id", "superseded_by"], name="actor_noun"),
        ),
        migrations.AddIndex(
            model_name="claimindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["actor_id", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="claim_then",
            ),
        ),
        migrations.AddIndex(
            model_name="countryindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["country", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="country_then_window",
            ),
        ),
        migrations.AddIndex(
            model_name="documentindex",
            index=models.Index(fields=["noun_id", "superseded_by"], name="document_noun"),
        ),
        migrations.AddIndex(
            model_name="eventindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["at", "key", "seq", "superseded_by"],
                name="event_then_updated",
            ),
        ),
        migrations.AddIndex(
            model_name="eventindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["span", "start_earliest", "key", "seq", "superseded_by"],
                name="event_then_window",
            ),
        ),
        migrations.AddIndex(
            model_name="nameindex",
            index=models.Index(fields=["folded", "superseded_by", "actor_id"], name="name_folded"),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["actor_id", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="participation_then_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="participationindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["country", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="participation_then_country",
            ),
        ),
        migrations.AddIndex(
            model_name="sourceindex",
            index=models.Index(
                condition=models.Q(("superseded_by__isnull", False)),
                fields=["document_id", "span", "start_earliest", "key", "seq", "superseded_by"],
                name="source_then",
            ),
        ),
    ]
