"""What an actor is called in the registers of others: a scheme, and a value that is written as the scheme writes it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.gate import Gated
from events.models.working.nouns import Actor


class Scheme(models.TextChoices):
    WIKIDATA = "wikidata", _("Wikidata")
    ISNI = "isni", _("ISNI")
    ORCID = "orcid", _("ORCID")
    VIAF = "viaf", _("VIAF")
    GND = "gnd", _("GND")
    LEI = "lei", _("LEI (legal entity)")
    ROR = "ror", _("ROR (research organisation)")


# How each is written, and an example.
FORMS: Final[dict[str, tuple[str, str]]] = {
    Scheme.WIKIDATA: (r"Q[1-9][0-9]{0,11}", "Q1085"),
    Scheme.ISNI: (r"[0-9]{15}[0-9X]", "0000 0001 2150 090X"),
    Scheme.ORCID: (r"[0-9]{15}[0-9X]", "0000-0002-1825-0097"),
    Scheme.VIAF: (r"[1-9][0-9]{0,21}", "113230702"),
    Scheme.GND: (r"[0-9]{1,9}-?[0-9X]", "118540238"),
    Scheme.LEI: (r"[0-9A-Z]{18}[0-9]{2}", "5493001KJTIIGC8Y1R12"),
    Scheme.ROR: (r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}", "05dxps055"),
}
# Written in groups of four by their own registers.
GROUPED: Final = (Scheme.ISNI, Scheme.ORCID)
ISO_7064_11_2: Final = (Scheme.ISNI, Scheme.ORCID)
ELEVEN: Final = "0123456789X"
# The digits of Crockford's base 32, in which ROR counts.
CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def normal(scheme: str, value: str) -> str:
    """A value as it is stored: out of the address that it may stand in, without spaces, in its case.

    Raises ValidationError where it isn't one of the scheme, with an example.
    """
    text = value.strip().rstrip("/").rsplit("/", 1)[-1]
    if scheme in GROUPED:
        text = re.sub(r"[ -]", "", text)
    text = text.lower() if scheme == Scheme.ROR else text.upper()
    if scheme not in FORMS:
        raise ValidationError(_("There is no scheme “%s”.") % scheme)
    form, example = FORMS[scheme]
    if not re.fullmatch(form, text):
        raise ValidationError(
            _("“%(value)s” isn't a %(scheme)s identifier; one looks like %(example)s.")
            % {"value": value[:60], "scheme": Scheme(scheme).label, "example": example}
        )
    if not _checks(scheme, text):
        raise ValidationError(_("“%s”: its check digit says that there is a typing error.") % value[:60])
    return text


def _checks(scheme: str, text: str) -> bool:
    if scheme in ISO_7064_11_2:
        total = 0
        for digit in text[:-1]:
            total = (total + int(digit)) * 2
        return text[-1] == ELEVEN[(12 - total % 11) % 11]
    if scheme == Scheme.LEI:
        # ISO 7064 mod 97-10: letters count from 10.
        return int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1
    if scheme == Scheme.ROR:
        number: int = sum(CROCKFORD.index(letter) * 32**place for place, letter in enumerate(reversed(text[:-2])))
        return (number * 100 + int(text[-2:])) % 97 == 1
    if scheme == Scheme.GND:
        digits, hyphen, _check = text[:-1].partition("-")
        total = sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), 2))
        # Bodies and places of before 2012, with a hyphen, have the remainder, all others what is missing to eleven.
        return text[-1] == ELEVEN[(total if hyphen else -total) % 11]
    return True


class ActorIdentifier(Gated):
    """An actor in a register. Two actors with the same one are one, until somebody looked: no constraint says so,
    since what was merged keeps what it had."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=12, choices=Scheme.choices)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["actor", "scheme", "value"], name="actor_identifier_once")]
        indexes = [models.Index(fields=["scheme", "value"], name="actor_identifier_value")]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude)
        if not self.scheme or not self.value:
            return
        try:
            self.value = normal(self.scheme, self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from None
