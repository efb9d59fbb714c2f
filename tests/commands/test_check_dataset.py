"""check_dataset names each fault, whoever made it, and its exit status says whether there is one."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.curation.check import faults
from events.curation.publish import revise
from events.curation.reference import rename_country
from events.curation.retract import retract
from events.models import Entry, Event
from events.models.gate import open_gate
from events.querying.snapshot import snapshot
from tests.commands.fixtures import load, records, write
from tests.curation.world import DEED, actor, document, edit, event

pytestmark = pytest.mark.django_db


def check() -> tuple[list[str], int]:
    """What the command says, and its exit status."""
    out = io.StringIO()
    try:
        call_command("check_dataset", stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)], error.returncode
    return out.getvalue().splitlines(), 0


def sql(statement: str, *params: Any) -> None:
    """Somebody writes to the database by hand."""
    with open_gate(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        assert cursor.rowcount > 0, f"nothing was tampered with: {statement}"


@pytest.fixture
def world(tmp_path: Path) -> None:
    """The small dataset, a revised event, a retracted one and a draft: ten ledger rows."""
    load(write(tmp_path, records()))
    edit(Event, "end-of-it", title="Prague cancels the agreement")
    revise("end-of-it", **DEED)
    document("doc")
    event("event-a", public=True)
    retract("event-a", **DEED)
    event("event-b")


@pytest.mark.usefixtures("world")
def test_a_sound_dataset() -> None:
    said, status = check()
    assert said == ["No faults; checked 10 ledger rows, 4 events, 3 actors, 2 documents, 4 quotations."]
    assert status == 0


def test_an_empty_dataset() -> None:
    assert check() == (["No faults; checked 0 ledger rows, 0 events, 0 actors, 0 documents, 0 quotations."], 0)


@pytest.mark.usefixtures("world")
def test_unpublished_edits_are_no_fault() -> None:
    edit(Event, "end-of-it", title="Edited", edtf="2019-10")
    edit(Event, "event-b", title="Edited")
    edit(Event, "event-a", title="Edited")
    assert check()[1] == 0


ENTRY = "UPDATE events_entry SET"
NEWEST = "(SELECT max(seq) FROM events_entry WHERE noun_id = 'end-of-it')"
OLDEST = "(SELECT min(seq) FROM events_entry WHERE noun_id = 'end-of-it')"
NOON = "2030-01-01 12:00:00+00:00"

CORRUPTIONS: dict[str, tuple[str, str]] = {
    # The ledger.
    "public text tampered": (
        f"{ENTRY} document = replace(document, 'cancels', 'breaks') WHERE seq = {NEWEST}",
        "its document isn't the one that was hashed.",
    ),
    "an old public text tampered": (
        f"{ENTRY} document = replace(document, 'ends', 'breaks') WHERE seq = {OLDEST}",
        "its document isn't the one that was hashed.",
    ),
    "public text made nonsense": (f"{ENTRY} document = 'x' WHERE seq = {NEWEST}", "isn't the one that was hashed."),
    "content hash changed": (f"{ENTRY} content_sha256 = 'x' WHERE seq = 1", "isn't the one that was hashed."),
    "chain hash changed": (f"{ENTRY} chain_sha256 = 'x' WHERE seq = 2", "Ledger row 3"),
    "last chain hash changed": (f"{ENTRY} chain_sha256 = 'x' WHERE seq = 10", "the hash chain breaks here."),
    "time changed": (f"{ENTRY} at = '{NOON}' WHERE seq = 2", "Ledger row 3 "),
    "first time changed": (f"{ENTRY} first_at = '{NOON}' WHERE seq = 2", "its first time doesn't follow"),
    "deed changed": (f"{ENTRY} deed = 'reinstated' WHERE seq = {NEWEST}", "the hash chain breaks here."),
    "kind changed": (f"{ENTRY} kind = 'actor' WHERE noun_id = 'event-a'", "the hash chain breaks here."),
    "id changed": (f"{ENTRY} noun_id = 'end-of-us' WHERE noun_id = 'end-of-it'", "the hash chain breaks here."),
    "row missing": ("DELETE FROM events_entry WHERE seq = 3", "Ledger row 4 (event answer): the row before is 2;"),
    "last row missing": ("DELETE FROM events_entry WHERE seq = 10", "The head is at 10, and the ledger ends at 9"),
    "first row missing": ("DELETE FROM events_entry WHERE seq = 1", "the row before is 0; rows are missing."),
    "superseded by another": (f"{ENTRY} superseded_by = 10 WHERE seq = {OLDEST}", "it should be superseded by"),
    "newest superseded": (f"{ENTRY} superseded_by = 99 WHERE seq = {NEWEST}", "it is the newest, and is marked as"),
    "revision changed": (f"{ENTRY} revision = 7 WHERE seq = {NEWEST}", "its revision, its key or its first time"),
    "merged into nothing": (
        f"{ENTRY} deed = 'merged', merged_into = 'nothing' WHERE deed = 'retracted'",
        "it was merged into nothing, which isn't in the ledger.",
    ),
    "merged into each other": (
        f"{ENTRY} deed = 'merged', document = NULL,"
        " merged_into = CASE noun_id WHEN 'event-a' THEN 'end-of-it' ELSE 'event-a' END"
        " WHERE noun_id IN ('event-a', 'end-of-it') AND superseded_by IS NULL",
        "it was merged into end-of-it, and so on, back to itself.",
    ),
    "merged into another": (
        f"{ENTRY} deed = 'merged', merged_into = 'end-of-it' WHERE deed = 'retracted'",
        "the hash chain breaks here.",
    ),
    "head behind": ("UPDATE events_head SET seq = 9", "The head is at 9, and the ledger ends at 10"),
    "head with another hash": ("UPDATE events_head SET chain_sha256 = 'x'", "The head is at 10"),
    "head with another time": (f"UPDATE events_head SET at = '{NOON}'", "The head is at 10"),
    "head missing": ("DELETE FROM events_head", "The head is at 0, and the ledger ends at 10"),
    # The index.
    "index row missing": (f"DELETE FROM events_eventindex WHERE seq = {NEWEST}", "The index of ledger row"),
    "index of a link missing": (
        "DELETE FROM events_participationindex WHERE actor_id = 'prague'",
        "The index of ledger",
    ),
    "index of a country changed": ("UPDATE events_countryindex SET country = 'SK'", "The index of ledger row"),
    "index of a claim changed": ("UPDATE events_claimindex SET actor_id = 'prague'", "The index of ledger row"),
    "index of a source changed": ("UPDATE events_sourceindex SET document_id = 'x'", "The index of ledger row"),
    "index of a name changed": ("UPDATE events_nameindex SET folded = 'x'", "The index of ledger row"),
    "index of an actor changed": ("UPDATE events_actorindex SET country = 'SK'", "The index of ledger row"),
    "index of a document changed": ("UPDATE events_documentindex SET title = 'x'", "The index of ledger row"),
    "index not superseded": (
        f"UPDATE events_eventindex SET superseded_by = NULL WHERE seq = {OLDEST}",
        "The index of ledger row",
    ),
    "index of a text changed": ("UPDATE events_countryindex SET actors = ' t:x '", "The index of ledger row"),
    "tally too high": (
        "UPDATE events_tally SET number = number + 1 WHERE facet = 'type'",
        "The tally of type",
    ),
    "tally of a day too high": (
        "UPDATE events_daytally SET number = number + 1 WHERE facet = 'country'",
        "The tally of country CN from",
    ),
    "tally of a day missing": ("DELETE FROM events_daytally WHERE facet = ''", "The tally of all events from"),
    "index of another day": (
        f"UPDATE events_eventindex SET start_latest = 20191015, start_earliest = 20191015 WHERE seq = {NEWEST}",
        "The index of ledger row",
    ),
    "index of a tombstone": (
        "INSERT INTO events_nameindex (seq, actor_id, folded) VALUES (10, 'prague', 'x')",
        "The index of ledger row 10 (event event-a) isn't what the row gives.",
    ),
    "index of no row": (
        "INSERT INTO events_nameindex (seq, actor_id, folded) VALUES (99, 'prague', 'x')",
        "events_nameindex has rows of ledger row 99, which isn't there.",
    ),
    "index of row 0": (
        "INSERT INTO events_nameindex (seq, actor_id, folded) VALUES (0, 'prague', 'x')",
        "events_nameindex has rows of ledger row 0, which isn't there.",
    ),
    # The working copy.
    "text changed": (
        "UPDATE events_document SET text = 'x' WHERE id = 'digest'",
        "its text isn't the one that was hashed",
    ),
    "text and hash changed": (
        "UPDATE events_document SET text = 'x', text_sha256 ="
        " '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881' WHERE id = 'digest'",
        "its text isn't the one that was published.",
    ),
    "text not normalised": (
        "UPDATE events_document SET text = 'e\u0301' WHERE id = 'doc'",
        "isn't normalised (NFC, LF).",
    ),
    "hash changed": ("UPDATE events_document SET text_sha256 = 'x' WHERE id = 'digest'", "that was hashed."),
    "quotation changed": (
        "UPDATE events_evidence SET quote = 'Never' WHERE event_id = 'answer'",
        "Event answer: the quotation “Never” isn't in document digest.",
    ),
    "offsets changed": (
        "UPDATE events_evidence SET start = start + 1 WHERE event_id = 'answer'".replace("start", '"start"'),
        "Event answer: the quotation “Beijing answered” isn't in document digest.",
    ),
    "offsets lost": (
        'UPDATE events_evidence SET "start" = NULL, "end" = NULL WHERE event_id = \'answer\'',
        "Event answer: the quotation “Beijing answered” isn't in document digest.",
    ),
    "event changed, unmarked": (
        "UPDATE events_event SET title = 'x' WHERE id = 'answer'",
        "differs from what is public",
    ),
    "event marked without reason": (
        "UPDATE events_event SET unpublished_edits = %s WHERE id = 'answer'",
        "Event answer: its working copy is marked as edited, and isn't.",
    ),
    "tombstone marked": (
        "UPDATE events_event SET unpublished_edits = %s WHERE id = 'event-a'",
        "Event event-a: its working copy is marked as edited, and isn't.",
    ),
    "actor changed, unmarked": (
        "UPDATE events_actor SET name = 'x' WHERE id = 'prague'",
        "Actor prague: its working copy differs from what is public, unmarked.",
    ),
    "name added, unmarked": (
        "INSERT INTO events_actorname (actor_id, name, kind, language) VALUES ('prague', 'x', 'alias', '')",
        "Actor prague: its working copy differs from what is public, unmarked.",
    ),
    "actor marked without reason": (
        "UPDATE events_actor SET unpublished_edits = %s WHERE id = 'czechia'",
        "Actor czechia: its working copy is marked as edited, and isn't.",
    ),
    "document changed, unmarked": (
        "UPDATE events_document SET title = 'x' WHERE id = 'digest'",
        "Document digest: its working copy differs from what is public, unmarked.",
    ),
    "role changed, unmarked": (
        "UPDATE events_participation SET role = 'victim'",
        "differs from what is public, unmarked.",
    ),
    "released relation lost": ("DELETE FROM events_releasedrelation", "Event answer: its public document repeats what"),
    "country renamed past the deeds": ("UPDATE events_country SET name = 'x' WHERE code = 'CZ'", "its public document"),
    "status changed": (
        "UPDATE events_event SET status = 'retracted' WHERE id = 'answer'",
        "the ledger says revised.",
    ),
    "draft made public by hand": (
        "UPDATE events_event SET status = 'published' WHERE id = 'event-b'",
        "Event event-b: it is published, and the ledger says nothing.",
    ),
    "tombstone undone by hand": (
        "UPDATE events_event SET status = 'published' WHERE id = 'event-a'",
        "Event event-a: it is published, and the ledger says retracted.",
    ),
    "first day changed": (
        "UPDATE events_event SET start_earliest = '2019-10-01' WHERE id = 'end-of-it'",
        "its first and last day don't follow from its EDTF value.",
    ),
    "last day changed": (
        "UPDATE events_event SET end_latest = '2019-12-01' WHERE id = 'event-b'",
        "its first and last day don't follow from its EDTF value.",
    ),
    "date made nonsense": (
        "UPDATE events_event SET edtf = 'soon' WHERE id = 'event-b'",
        "Event event-b “Title of event-b”:",
    ),
    "date not canonical": ("UPDATE events_event SET edtf = ' 2019-10-16' WHERE id = 'event-b'", "Event event-b"),
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("statement", "fault"),
    [pytest.param(statement, fault, id=name) for name, (statement, fault) in CORRUPTIONS.items()],
)
def test_a_corruption_is_named(statement: str, fault: str) -> None:
    sql(statement, *([True] if "%s" in statement else []))
    said, status = check()
    assert status == 1
    assert any(fault in line for line in said[:-1]), said
    assert f"{len(said) - 1} faults; checked" in said[-1]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("kind", "table", "pk"), [("Event", "events_event", "event-a"), ("Document", "events_document", "doc")]
)
def test_a_noun_that_is_gone_is_named(kind: str, table: str, pk: str) -> None:
    with open_gate(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_evidence WHERE event_id LIKE 'event-%%'")
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])
    said, status = check()
    assert status == 1
    assert f"{kind} {pk} is in the ledger, and not in the working copy." in said


def test_it_costs_no_query_for_each_row() -> None:
    """Twice the events, the same number of queries."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert check()[1] == 0
        return len(captured)

    document()
    actor("prague")
    event("event-a", actors=["prague"], public=True)
    event("event-b", actors=["prague"], relations=[("follows", "event-a")], public=True)
    before = queries()
    for letter in "cdefgh":
        event(f"event-{letter}", actors=["prague"], relations=[("follows", "event-a")], public=True)
    assert queries() == before


@pytest.mark.usefixtures("world")
def test_it_writes_nothing() -> None:
    before = list(Entry.objects.values())
    with CaptureQueriesContext(connection) as captured:
        check()
    assert list(Entry.objects.values()) == before
    assert {query["sql"].split()[0] for query in captured.captured_queries} <= {"SELECT", "DECLARE"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("world")
def test_it_reads_one_state_without_keeping_anybody_waiting() -> None:
    """By itself, not inside a test's transaction; while it reads, a curator writes."""
    with snapshot():
        assert list(faults()) == []
        with ThreadPoolExecutor(1) as pool:
            pool.submit(rename_and_close).result(60)
        assert list(faults()) == []
        assert Entry.objects.count() == 10
    assert Entry.objects.count() > 10
    assert check()[1] == 0


def rename_and_close() -> None:
    try:
        rename_country("CZ", "Bohemia", **DEED)
    finally:
        connection.close()
