"""The working copy out and into an empty database: the same working copy, the same public documents."""

from __future__ import annotations

import io
import json
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.curation import decide
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.merge import Seen, merge, unmerge
from events.curation.propose import propose, supersede
from events.curation.publish import revise_document
from events.curation.retract import reinstate, retract
from events.curation.suggestion import Suggestion
from events.errors import DeedRefused
from events.models import Actor, ActorIdentifier, Document, Entry, Event, Evidence, Proposal
from events.models.gate import open_gate
from tests.commands.fixtures import load, records, refused, write
from tests.commands.test_loaddata import DUMPED
from tests.curation.naive import EVENTS
from tests.curation.test_merge_properties import Deeds, a_merge, act, undone
from tests.curation.test_merging import everything
from tests.curation.test_properties import fresh, steps
from tests.curation.world import AT, DEED, IDS, TEXT, actor, assert_sound, document, edit, event, seen, shown

pytestmark = pytest.mark.django_db

# One of each form that dates.md has, with words that it may have been read from.
DATES = (
    ("", "recently"),
    ("", ""),
    ("2019", "in 2019"),
    ("2019-10", "in October"),
    ("2019-10-16", "On 16 October"),
    ("2019-10-16/2019-10-18", "from 16 to 18 October"),
    ("2019/..", "since 2019"),
    ("../2019", "until 2019"),
    ("2019-10~", "about October"),
    ("2019?", "perhaps in 2019"),
    ("2019-10-16%", "perhaps about 16 October"),
    ("201X", "in the 2010s"),
    ("2019-21", "in spring"),
    ("[2019-10-16..2019-10-18]", "between 16 and 18 October"),
)
SENTENCES = TEXT.split("\n")

more = st.one_of(
    st.tuples(st.just("date"), st.sampled_from(EVENTS), st.sampled_from(DATES)),
    st.tuples(st.just("correct"), st.lists(st.sampled_from(["Well.", *SENTENCES]), unique=True, max_size=9)),
    st.tuples(st.just("quote"), st.sampled_from(EVENTS), st.sampled_from(["took place", "On 16 October", "Nowhere."])),
    st.tuples(st.just("propose"), st.sampled_from(IDS)),
    st.tuples(st.just("decide"), st.integers(0, 5), st.sampled_from(["accept", "reject", "supersede"])),
    st.tuples(st.just("note"), st.sampled_from(EVENTS)),
    st.tuples(
        st.just("identify"), st.sampled_from(["prague", "brno", "council"]), st.sampled_from(["Q1085", "Q14960"])
    ),
)
sequences = st.lists(
    st.one_of(steps.map(lambda some: some[0]), steps.map(lambda some: some[1]), a_merge, undone, more),
    min_size=6,
    max_size=24,
)


def export() -> str:
    out = io.StringIO()
    call_command("export_working_copy", "-", stdout=out, stderr=io.StringIO())
    return out.getvalue()


def public() -> dict[tuple[str, str], Any]:
    """All that is public, and of what isn't any more why not and what it became."""
    rows = Entry.objects.current().values_list("kind", "noun_id", "content_sha256", "deed", "why", "merged_into")
    return {
        (kind, pk): (content, () if deed in ("published", "revised", "reinstated") else (deed, why, into))
        for kind, pk, content, deed, why, into in rows
    }


def desk() -> list[dict[str, Any]]:
    """The proposals, without numbers that are the database's."""
    rows = list(Proposal.objects.order_by("pk"))
    place = {row.pk: number for number, row in enumerate(rows)}
    skipped = {"id", "version", "held_by", "held_until", "superseded_by_id"}
    names = [field.attname for field in Proposal._meta.concrete_fields if field.attname not in skipped]
    return [
        {name: getattr(row, name) for name in names} | {"newer": place.get(row.superseded_by_id or 0)} for row in rows
    ]


def documents() -> list[tuple[Any, ...]]:
    return list(Document.objects.order_by("pk").values_list("pk", "title", "text", "corrects", "unpublished_edits"))


def stored() -> tuple[Any, ...]:
    return public(), everything(), desk(), documents(), identifiers()


def take(deeds: Deeds, step: tuple[Any, ...]) -> None:
    doing = globals().get(f"do_{step[0]}")
    try:
        if doing:
            doing(*step[1:])
        else:
            act(deeds, step)
    except DeedRefused:
        return


def do_date(pk: str, dated: tuple[str, str]) -> None:
    rule = "curator" if dated[0] else ""
    edit(Event, pk, edtf=dated[0], date_text=dated[1], date_rule=rule)


def do_note(pk: str) -> None:
    edit(Event, pk, note="For us.", lat=0.0, lon=-12.5, place="Prague")


def do_identify(pk: str, value: str) -> None:
    row = Actor.objects.get(pk=pk)
    with editing(row, version=row.version, by="ann", at=AT):
        ActorIdentifier.objects.get_or_create(actor=row, scheme="wikidata", value=value)


def identifiers() -> list[tuple[str, ...]]:
    return sorted(ActorIdentifier.objects.values_list("actor", "scheme", "value"))


def do_correct(sentences: list[str]) -> None:
    """As the admin does it: a public text changes with its publication, in one deed."""
    row = Document.objects.get(pk="doc")
    was, row.text = row.text, "\n".join(sentences) or "Nothing."
    if Entry.objects.public().filter(kind="document", noun_id="doc").exists():
        with deed():
            with editing(row, version=row.version, publishing=True, **DEED):
                row.save()
            revise_document("doc", text_was=was, **DEED)
    else:
        with editing(row, version=row.version, **DEED):
            row.save()


def do_quote(pk: str, words: str) -> None:
    """Words that stand there eight times, or not at all; with nothing to say which."""
    row = Event.objects.get(pk=pk)
    with editing(row, version=row.version, by="ann", at=AT):
        Evidence.objects.update_or_create(
            event=row, document_id="doc", quote=words, defaults={"supports": ["summary"], "start": None, "end": None}
        )


def do_propose(pk: str) -> None:
    quote = f"On 16 October, {pk} took place."
    evidence = [{"document": "doc", "quote": quote, "supports": ["title"]}]
    values = {"title": f"About {pk}", "type": "OTHER", "evidence": evidence, "lat": 1.0, "lon": 2.5}
    propose([Suggestion(f"key:{pk}", values, "reader", document="doc", warnings=("Look.",))], by="ann", at=AT)


def do_decide(number: int, how: str) -> None:
    rows = list(Proposal.objects.filter(status="open").order_by("pk"))
    if not rows:
        return
    row = rows[number % len(rows)]
    if how == "reject":
        decide.reject(row.pk, version=row.version, **DEED)
    elif how == "accept":
        decide.accept(row.pk, version=row.version, looked_at=True, **DEED)
    else:
        newer = Proposal.objects.exclude(pk=row.pk).first()
        supersede([row], newer=newer, **DEED)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sequences)
def test_any_working_copy_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, sequence: list[Any]) -> None:
    with fresh():
        deeds = Deeds()
        actor("council", ["Rada", "评议会"], name="one", country_id="CZ")
        for step in sequence:
            take(deeds, step)
        text, before = export(), stored()
    path = write(tmp_path_factory.mktemp("copy"), text)
    with fresh():
        load(path)
        assert "\n".join(unified_diff(text.splitlines(), export().splitlines(), n=9)) == ""
        assert stored() == before
        assert_sound()
        rows = stored()
        assert "0 rows added, 0 changed" in load(path)
        assert stored() == rows


def join(model: Any, loser: str, survivor: str) -> None:
    saw = [Seen(pk, model.objects.get(pk=pk).version) for pk in (loser, survivor)]
    merge(model, *saw, **DEED)


@pytest.fixture
def desk_of_all_kinds() -> None:
    """A draft with words that aren't found, a public event with unpublished edits, a retracted one, two merged ones."""
    document()
    actor("prague", ["Praha"])
    actor("brno")
    event("event-a", actors=["prague"], relations=[("follows", "event-b")], public=True)
    event("event-b", public=True)
    event("event-c", actors=["brno"], public=True)
    event("event-d")
    event("event-e", edtf="", date_text="", date_rule="")
    edit(Event, "event-a", title="Unpublished", note="For us.")
    edit(Event, "event-c", title="Edited")
    retract("event-c", by="ann", at=AT, why="It didn't happen.")
    do_quote("event-d", "Nowhere.")
    edit(Event, "event-a", title="Title of event-a", note="")
    join(Event, "event-b", "event-a")
    join(Actor, "brno", "prague")
    edit(Event, "event-a", title="Unpublished", note="For us.")


def by_pk(text: str) -> dict[Any, dict[str, Any]]:
    return {record["pk"]: record["fields"] for record in json.loads(text)}


def test_a_record_says_how_its_noun_stands(desk_of_all_kinds: None) -> None:
    found = by_pk(export())
    assert (found["event-a"]["title"], found["event-a"]["note"], found["event-a"]["status"]) == (
        "Unpublished",
        "For us.",
        "published",
    )
    assert found["event-a"]["public"]["title"] == "Title of event-a"
    assert (found["event-c"]["status"], found["event-c"]["why"]) == ("retracted", "It didn't happen.")
    assert (found["event-c"]["title"], found["event-c"]["public"]["title"]) == ("Edited", "Title of event-c")
    assert found["event-d"]["status"] == "draft"
    assert [item.get("start", "found") for item in found["event-d"]["evidence"]] == [None, "found"]
    assert {found[1]["loser_id"], found[2]["loser_id"]} == {"event-b", "brno"}


def test_a_merge_is_undone_in_the_copy(tmp_path: Path, desk_of_all_kinds: None) -> None:
    path = write(tmp_path, export())
    flush()
    load(path)
    assert Entry.objects.current().values_list("deed", "merged_into").get(noun_id="brno") == ("merged", "prague")
    version = Actor.objects.get(pk="prague").version
    assert unmerge(Actor, "brno", Seen("prague", version), **DEED) == []
    assert [name.name for name in Actor.objects.get(pk="prague").names.all()] == ["Praha"]
    assert shown("brno", "actor") is not None
    reinstate("event-c", **DEED)
    assert seen("event-c")["title"] == "Title of event-c"
    assert Event.objects.get(pk="event-c").unpublished_edits
    assert_sound()


def flush() -> None:
    connection.check_constraints()
    with open_gate():
        call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()


def test_dumpdata_too_has_proposals_and_merges(tmp_path: Path) -> None:
    document()
    actor("prague")
    actor("brno")
    do_propose("event-a")
    do_propose("event-b")
    do_decide(0, "accept")
    join(Actor, "brno", "prague")
    dump, before = tmp_path / "dump.json", (desk(), everything())
    models = [f"events.{name}" for name in (*DUMPED, "proposal", "merge")]
    call_command("dumpdata", *models, output=str(dump), verbosity=0)
    assert "0 rows added, 0 changed" in load(dump)
    flush()
    load(dump)
    assert (desk(), everything()) == before
    assert_sound()


def test_what_stands_otherwise_is_refused(tmp_path: Path, desk_of_all_kinds: None) -> None:
    content = json.loads(export())
    for record in content:
        if record["pk"] == "event-a":
            record["fields"]["title"] = "Theirs"
    faults = refused(write(tmp_path, content))
    assert any("(events.event event-a): It is there already, and stands otherwise" in fault for fault in faults)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"status": "retracted"}, "field why: Say why it was retracted; the public sees it."),
        (
            {"status": "merged"},
            "field status: A fixture has events that are published, draft, retracted, not 'merged'.",
        ),
        ({"public": []}, "field public: It is an object, {…}."),
        ({"public": {"titel": "x"}}, ", public, field titel: There is no such field. Did you mean title?"),
        ({"why": "So"}, "field why: There is no such field."),
    ],
)
def test_a_state_that_is_refused(tmp_path: Path, fields: dict[str, Any], says: str) -> None:
    content = records()
    content[0]["fields"] |= fields
    assert any(says in fault for fault in refused(write(tmp_path, content)))
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "document"}, "field kind: There is no kind “document”; there are event, actor."),
        ({"survivor_id": "nobody"}, "field survivor_id: There is no event “nobody”."),
        ({"survivor_id": "answer"}, "field survivor_id: It was merged into another one, or leads back to itself."),
        ({"why": ""}, "field why: Say why; the public sees it."),
        ({"changes": {}}, "field changes: It is an object with after, before, had, has, mentions, naming."),
        ({"changes": 1}, "field changes: It is an object, not 1."),
        ({"at": "yesterday"}, "field at: “yesterday” isn't an instant; write it like 2019-10-16T12:00:00Z."),
    ],
)
def test_a_merge_that_is_refused(tmp_path: Path, fields: dict[str, Any], says: str) -> None:
    whole: dict[str, Any] = {name: {} for name in ("after", "before", "had", "has", "mentions", "naming")}
    said: dict[str, Any] = {
        "kind": "event",
        "loser_id": "answer",
        "survivor_id": "end-of-it",
        "by": "ann",
        "why": "One",
    }
    said |= {"at": "2024-05-01T12:00:00Z", "changes": whole} | fields
    content = [*records(), {"model": "events.merge", "pk": 1, "fields": said}]
    assert any(says in fault for fault in refused(write(tmp_path, content)))
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "wish"}, "field kind: "),
        ({"event": "nothing"}, "field event: There is no event “nothing”."),
        ({"document": "nothing"}, "field document: There is no document “nothing”."),
        ({"type": "NOTHING"}, "field type: There is no type of event “NOTHING”."),
        ({"status": "rejected"}, "field decided_at: A proposal has it unless it is open."),
        ({"superseded_by": 9}, "field superseded_by: There is no proposal 9 in the file."),
        ({"values": {"titel": "x"}}, "field values: An event has no titel."),
        ({"values": []}, "field values: It is an object, not []."),
        ({"confidence": "high"}, "field confidence: It is a number, not 'high'."),
        ({"colour": "red"}, "field colour: There is no such field."),
        ({"kind": "change"}, "field event: It doesn't say which event it is about."),
        ({"kind": "merge", "event": "end-of-it"}, "field into: It doesn't say which other event"),
        ({"kind": "merge", "event": "end-of-it", "into": "end-of-it"}, "field into: It doesn't say which other event"),
        ({"kind": "merge", "actor": "nobody", "actor_into": "nobody"}, "field actor: There is no actor “nobody”."),
        ({"kind": "merge", "actor": "prague"}, "field actor_into: It doesn't say which actor"),
        ({"actor": "prague"}, "field actor: Only a merging of actors names them here"),
        ({"superseded_by": 1}, "field superseded_by: That is the proposal itself."),
        ({"superseded_by": [1]}, "field superseded_by: There is no proposal [1] in the file."),
    ],
)
def test_a_proposal_that_is_refused(tmp_path: Path, fields: dict[str, Any], says: str) -> None:
    said = {"key": "k", "kind": "event", "origin": "person", "status": "open", "title": "One", "values": {}}
    said |= {"proposed_at": "2024-05-01T12:00:00Z"} | fields
    content = [*records(), {"model": "events.proposal", "pk": 1, "fields": said}]
    faults = refused(write(tmp_path, content))
    assert any(says in fault for fault in faults), faults
    assert not Event.objects.exists()


def test_the_command_writes_a_file_and_says_what_it_lacks(tmp_path: Path, desk_of_all_kinds: None) -> None:
    said, path = io.StringIO(), tmp_path / "copy.json"
    call_command("export_working_copy", str(path), stderr=said)
    assert path.read_text(encoding="utf-8") == export()
    assert "copy.json: 2 actor, 1 document, 5 event, 2 merge." in said.getvalue()
    assert "Not in the file: earlier revisions" in said.getvalue()
    assert [file.name for file in tmp_path.iterdir()] == ["copy.json"]
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("export_working_copy", str(tmp_path / "no" / "copy.json"))


def test_a_retracted_event_whose_words_are_gone_is_named(desk_of_all_kinds: None) -> None:
    do_correct([sentence for sentence in SENTENCES if "event-c" not in sentence])
    said = io.StringIO()
    call_command("export_working_copy", "-", stdout=io.StringIO(), stderr=said)
    assert "Event event-c (“Title of event-c”) isn't public any more and quotes what its document" in said.getvalue()
    assert by_pk(export())["event-c"]["status"] == "draft"


def a_proposal(number: int, key: str, **fields: Any) -> dict[str, Any]:
    said = {"key": key, "kind": "event", "origin": "person", "title": key, "proposed_at": "2024-05-01T12:00:00Z"}
    return {"model": "events.proposal", "pk": number, "fields": said | fields}


def test_each_file_numbers_its_own_proposals(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        closed = {"status": "superseded", "decided_at": "2024-05-02T12:00:00Z", "superseded_by": 2}
        (tmp_path / name).mkdir()
        content = [a_proposal(1, f"{name}-old", **closed), a_proposal(2, f"{name}-new")]
        files.append(write(tmp_path / name, content))
    load(*files)
    newer = dict(Proposal.objects.filter(superseded_by__isnull=False).values_list("key", "superseded_by__key"))
    assert newer == {"a-old": "a-new", "b-old": "b-new"}


def test_proposed_merges_of_actors_come_back_equal(tmp_path: Path) -> None:
    with fresh():
        for pk in ("one", "two", "three"):
            actor(pk)
        pairs = [("one", "two"), ("three", "two"), ("two", "three")]
        suggestions = [
            Suggestion(f"join:{one}", {}, "person", "merge", actor=one, actor_into=into) for one, into in pairs
        ]
        rows = propose(suggestions, by="ann", at=AT).added
        decide.accept(rows[0].pk, version=1, **DEED)
        decide.reject(rows[2].pk, version=1, **DEED)
        text, before = export(), stored()
    with fresh():
        load(write(tmp_path, text))
        assert export() == text
        assert stored() == before
        named = Proposal.objects.order_by("pk").values_list("status", "actor", "actor_into")
        assert list(named) == [
            ("accepted", "one", "two"),
            ("open", "three", "two"),
            ("rejected", "two", "three"),
        ]


def test_a_number_that_a_file_has_twice(tmp_path: Path) -> None:
    faults = refused(write(tmp_path, [a_proposal(1, "one"), a_proposal(1, "two")]))
    assert len(faults) == 2
    assert all("field pk: Another proposal of the file has the same number." in fault for fault in faults)
