"""The three nouns: document, actor, event, each with a version and a flag for unpublished edits; and actors' names."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from events import dates
from events.models.fields import ID_MAX_LENGTH, id_form, new_id
from events.models.gate import Gated
from events.models.reference import ActorKind, Country, EventType

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
