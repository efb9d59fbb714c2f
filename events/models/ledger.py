"""The ledger: one row for each time the public picture of an event, an actor or a document changed.

Rows are never changed (but for `superseded_by`, once) and never deleted. They hold no foreign key, so nothing that
happens in the editors' tables can reach them. One table serves the live API (`superseded_by` null, a document), the
dataset as it stood after S (`seq <= S` and not superseded by S), the change feed (by `seq`), history and citations.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from django.db import models

from events.errors import WriteOutsideDeed
from events.models.fields import ID_MAX_LENGTH, CodePointField

EVENT: Final = "event"
ACTOR: Final = "actor"
DOCUMENT: Final = "document"
KINDS: Final = (EVENT, ACTOR, DOCUMENT)

PUBLISHED: Final = "published"
REVISED: Final = "revised"
RETRACTED: Final = "retracted"
REINSTATED: Final = "reinstated"
MERGED: Final = "merged"
DEEDS: Final = (PUBLISHED, REVISED, RETRACTED, REINSTATED, MERGED)
# Deeds that leave a tombstone: a row without a document.
TOMBSTONES: Final = (RETRACTED, MERGED)


@lru_cache(16)
def instant(at: datetime) -> str:
    """An instant as it stands in answers and in the hash chain: ISO 8601, UTC, microseconds. All of a deed have one."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class EntryQuerySet(models.QuerySet["Entry"]):
    def current(self) -> EntryQuerySet:
        """The newest row of each noun, tombstones included."""
        return self.filter(superseded_by__isnull=True)

    def public(self) -> EntryQuerySet:
        """What the public sees now."""
        return self.current().filter(document__isnull=False)

    def update(self, **changes: Any) -> int:
        raise WriteOutsideDeed("Ledger rows are not changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WriteOutsideDeed("Ledger rows are not deleted.")


class Entry(models.Model):
    """One revision of one noun. Its document lacks what only the answer knows: id, addresses, revision, seq, times."""

    seq = models.BigIntegerField(primary_key=True)
    kind = CodePointField(max_length=8)
    noun_id = CodePointField(max_length=ID_MAX_LENGTH)
    # The seq of the noun's first row: the internal number by which equal sort keys are told apart.
    key = models.BigIntegerField()
    revision = models.PositiveIntegerField()
    deed = CodePointField(max_length=10)
    at = models.DateTimeField()
    first_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    why = models.TextField(blank=True)
    document = models.TextField(null=True)
    # What a merged noun became, by its public id; a noun that is unmerged is reinstated.
    merged_into = CodePointField(max_length=ID_MAX_LENGTH, null=True)
    content_sha256 = models.CharField(max_length=64)
    chain_sha256 = models.CharField(max_length=64)
    superseded_by = models.BigIntegerField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "noun_id"], condition=models.Q(superseded_by__isnull=True), name="ledger_one_current"
            ),
            models.UniqueConstraint(fields=["kind", "noun_id", "revision"], name="ledger_revision_once"),
            models.CheckConstraint(
                condition=models.Q(seq__gt=0, revision=1, key=models.F("seq"))
                | models.Q(key__gt=0, revision__gt=1, key__lt=models.F("seq")),
                name="ledger_key_is_first_seq",
            ),
            models.CheckConstraint(
                condition=models.Q(superseded_by__isnull=True) | models.Q(superseded_by__gt=models.F("seq")),
                name="ledger_superseded_later",
            ),
            models.CheckConstraint(
                condition=models.Q(deed__in=TOMBSTONES, document__isnull=True)
                | (~models.Q(deed__in=TOMBSTONES) & models.Q(document__isnull=False)),
                name="ledger_tombstone_is_empty",
            ),
            models.CheckConstraint(
                # To SQL a comparison with null is no violation.
                condition=(
                    models.Q(deed=MERGED, merged_into__isnull=False) & ~models.Q(merged_into=models.F("noun_id"))
                )
                | (~models.Q(deed=MERGED) & models.Q(merged_into__isnull=True)),
                name="ledger_merged_names_target",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="ledger_kind"),
        ]
        indexes = [
            # From an instant to the last change before it.
            models.Index(fields=["at", "seq"], name="ledger_at"),
            # The changes of one kind, in their order.
            models.Index(fields=["kind", "seq"], name="ledger_kind_order"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.noun_id} {self.deed}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise WriteOutsideDeed("Ledger rows are written by events.curation.record only.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WriteOutsideDeed("Ledger rows are not deleted.")


class Head(models.Model):
    """The one row that says where the ledger stands. Locked last in a deed and held until commit, it orders `seq`."""

    THE_ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW)
    # Names this copy of the dataset: restoring a backup starts a new one, so that old change tokens are refused.
    epoch = models.CharField(max_length=32)
    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    chain_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"
