"""Reference data: the countries, kinds and roles that the rest refers to.

Countries and types of event are tables, filled by `events.curation.reference` after each migration; a row that is
already there is left as it is, so a name or a definition that somebody changed stays changed.
"""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.fields import CodePointField
from events.models.gate import Gated


class Country(Gated):
    """A country by its ISO 3166-1 alpha-2 code, a former one by its four-letter ISO 3166-3 code; `XK` besides."""

    code = CodePointField(_("code"), max_length=4, primary_key=True)
    alpha3 = models.CharField(_("alpha-3 code"), max_length=3, blank=True)
    name = CodePointField(_("name"), max_length=100, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return str(self.name)


class EventType(Gated):
    """A kind of event: PLOVER's eighteen, OTHER, and what users add."""

    code = CodePointField(
        _("code"),
        max_length=20,
        primary_key=True,
        validators=[RegexValidator(r"\A[A-Z][A-Z0-9_]*\Z", _("A code has capital letters, digits and _."))],
    )
    # A plural noun, so that a list and a sentence ("…, except threats") read alike.
    name = CodePointField(_("name"), max_length=100)
    definition = models.TextField(_("definition"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("type of event")
        verbose_name_plural = _("types of event")

    def __str__(self) -> str:
        return str(self.name)


class ActorKind(models.TextChoices):
    PERSON = "person", _("person")
    GOVERNMENT = "government", _("government or its agency")
    PARTY = "party", _("political party")
    COMPANY = "company", _("company")
    MEDIA = "media", _("media")
    ORGANISATION = "organisation", _("organisation")
    INTERNATIONAL = "international", _("international organisation")
    GROUP = "group", _("group of people")
    OTHER = "other", _("other")


class Role(models.TextChoices):
    """What part an actor has in an event; documents list actors in this order."""

    INITIATOR = "initiator", _("initiator: acts, or speaks")
    TARGET = "target", _("target: whom the act or the words are for, or against")
    PARTICIPANT = "participant", _("participant: takes part, on an equal footing")
    HOST = "host", _("host: gives the place or the occasion")
    MEDIATOR = "mediator", _("mediator: goes between the parties")
    VICTIM = "victim", _("victim: suffers harm without being addressed")
    BENEFICIARY = "beneficiary", _("beneficiary: gains by it without acting")
