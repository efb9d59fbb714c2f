"""Time every page of the desk: `python -m benchmarks.desk`, on the database that `benchmarks.build` made.

    DATABASE_URL=sqlite:///desk.sqlite3 python -m benchmarks.build 10000 10000
    DATABASE_URL=sqlite:///desk.sqlite3 python -m benchmarks.desk

Actors are added until there are 5,000, with names of words that many share and an alias each, and 1,000 proposals of
one digest. Each page is asked for in this process, by Django's test client, and the quickest of five counts: seconds of
the processor, and queries.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product

from benchmarks.database import ready

ready()

from django.conf import settings  # noqa: E402  # the registry must be ready first
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.dataset import KINDS, SEED  # noqa: E402
from events.curation.edit import editing  # noqa: E402
from events.curation.load import load  # noqa: E402
from events.curation.load_rows import Item  # noqa: E402
from events.curation.propose import propose  # noqa: E402
from events.curation.suggestion import Suggestion  # noqa: E402
from events.models import Actor, ActorName, Document, Entry, Event, Proposal  # noqa: E402
from events.models.proposals import Origin  # noqa: E402

ACTORS = 5000
PROPOSALS = 1000
TIMES = 5
AT = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ("Prague", "Beijing", "Taipei", "Brno", "Shanghai", "Ostrava", "Nanjing", "Plzeň", "Wuhan", "Olomouc")
BODIES = ("City Council", "Ministry of Trade", "Academy of Sciences", "Television", "University", "Chamber of Commerce")
KIND_OF = (
    "First",
    "New",
    "National",
    "Municipal",
    "Free",
    "Northern",
    "Popular",
    "United",
    "Central",
    "Old",
    "Royal",
    "Greater",
)
ENDS = ("of Bohemia", "of Moravia", "of the Republic", "for Friendship", "for Progress", "of the Delta", "Abroad")
SENTENCE = "On October {day}, {year}, {actor} ended its agreement number {number} with Beijing."


def actors() -> Iterator[Item]:
    """What is missing, with names such as real ones are made of."""
    names = [" ".join(parts) for parts in product(KIND_OF, PLACES, BODIES, ENDS)]
    chance = random.Random(SEED)
    chance.shuffle(names)
    for number, name in enumerate(names[: ACTORS - Actor.objects.count()]):
        pk = f"desk{number:06}"
        yield Item(Actor(pk=pk, name=name, kind=chance.choice(KINDS), country_id="CZ"), "generated")
        yield Item(ActorName(actor_id=pk, name=f"Office of the {name}", kind="alias"), "generated")


def proposals() -> None:
    sample = list(Actor.objects.order_by("pk").values_list("name", flat=True)[:: ACTORS // 100])
    told = [
        SENTENCE.format(day=number % 28 + 1, year=2010 + number % 15, actor=sample[number % len(sample)], number=number)
        for number in range(PROPOSALS)
    ]
    digest = Document(pk="digest", title="The digest", text="\n\n".join(told), published=date(2025, 11, 4))
    with editing(digest, version=0, by="benchmark", at=AT):
        digest.save()
    suggestions = [
        Suggestion(f"desk:{number}", _values(number, sentence, sample), Origin.READER, document="digest")
        for number, sentence in enumerate(told)
    ]
    propose(suggestions, by="benchmark", at=AT)


def _values(number: int, sentence: str, sample: list[str]) -> dict[str, object]:
    day = f"{2010 + number % 15}-10-{number % 28 + 1:02}"
    actor = {"actor": None, "name": sample[number % len(sample)], "kind": "government", "country": "CZ"}
    return {
        "title": sentence.split(", ")[-1].rstrip("."),
        "type": "REJECT",
        "edtf": day,
        "date_text": ", ".join(sentence.removeprefix("On ").split(", ")[:2]),
        "date_anchor": "2025-11-04",
        "date_rule": "day",
        "countries": ["CZ", "CN"],
        "participations": [actor | {"role": "initiator"}],
        "claimed_by": [],
        "evidence": [{"document": "digest", "quote": sentence, "supports": ["title", "date", "actors"]}],
    }


def paths() -> list[str]:
    one, other = Event.objects.filter(status="published").order_by("pk").values_list("pk", flat=True)[:2]
    busiest = Actor.objects.order_by("pk").values_list("pk", flat=True)[0]
    another = Actor.objects.order_by("-pk").values_list("pk", flat=True)[0]
    proposal = Proposal.objects.order_by("pk")[PROPOSALS // 2].pk
    last = Entry.objects.order_by("-pk")[0].pk
    source = Document.objects.order_by("pk")[0].pk
    return [
        "",
        *("event/", "event/?q=railway", "event/?p=90", "event/?status__exact=draft", "event/add/"),
        *(f"event/{one}/{page}/" for page in ("change", "history", "merge")),
        f"event/{one}/merge/?other={other}",
        *("actor/", "actor/?q=council", "actor/doubles/", "actor/add/"),
        *(f"actor/{busiest}/{page}/" for page in ("change", "history", "merge")),
        f"actor/{busiest}/merge/?other={another}",
        *("document/", "document/add/", "document/import-table/", f"document/{source}/change/"),
        *("document/digest/change/", "proposal/", "proposal/?status=all&q=agreement", "proposal/digests/"),
        *("proposal/?document__id__exact=digest", f"proposal/{proposal}/change/", f"proposal/suggest/{one}/"),
        *("country/", "eventtype/", "entry/", f"entry/{last}/change/"),
        "autocomplete:council",
    ]


def ask(client: Client, path: str) -> None:
    if path.startswith("autocomplete:"):
        named = {"app_label": "events", "model_name": "participation", "field_name": "actor"}
        answer = client.get("/admin/autocomplete/", named | {"term": path.split(":")[1]})
    else:
        answer = client.get(f"/admin/events/{path}")
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")


def measure(client: Client, path: str) -> tuple[float, int]:
    """The quickest of several, and its queries."""
    took = []
    for _time in range(TIMES):
        began = time.process_time()
        ask(client, path)
        took.append(time.process_time() - began)
    with CaptureQueriesContext(connection) as seen:
        ask(client, path)
    return min(took), len(seen)


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    if not Document.objects.filter(pk="digest").exists():
        load(list(actors()), by="benchmark", at=AT, why="Loaded")
        proposals()
    client = Client()
    client.force_login(User.objects.get_or_create(username="root", is_staff=True, is_superuser=True)[0])
    counts = f"{Event.objects.count()} events, {Actor.objects.count()} actors, {Proposal.objects.count()} proposals"
    sys.stdout.write(f"{counts}\n\n| page | seconds | queries |\n|---|---:|---:|\n")
    for path in paths():
        seconds, queries = measure(client, path)
        sys.stdout.write(f"| `{path}` | {seconds:.3f} | {queries} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
