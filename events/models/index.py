"""The index: what questions need of each public revision, derived from the ledger and rebuildable at any time.

A day is stored as the number YYYYMMDD: it compares as days do, and month, year and decade are whole-number divisions
on every database. Every row about an event, links too, tells all that a filter asks about the event: its dates, its
columns and, packed into texts, what it is linked to. So a question is one range of one index, whatever it combines, and
no row of it leads to another table.

Each row carries `superseded_by` of its revision. Rows about events have two families of partial indexes, one of what is
current and one of what was: what is written for the first time costs nothing in the second. What was current after an
earlier change is a part of each (`querying.state.State.parts`). Actors and documents are few: one index has both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from events.models.fields import ID_MAX_LENGTH, CodePointField, WordsField

CURRENT = models.Q(superseded_by__isnull=True)
SUPERSEDED = models.Q(superseded_by__isnull=False)


def then(seq: int) -> models.Q:
    """What was current after a change."""
    return models.Q(seq__lte=seq) & (CURRENT | models.Q(superseded_by__gt=seq))


# Span classes bound how long before a window something may have begun that reaches into it (see `querying.scan`):
# up to a month, a year, ten years; longer or open; undated.
SPAN_DAYS = (31, 366, 3653)
SPAN_LONG = 3
SPAN_UNDATED = 9
# The first and the last day that there are; also what stands for "no known limit".
FIRST_DAY, LAST_DAY = 10101, 99991231
# What reaches into one of them and has a limit there, as a condition of an index and in SQL on a row `x`.
AT_EDGE = models.Q(start_earliest=FIRST_DAY, open_start=False) | models.Q(end_latest=LAST_DAY, open_end=False)
EDGE = f"(NOT x.open_start AND x.start_earliest = {FIRST_DAY} OR x.end_latest = {LAST_DAY} AND NOT x.open_end)"
# Keys are smaller; with it a place stays below 2^63.
KEYS = 10**10
PLACE = f"((e.span * {10**8} + COALESCE(e.start_earliest, 0)) * {KEYS} + e.key)"


def day_number(day: date) -> int:
    """A day as it is stored: 16 October 2019 is 20191016."""
    return day.year * 10000 + day.month * 100 + day.day


class Derived(models.Model):
    """A row made from the ledger row `seq`."""

    seq = models.BigIntegerField()
    superseded_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


# What a scan of what is current reads of a row, in the order in which it reads it, so that it never leaves its index.
# `superseded_by`, always null there, too: SQLite looks it up in the table where the index has only a condition on it.
SCANNED = [
    *("span", "start_earliest", "key", "end_latest", "start_latest", "end_earliest", "uncertain", "superseded_by"),
    *("seq", "type", "precision", "location_country", "countries", "actors", "homes", "claimants", "documents"),
]
# The same for what was: the rest is looked up in the table.
SCANNED_THEN = ["span", "start_earliest", "key", "seq", "superseded_by"]

# When an event was: of equal values there are many.
DAYS = ("span", "start_earliest", "start_latest", "end_earliest", "end_latest", "uncertain")

# A text of links is no longer, so that rows of an index stay below the 2,704 bytes that PostgreSQL allows.
PACKED = 400


def packed(items: Iterable[str]) -> str | None:
    """What an event is linked to as one text, ` CN US `, in which one is found by ` CN `; None where it is too long."""
    text = " ".join(sorted(items))
    return None if len(text) > PACKED - 2 else f" {text} " if text else ""


def part(role: str, value: str) -> str:
    """A value beside the role of an actor in such a text: with the role it is found by ` i:CN `, in any by `:CN `."""
    return f"{role[:1]}:{value}"


class PackedField(CodePointField):
    """Such a text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": PACKED, "null": True, "default": "", **kwargs})


class Dated(Derived):
    """A row about an event: its key, its four days, null where it has no date, and what filters ask about it."""

    key = models.BigIntegerField()
    span = models.PositiveSmallIntegerField()
    start_earliest = models.IntegerField(null=True)
    start_latest = models.IntegerField(null=True)
    end_earliest = models.IntegerField(null=True)
    end_latest = models.IntegerField(null=True)
    uncertain = models.BooleanField()
    type = CodePointField(max_length=20)
    precision = CodePointField(max_length=8, blank=True)
    location_country = CodePointField(max_length=4, blank=True)
    countries = PackedField()
    # Each with the first letter of the actor's role.
    actors = PackedField()
    homes = PackedField()
    claimants = PackedField()
    documents = PackedField()

    class Meta:
        abstract = True


def place(span: int, start_earliest: int | None, key: int) -> int:
    """Where an event stands in the order of its span class, as one number; `PLACE` says the same in SQL."""
    return (span * 10**8 + (start_earliest or 0)) * KEYS + key


def _days_in_order(name: str) -> models.CheckConstraint:
    """The four days are all there and in order, or the row is undated."""
    days = {"start_earliest", "start_latest", "end_earliest", "end_latest"}
    undated = models.Q(span=SPAN_UNDATED, **{f"{day}__isnull": True for day in days})
    dated = models.Q(
        # To SQL a comparison with null is no violation.
        **{f"{day}__isnull": False for day in days},
        span__lte=SPAN_LONG,
        start_earliest__gte=FIRST_DAY,
        start_latest__gte=models.F("start_earliest"),
        end_earliest__gte=models.F("start_earliest"),
        end_latest__gte=models.F("end_earliest"),
        end_latest__lte=LAST_DAY,
    ) & models.Q(start_latest__lte=models.F("end_latest"))
    return models.CheckConstraint(condition=undated | dated, name=name)


class EventIndex(Dated):
    """One revision of an event."""

    seq = models.BigIntegerField(primary_key=True)
    noun_id = CodePointField(max_length=ID_MAX_LENGTH)
    # Tell the days 0001-01-01 and 9999-12-31 that are meant from those that stand for "no known limit".
    open_start = models.BooleanField()
    open_end = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [_days_in_order("event_index_days")]
        indexes = [
            models.Index(fields=SCANNED, condition=CURRENT, name="event_now_window"),
            models.Index(
                fields=["type", *(name for name in SCANNED if name != "type")], condition=CURRENT, name="event_now_type"
            ),
            # In the order of revisions.
            models.Index(fields=["at", "key"], condition=CURRENT, name="event_now_updated"),
            models.Index(fields=["at", "key", "seq", "superseded_by"], condition=SUPERSEDED, name="event_then_updated"),
            models.Index(fields=SCANNED_THEN, condition=SUPERSEDED, name="event_then_window"),
            # Of both: they are few.
            models.Index(fields=["seq"], condition=AT_EDGE, name="event_was_edge"),
        ]


class ParticipationIndex(Dated):
    """An actor's part in an event, with the country that the event's document shows for the actor."""

    actor_id = CodePointField(max_length=ID_MAX_LENGTH)
    role = CodePointField(max_length=12)
    country = CodePointField(max_length=4, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", *SCANNED, "role"], condition=CURRENT, name="participation_now_actor"),
            models.Index(fields=["country", *SCANNED, "role"], condition=CURRENT, name="participation_now_country"),
            models.Index(fields=["actor_id", *SCANNED_THEN], condition=SUPERSEDED, name="participation_then_actor"),
            models.Index(fields=["country", *SCANNED_THEN], condition=SUPERSEDED, name="participation_then_country"),
            models.Index(fields=["seq", "actor_id", "role", "country"], name="participation_seq"),
        ]


class CountryIndex(Dated):
    """A country involved in an event."""

    country = CodePointField(max_length=4)
    relation = CodePointField(max_length=8)

    class Meta:
        indexes = [
            models.Index(fields=["country", *SCANNED, "relation"], condition=CURRENT, name="country_now_window"),
            models.Index(fields=["country", *SCANNED_THEN], condition=SUPERSEDED, name="country_then_window"),
            models.Index(fields=["seq", "country"], name="country_seq"),
        ]


class ClaimIndex(Dated):
    """An actor who says that an event happened."""

    actor_id = CodePointField(max_length=ID_MAX_LENGTH)

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", *SCANNED], condition=CURRENT, name="claim_now"),
            models.Index(fields=["actor_id", *SCANNED_THEN], condition=SUPERSEDED, name="claim_then"),
            models.Index(fields=["seq", "actor_id"], name="claim_seq"),
        ]


class SourceIndex(Dated):
    """A document that an event's evidence quotes."""

    document_id = CodePointField(max_length=ID_MAX_LENGTH)

    class Meta:
        indexes = [
            models.Index(fields=["document_id", *SCANNED], condition=CURRENT, name="source_now"),
            models.Index(fields=["document_id", *SCANNED_THEN], condition=SUPERSEDED, name="source_then"),
            models.Index(fields=["seq", "document_id"], name="source_seq"),
        ]


class ActorIndex(Derived):
    """One revision of an actor."""

    seq = models.BigIntegerField(primary_key=True)
    key = models.BigIntegerField()
    noun_id = CodePointField(max_length=ID_MAX_LENGTH)
    name = CodePointField(max_length=200)
    kind = CodePointField(max_length=16)
    country = CodePointField(max_length=4, blank=True)
    part_of_id = CodePointField(max_length=ID_MAX_LENGTH, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["noun_id", "superseded_by"], name="actor_noun"),
            models.Index(
                fields=["part_of_id"], condition=CURRENT & models.Q(part_of_id__isnull=False), name="actor_now_part"
            ),
        ]


class NameIndex(Derived):
    """A public name of an actor, folded (NFKC, case) for the comparison with names in questions."""

    actor_id = CodePointField(max_length=ID_MAX_LENGTH)
    folded = CodePointField(max_length=400)

    class Meta:
        indexes = [
            models.Index(fields=["folded", "superseded_by", "actor_id"], name="name_folded"),
            models.Index(fields=["seq"], name="name_seq"),
        ]


class DocumentIndex(Derived):
    """One revision of a document."""

    seq = models.BigIntegerField(primary_key=True)
    key = models.BigIntegerField()
    noun_id = CodePointField(max_length=ID_MAX_LENGTH)
    title = CodePointField(max_length=300)

    class Meta:
        indexes = [
            models.Index(fields=["noun_id", "superseded_by"], name="document_noun"),
        ]


class TextIndex(models.Model):
    """The words of a current event, for full text (`curation.texts` says which): an FTS5 table on SQLite.

    Its rows are numbered by `place`, so that what a search finds comes in the order of time, a span class at a time,
    and a page of it costs what a page costs, however common a word is. The event's key is the remainder by KEYS.
    """

    # What SQLite calls the number of a row.
    place = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = WordsField()


class Tally(models.Model):
    """How many rows of what is current have a value: of links so many events, and so of types.

    It answers how often something is met without counting, and says which of several filters is the rarest.
    """

    facet = CodePointField(max_length=16)
    value = CodePointField(max_length=ID_MAX_LENGTH)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="tally_once")]


class DayTally(models.Model):
    """How many current events have the same four days, of all (facet and value are empty) or of those with a value.

    Days come again and again: buckets, counts in a window and the first and last day of all need a few thousand rows
    where there are a million events. Undated events have zeros for days.
    """

    facet = CodePointField(max_length=16, blank=True)
    value = CodePointField(max_length=ID_MAX_LENGTH, blank=True)
    span = models.PositiveSmallIntegerField()
    start_earliest = models.IntegerField()
    start_latest = models.IntegerField()
    end_earliest = models.IntegerField()
    end_latest = models.IntegerField()
    uncertain = models.BooleanField()
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value", *DAYS], name="day_tally_once")]


# What is tallied: the table and the column of each facet.
TALLIED: dict[str, tuple[type[Derived], str]] = {
    "actor": (ParticipationIndex, "actor_id"),
    "actor_country": (ParticipationIndex, "country"),
    "country": (CountryIndex, "country"),
    "claimant": (ClaimIndex, "actor_id"),
    "document": (SourceIndex, "document_id"),
    "type": (EventIndex, "type"),
}
# Of these also by days: a document is of few events, and few are claimed by one.
TALLIED_BY_DAY = ("type", "country", "actor", "actor_country")

# In which text of an event what it is linked to stands; those of actors with their roles.
PACKED_IN: dict[tuple[type[Derived], str], str] = {
    (ParticipationIndex, "actor_id"): "actors",
    (ParticipationIndex, "country"): "homes",
    (CountryIndex, "country"): "countries",
    (ClaimIndex, "actor_id"): "claimants",
    (SourceIndex, "document_id"): "documents",
}
