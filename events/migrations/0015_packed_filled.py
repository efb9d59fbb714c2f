"""Each row about an event tells all that a filter asks about the event: the columns are filled."""

from typing import Any

from django.db import migrations

LINKS = ("participation", "country", "claim", "source")
COLUMNS = ("type", "precision", "location_country")
PACKED = {
    "countries": "SELECT x.country AS item FROM events_countryindex x WHERE x.seq = events_eventindex.seq",
    "actors": "SELECT substr(x.role, 1, 1) || ':' || x.actor_id AS item FROM events_participationindex x"
    " WHERE x.seq = events_eventindex.seq",
    "homes": "SELECT DISTINCT substr(x.role, 1, 1) || ':' || x.country AS item FROM events_participationindex x"
    " WHERE x.seq = events_eventindex.seq AND x.country <> ''",
    "claimants": "SELECT x.actor_id AS item FROM events_claimindex x WHERE x.seq = events_eventindex.seq",
    "documents": "SELECT x.document_id AS item FROM events_sourceindex x WHERE x.seq = events_eventindex.seq",
}
LIMIT = 400
# Numbers of the ledger that are filled in one transaction.
STEP = 20_000


def fill(apps: Any, schema_editor: Any) -> None:
    """So many numbers at a time: the log of one huge transaction would make SQLite slow to read. It may be repeated."""
    vendor = schema_editor.connection.vendor
    names = ", ".join([*COLUMNS, *PACKED])
    texts = ", ".join(
        f"{name} = (SELECT {_text(vendor)} FROM (SELECT item FROM ({items}) z ORDER BY item) y)"
        for name, items in PACKED.items()
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM events_eventindex")
        ((last,),) = cursor.fetchall()
        for first in range(0, last + 1, STEP):
            some = f"seq > {first - 1} AND seq < {first + STEP}"
            cursor.execute(f"UPDATE events_eventindex SET {texts} WHERE {some}")
            for table in LINKS:
                of_event = f"SELECT {names} FROM events_eventindex e WHERE e.seq = events_{table}index.seq"
                cursor.execute(f"UPDATE events_{table}index SET ({names}) = ({of_event}) WHERE {some}")


def _text(vendor: str) -> str:
    in_order = "string_agg(item, ' ' ORDER BY item COLLATE \"C\")"
    joined = in_order if vendor == "postgresql" else "group_concat(item, ' ')"
    too_long = f"SUM(length(item) + 1) + 1 > {LIMIT}"
    return f"CASE WHEN COUNT(*) = 0 THEN '' WHEN {too_long} THEN NULL ELSE ' ' || {joined} || ' ' END"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("events", "0014_packed")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
