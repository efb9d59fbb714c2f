"""The full text index: an FTS5 table on SQLite, a table with an inverted index on PostgreSQL."""

from typing import Any

from django.db import migrations, models

import events.models.fields

# Words come ready and apart by spaces. No ranking by length is asked for, so lengths aren't kept.
SQLITE = "CREATE VIRTUAL TABLE events_textindex USING fts5(words, tokenize = 'ascii', columnsize = 0)"
POSTGRESQL = (
    "CREATE TABLE events_textindex (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    # Without the list of pending entries, which each search would have to read through.
    "CREATE INDEX text_words ON events_textindex USING gin (words) WITH (fastupdate = off)",
    # With the hundred values that are usual the planner takes each rare word for a common one, and reads all texts in
    # the order of time until a page is full: a second among 600,000 texts, not half a millisecond.
    "ALTER TABLE events_textindex ALTER COLUMN words SET STATISTICS 1000",
)


def create(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (SQLITE,):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE events_textindex")


class Migration(migrations.Migration):
    dependencies = [("events", "0003_proposals")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="TextIndex",
                    fields=[
                        ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                        ("words", events.models.fields.WordsField()),
                    ],
                ),
            ],
            database_operations=[migrations.RunPython(create, drop)],
        ),
    ]
