"""What deeds keep of the working copy: each save and what it replaced, merges, and what cascades still have to do."""

from __future__ import annotations

from django.db import models

from events.models.fields import ID_MAX_LENGTH
from events.models.gate import Gated


class Edit(Gated):
    """Who saved a noun's working copy, when and why."""

    kind = models.CharField(max_length=8)
    noun_id = models.CharField(max_length=ID_MAX_LENGTH)
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    # For curators only, whatever became public with it.
    note = models.TextField(blank=True)
    # By a load, from a file that still has it: another load may write over it.
    loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "noun_id", "version"], name="edit_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.noun_id} v{self.version}"


class Saved(Gated):
    """What a version of a noun's working copy said (JSON): kept by the save that replaced it, read by curators only."""

    kind = models.CharField(max_length=8)
    noun_id = models.CharField(max_length=ID_MAX_LENGTH)
    version = models.PositiveIntegerField()
    document = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "noun_id", "version"], name="saved_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.noun_id} v{self.version}"


class Pending(Gated):
    """Some events that a long cascade has still to reach, as a list of ids, and the deed that began it.

    Where they are still to be found, `named` says what they repeat, as `curation.batch.events_repeating` takes it.
    Where `undone` is a merge, they get back the loser that they named before it.
    """

    events = models.JSONField(default=list)
    named = models.JSONField(null=True)
    undone = models.ForeignKey("Merge", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.named or len(self.events)} of {self.by}"


class Merge(Gated):
    """A noun that became part of another: what that changed, so that it can be undone; and what undoing it left.

    `changes` is made and read by `curation.uniting` and `curation.mentions`.
    """

    kind = models.CharField(max_length=8)
    loser_id = models.CharField(max_length=ID_MAX_LENGTH)
    survivor_id = models.CharField(max_length=ID_MAX_LENGTH)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    why = models.TextField()
    changes = models.JSONField()
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)
    # Sentences: what was edited after the merge and stayed with the survivor when it was undone.
    kept = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "loser_id"], condition=models.Q(undone_at__isnull=True), name="merge_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.loser_id} into {self.survivor_id}"
