"""What hangs on an event of the working copy: who took part, where, who says so, what is quoted, what it stands to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.gate import Gated
from events.models.reference import Country, Role
from events.models.working.nouns import Actor, Document, Event


class Participation(Gated):
    event = models.ForeignKey(Event, models.CASCADE, related_name="participations", db_index=False)
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations", verbose_name=_("actor"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="participation_one_role")]
        verbose_name = _("actor of the event")
        verbose_name_plural = _("actors of the event")

    def __str__(self) -> str:
        return f"{self.actor} ({self.role})"


class EventCountry(Gated):
    """A country involved in an event besides the one where it happened."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="countries", db_index=False)
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"))

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "country"], name="event_country_once")]
        verbose_name = _("country involved")
        verbose_name_plural = _("countries involved")

    def __str__(self) -> str:
        return str(self.country)


class Claim(Gated):
    """An actor who says that the event happened; without one, the sources state it as a fact."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="claims", db_index=False)
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="claims", verbose_name=_("actor"))

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="claim_once")]
        verbose_name = _("claimed by")
        verbose_name_plural = _("claimed by")

    def __str__(self) -> str:
        return str(self.actor)


class Supports(models.TextChoices):
    """What of an event a quotation supports."""

    TITLE = "title", _("title")
    SUMMARY = "summary", _("summary")
    TYPE = "type", _("type")
    DATE = "date", _("date")
    LOCATION = "location", _("place")
    ACTORS = "actors", _("actors")
    COUNTRIES = "countries", _("countries")
    CLAIMED_BY = "claimed_by", _("who claims it")


def supports_form(value: object) -> None:
    """A list of `Supports`, each once."""
    if not isinstance(value, list) or not value:
        raise ValidationError(_("Say what it supports, as a list: at least one of %s.") % ", ".join(Supports.values))
    known = Supports.values
    unknown = [item for item in value if item not in known]
    if unknown:
        raise ValidationError(
            _("It can't support %(unknown)s; it can support %(known)s.")
            % {"unknown": ", ".join(map(repr, unknown)), "known": ", ".join(known)}
        )
    if len(set(value)) < len(value):
        raise ValidationError(_("It names the same thing twice."))


class Evidence(Gated):
    """An exact quotation of a document; `start` and `end` are null where it isn't found there."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="evidence", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="evidence", verbose_name=_("document"))
    quote = models.TextField(_("quotation"))
    prefix = models.CharField(_("text before it"), max_length=100, blank=True)
    suffix = models.CharField(_("text after it"), max_length=100, blank=True)
    start = models.PositiveIntegerField(_("first character"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    supports = models.JSONField(_("supports"), default=list, validators=[supports_form])
    # What it said when a correction of the text broke it (`curation.evidence.fingerprint`).
    broken = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "document", "quote"], name="evidence_once"),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(start__isnull=False, end__isnull=False, end__gt=models.F("start")),
                name="evidence_span",
            ),
        ]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.quote[:60]


class RelationKind(models.TextChoices):
    RESPONSE_TO = "response_to", _("response to")
    PART_OF = "part_of", _("part of")
    FOLLOWS = "follows", _("follows")
    DISPUTES = "disputes", _("disputes")
    SAME_SUBJECT = "same_subject", _("same subject as")


class Relation(Gated):
    """How an event stands to another."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="relations", db_index=False)
    relation = models.CharField(_("relation"), max_length=12, choices=RelationKind.choices)
    target = models.ForeignKey(Event, models.PROTECT, related_name="related_from", verbose_name=_("event"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "relation", "target"], name="relation_once"),
            models.CheckConstraint(
                condition=~models.Q(event=models.F("target")),
                name="relation_not_to_itself",
                violation_error_message=_("An event has no relation to itself."),
            ),
        ]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.target}"


class ReleasedRelation(Gated):
    """A relation as its event was last published: whenever the target is public, the event's document names it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="released_relations", db_index=False)
    relation = models.CharField(max_length=12)
    target = models.ForeignKey(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "relation", "target"], name="released_relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.relation} {self.target_id}"
