"""Any sequence of deeds: the public sees what a naive model says, nothing is at fault, the index can be made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.curation import indexing
from events.curation.edit import editing
from events.curation.inserting import insert
from events.curation.publish import publish, revise, revise_actor, revise_document
from events.curation.reference import rename_country
from events.curation.retract import reinstate, retract
from events.errors import WrongState
from events.models import Actor, Document, Entry, Event, EventCountry, Head, Participation, Relation
from tests.curation.naive import ACTORS, EVENTS, WHOLE, Naive
from tests.curation.world import AT, DEED, actor, assert_sound, document, edit, event

pytestmark = pytest.mark.django_db

NAMES = ("one", "two", "three")
CODES = ("CZ", "CN")


def some_of(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True).map(sorted)


an_event, an_actor, a_name = st.sampled_from(EVENTS), st.sampled_from(ACTORS), st.sampled_from(NAMES)

Step = tuple[Any, ...]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("title"), an_event, a_name),
        st.tuples(st.just("actors"), an_event, some_of(ACTORS)),
        st.tuples(st.just("countries"), an_event, some_of(CODES)),
        st.tuples(st.just("relations"), an_event, some_of(EVENTS)),
        st.tuples(st.just("publish"), an_event),
        st.tuples(st.just("publish"), an_event),
        st.tuples(st.just("revise"), an_event),
        st.tuples(st.just("retract"), an_event),
        st.tuples(st.just("reinstate"), an_event),
        st.tuples(st.just("actor"), an_actor, a_name, st.sampled_from(CODES)),
        st.tuples(st.just("revise_actor"), an_actor),
        st.tuples(st.just("document"), a_name),
        st.tuples(st.just("revise_document")),
        st.tuples(st.just("country"), st.sampled_from(CODES), a_name),
    ),
    min_size=8,
    max_size=24,
)


class Both:
    """The product and the naive model, taking the same steps."""

    def __init__(self) -> None:
        document(title="one")
        actor("prague", name="one", country_id="CZ")
        actor("brno", name="one", country_id="CZ", part_of_id=WHOLE["brno"])
        for pk in EVENTS:
            event(pk, title="one")
        self.naive = Naive(
            events={pk: {"title": "one", "actors": [], "countries": [], "relations": []} for pk in EVENTS},
            actors={pk: {"name": "one", "country": "CZ"} for pk in ACTORS},
            title="one",
            countries={"CZ": "Czechia", "CN": "China"},
        )

    def take(self, step: Step) -> None:
        getattr(self, f"do_{step[0]}")(*step[1:])

    def _deed(self, allowed: bool, deed: Callable[..., None], pk: str) -> bool:
        """Both must agree on whether the deed may be done."""
        if allowed:
            deed(pk, **DEED)
        else:
            with pytest.raises(WrongState):
                deed(pk, **DEED)
        return allowed

    def do_title(self, pk: str, title: str) -> None:
        edit(Event, pk, title=title)
        self.naive.events[pk]["title"] = title

    def do_actors(self, pk: str, actors: list[str]) -> None:
        rows = [Participation(event_id=pk, actor_id=actor, role="target") for actor in actors]
        self._replace(pk, "participations", rows)
        self.naive.events[pk]["actors"] = actors

    def do_countries(self, pk: str, codes: list[str]) -> None:
        self._replace(pk, "countries", [EventCountry(event_id=pk, country_id=code) for code in codes])
        self.naive.events[pk]["countries"] = codes

    def do_relations(self, pk: str, targets: list[str]) -> None:
        others = [target for target in targets if target != pk]
        self._replace(pk, "relations", [Relation(event_id=pk, relation="follows", target_id=one) for one in others])
        self.naive.events[pk]["relations"] = others

    def _replace(self, pk: str, name: str, rows: list[Any]) -> None:
        row = Event.objects.get(pk=pk)
        with editing(row, version=row.version, by="ann", at=AT):
            getattr(row, name).all().delete()
            for child in rows:
                child.save()

    def do_publish(self, pk: str) -> None:
        if self._deed(self.naive.states[pk] == "draft", publish, pk):
            self.naive.release(pk)

    def do_revise(self, pk: str) -> None:
        if self._deed(self.naive.edited(pk), revise, pk):
            self.naive.release(pk)

    def do_retract(self, pk: str) -> None:
        if self._deed(self.naive.states[pk] == "published", retract, pk):
            self.naive.states[pk] = "retracted"

    def do_reinstate(self, pk: str) -> None:
        if self._deed(self.naive.states[pk] == "retracted", reinstate, pk):
            self.naive.states[pk] = "published"

    def do_actor(self, pk: str, name: str, country: str) -> None:
        edit(Actor, pk, name=name, country_id=country)
        self.naive.actors[pk] = {"name": name, "country": country}

    def do_revise_actor(self, pk: str) -> None:
        if self._deed(self.naive.actor_edited(pk), revise_actor, pk):
            self.naive.release_actor(pk)

    def do_document(self, title: str) -> None:
        edit(Document, "doc", title=title)
        self.naive.title = title

    def do_revise_document(self) -> None:
        if self._deed(self.naive.document_edited(), revise_document, "doc"):
            self.naive.public_title = self.naive.title

    def do_country(self, code: str, name: str) -> None:
        name = f"{name} {code}"
        rename_country(code, name, **DEED)
        self.naive.countries[code] = name

    def agree(self) -> None:
        public = {(row.kind, row.noun_id): json.loads(row.document or "") for row in Entry.objects.public()}
        events = {pk: plain(picture) for (kind, pk), picture in public.items() if kind == "event"}
        actors = {
            pk: {
                "name": picture["name"],
                "country": picture["country"],
                "part_of": picture["part_of"]["name"] if picture["part_of"] else None,
            }
            for (kind, pk), picture in public.items()
            if kind == "actor"
        }
        titles = [picture["title"] for (kind, _pk), picture in public.items() if kind == "document"]
        assert events == self.naive.shown()
        assert actors == self.naive.shown_actors()
        assert titles == [title for title in [self.naive.public_title] if title is not None]


def plain(picture: dict[str, Any]) -> dict[str, Any]:
    [source] = {item["document"]["title"] for item in picture["evidence"]}
    return {
        "title": picture["title"],
        "source": source,
        "actors": {(item["id"], item["name"], item["country"]) for item in picture["actors"]},
        "countries": {(item["code"], item["name"]) for item in picture["countries"]},
        "relations": {(item["id"], item["title"]) for item in picture["relations"]},
    }


def stood(seq: int) -> dict[tuple[str, str], str | None]:
    """The dataset as it stood after a seq, by the ledger's rule for it."""
    rows = Entry.objects.filter(Q(superseded_by__isnull=True) | Q(superseded_by__gt=seq), seq__lte=seq)
    return {(row.kind, row.noun_id): row.document for row in rows if row.document is not None}


def index_rows() -> list[tuple[Any, ...]]:
    return sorted(
        (table.__name__, *(str(getattr(row, name)) for name in names))
        for tables in indexing.TABLES.values()
        for table in tables
        for names in [[field.attname for field in table._meta.concrete_fields if field.attname != "id"]]
        for row in table._default_manager.all()
    )


def rebuild() -> None:
    for tables in indexing.TABLES.values():
        for table in tables:
            table._default_manager.all().delete()
    insert(row for entry in Entry.objects.all() for row in indexing.rows(entry))


@contextmanager
def fresh() -> Iterator[None]:
    """An empty dataset for each example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_sequence_of_deeds(sequence: list[Step]) -> None:
    with fresh():
        both = Both()
        stands: dict[int, dict[tuple[str, str], str | None]] = {}
        for step in sequence:
            both.take(step)
            both.agree()
            stands[Head.objects.get().seq] = stood(Head.objects.get().seq)
        assert_sound()
        assert stands == {seq: stood(seq) for seq in stands}
        before = index_rows()
        rebuild()
        assert index_rows() == before
