"""Datasets for the tests of the API: rows as a fixture has them, loaded and published in one deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models

from events.curation.load import load
from events.curation.load_rows import Item
from events.models import (
    Actor,
    ActorName,
    Claim,
    Document,
    Event,
    EventCountry,
    Evidence,
    Participation,
    Relation,
)

AT = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


class Making:
    """Collects rows; `publish` loads them. Each event quotes a sentence of its own in each of its documents."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._documents: list[Document] = []

    def _add(self, row: models.Model, *, draft: bool = False) -> None:
        self._items.append(Item(row, f"record {len(self._items) + 1}", draft))

    def document(self, pk: str, title: str = "", **fields: Any) -> None:
        row = Document(pk=pk, text="", **({"title": title or f"Document {pk}", "publisher": "Gazette"} | fields))
        self._documents.append(row)
        self._add(row)

    def actor(
        self, pk: str, name: str, country: str | None = None, *, names: Iterable[str] = (), **fields: Any
    ) -> None:
        self._add(Actor(pk=pk, name=name, country_id=country, **({"kind": "government"} | fields)))
        for other in names:
            self._add(ActorName(actor_id=pk, name=other, kind="alias"))

    def event(
        self,
        pk: str,
        edtf: str = "",
        *,
        title: str = "",
        kind: str = "OTHER",
        actors: Mapping[str, str] | None = None,
        countries: Iterable[str] = (),
        location: str | None = None,
        claimed_by: Iterable[str] = (),
        documents: Iterable[str] = ("gazette",),
        relations: Iterable[tuple[str, str]] = (),
        draft: bool = False,
        said: str = "",
        **fields: Any,
    ) -> None:
        """`actors` are roles by actor; without `edtf` the event has no date; `said` begins its quotations."""
        dated = {"edtf": edtf, "date_text": f"in {edtf}", "date_rule": "curator"} if edtf else {}
        row = Event(pk=pk, title=title or f"Event {pk}", type_id=kind, location_country_id=location, **(dated | fields))
        self._add(row, draft=draft)
        for document in documents:
            quote = f"{said}In {document} it says that {pk} took place."
            source = next(one for one in self._documents if one.pk == document)
            source.text += f"{quote}\n"
            self._add(Evidence(event_id=pk, document_id=document, quote=quote, supports=["title", "date"]))
        for actor, role in (actors or {}).items():
            self._add(Participation(event_id=pk, actor_id=actor, role=role))
        for code in countries:
            self._add(EventCountry(event_id=pk, country_id=code))
        for actor in claimed_by:
            self._add(Claim(event_id=pk, actor_id=actor))
        for relation, target in relations:
            self._add(Relation(event_id=pk, relation=relation, target_id=target))

    def publish(self, at: datetime = AT) -> None:
        load(self._items, by="ann", at=at, why="Loaded for a test")
