"""From the stored document of an event to what a template shows of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from events import dates
from events.errors import InvalidDate
from events.models.reference import Country, EventType
from events.pages import wording
from events.pages.addresses import address, filtered, here, short
from events.querying.changes import Change
from events.querying.checks import Pairs
from events.querying.events import Revision


@dataclass(frozen=True)
class Names:
    """What codes of the reference data are called; two small tables, each read once for an answer."""

    types: dict[str, str]
    countries: dict[str, str]

    @classmethod
    def load(cls) -> Names:
        return cls(
            dict(EventType.objects.values_list("code", "name")), dict(Country.objects.values_list("code", "name"))
        )


@dataclass(frozen=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True)
class Day:
    """A day or an instant in words, and as HTML's `<time>` takes it: "" where that can't say it."""

    words: str
    machine: str = ""


@dataclass(frozen=True)
class Part:
    """An actor in a role."""

    role: str
    actor: Link
    kind: str
    country: str


@dataclass(frozen=True)
class Quotation:
    prefix: str
    quote: str
    suffix: str
    supports: str
    title: str
    publisher: str
    published: Day | None
    url: str
    archived_url: str
    events: str


@dataclass(frozen=True)
class Revised:
    """One deed of an event's history, and the event's page as it stood then."""

    number: int
    href: str
    deed: str
    day: Day
    why: str


def plain_day(iso: str) -> Day:
    """A day or instant of the Gregorian calendar."""
    return Day(dates.parse(iso[:10]).words(gettext), iso)


class When:
    """The date of an event, known or not."""

    def __init__(self, stored: dict[str, Any]) -> None:
        self.stored = stored
        self.value = dates.parse(stored["edtf"]) if stored["edtf"] else None

    @cached_property
    def day(self) -> Day | None:
        if self.value is None:
            return None
        words = self.value.words(gettext)
        return Day(words[:1].upper() + words[1:], _machine(self.value.edtf))

    @property
    def read_against(self) -> Day | None:
        return plain_day(self.stored["anchor"]) if self.stored["anchor"] else None

    @property
    def rule_means(self) -> str:
        return wording.rule(self.stored["rule"]) if self.stored["rule"] else ""

    @property
    def limits(self) -> list[tuple[str, Day, Day]]:
        """The four days: the first and last on which it may have begun, and on which it may have ended."""
        if self.value is None:
            return []
        start, end = (self._limit("start_earliest"), self._limit("start_latest")), self._limit("end_earliest")
        return [(gettext("Began"), *start), (gettext("Ended"), end, self._limit("end_latest"))]

    def _limit(self, name: str) -> Day:
        iso = self.stored[name]
        if (iso == "0001-01-01" and self.stored["open_start"]) or (iso == "9999-12-31" and self.stored["open_end"]):
            return Day(gettext("no known limit"))
        return plain_day(iso)


def _machine(edtf: str) -> str:
    """HTML's `<time>` takes years, months and days, and nothing that is less sure."""
    try:
        dates.calendar_span(edtf)
    except InvalidDate:
        return ""
    return edtf


class Shown:
    """An event as pages show it. `kept` is what its links carry on: the state that was asked about."""

    def __init__(self, row: Revision, names: Names, kept: Pairs = ()) -> None:
        self.row, self.names, self.kept = row, names, kept
        self.stored: dict[str, Any] = json.loads(row.document)
        self.id = row.noun_id
        self.title: str = self.stored["title"]
        self.summary: str = self.stored["summary"] or ""
        self.when = When(self.stored["date"])
        self.in_window = row.in_window

    @property
    def href(self) -> str:
        return address(here().page(self.id, self.stored["slug"]), self.kept)

    @property
    def type(self) -> Link:
        code = self.stored["type"]
        name = self.names.types.get(code, code)
        return Link(name[:1].upper() + name[1:], self._filtered("type", code))

    @property
    def actors(self) -> list[Part]:
        return [
            Part(
                wording.label(wording.ROLES, item["role"]),
                Link(item["name"], self._filtered("actor", item["id"])),
                wording.label(wording.KINDS, item["kind"]),
                self.names.countries.get(item["country"], ""),
            )
            for item in self.stored["actors"]
        ]

    @property
    def countries(self) -> list[Link]:
        return [Link(item["name"], self._filtered("country", item["code"])) for item in self.stored["countries"]]

    @property
    def claimed_by(self) -> list[Link]:
        return [Link(item["name"], self._filtered("claimed_by", item["id"])) for item in self.stored["claimed_by"]]

    @property
    def place(self) -> str:
        place = self.stored["location"]
        return ", ".join(filter(None, [place["place"], self.names.countries.get(place["country"])]))

    @property
    def coordinates(self) -> str:
        place = self.stored["location"]
        return "" if place["lat"] is None or place["lon"] is None else f"{place['lat']}, {place['lon']}"

    @property
    def quotation(self) -> Quotation:
        """The first for the title, as in CSV."""
        return self._quotation(next(item for item in self.stored["evidence"] if "title" in item["supports"]))

    @property
    def quotations(self) -> list[Quotation]:
        return [self._quotation(item) for item in self.stored["evidence"]]

    @property
    def relations(self) -> list[tuple[str, Link]]:
        """The page of a related event is met through its id alone: its slug isn't in this document."""
        return [
            (
                wording.label(wording.RELATIONS, item["relation"]),
                Link(item["title"], short(item["id"], self.kept)),
            )
            for item in self.stored["relations"]
        ]

    def _filtered(self, name: str, value: str) -> str:
        return filtered(name, value, self.kept)

    def _quotation(self, item: dict[str, Any]) -> Quotation:
        document = item["document"]
        return Quotation(
            # Cut anywhere, as they are stored; shown from a whole word to a whole word.
            prefix=re.sub(r"\A\S*\s+", "", item["prefix"]),
            quote=item["quote"],
            suffix=re.sub(r"\s+\S*\Z", "", item["suffix"]),
            supports=", ".join(wording.label(wording.SUPPORTS, name) for name in item["supports"]),
            title=document["title"],
            publisher=document["publisher"] or "",
            published=plain_day(document["published"]) if document["published"] else None,
            url=document["url"] or "",
            archived_url=document["archived_url"] or "",
            events=self._filtered("document", document["id"]),
        )


def history(changes: list[Change]) -> list[Revised]:
    """The newest first."""
    return [
        Revised(
            change.number,
            short(change.noun_id, [("as_of", str(change.seq))]) if change.revision else "",
            wording.label(wording.DEEDS, change.deed),
            plain_day(change.at),
            change.why,
        )
        for change in changes
    ]
