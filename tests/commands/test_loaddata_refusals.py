"""loaddata refuses what doesn't verify: each record and field by name, all at once, and nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.fixtures import (
    ANSWER,
    BEIJING,
    DIGEST,
    END,
    PRAGUE,
    Record,
    assert_nothing_written,
    changed,
    records,
    refused,
    with_record,
    without,
    write,
)

pytestmark = pytest.mark.django_db

END_AT = "small.json, record 1 (events.event end-of-it)"
ANSWER_AT = "small.json, record 2 (events.event answer)"
PRAGUE_AT = "small.json, record 3 (events.actor prague)"
DIGEST_AT = "small.json, record 6 (events.document digest)"


def child(number: int, name: str, position: int = 0, **fields: Any) -> list[Record]:
    content = records()
    content[number]["fields"][name][position] |= fields
    return content


MISSING = "It is missing."

ONE_FAULT: dict[str, tuple[list[Any], str]] = {
    "unknown field": (changed(END, tilte="x"), f"{END_AT}, field tilte: There is no such field. Did you mean title?"),
    "unknown list": (
        changed(PRAGUE, name_s=[]),
        f"{PRAGUE_AT}, field name_s: There is no such field. Did you mean name",
    ),
    "field of a list": (
        child(END, "evidence", quotation="x"),
        f"{END_AT}, evidence 1, field quotation: There is no such field. There are document, end, event, prefix,",
    ),
    "internal number": (changed(END, id="x"), f"{END_AT}, field id: There is no such field."),
    "unknown model": (
        with_record({"model": "events.evnet", "pk": "x-1", "fields": {}}),
        "small.json, record 7, field model: There is no model “events.evnet”. Did you mean events.event?",
    ),
    "ledger row": (
        with_record({"model": "events.entry", "pk": 1, "fields": {}}),
        "small.json, record 7, field model: It isn't part of a fixture: a load makes it anew, or it is history.",
    ),
    "no fields": (
        with_record({"model": "events.actor", "pk": "x-1"}),
        "small.json, record 7: A record has “model”, “pk” and “fields”, and nothing else.",
    ),
    "more than fields": (
        with_record({"model": "events.actor", "pk": "x-1", "fields": {}, "note": ""}),
        "small.json, record 7: A record has “model”, “pk” and “fields”, and nothing else.",
    ),
    "no record": (with_record("event"), "small.json, record 7: A record has"),
    "no pk": (
        with_record({"model": "events.actor", "fields": {"name": "X", "kind": "person"}}),
        "small.json, record 7 (events.actor), field pk: It is a text, in quotes, not None.",
    ),
    "number as pk": (
        with_record({"model": "events.actor", "pk": 7, "fields": {"name": "X", "kind": "person"}}),
        "small.json, record 7 (events.actor 7), field pk: It is a text, in quotes, not 7.",
    ),
    "pk that is no id": (
        with_record({"model": "events.actor", "pk": "No Id", "fields": {"name": "X", "kind": "person"}}),
        "small.json, record 7 (events.actor No Id), field pk: An id has 3 to 32 of the characters",
    ),
    "the same twice": (with_record(records()[BEIJING]), "small.json, record 7 (events.actor beijing): The same record"),
    "the same child twice": (
        changed(END, countries=["CN", "CN"]),
        f"{END_AT}, countries 2: The same record stands twice.",
    ),
    "two roles": (
        changed(END, participations=[{"actor": "prague", "role": "target"}, {"actor": "prague", "role": "initiator"}]),
        f"{END_AT}, participations 2: The same record stands twice.",
    ),
    "list that is none": (changed(END, countries="CN"), f"{END_AT}, field countries: It is a list, […]."),
    "child that is none": (changed(END, countries=["CZ", 1]), f"{END_AT}, countries 2: It is an object, {{…}}."),
    "child of another": (
        child(END, "participations", event="answer"),
        f"{END_AT}, participations 1, field event: It stands inside “end-of-it”; leave this out.",
    ),
    "number as text": (changed(END, summary=5), f"{END_AT}, field summary: It is a text, in quotes, not 5."),
    "list as text": (changed(PRAGUE, name=["x"]), f"{PRAGUE_AT}, field name: It is a text, in quotes, not ['x']."),
    "true as text": (changed(PRAGUE, name=True), f"{PRAGUE_AT}, field name: It is a text, in quotes, not True."),
    "null as text": (changed(END, place=None), f"{END_AT}, field place: It can't be null; leave it out."),
    "text as number": (
        changed(END, lat="50.1", lon=14.4),
        f"{END_AT}, field lat: It is a number of degrees, not '50.1'.",
    ),
    "true as number": (changed(END, lat=True, lon=14.4), f"{END_AT}, field lat: It is a number of degrees, not True."),
    "enormous number": (
        changed(END, lat=10**400, lon=1.0),
        f"{END_AT}, field lat: It is a number of degrees, not 1000",
    ),
    "latitude too high": (changed(END, lat=91, lon=0), f"{END_AT}, field lat: Ensure this value is less than or equal"),
    "latitude alone": (changed(END, lat=50.1), f"{END_AT}, field lat: Latitude and longitude (lat, lon) go together."),
    "text as offset": (
        child(END, "evidence", start="0"),
        f"{END_AT}, evidence 1, field start: It is a whole number, not '0'.",
    ),
    "number as reference": (changed(END, type=1), f"{END_AT}, field type: It is a text, in quotes, not 1."),
    "text as list": (
        child(END, "evidence", supports="title"),
        f"{END_AT}, evidence 1, field supports: It is a list of texts, not 'title'.",
    ),
    "title missing": (without(END, "title"), f"{END_AT}, field title: This field cannot be blank."),
    "title too long": (changed(END, title="x" * 301), f"{END_AT}, field title: Ensure this value has at most 300"),
    "type missing": (without(END, "type"), f"{END_AT}, field type: {MISSING}"),
    "kind missing": (without(PRAGUE, "kind"), f"{PRAGUE_AT}, field kind: This field cannot be blank."),
    "text missing": (without(DIGEST, "text"), f"{DIGEST_AT}, field text: This field cannot be blank."),
    "unknown kind": (
        changed(PRAGUE, kind="goverment"),
        f"{PRAGUE_AT}, field kind: There is no kind “goverment”; there are person, government, party,",
    ),
    "unknown role": (
        child(END, "participations", role="victor"),
        f"{END_AT}, participations 1, field role: There is no role “victor”; there are initiator, target,",
    ),
    "unknown relation": (
        child(ANSWER, "relations", relation="causes"),
        f"{ANSWER_AT}, relations 1, field relation: There is no relation “causes”; there are response_to,",
    ),
    "unknown type": (
        changed(END, type="REJCT"),
        f"{END_AT}, field type: There is no type of event “REJCT”. Did you mean",
    ),
    "unknown country": (changed(PRAGUE, country="QQ"), f"{PRAGUE_AT}, field country: There is no country “QQ”."),
    "country by three letters": (
        changed(PRAGUE, country="CZE"),
        f"{PRAGUE_AT}, field country: There is no country “CZE”.",
    ),
    "unknown actor": (
        child(END, "participations", actor="pragues"),
        f"{END_AT}, participations 1, field actor: There is no actor “pragues”. Did you mean prague?",
    ),
    "unknown claimant": (
        changed(ANSWER, claimed_by=["bejing"]),
        f"{ANSWER_AT}, claimed_by 1, field actor: There is no actor “bejing”. Did you mean beijing?",
    ),
    "unknown document": (
        child(END, "evidence", document="digset"),
        f"{END_AT}, evidence 1, field document: There is no document “digset”. Did you mean digest?",
    ),
    "unknown target": (
        child(ANSWER, "relations", target="end_of_it"),
        f"{ANSWER_AT}, relations 1, field target: There is no event “end_of_it”. Did you mean end-of-it?",
    ),
    "unknown whole": (
        changed(PRAGUE, part_of="czech"),
        f"{PRAGUE_AT}, field part_of: There is no actor “czech”. Did you",
    ),
    "part of itself": (
        changed(PRAGUE, part_of="prague"),
        f"{PRAGUE_AT}, field part_of: An actor isn't part of itself.",
    ),
    "relation to itself": (
        child(ANSWER, "relations", target="answer"),
        f"{ANSWER_AT}, relations 1, field target: An event has no relation to itself.",
    ),
    "quotation not found": (
        child(END, "evidence", quote="Prague ended the treaty."),
        f"{END_AT}, evidence 1, field quote: “Prague ended the treaty.” isn't found in document digest; quote it",
    ),
    "quotation found twice": (
        child(ANSWER, "evidence", suffix=""),
        f"{ANSWER_AT}, evidence 1, field quote: “Beijing answered” stands in document digest more than once; add a",
    ),
    "quotation with the wrong suffix": (
        child(ANSWER, "evidence", suffix=" gladly"),
        f"{ANSWER_AT}, evidence 1, field quote: “Beijing answered” stands in document digest more than once;",
    ),
    "quotation with half a character": (
        child(END, "evidence", quote="\ud83d"),
        f"{END_AT}, evidence 1, field quote: It has half a character",
    ),
    "unknown support": (
        child(END, "evidence", supports=["title", "date", "titel"]),
        f"{END_AT}, evidence 1, field supports: It can't support 'titel'; it can support title, summary,",
    ),
    "no title evidence": (
        child(END, "evidence", supports=["date"]),
        f"{END_AT}, field evidence: No verified quotation supports the title; add evidence that does.",
    ),
    "no date evidence": (
        child(END, "evidence", supports=["title"]),
        f"{END_AT}, field evidence: No verified quotation supports the date; add evidence that does, or take",
    ),
    "date without its words": (
        without(END, "date_text"),
        f"{END_AT}, field date_text: A date needs the words it was read from and the rule",
    ),
    "no EDTF": (changed(END, edtf="16 October 2019"), f"{END_AT}, field edtf: "),
    "no such day": (changed(END, edtf="2019-02-30"), f"{END_AT}, field edtf: "),
    "unsupported EDTF": (changed(END, edtf="{2019,2020}"), f"{END_AT}, field edtf: "),
    "no day": (
        changed(DIGEST, published="4 Nov 2019"),
        f"{DIGEST_AT}, field published: “4 Nov 2019” isn't a day; write",
    ),
    "day of another form": (
        changed(DIGEST, published="20191104"),
        f"{DIGEST_AT}, field published: “20191104” isn't a day",
    ),
    "day of the week": (
        changed(DIGEST, published="2019-W45-1"),
        f"{DIGEST_AT}, field published: “2019-W45-1” isn't a day",
    ),
    "day with a time": (changed(DIGEST, published="2019-11-04T00:00"), f"{DIGEST_AT}, field published: “2019-11-04T00"),
    "day that isn't": (
        changed(DIGEST, published="2019-02-29"),
        f"{DIGEST_AT}, field published: “2019-02-29” isn't a day",
    ),
    "number as day": (
        changed(END, date_anchor=20191104),
        f"{END_AT}, field date_anchor: It is a text, in quotes, not 20191104.",
    ),
    "javascript": (changed(DIGEST, url="javascript:alert(1)"), f"{DIGEST_AT}, field url: Enter a valid URL."),
    "ftp": (changed(DIGEST, archived_url="ftp://example.org/"), f"{DIGEST_AT}, field archived_url: Enter a valid URL."),
    "slug with a space": (changed(END, slug="a b"), f"{END_AT}, field slug: Enter a valid “slug”"),
    "NUL in a title": (changed(END, title="a\0b"), f"{END_AT}, field title: It has a NUL character; take it out."),
    "NUL in a text": (changed(DIGEST, text="a\0b"), f"{DIGEST_AT}, field text: It has a NUL character; take it out."),
    "half a character": (changed(PRAGUE, name="a\ud800"), f"{PRAGUE_AT}, field name: It has half a character"),
    "half a character as id": (
        changed(PRAGUE, country="\udfff"),
        f"{PRAGUE_AT}, field country: It has half a character",
    ),
    "unknown status": (
        changed(END, status="public"),
        f"{END_AT}, field status: A fixture has events that are published",
    ),
    "retracted": (changed(END, status="retracted"), f"{END_AT}, field why: Say why it was retracted"),
    "text file that isn't there": (
        [*without(DIGEST, "text")[:DIGEST], {**records()[DIGEST], "fields": {"title": "D", "text_file": "no.md"}}],
        f"{DIGEST_AT}, field text_file: There is no file “no.md” beside the fixture",
    ),
}


@pytest.mark.parametrize(
    ("content", "fault"), [pytest.param(content, fault, id=name) for name, (content, fault) in ONE_FAULT.items()]
)
def test_a_fault_is_named(tmp_path: Path, content: list[Any], fault: str) -> None:
    [said] = refused(write(tmp_path, content))
    assert said.startswith(fault)
    assert_nothing_written()


def test_all_faults_at_once(tmp_path: Path) -> None:
    content = records()
    content[END]["fields"] |= {"edtf": "2019-02-30", "type": "WAR", "summary": 5}
    content[END]["fields"]["evidence"][0]["quote"] = "Never said."
    content[ANSWER]["fields"]["relations"][0]["target"] = "nothing"
    content[PRAGUE]["fields"] |= {"kind": "city", "nmae": "x"}
    content[DIGEST]["fields"]["published"] = "yesterday"
    content.append({"model": "events.happening", "pk": "x-1", "fields": {}})
    said = refused(write(tmp_path, content))
    for start in (
        f"{END_AT}, field edtf:",
        f"{END_AT}, field type:",
        f"{END_AT}, field summary:",
        f"{END_AT}, evidence 1, field quote:",
        f"{ANSWER_AT}, relations 1, field target:",
        f"{PRAGUE_AT}, field kind:",
        f"{PRAGUE_AT}, field nmae:",
        f"{DIGEST_AT}, field published:",
        "small.json, record 7, field model:",
    ):
        assert sum(line.startswith(start) for line in said) == 1, (start, said)
    assert len(said) == 9
    assert_nothing_written()


def test_faults_of_all_files_at_once(tmp_path: Path) -> None:
    first = write(tmp_path, changed(END, type="WAR"), "first.json")
    second = write(
        tmp_path, [{"model": "events.actor", "pk": "x-1", "fields": {"name": "", "kind": "person"}}], "second.json"
    )
    third = write(tmp_path, "{", "third.json")
    assert [line.split(",")[0] for line in refused(first, second)] == ["first.json", "second.json"]
    assert refused(second, third)[0].startswith("third.json: it isn't JSON")
    assert_nothing_written()


def test_a_great_many_faults_are_named_without_taking_for_ever(tmp_path: Path) -> None:
    content = records()
    content[END]["fields"]["participations"] = [{"actor": f"nobody-{n}", "role": "target"} for n in range(2000)]
    said = refused(write(tmp_path, content))
    assert len(said) == 2000
    assert_nothing_written()
