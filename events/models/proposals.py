"""Proposals: what a reader, an import or a person suggests, and a curator decides. Part of the working copy."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.gate import Gated
from events.models.reference import EventType
from events.models.working import Actor, Document, Event

KEY_LENGTH = 200


class Kind(models.TextChoices):
    EVENT = "event", _("new event")
    CHANGE = "change", _("change of an event")
    MERGE = "merge", _("merging of two")
    RETRACTION = "retraction", _("retraction")


class Origin(models.TextChoices):
    READER = "reader", _("reader of digests")
    IMPORT = "import", _("import of a table")
    PERSON = "person", _("person")


class Decision(models.TextChoices):
    """Where a proposal stands."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    SUPERSEDED = "superseded", _("superseded")


OF_EVENT = models.Q(event__isnull=False)
OF_ACTORS = models.Q(event__isnull=True, into__isnull=True, actor__isnull=False, actor_into__isnull=False) & ~models.Q(
    actor=models.F("actor_into")
)


class Proposal(Gated):
    """A suggested new event, or a change of one; what was suggested stays as it was, whatever is decided.

    `key` is its identity: of what has the same key only the first is kept, for ever. `values` are those of
    `events.curation.suggestion`. `event` is what the proposal is about, or what it became; `into` is what `event` is
    to be merged into. Of a merging of actors `actor` and `actor_into` say the same. Proposals are numbered in the
    order in which they were made: a digest's in that of its text.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    origin = models.CharField(_("origin"), max_length=6, choices=Origin.choices)
    status = models.CharField(_("status"), max_length=10, choices=Decision.choices, default=Decision.OPEN)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="proposals", verbose_name=_("document")
    )
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="proposals", verbose_name=_("event"))
    into = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+", verbose_name=_("merge into"))
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+", verbose_name=_("actor"))
    actor_into = models.ForeignKey(Actor, models.PROTECT, null=True, related_name="+", verbose_name=_("merge into"))
    title = models.CharField(_("title"), max_length=300)
    type = models.ForeignKey(EventType, models.PROTECT, null=True, related_name="+", verbose_name=_("type"))
    values = models.JSONField(_("proposed"), default=dict)
    # Other readings of the date, as EDTF.
    alternatives = models.JSONField(_("other readings of the date"), default=list)
    explanation = models.JSONField(_("why"), default=list)
    # What a curator must have looked at before anything is made of it.
    warnings = models.JSONField(_("warnings"), default=list)
    confidence = models.FloatField(_("confidence"), null=True)
    # Why it was rejected or superseded.
    reason = models.TextField(_("reason"), blank=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, verbose_name=_("superseded by"))
    proposed_at = models.DateTimeField(_("proposed"), db_index=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    # Who looks at it now: `next` leaves it to them until then.
    held_by = models.CharField(_("looked at by"), max_length=150, blank=True)
    held_until = models.DateTimeField(_("until"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Decision.values), name="proposal_status"),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.EVENT) | OF_EVENT | (models.Q(kind=Kind.MERGE) & OF_ACTORS),
                name="proposal_names_its_event",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.MERGE)
                | OF_ACTORS
                | (models.Q(into__isnull=False) & ~models.Q(into=models.F("event"))),
                name="proposal_names_the_other",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Decision.ACCEPTED) | OF_EVENT | OF_ACTORS,
                name="proposal_accepted_has_event",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Decision.OPEN, decided_at__isnull=True)
                | (~models.Q(status=Decision.OPEN) & models.Q(decided_at__isnull=False)),
                name="proposal_open_or_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "status"], name="proposal_progress"),
            models.Index(fields=["status", "id"], name="proposal_queue"),
        ]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return self.title

    @property
    def pair(self) -> tuple[Event | Actor | None, Event | Actor | None]:
        """What is to be merged, and into what."""
        return (self.actor, self.actor_into) if self.actor_id else (self.event, self.into)

    @property
    def edtf(self) -> str:
        return str(self.values.get("edtf", ""))

    def quotations(self) -> list[dict[str, Any]]:
        return list(self.values.get("evidence", []))
