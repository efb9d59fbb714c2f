"""What a load must not write over: what a curator changed and didn't publish, or took back, or what is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from events.curation import render
from events.curation.chunks import chunks
from events.curation.flags import KINDS
from events.curation.load_rows import CHILDREN, Fault, Item, owner_of
from events.models import ledger, working
from events.models.working import Noun, Status


def overwriting(items: Sequence[Item], touched: Mapping[type[Noun], Sequence[str]]) -> Iterator[Fault]:
    """Faults of the nouns that a load would change (`touched`) and must not."""
    places = {(type(item.row), item.row.pk): item.place for item in items}
    for model, ids in touched.items():
        for some in chunks(ids):
            for row, detail in _curated(model, some):
                yield Fault(places.get((model, row.pk), f"{model._meta.label_lower} {row.pk}"), "", detail)
    yield from _merged([item for item in items if type(item.row) in CHILDREN])
    yield from _hidden([item for item in items if item.draft])
    yield from _new_texts([item for item in items if isinstance(item.row, working.Document)])


def _curated(model: type[Noun], ids: Sequence[str]) -> Iterator[tuple[Noun, str]]:
    by_hand = set(
        working.Edit.objects.filter(kind=KINDS[model], noun_id__in=ids, loaded=False).values_list("noun_id", "version")
    )
    pictures = render.Pictures()
    pictures.load(KINDS[model], ids)
    for row in model._default_manager.filter(pk__in=ids):
        if isinstance(row, working.Mergeable) and row.merged_into is not None:
            yield (
                row,
                f"“{row}” was merged into “{row.merged_into}” ({row.merged_into.pk}); state that one, or undo it.",
            )
        elif isinstance(row, working.Event) and row.status == Status.RETRACTED:
            yield row, f"“{row}” was retracted; reinstate it first."
        elif row.unpublished_edits:
            yield row, f"“{row}” has unpublished changes; publish them first, or undo them."
        elif pictures.public(KINDS[model], row.pk) is None and (row.pk, row.version) in by_hand:
            yield row, f"“{row}” was changed by hand and isn't public; publish it first, or leave it out."


def _merged(children: Sequence[Item]) -> Iterator[Fault]:
    """What names something that was merged: no row that is stored does, but for those of what was merged itself."""
    actors, events = render.merged(working.Actor), render.merged(working.Event)
    for item in children if actors or events else ():
        owner, pk = owner_of(item.row)
        if pk in (actors if owner is working.Actor else events):
            continue
        for field, into in (("actor", actors), ("target", events)):
            named = getattr(item.row, f"{field}_id", None)
            if named in into:
                yield Fault(item.place, field, f"“{named}” was merged into “{into[named]}”; name that one.")


def _hidden(drafts: Sequence[Item]) -> Iterator[Fault]:
    """Events that are public and that a fixture has as drafts."""
    public = {
        pk
        for some in chunks(item.row.pk for item in drafts)
        for pk in working.Event.objects.filter(pk__in=some, status=Status.PUBLISHED).values_list("pk", flat=True)
    }
    for item in drafts:
        if item.row.pk in public:
            yield Fault(item.place, "status", f"“{item.row}” is public; a load doesn't hide it. Retract it instead.")


def _new_texts(documents: Iterable[Item]) -> Iterator[Fault]:
    """Documents whose text isn't the one whose hash is public: quotations point into that."""
    rows = [(item, item.row) for item in documents if isinstance(item.row, working.Document)]
    pictures = render.Pictures()
    pictures.load(ledger.DOCUMENT, [row.pk for _item, row in rows])
    for item, row in rows:
        public = pictures.public(ledger.DOCUMENT, row.pk)
        if public is not None and public["sha256"] != row.text_sha256:
            yield Fault(item.place, "text", "Published events quote its old text; add the new one as another document.")
