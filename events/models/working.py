"""The working copy: what editors change. Nothing public ever reads it.

Three nouns (document, actor, event) with a version and a flag for unpublished edits, and what hangs on them. Every
write goes through a deed of `events.curation` (see `gate`). What hangs on a noun is found by its unique constraint,
which begins with the noun, so that this column has no index of its own.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from events import dates
from events.models.fields import ID_MAX_LENGTH, id_form, new_id
from events.models.gate import Gated
from events.models.reference import ActorKind, Country, EventType, Role

SLUG_LENGTH = 80
# Only these may stand in a link: a `javascript:` address in an admin page would run.
web_address = URLValidator(schemes=["http", "https"])


class Noun(Gated):
    """What has an id, a version that counts its saves, and a public picture once it is published."""

    id = models.CharField(_("id"), max_length=ID_MAX_LENGTH, primary_key=True, default=new_id, validators=[id_form])
    version = models.PositiveIntegerField(default=0, editable=False)
    # Kept by the deeds: what would be rendered now differs from the current public document.
    unpublished_edits = models.BooleanField(_("unpublished changes"), default=False, editable=False)

    class Meta:
        abstract = True


class Mergeable(Noun):
    """A noun that may turn out to be another: it then stays as it was, and its id leads to that one."""

    # Indexed where it says something: few nouns are merged, and each deed asks which.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged_here", db_index=False
    )

    class Meta:
        abstract = True


def indexed_where_set(field: str, name: str) -> models.Index:
    """An index of the few rows in which a field isn't null."""
    return models.Index(fields=[field], condition=models.Q((f"{field}__isnull", False)), name=name)


class Document(Noun):
    """A source: its text is NFC with LF line ends, and stays inside; the public sees quotations of it."""

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True, validators=[web_address])
    archived_url = models.CharField(_("archived address"), max_length=2000, blank=True, validators=[web_address])
    published = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    license = models.CharField(_("licence"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, editable=False)
    # The earlier text of the same source, where this one is a correction of it.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="corrections")

    class Meta:
        ordering = ["-published", "title"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class Actor(Mergeable):
    """Who takes part in events, or says that they happened."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=ActorKind.choices)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, verbose_name=_("country"))
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of"), db_index=False
    )
    external_id = models.CharField(_("external identifier"), max_length=200, blank=True)
    description = models.CharField(_("description"), max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        indexes = [
            indexed_where_set("merged_into", "actor_merged"),
            indexed_where_set("part_of", "actor_part"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True) | ~models.Q(part_of=models.F("id")),
                name="actor_not_part_of_itself",
                violation_error_message=_("An actor isn't part of itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="actor_not_merged_into_itself",
            ),
        ]
        verbose_name = _("actor")
        verbose_name_plural = _("actors")

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("official name")
    ALIAS = "alias", _("alias")
    ORIGINAL = "original", _("original name")
    ACRONYM = "acronym", _("acronym")


class ActorName(Gated):
    """Another name of an actor, in any script."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=NameKind.choices)
    language = models.CharField(_("language"), max_length=35, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_once")]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETRACTED = "retracted", _("retracted")
    MERGED = "merged", _("merged")


class Event(Mergeable):
    """Something that happened, with the words that date it; the days that queries use follow from `edtf`."""

    title = models.CharField(_("title"), max_length=300)
    # Part of an event's address, and never asked for: the id is.
    slug = models.SlugField(_("slug"), max_length=SLUG_LENGTH, blank=True, db_index=False)
    summary = models.TextField(_("summary"), blank=True)
    type = models.ForeignKey(EventType, models.PROTECT, verbose_name=_("type"))
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.DRAFT, editable=False, db_index=True
    )
    edtf = models.CharField(_("date"), max_length=64, blank=True)
    date_text = models.CharField(_("words of the date"), max_length=200, blank=True)
    date_anchor = models.DateField(_("day the words are read against"), null=True, blank=True)
    date_rule = models.CharField(_("rule"), max_length=40, blank=True)
    start_earliest = models.DateField(_("first day"), null=True, editable=False, db_index=True)
    end_latest = models.DateField(_("last day"), null=True, editable=False)
    location_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="located", verbose_name=_("country of the place")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    lat = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    lon = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    note = models.TextField(_("private note"), blank=True)

    class Meta:
        ordering = ["start_earliest", "id"]
        indexes = [indexed_where_set("merged_into", "event_merged")]
        constraints = [
            # Each side says what is null: to SQL a comparison with null is no violation.
            models.CheckConstraint(
                condition=models.Q(edtf="", start_earliest__isnull=True, end_latest__isnull=True)
                | (
                    ~models.Q(edtf="")
                    & models.Q(
                        start_earliest__isnull=False,
                        end_latest__isnull=False,
                        start_earliest__lte=models.F("end_latest"),
                    )
                ),
                name="event_days_follow_edtf",
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(
                    lat__isnull=False, lon__isnull=False, lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180
                ),
                name="event_coordinates",
                violation_error_message=_("Latitude and longitude go together, from -90 to 90 and from -180 to 180."),
            ),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="event_status"),
            models.CheckConstraint(
                condition=models.Q(status=Status.MERGED, merged_into__isnull=False)
                | (~models.Q(status=Status.MERGED) & models.Q(merged_into__isnull=True)),
                name="event_merged_into_something",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="event_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.DRAFT, unpublished_edits=True), name="event_draft_has_no_flag"
            ),
        ]
        permissions = [("publish_event", "Can publish, revise, retract, reinstate, merge and unmerge")]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        """Set what follows from other fields: canonical EDTF, the first and last day, the slug if there is none.

        Raises InvalidDate where `edtf` is not a supported value.
        """
        value = dates.parse(self.edtf) if self.edtf else None
        self.edtf = value.edtf if value else ""
        self.start_earliest = value.start_earliest if value else None
        self.end_latest = value.end_latest if value else None
        self.slug = self.slug or slugify(unicodedata.normalize("NFKD", self.title))[:SLUG_LENGTH].strip("-") or "event"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)


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
