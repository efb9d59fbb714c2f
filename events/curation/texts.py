"""The full text of current events: of each its title, summary, place and quotations, and the names of its actors.

An event's document has the names of its actors and not their aliases. These come from the public pictures of the
actors, so a text follows from the event's document *and* the name index: it is written anew when the event is revised,
and when the cascade reaches an event after one of its actors got another alias.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from events.curation.chunks import CHUNK, chunks
from events.curation.deed import deed
from events.curation.inserting import bare, insert_alike
from events.curation.reading import values
from events.models import ledger
from events.models.index import ActorIndex, Derived, EventIndex, NameIndex, TextIndex, place
from events.models.ledger import Entry
from events.models.tokens import GAP, HEAD, tokens

# PostgreSQL knows no place beyond 16,383 and takes 1 MB of words: 8,000 of the longest tokens.
LIMIT = 8000
# PostgreSQL remembers no more places of one token.
OCCURRENCES = 255

Document = Mapping[str, Any]


def replace(superseded: Iterable[int], documents: Mapping[int, Document], rows: Iterable[Derived]) -> None:
    """Put the texts of new revisions of events, by seq, with their index rows, in the place of those that they
    superseded; tombstones have none."""
    places = {row.seq: place(row.span, row.start_earliest, row.key) for row in rows if isinstance(row, EventIndex)}
    _write(_places(superseded).values(), _texts(documents, places).values())


def retell(event_ids: Iterable[str]) -> None:
    """Write the texts of these events anew where the names of their actors have changed."""
    for some in chunks(event_ids):
        rows = Entry.objects.public().filter(kind=ledger.EVENT, noun_id__in=some)
        stale = [text for _seq, text in _stale(dict(rows.values_list("seq", "document")))]
        _write([text.place for text in stale], stale)


def fill() -> None:
    """Write all texts where there is none, as after the migration that brought them."""
    if not TextIndex.objects.exists():
        with deed():
            retell(Entry.objects.public().filter(kind=ledger.EVENT).order_by("seq").values_list("noun_id", flat=True))


def faults() -> Iterator[str]:
    """The texts are what the ledger gives, and there are no others."""
    public = Entry.objects.public().filter(kind=ledger.EVENT).order_by("seq")
    rows, number = public.values_list("seq", "noun_id", "document").iterator(CHUNK), 0
    while some := list(islice(rows, CHUNK)):
        number += len(some)
        ids = {seq: noun_id for seq, noun_id, _document in some}
        for seq, _text in _stale({seq: document for seq, _id, document in some}):
            yield f"Event {ids[seq]}: its text for search isn't what its document and its actors give."
    stored = TextIndex.objects.count()
    if stored != number:
        yield f"There are {stored} texts for search, and {number} public events."


def _stale(documents: Mapping[int, str | None]) -> Iterator[tuple[int, TextIndex]]:
    """The texts of these current revisions, by seq, where others are stored or none."""
    fresh = _texts({seq: json.loads(document or "") for seq, document in documents.items()}, _places(documents))
    places = [text.place for text in fresh.values()]
    stored = {row.place: row.words for some in chunks(places) for row in TextIndex.objects.filter(place__in=some)}
    for seq, text in fresh.items():
        if stored.get(text.place) != text.words:
            yield seq, text


def _write(gone: Iterable[int], fresh: Iterable[TextIndex]) -> None:
    for some in chunks(gone):
        TextIndex.objects.filter(place__in=some).delete()
    # FTS5 writes a new segment whenever a number is smaller than the one before.
    ordered = sorted(fresh, key=lambda text: text.place)
    insert_alike(ordered)


def _places(seqs: Iterable[int]) -> dict[int, int]:
    """Where revisions of events stand in the order of time, by their seq."""
    rows = values(EventIndex, ("seq", "span", "start_earliest", "key"), "seq", seqs)
    return {seq: place(span, start, key) for seq, span, start, key in rows}


def _texts(documents: Mapping[int, Document], places: Mapping[int, int]) -> dict[int, TextIndex]:
    """The texts of revisions of events, by their seq."""
    names = _names({actor for document in documents.values() for actor in _actors(document)})
    # An actor is in many events.
    heads = {actor: [tokens(name) for name in names[actor]] for actor in names}
    return {
        seq: bare(
            TextIndex,
            place=places[seq],
            words=words(document, [head for actor in _actors(document) for head in heads.get(actor, ())]),
        )
        for seq, document in documents.items()
    }


def _actors(document: Document) -> list[str]:
    """Who takes part in an event or claims it."""
    return list(dict.fromkeys(item["id"] for item in (*document["actors"], *document["claimed_by"])))


def _names(ids: Iterable[str]) -> dict[str, list[str]]:
    """The public names of actors."""
    found: dict[str, list[str]] = defaultdict(list)
    # By way of the actors, whose index begins with their ids.
    actors = [seq for (seq,) in values(ActorIndex, ("seq",), "noun_id", ids, "superseded_by IS NULL")]
    for actor_id, name in sorted(values(NameIndex, ("actor_id", "folded"), "seq", actors)):
        found[actor_id].append(name)
    return found


def words(document: Document, names: Sequence[list[str]]) -> str:
    """The words of an event, its title and the names of its actors twice: marked, for order by relevance, and not."""
    head = [tokens(document["title"]), *names]
    marked = [[HEAD + token for token in field] for field in head]
    rest = (document["summary"], document["location"]["place"], *(item["quote"] for item in document["evidence"]))
    fields = [*marked, *head, *(tokens(text) for text in rest if text)]
    found = [token for field in fields for token in (*field, GAP)][:LIMIT]
    return " ".join(_bounded(found))


def _bounded(found: list[str]) -> list[str]:
    """Without gaps at the end, and without the places of a token that PostgreSQL would forget.

    A gap is in every text, in one without words too: a search that only leaves words out begins with all that have it.
    """
    kept = found
    if len(found) > OCCURRENCES:
        seen: Counter[str] = Counter()
        kept = []
        for token in found:
            seen[token] += 1
            kept.append(GAP if seen[token] > OCCURRENCES else token)
    while kept[1:] and kept[-1] == GAP:
        kept.pop()
    return kept
