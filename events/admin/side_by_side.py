"""Two nouns side by side: what is chosen between, what is united, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.curation.merge import Chosen, Seen
from events.curation.uniting import CHOICES, children, tables
from events.models import Actor, Event


@dataclass(frozen=True)
class Choice:
    """A field of both nouns, as people read it, and whose is chosen."""

    name: str
    label: str
    one: str
    other: str
    chosen: str

    @property
    def same(self) -> bool:
        return self.one == self.other


@dataclass(frozen=True)
class United:
    """What hangs on both: all of it stays."""

    label: str
    one: list[str]
    other: list[str]


def number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest("A version is a number.")
    return int(text)


def chosen(noun: Any, other: Any, sent: Any) -> Chosen:
    """What a form with both says: which becomes part of which, at which versions, and whose values stay."""
    loser, survivor = (noun, other) if sent.get("stays") == other.pk else (other, noun)
    take = [name for name in CHOICES[type(noun)] if sent.get(f"take-{name}") == loser.pk]
    gone, stays = (Seen(row.pk, number(sent.get(f"version-{row.pk}", ""))) for row in (loser, survivor))
    return Chosen(gone, stays, tuple(take))


def both(noun: Any, other: Any, sent: Any) -> dict[str, Any]:
    """What the table of both shows: the choices, as they were sent or as is likely, and what is united."""
    model = type(noun)
    stays = other.pk if sent.get("stays") == other.pk else noun.pk
    choices = []
    for name, columns in CHOICES[model].items():
        one, two = (_shown(row, columns) for row in (noun, other))
        default = (other.pk if stays == noun.pk else noun.pk) if not (one if stays == noun.pk else two) else stays
        choices.append(Choice(name, _label(model, name), one, two, sent.get(f"take-{name}") or default))
    mine, theirs = children(noun), children(other)
    labels = {table._meta.model_name: str(capfirst(str(table._meta.verbose_name_plural))) for table in tables(model)}
    united = [
        United(labels[name], _rows(mine[name]), _rows(theirs[name])) for name in mine if mine[name] or theirs[name]
    ]
    return {"object": noun, "other": other, "choices": choices, "united": united, "stays": stays}


def _label(model: Any, name: str) -> str:
    return str(capfirst({"date": _("date"), "place": _("place")}.get(name) or model._meta.get_field(name).verbose_name))


def _shown(noun: Any, columns: tuple[str, ...]) -> str:
    values = (
        getattr(noun, column.removesuffix("_id") if column.endswith("_id") and column != "external_id" else column)
        for column in columns
    )
    return " · ".join(str(value) for value in values if value not in (None, ""))


def _rows(rows: dict[str, dict[str, Any]]) -> list[str]:
    """Rows by what tells them from each other, with the names of what they refer to."""
    ids = {part for key in rows for part in key.split("\n")}
    names = {
        **dict(Actor.objects.filter(pk__in=ids).values_list("pk", "name")),
        **dict(Event.objects.filter(pk__in=ids).values_list("pk", "title")),
    }
    return [
        " · ".join([*(names.get(part, part) for part in key.split("\n")), *([row["role"]] if "role" in row else [])])
        for key, row in rows.items()
    ]
