"""The objects of answers as JSON Schema, for OpenAPI. Keys never vary: each is required, and there is no other."""

from __future__ import annotations

from events.api.json_schema import (
    ADDRESS,
    COUNT,
    DAY,
    INSTANT,
    NUMBER,
    TEXT,
    YES_NO,
    Schema,
    described,
    listed,
    maybe,
    obj,
    ref,
    word,
)
from events.dates import PRECISIONS
from events.models.ledger import DEEDS, KINDS
from events.models.reference import ActorKind, Role

CODE = described(TEXT, "ISO 3166-1 alpha-2; four letters for a former country")
MATCH = word("possible", "certain")
TAIL: dict[str, Schema] = {
    "revision": described(COUNT, "How many times the public picture changed, the first one included"),
    "seq": described(COUNT, "The number of this revision in the ledger"),
    "published_at": INSTANT,
    "updated_at": INSTANT,
}
EVENTS = described(COUNT, "How many of the matching events; on a detail page, how many in all")

PARTS: dict[str, Schema] = {
    "Date": obj(
        "When; without a date all but `text` and the flags are null",
        edtf=maybe(TEXT),
        text=described(maybe(TEXT), "The words that the date was read from"),
        anchor=described(maybe(DAY), "The day that the words were read against"),
        rule=described(maybe(TEXT), "The rule by which they were read; `curator` where a person decided"),
        start_earliest=maybe(DAY),
        start_latest=maybe(DAY),
        end_earliest=maybe(DAY),
        end_latest=maybe(DAY),
        open_start=described(YES_NO, "No known limit there; the day is 0001-01-01"),
        open_end=described(YES_NO, "No known limit there; the day is 9999-12-31"),
        kind=maybe(word("moment", "interval")),
        precision=maybe(word(*PRECISIONS)),
        approximate=YES_NO,
        uncertain=YES_NO,
    ),
    "Location": obj(
        "Where",
        country=maybe(CODE),
        place=maybe(TEXT),
        lat=described(maybe(NUMBER), "Degrees north"),
        lon=described(maybe(NUMBER), "Degrees east"),
    ),
    "InvolvedCountry": obj("A country that is involved", code=CODE, name=TEXT, relation=word("location", "involved")),
    "Participant": obj(
        "An actor and its part",
        id=TEXT,
        name=TEXT,
        role=word(*Role.values),
        kind=word(*ActorKind.values),
        country=maybe(CODE),
    ),
    "ActorRef": obj("An actor, named", id=TEXT, name=TEXT),
    "Source": obj(
        "The document of a quotation",
        id=TEXT,
        title=TEXT,
        publisher=maybe(TEXT),
        published=maybe(DAY),
        url=maybe(ADDRESS),
        archived_url=maybe(ADDRESS),
    ),
    "Evidence": obj(
        "A quotation, found character by character in its document",
        supports=described(listed(TEXT), "What of the event it supports"),
        quote=TEXT,
        prefix=described(TEXT, "Text before it"),
        suffix=described(TEXT, "Text after it"),
        start=described(COUNT, "Its first character in the document's text"),
        end=described(COUNT, "The character after its last"),
        document=ref("Source"),
    ),
    "Relation": obj("How it stands to another event", relation=TEXT, id=TEXT, title=TEXT),
    "ActorName": obj("Another name", name=TEXT, kind=TEXT, language=maybe(TEXT)),
}

NOUNS: dict[str, Schema] = {
    "Event": obj(
        "An event",
        "in_window",
        id=TEXT,
        url=described(ADDRESS, "The public page"),
        api_url=ADDRESS,
        in_window=described(MATCH, "How it matches the window; absent without a window"),
        slug=TEXT,
        title=TEXT,
        summary=maybe(TEXT),
        type=TEXT,
        date=ref("Date"),
        location=ref("Location"),
        countries=listed(ref("InvolvedCountry")),
        actors=listed(ref("Participant")),
        claimed_by=described(listed(ref("ActorRef")), "Who says so; empty where it is stated as fact"),
        evidence=listed(ref("Evidence")),
        relations=listed(ref("Relation")),
        **TAIL,
    ),
    "Actor": obj(
        "An actor",
        id=TEXT,
        api_url=ADDRESS,
        events=EVENTS,
        name=TEXT,
        kind=word(*ActorKind.values),
        country=maybe(CODE),
        description=maybe(TEXT),
        external_id=maybe(TEXT),
        part_of=maybe(ref("ActorRef")),
        names=listed(ref("ActorName")),
        **TAIL,
    ),
    "Country": obj("A country", code=CODE, api_url=ADDRESS, events=EVENTS, alpha3=maybe(TEXT), name=TEXT),
    "Type": obj("A type of event", code=TEXT, api_url=ADDRESS, events=EVENTS, name=TEXT, definition=TEXT),
    "Document": obj(
        "A document, without its text",
        id=TEXT,
        api_url=ADDRESS,
        events=EVENTS,
        title=TEXT,
        publisher=maybe(TEXT),
        author=maybe(TEXT),
        url=maybe(ADDRESS),
        archived_url=maybe(ADDRESS),
        published=maybe(DAY),
        language=maybe(TEXT),
        license=maybe(TEXT),
        length=described(COUNT, "Characters of the text"),
        sha256=described(TEXT, "Of the text, in UTF-8"),
        **TAIL,
    ),
}


def some_of(noun: str) -> Schema:
    """The same object where `fields` or `omit` left keys out: none is required."""
    whole = NOUNS[noun]
    return {
        **whole,
        "description": f"{whole['description']}, with the keys that `fields` or `omit` kept",
        "required": [],
    }


def chosen(noun: str) -> Schema:
    """A noun as it is answered: whole, or with some of its keys."""
    return {"anyOf": [ref(noun), ref(f"Some{noun}")]}


SOME: dict[str, Schema] = {f"Some{noun}": some_of(noun) for noun in NOUNS}

QUERY: dict[str, Schema] = {
    "Window": obj("The window as days; an open side is null", **{"from": maybe(DAY), "to": maybe(DAY), "match": MATCH}),
    "Query": obj(
        "What was understood",
        text=described(TEXT, "The question in words"),
        url=described(ADDRESS, "The canonical address of the question"),
        permalink=described(maybe(ADDRESS), "The same with `as_of`: it will always give this answer; null with `q`"),
        window=maybe(ref("Window")),
        parameters={"type": "object", "description": "Every parameter that was applied, defaults included"},
    ),
}
ENVELOPE: dict[str, Schema] = {
    "query": ref("Query"),
    "as_of": described(COUNT, "The number of the last change that the answer knows"),
}
PAGE: dict[str, Schema] = {
    **ENVELOPE,
    "total": described(maybe(COUNT), "With `count=exact`: how many results there are"),
    "next": described(maybe(ADDRESS), "Where it goes on; null at the end"),
}


def page(noun: str, **more: Schema) -> Schema:
    return obj("One page", *more, **PAGE, **more, results=listed(chosen(noun)))


def _without_events(noun: Schema) -> Schema:
    """A noun as it was: how many events it had isn't in it."""
    properties = {name: one for name, one in noun["properties"].items() if name != "events"}
    return obj(noun["description"], **properties)


ANSWERS: dict[str, Schema] = {
    "Dataset": obj(
        "The dataset as a whole",
        name=TEXT,
        description=TEXT,
        license=TEXT,
        attribution=TEXT,
        contact=TEXT,
        counts={"type": "object", "additionalProperties": COUNT},
        first_day=maybe(DAY),
        last_day=maybe(DAY),
        as_of=COUNT,
        head=obj("The exact state, for citations", seq=COUNT, hash=TEXT),
        updated_at=maybe(INSTANT),
        changes_token=described(TEXT, "Where a follower of changes goes on from: `since` of `changes/`"),
        links={"type": "object", "additionalProperties": ADDRESS},
    ),
    "EventPage": page(
        "Event",
        total_certain=described(COUNT, "With a window and `count=exact`: how many certainly match"),
        undated=described(COUNT, "With a window and `count=exact`: how many match but for having no date"),
    ),
    "Bucket": obj(
        "A bucket of time",
        edtf=TEXT,
        start=DAY,
        end=DAY,
        possible=described(COUNT, "How many events may have happened in it"),
        certain=described(COUNT, "How many of them certainly did"),
    ),
    "Buckets": obj(
        "A histogram",
        **ENVELOPE,
        undated=described(COUNT, "How many events match but for having no date"),
        results=listed(ref("Bucket")),
    ),
    **{f"{noun}Page": page(noun) for noun in ("Actor", "Country", "Type", "Document")},
    "Change": obj(
        "One change of what the public sees",
        seq=described(COUNT, "Its number: the order in which changes happened"),
        kind=word(*KINDS),
        deed=described(word(*DEEDS), "What was done; more may come"),
        id=TEXT,
        at=INSTANT,
        why=described(TEXT, "The public reason"),
        data={
            "description": "What it became, as its own address shows it; null once it was retracted or merged",
            "anyOf": [ref("Event"), ref("ActorRevision"), ref("DocumentRevision"), {"type": "null"}],
        },
        merged_into=described(maybe(TEXT), "The id of what a merged one became"),
    ),
    **{f"{noun}Revision": _without_events(NOUNS[noun]) for noun in ("Actor", "Document")},
    "Changes": obj(
        "Changes, the oldest first",
        token=described(TEXT, "Where to go on: the point after the last change here, also where there is none"),
        next=described(maybe(ADDRESS), "More that is there already; null at the end"),
        results=listed(ref("Change")),
    ),
    "History": obj("All that it ever was, the newest first", next=maybe(ADDRESS), results=listed(ref("Change"))),
    "Schema": {"type": "object", "description": "This description"},
}

REFUSALS: dict[str, Schema] = {
    "Error": obj(
        "One thing that is wrong with the question",
        parameter=described(TEXT, "The name that was sent; two, with a comma, where they don't go together"),
        value=TEXT,
        code=described(TEXT, "For programs; it never changes"),
        detail=TEXT,
        suggestion=described(maybe(TEXT), "What to write instead, as a literal piece of the query"),
    ),
    "Problem": obj(
        "A refusal (RFC 9457)",
        "at",
        "why",
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        at=described(INSTANT, "With 410: when it was retracted"),
        why=described(TEXT, "With 410: the public reason"),
        errors=listed(ref("Error")),
    ),
}

COMPONENTS = {**PARTS, **NOUNS, **SOME, **QUERY, **ANSWERS, **REFUSALS}
