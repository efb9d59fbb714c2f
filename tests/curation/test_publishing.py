"""What is published, and why it is refused: no unsourced row."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from events.curation.edit import editing
from events.curation.publish import publish, revise, revise_actor, revise_document
from events.curation.retract import reinstate, retract
from events.errors import DeedRefused, WrongState
from events.models import Actor, Entry, Event, Evidence
from tests.curation.world import (
    AT,
    DEED,
    actor,
    assert_sound,
    deeds,
    document,
    edit,
    event,
    everything_public,
    seen,
    shown,
)

pytestmark = pytest.mark.django_db


def with_evidence(rows: list[dict[str, Any]], **fields: Any) -> Event:
    """A draft with this evidence and no other."""
    row = event(**fields)
    with editing(row, version=row.version, by="ann", at=AT):
        row.evidence.all().delete()
        for fields_of_row in rows:
            Evidence(event=row, document_id="doc", **fields_of_row).save()
    return row


TITLE = "No verified quotation supports the title; add evidence that does."
DATE = "No verified quotation supports the date; add evidence that does, or take the date out."
WORDS = "A date needs the words it was read from and the rule (curator, where a person decided)."
UNDATED = {"edtf": "", "date_text": "", "date_rule": ""}
QUOTE = "On 16 October, event-a took place."


@pytest.mark.parametrize(
    ("evidence", "fields", "reasons"),
    [
        pytest.param([], {}, [TITLE, DATE], id="nothing"),
        pytest.param([], UNDATED, [TITLE], id="nothing-undated"),
        pytest.param([{"quote": QUOTE, "supports": ["title"]}], {}, [DATE], id="title-only"),
        pytest.param([{"quote": QUOTE, "supports": ["date", "summary"]}], {}, [TITLE], id="date-only"),
        pytest.param([{"quote": QUOTE, "supports": ["type"]}], {}, [TITLE, DATE], id="neither"),
        pytest.param([{"quote": QUOTE, "supports": ["title", "date"]}], {"date_text": ""}, [WORDS], id="no-words"),
        pytest.param([{"quote": QUOTE, "supports": ["title"]}], {"date_rule": ""}, [DATE, WORDS], id="no-rule"),
        pytest.param(
            [{"quote": "on 16 October, event-a", "supports": ["title", "date"]}],
            {},
            ["The quotation “on 16 October, event-a” isn't found (once) in “Document doc”.", TITLE, DATE],
            id="other-case",
        ),
        pytest.param(
            [{"quote": QUOTE, "supports": ["title", "date"]}, {"quote": "took place", "supports": ["title"]}],
            {},
            ["The quotation “took place” isn't found (once) in “Document doc”."],
            id="one-of-two-is-ambiguous",
        ),
    ],
)
def test_what_isnt_sourced_is_refused_with_every_reason(
    evidence: list[dict[str, Any]], fields: dict[str, Any], reasons: list[str]
) -> None:
    document()
    with_evidence(evidence, **fields)
    with pytest.raises(DeedRefused) as refused:
        publish("event-a", **DEED)
    assert list(refused.value.reasons) == [f"Title of event-a: {reason}" for reason in reasons]
    assert not Entry.objects.exists()
    assert Event.objects.get().status == "draft"
    assert_sound()


@pytest.mark.parametrize(
    ("evidence", "fields"),
    [
        ([{"quote": QUOTE, "supports": ["title", "date"]}], {}),
        ([{"quote": QUOTE, "supports": ["title"]}, {"quote": "event-a took", "supports": ["date"]}], {}),
        ([{"quote": QUOTE, "supports": ["title"]}], UNDATED),
        ([{"quote": QUOTE, "supports": ["title"]}], UNDATED | {"date_text": "recently"}),
    ],
)
def test_what_is_sourced_is_published(evidence: list[dict[str, Any]], fields: dict[str, Any]) -> None:
    document()
    with_evidence(evidence, **fields)
    publish("event-a", **DEED)
    assert deeds("event-a") == ["published"]
    assert {item["quote"] for item in seen("event-a")["evidence"]} == {item["quote"] for item in evidence}
    assert_sound()


def test_a_revision_is_refused_for_the_same_reasons() -> None:
    document()
    row = event(public=True)
    with editing(row, version=row.version, by="ann", at=AT):
        item = row.evidence.get()
        item.supports = ["title"]
        item.save()
    with pytest.raises(DeedRefused, match="supports the date"):
        revise("event-a", **DEED)
    assert seen("event-a")["evidence"][0]["supports"] == ["title", "date"]
    assert_sound()


def test_the_first_event_brings_its_actors_and_documents_and_nobody_else() -> None:
    document()
    document("unused")
    for pk in ("taking-part", "claiming", "above", "unnamed"):
        actor(pk)
    edit(Actor, "taking-part", part_of_id="above")
    event(actors=["taking-part"], claimed_by=["claiming"], public=True)
    public = set(Entry.objects.values_list("kind", "noun_id"))
    assert public == {("event", "event-a"), ("actor", "taking-part"), ("actor", "claiming"), ("document", "doc")}
    # What it is part of isn't public, so nothing of it is.
    assert seen("taking-part", "actor")["part_of"] is None
    assert "above" not in everything_public()
    assert_sound()


def test_a_public_document_has_no_text() -> None:
    text = f"{QUOTE} Then come words enough to fill what stands beside a quotation. Nobody quotes this."
    document(text=text)
    event(public=True)
    assert "Nobody quotes this" not in everything_public()
    assert seen("doc", "document") == {
        "title": "Document doc",
        "publisher": "Gazette",
        "author": None,
        "url": None,
        "archived_url": None,
        "published": None,
        "language": None,
        "license": None,
        "length": len(text),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def test_an_event_in_full() -> None:
    document(published="2019-11-04", url="https://example.org/1")
    actor("prague", names=["Praha"])
    actor("beijing", country_id="CN")
    event("event-b", public=True)
    event(
        actors=["prague"],
        claimed_by=["beijing"],
        countries=["CN", "CZ"],
        relations=[("follows", "event-b")],
        location_country_id="CZ",
        place="Prague",
        lat=50.1,
        lon=14.4,
        summary="A summary.",
        note="Private!",
        public=True,
    )
    picture = seen("event-a")
    source = {
        "id": "doc",
        "title": "Document doc",
        "publisher": "Gazette",
        "published": "2019-11-04",
        "url": "https://example.org/1",
        "archived_url": None,
    }
    assert picture == {
        "slug": "title-of-event-a",
        "title": "Title of event-a",
        "summary": "A summary.",
        "type": "OTHER",
        "date": {
            "edtf": "2019-10-16",
            "text": "On 16 October",
            "anchor": None,
            "rule": "year-omitted",
            "start_earliest": "2019-10-16",
            "start_latest": "2019-10-16",
            "end_earliest": "2019-10-16",
            "end_latest": "2019-10-16",
            "open_start": False,
            "open_end": False,
            "kind": "moment",
            "precision": "day",
            "approximate": False,
            "uncertain": False,
        },
        "location": {"country": "CZ", "place": "Prague", "lat": 50.1, "lon": 14.4},
        "countries": [
            {"code": "CZ", "name": "Czechia", "relation": "location"},
            {"code": "CN", "name": "China", "relation": "involved"},
        ],
        "actors": [
            {"id": "prague", "name": "Name of prague", "role": "initiator", "kind": "government", "country": "CZ"}
        ],
        "claimed_by": [{"id": "beijing", "name": "Name of beijing"}],
        "evidence": [
            {
                "supports": ["title", "date"],
                "quote": QUOTE,
                "prefix": "",
                "suffix": "\nOn 16 October, event-b took pla",
                "start": 0,
                "end": 34,
                "document": source,
            }
        ],
        "relations": [{"relation": "follows", "id": "event-b", "title": "Title of event-b"}],
    }
    assert "Private!" not in everything_public()


def test_the_private_note_is_no_unpublished_edit() -> None:
    document()
    event(public=True)
    assert not edit(Event, "event-a", note="To myself").unpublished_edits
    assert not Event.objects.get().unpublished_edits
    assert_sound()


@pytest.mark.parametrize(
    ("deed", "state"),
    [
        (publish, "published"),
        (publish, "retracted"),
        (revise, "draft"),
        (revise, "published"),
        (revise, "retracted"),
        (retract, "draft"),
        (retract, "retracted"),
        (reinstate, "draft"),
        (reinstate, "published"),
    ],
)
def test_each_deed_starts_from_its_state(deed: Any, state: str) -> None:
    document()
    event(public=state != "draft")
    if state == "retracted":
        retract("event-a", **DEED)
    before = Entry.objects.count()
    with pytest.raises(WrongState):
        deed("event-a", **DEED)
    assert Entry.objects.count() == before
    assert_sound()


@pytest.mark.parametrize(("deed", "pk"), [(revise_actor, "prague"), (revise_document, "doc")])
def test_actors_and_documents_are_revised_when_they_are_public_and_edited(deed: Any, pk: str) -> None:
    document()
    actor("prague")
    with pytest.raises(WrongState, match="isn't public yet"):
        deed(pk, **DEED)
    event(actors=["prague"], public=True)
    with pytest.raises(WrongState, match="no unpublished changes"):
        deed(pk, **DEED)


@pytest.mark.parametrize("why", ["", "   "])
@pytest.mark.parametrize("deed", [revise, retract, reinstate, revise_actor, revise_document])
def test_a_reason_is_required_once_something_is_public(deed: Any, why: str) -> None:
    with pytest.raises(DeedRefused, match="Give a reason"):
        deed("event-a", by="ann", at=AT, why=why)


def test_a_first_publication_needs_no_reason() -> None:
    document()
    event()
    publish("event-a", by="ann", at=AT)
    assert Entry.objects.get(kind="event").why == ""


def test_a_revision_that_changes_nothing_writes_nothing() -> None:
    """Edited there and back: the mark is gone and there is nothing to revise."""
    document()
    event(public=True)
    edit(Event, "event-a", title="Other")
    edit(Event, "event-a", title="Title of event-a")
    with pytest.raises(WrongState, match="no unpublished changes"):
        revise("event-a", **DEED)
    assert shown("event-a") == seen("event-a")
    assert_sound()
