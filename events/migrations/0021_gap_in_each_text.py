"""A gap in texts without words too, on SQLite: a search that only leaves words out begins with all that have it."""

from typing import Any

from django.db import migrations

from events.models.tokens import GAP


def fill(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("UPDATE events_textindex SET words = %s WHERE words = ''", [GAP])


class Migration(migrations.Migration):
    dependencies = [("events", "0020_edges")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
