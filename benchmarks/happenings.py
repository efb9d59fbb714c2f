"""Measure the happenings that the digest reader proposes, on digests with hand-made gold.

    python benchmarks/happenings.py [--list] [--known]

`fixtures/` has the retold first digest with its curated events; `benchmarks/digests/` has three digests of other
fields, whose gold was written before any reading. A proposal is *right* if the word that it comes from is one of those
that tell of a gold event, each event counting once; any other is *false*, a second one for the same event too. Its date
is right if it has the same first and last day as the gold date (or one of them, where the words allow several), or none
where gold has none. A day is *invented* where a proposal names a day that gold does not. What gold calls optional
counts neither way. Proposals of what did not happen (`happened` false) are not counted.

`--known` hands the reader the fixture's actors; `--list` prints what was missed, false or misdated.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from events.dates import parse
from events.extraction import Candidate, KnownActor, read

ROOT = Path(__file__).parents[1]
DIGESTS = Path(__file__).parent / "digests"
FIXTURE = ROOT / "fixtures" / "china-digest-2019-11.json"


@dataclass(frozen=True)
class Gold:
    """An event that the text tells: its name, the places of the words that say so, its dates, types and actors."""

    name: str
    spans: tuple[tuple[int, int], ...]
    dates: tuple[str | None, ...]
    types: tuple[str, ...]
    doers: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class Digest:
    """A text with its day, its gold events and the actors of its dataset."""

    name: str
    text: str
    published: date
    gold: list[Gold]
    known: list[KnownActor]


def spans(text: str, quote: str, words: list[str]) -> list[tuple[int, int]]:
    """Where those words stand in that quotation."""
    start = text.index(quote)
    return [
        (start + match.start(), start + match.end())
        for word in words
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", quote)
    ]


def digest(name: str) -> Digest:
    """One of the digests written for the benchmark."""
    text = (DIGESTS / f"{name}.md").read_text(encoding="utf-8")
    data = json.loads((DIGESTS / f"{name}.json").read_text(encoding="utf-8"))
    gold = [
        Gold(
            f"{one['words'][0]} ← {one['quote']}",
            tuple(spans(text, one["quote"], one["words"])),
            tuple(one["dates"]),
            tuple(one["types"]),
            tuple(one.get("initiators", ())),
            one.get("optional", False),
        )
        for one in data["events"]
    ]
    return Digest(name, text, date.fromisoformat(data["published"]), gold, [])


def fixture() -> Digest:
    """The retold first digest; `china-politics.json` says which words of the quotations tell of each event."""
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))
    words = json.loads((DIGESTS / "china-politics.json").read_text(encoding="utf-8"))
    by_model: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_model.setdefault(row["model"], []).append({"id": row["pk"], **row["fields"]})
    document = by_model["events.document"][0]
    text = (FIXTURE.parent / document["text_file"]).read_text(encoding="utf-8")
    actors = {actor["id"]: actor for actor in by_model["events.actor"]}
    gold = []
    for event in by_model["events.event"]:
        places = [span for evidence in event["evidence"] for span in spans(text, evidence["quote"], words[event["id"]])]
        doers = [actors[one["actor"]]["name"] for one in event.get("participations", ()) if one["role"] == "initiator"]
        gold.append(Gold(event["title"], tuple(places), (event["edtf"] or None,), (event["type"],), tuple(doers)))
    known = [
        KnownActor(
            one["id"], one["name"], one["kind"], one.get("country", ""), tuple(n["name"] for n in one.get("names", ()))
        )
        for one in actors.values()
    ]
    return Digest("china-politics", text, date.fromisoformat(document["published"]), gold, known)


def days(edtf: str | None) -> tuple[date, date] | None:
    """The first and last day of a value."""
    if edtf is None:
        return None
    value = parse(edtf)
    return value.start_earliest, value.end_latest


def trigger(candidate: Candidate) -> tuple[int, int]:
    """Where the words stand that the proposal comes from."""
    return next((quote.start, quote.end) for quote in candidate.evidence if "type" in quote.supports)


def fits(candidate: Candidate, gold: Gold) -> bool:
    """Whether the proposal comes from a word that tells of the event."""
    start, end = trigger(candidate)
    return any(start < last and first < end for first, last in gold.spans)


def is_dated_right(candidate: Candidate, gold: Gold) -> bool:
    """Whether it has the date of the event."""
    return days(candidate.date.edtf) in [days(one) for one in gold.dates]


def is_invented(candidate: Candidate, gold: Gold) -> bool:
    """Whether it names a single day that the event does not have."""
    said = days(candidate.date.edtf)
    return said is not None and said[0] == said[1] and not is_dated_right(candidate, gold)


def pair(proposed: list[Candidate], gold: list[Gold]) -> dict[int, int]:
    """Which proposal is for which event: those with the right date first, then by type."""
    possible = [
        (not is_dated_right(candidate, event), candidate.type not in event.types, event.optional, place, number)
        for place, candidate in enumerate(proposed)
        for number, event in enumerate(gold)
        if fits(candidate, event)
    ]
    made: dict[int, int] = {}
    for _, _, _, place, number in sorted(possible):
        if place not in made and number not in made.values():
            made[place] = number
    return made


def measure(text: Digest, *, known: bool, listed: bool) -> Counter[str]:
    """Count what is right in the reading of one digest."""
    began = time.process_time()
    reading = read(text.text, published=text.published, known=text.known if known else ())
    spent = time.process_time() - began
    proposed = [candidate for candidate in reading.candidates if candidate.happened]
    made = pair(proposed, text.gold)
    right = {place: text.gold[number] for place, number in made.items() if not text.gold[number].optional}
    false = [
        one for place, one in enumerate(proposed)
        if place not in made and not any(event.optional and fits(one, event) for event in text.gold)
    ]  # fmt: skip
    wrong = [(proposed[place], event) for place, event in right.items() if not is_dated_right(proposed[place], event)]
    invented = [proposed[p] for p, number in made.items() if is_invented(proposed[p], text.gold[number])]
    missed = [event for number, event in enumerate(text.gold) if not event.optional and number not in made.values()]
    if listed:
        report(missed, false, wrong)
    return Counter(
        {
            "events": sum(not event.optional for event in text.gold),
            "proposed": len(right),
            "dated right": len(right) - len(wrong),
            "false": len(false),
            "invented": len(invented),
            "type": sum(proposed[place].type in event.types for place, event in right.items()),
            "doers": sum(is_done_by(proposed[place], event) for place, event in right.items()),
            "microseconds": int(spent * 1e6),
            "characters": len(text.text),
        }
    )


def is_done_by(candidate: Candidate, gold: Gold) -> bool:
    """Whether the names of those who act share a word with each of those in gold, small words aside; none for none."""
    said = [{*re.findall(r"\w{3,}", actor.name.lower())} for actor in candidate.actors if actor.role != "target"]
    wanted = [{*re.findall(r"\w{3,}", name.lower())} - {"the", "government"} for name in gold.doers]
    return all(any(one & name for name in said) for one in wanted) if wanted else not said


def report(missed: list[Gold], false: list[Candidate], wrong: list[tuple[Candidate, Gold]]) -> None:
    """Print what is not right."""
    for event in missed:
        sys.stdout.write(f"  missed  {event.name[:150]}\n")
    for candidate in false:
        sys.stdout.write(f"  false   {candidate.title[:110]} [{candidate.date.edtf}] {candidate.type}\n")
    for candidate, event in wrong:
        sys.stdout.write(f"  date    {candidate.date.edtf} for {event.dates}: {candidate.title[:100]}\n")


def row(name: str, count: Counter[str]) -> str:
    """One line of the table."""
    of = max(1, count["events"])
    share = [100 * count[key] / of for key in ("proposed", "dated right")]
    inner = [100 * count[key] / max(1, count["proposed"]) for key in ("type", "doers")]
    speed = count["characters"] / max(1, count["microseconds"]) * 1e6
    return (
        f"{name:16} {count['events']:6} {share[0]:8.1f} % {share[1]:8.1f} % {count['false']:6} {count['invented']:9}"
        f" {inner[0]:7.1f} % {inner[1]:7.1f} % {speed:14,.0f}\n"
    )


def main(arguments: list[str]) -> None:
    """Print the table."""
    head = ("digest", "events", "proposed", "and dated", "false", "invented", "type", "doers", "characters/s")
    sys.stdout.write("{:16} {:>6} {:>10} {:>10} {:>6} {:>9} {:>9} {:>9} {:>14}\n".format(*head))
    own: Counter[str] = Counter()
    for text in (fixture(), *map(digest, ("aviation", "museums", "floods", "science"))):
        count = measure(text, known="--known" in arguments, listed="--list" in arguments)
        sys.stdout.write(row(text.name, count))
        own += count if text.name != "china-politics" else Counter()
    sys.stdout.write(row("but for the first", own))


if __name__ == "__main__":
    main(sys.argv[1:])
