"""A text is corrected: each quotation is found again by its surroundings or is broken; none is ever moved unseen."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.curation.correction import Correction
from events.curation.deed import deed
from events.curation.edit import editing
from events.curation.publish import publish, revise, revise_document
from events.curation.retract import reinstate, retract
from events.errors import DeedRefused
from events.models import Document, Entry, Event, Evidence
from tests.curation.world import AT, DEED, TEXT, assert_sound, document, edit, event, seen

MUTATIONS = 1000
WORDS = ("the", "council", "ended", "its", "agreement", "on", "Monday", "and", "regretted", "nothing", "of", "it")
FOREIGN = "§"  # stands in no text below, so whatever it was put into is broken


class Tracked:
    """A text whose characters are numbered, so that one knows where each of them has gone."""

    def __init__(self, text: str) -> None:
        self.cells: list[tuple[str, int | None]] = [(letter, number) for number, letter in enumerate(text)]

    @property
    def text(self) -> str:
        return "".join(letter for letter, _number in self.cells)

    def place(self, start: int, end: int) -> int | None:
        """Where the span is now, if it is still whole."""
        where = {number: at for at, (_letter, number) in enumerate(self.cells)}
        places = [where.get(number) for number in range(start, end)]
        first = places[0]
        return first if first is not None and places == list(range(first, first + end - start)) else None

    def mutate(self, chance: random.Random) -> None:
        at = chance.randrange(len(self.cells))
        length = chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                self.cells[at:at] = [(FOREIGN, None)]
            case 1:
                self.cells[at] = (FOREIGN, None)
            case 2:
                self.cells[at : at + length] = [(FOREIGN, None)]
            case 3:
                sentence = " ".join(chance.choices(WORDS, k=6)) + FOREIGN
                self.cells[at:at] = [(letter, None) for letter in sentence]
            case _:
                # The same words a second time, somewhere else: what might be taken for the quotation.
                copy = [(letter, None) for letter, _number in self.cells[at : at + length]]
                to = chance.randrange(len(self.cells))
                self.cells[to:to] = [(FOREIGN, None), *copy, (FOREIGN, None)]


def a_text(chance: random.Random) -> str:
    lines = (" ".join(chance.choices(WORDS, k=chance.randint(3, 12))) + "." for _ in range(chance.randint(4, 25)))
    return "\n".join(f"{line[0].upper()}{line[1:]} {chance.randint(1, 99)}" for line in lines)


def test_a_thousand_mutations() -> None:
    chance = random.Random(2019)
    broken = found = lost = 0
    for _ in range(MUTATIONS):
        text = a_text(chance)
        start = chance.randrange(len(text) - 60)
        end = start + chance.randint(4, 60)
        tracked = Tracked(text)
        for _ in range(chance.randint(1, 4)):
            tracked.mutate(chance)
        expected, place = tracked.place(start, end), Correction(text, tracked.text).follow(start, end)
        if expected is None:
            broken += 1
            assert place is None, (text, tracked.text, text[start:end])
        elif place is None:
            lost += 1
        else:
            found += 1
            assert place == expected, (text, tracked.text, text[start:end])
    assert broken + found + lost == MUTATIONS
    # Enough of each, that the test means something; and few that stand are taken for broken.
    assert broken > MUTATIONS / 10
    assert lost < found / 40


@settings(max_examples=300)
@given(st.data())
def test_what_is_found_is_what_was_quoted(data: st.DataObject) -> None:
    letters = st.text("ab \n", min_size=1, max_size=30)
    old, new = data.draw(letters), data.draw(letters)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    place = Correction(old, new).follow(start, end)
    assert place is None or new[place : place + end - start] == old[start:end]


@given(st.text("ab \n", min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 30))
def test_nothing_moves_where_nothing_changed(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    if start < end:
        assert Correction(text, text).follow(start, end) == start


@pytest.mark.parametrize(
    ("old", "new", "quote", "found"),
    [
        pytest.param("He came. She left.", "Once he came. She left.", "She left", True, id="before it"),
        pytest.param("He came. She left.", "He came. She left, late.", "He came", True, id="after it"),
        pytest.param("He came. She left.", "He came. She had left.", "She left", False, id="inside it"),
        pytest.param("He came. He came.", "He went. He came.", "He came", False, id="only the other one is left"),
        pytest.param("On Monday it ended.", "It ended. On Monday it began.", "On Monday it ended", False, id="undone"),
        pytest.param(
            f"{'x' * 40} he came {'y' * 40}\nz", f"z\n{'x' * 40} he came {'y' * 40}", "he came", True, id="moved"
        ),
        pytest.param("a\nb\n" * 3000, "b\na\n" * 3000, "a\nb\na", None, id="too long to compare"),
    ],
)
def test_cases(old: str, new: str, quote: str, found: bool | None) -> None:
    start = old.index(quote)
    place = Correction(old, new).follow(start, start + len(quote))
    assert place is None or new[place:].startswith(quote)
    if found is not None:
        assert (place is not None) == found


MET = "The council met in Prague that week. On Monday it ended the agreement with the city. "
LEFT = "On Monday they left the town for good, it is said, and never came back."
TWICE = "On Monday it rained all day long in all of Prague."


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param(f"{MET}Others spoke. {LEFT}", f"{MET}Nobody else spoke. {LEFT}", True, id="before it"),
        pytest.param(f"{LEFT} {MET}", f"{LEFT} {MET.replace('it ended', 'it left')}", True, id="after it"),
        pytest.param(
            f"{MET}Others spoke. {LEFT}",
            f"{MET}Nobody else spoke. {LEFT.replace('they left', 'they fled')}",
            False,
            id="on both sides",
        ),
        pytest.param(f"One. {TWICE}\nTwo. {TWICE}", f"2. {TWICE}", False, id="one of two that are the same is gone"),
        pytest.param(
            f"One. {TWICE}\nTwo. {TWICE}",
            f"One. {TWICE}\nThen. {TWICE}",
            False,
            id="beside one of two alike",
        ),
    ],
)
def test_short_words_beside_what_was_corrected(old: str, new: str, found: bool) -> None:
    """`On Monday` stands there twice; the last one is quoted."""
    start = old.rindex("On Monday")
    place = Correction(old, new).follow(start, start + len("On Monday"))
    assert place == (new.rindex("On Monday") if found else None)


def correct(text: str, why: str = "Typing error") -> None:
    row = Document.objects.get(pk="doc")
    with deed():
        was = row.text
        with editing(row, version=row.version, by="ann", at=AT, publishing=True):
            row.text = text
            row.save()
        revise_document("doc", text_was=was, by="ann", at=AT, why=why)


@pytest.mark.django_db
def test_a_public_text_is_corrected_and_public_quotations_follow() -> None:
    document()
    event("event-a", public=True)
    event("event-b", public=True)
    edit(Event, "event-b", title="Unpublished")
    before = Event.objects.get(pk="event-a").version
    correct(f"First of all: {TEXT}")
    assert seen("doc", "document")["length"] == len(TEXT) + 14
    assert seen("doc", "document")["sha256"] == Document.objects.get().text_sha256
    assert [seen(pk)["evidence"][0]["start"] for pk in ("event-a", "event-b")] == [14, 49]
    assert seen("event-b")["title"] == "Title of event-b"
    assert not Event.objects.get(pk="event-a").unpublished_edits
    assert Event.objects.get(pk="event-a").version == before + 1
    assert_sound()


@pytest.mark.django_db
def test_a_public_quotation_that_would_break_stops_the_correction() -> None:
    document()
    event("event-a", public=True)
    event("event-b")
    with pytest.raises(DeedRefused, match="Event event-a"):
        correct(TEXT.replace("event-a took", "event-a never took"))
    assert Document.objects.get().text == TEXT
    assert Evidence.objects.get(event="event-a").start == 0
    assert_sound()


@pytest.mark.django_db
def test_a_broken_quotation_stays_broken_until_somebody_looks() -> None:
    document()
    event("event-a", public=True)
    event("event-b")
    sentence = "On 16 October, event-b took place."
    # Its words stand elsewhere now: not the same passage.
    correct(TEXT.replace(sentence, "Nothing.") + f"\nSomebody lies: {sentence}")
    row = Evidence.objects.get(event="event-b")
    assert (row.start, row.end) == (None, None)
    edit(Event, "event-b", summary="Saved again")
    with pytest.raises(DeedRefused, match="isn't found"):
        publish("event-b", **DEED)
    owner = Event.objects.get(pk="event-b")
    with editing(owner, version=owner.version, by="ann", at=AT):
        Evidence.objects.filter(pk=row.pk).update(prefix="Somebody lies: ", suffix="")
    row.refresh_from_db()
    assert Document.objects.get().text[row.start : row.end] == sentence
    publish("event-b", **DEED)
    assert_sound()


@pytest.mark.django_db
@pytest.mark.parametrize("stands", [True, False])
def test_a_retracted_event_comes_back_with_its_quotation_where_it_stands(stands: bool) -> None:
    document()
    event("event-a", public=True)
    event("event-b", public=True)
    retract("event-a", **DEED)
    new = f"Above. {TEXT}" if stands else TEXT.replace("event-a took", "event-a never took")
    correct(new)
    if stands:
        reinstate("event-a", **DEED)
        assert seen("event-a")["evidence"][0]["start"] == 7
    else:
        with pytest.raises(DeedRefused, match="doesn't stand"):
            reinstate("event-a", **DEED)
    assert_sound()


@pytest.mark.django_db
def test_random_corrections_of_a_quoted_text_leave_nothing_at_fault() -> None:
    chance = random.Random(4)
    document()
    ids = [event(f"event-{letter}", public=letter < "e").pk for letter in "abcdefgh"]
    refused = 0
    for _ in range(40):
        tracked = Tracked(Document.objects.get().text)
        tracked.mutate(chance)
        before = picture(ids)
        try:
            correct(tracked.text)
        except DeedRefused:
            refused += 1
            assert picture(ids) == before
        for row in Evidence.objects.select_related("document"):
            assert row.start is None or row.document.text[row.start : row.end] == row.quote
    assert 0 < refused < 40
    assert_sound()
    edit(Event, "event-a", title="Still to be revised")
    revise("event-a", **DEED)


def picture(ids: list[str]) -> list[Any]:
    rows = Evidence.objects.filter(event__in=ids).order_by("pk").values_list("start", "end", "prefix", "broken")
    return [*rows, *Entry.objects.order_by("seq").values_list("content_sha256", flat=True)]
