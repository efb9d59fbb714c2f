"""The pages on which two that are one are merged, and parted again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.curation.doubles import LONG_ENOUGH, _a_slip_apart, _name, doubles
from events.curation.edit import editing
from events.curation.merge import Seen, merge, unmerge
from events.models import Actor, ActorIdentifier, Entry, Event, Evidence, Merge
from tests.admin.curator import Curator, Form
from tests.admin.dataset import AT, make_public
from tests.curation import world
from tests.curation.world import actor as make_actor

pytestmark = pytest.mark.django_db

MERGE = "event/event-one/merge/"


@pytest.fixture
def other(published: Event) -> Event:
    """Another public event from the same document."""
    row = Event(pk="event-two", title="The agreement ends", type_id="AGREE", summary="All of it", edtf="2019-10")
    row.date_text, row.date_rule = "October", "curator"
    with editing(row, version=0, by="setup", at=AT):
        row.save()
        quote = "we regret nothing"
        Evidence(event=row, document_id="doc-one", quote=quote, supports=["title", "date"]).save()
    row.refresh_from_db()
    return make_public(row)


def look(editor: Curator, path: str, other: str) -> Form:
    path = f"/admin/events/{path}?other={other}"
    return Form.of(editor.client, path, editor.client.get(path))


def test_two_events_are_looked_at_merged_and_parted(editor: Curator, published: Event, other: Event) -> None:
    assert "Merge it with another" in editor.open("event/event-one/change/").text
    page = editor.open(MERGE).type(other__typed="event-two")
    page = look(editor, MERGE, "event-two")
    choices = {choice.name: (choice.one, choice.other, choice.chosen) for choice in page.answer.context["choices"]}
    assert choices["title"] == ("The council ends the agreement", "The agreement ends", "event-one")
    # What only the other has is chosen beforehand.
    assert choices["summary"] == ("", "All of it", "event-two")
    page = page.type(**{"take-title": "event-two", "why": "Duplicate of another event"}).press("_merge")
    assert page.messages == ["“The agreement ends” is part of this one now."]
    published.refresh_from_db()
    assert (published.title, published.summary, published.edtf) == ("The agreement ends", "All of it", "2019-10-16")
    answer = editor.client.get("/api/v1/events/event-two/")
    assert (answer.status_code, answer.headers["Location"].split("/api/")[-1]) == (308, "v1/events/event-one/")
    assert "is part of it" in page.text
    page = editor.open("event/event-two/change/")
    assert "Undo the merge" in page.text
    assert page.buttons == []
    page = editor.open("event/event-two/unmerge/").type(why="Two after all").press("_part")
    assert "both are as they were" in page.text
    published.refresh_from_db()
    assert (published.title, published.summary) == ("The council ends the agreement", "")
    assert editor.client.get("/api/v1/events/event-two/").status_code == 200


def test_what_a_merge_refuses_loses_no_choice(editor: Curator, published: Event, other: Event) -> None:
    page = look(editor, MERGE, "event-two").type(**{"take-title": "event-two", "stays": "event-two"}).press("_merge")
    assert "Give a reason; it is shown to the public." in page.text
    chosen = {choice.name: choice.chosen for choice in page.answer.context["choices"]}
    assert (chosen["title"], page.answer.context["stays"]) == ("event-two", "event-two")
    assert not Merge.objects.exists()


def test_a_merge_of_what_somebody_saved_meanwhile_is_a_conflict(
    editor: Curator, second_editor: Curator, published: Event, other: Event
) -> None:
    page = look(editor, MERGE, "event-two").type(why="Duplicate")
    second_editor.open("event/event-two/change/").type(note="Mine").press()
    page = page.press("_merge")
    assert page.answer.status_code == 409
    assert not Merge.objects.exists()
    assert page.press("_merge").messages == ["“The agreement ends” is part of this one now."]


def test_what_was_edited_since_is_listed(editor: Curator, published: Event, other: Event) -> None:
    look(editor, MERGE, "event-two").type(why="Duplicate").press("_merge")
    editor.open("event/event-one/change/").type(place="Prague", why="Found").press("_revise").press("_revise")
    page = editor.open("event/event-two/unmerge/").type(why="Two after all").press("_part")
    assert "place: “CZ, Prague”, edited after the merge." in page.text


def test_actors_are_merged_too_and_what_is_merged_is_offered_nowhere(editor: Curator, published: Event) -> None:
    make_actor("actor-two", name="Council of Prague")
    page = look(editor, "actor/actor-two/merge/", "actor-one").type(stays="actor-one", why="The same")
    page = page.type(**{"take-name": "actor-one"}).press("_merge")
    assert page.answer.status_code == 200
    assert Actor.objects.get(pk="actor-two").merged_into_id == "actor-one"
    assert set(Actor.objects.get(pk="actor-one").names.values_list("name", flat=True)) == {"Council of Prague"}
    query = {"term": "council", "app_label": "events", "model_name": "participation", "field_name": "actor"}
    found = editor.client.get("/admin/autocomplete/", query).json()["results"]
    assert [row["id"] for row in found] == ["actor-one"]
    page = editor.open("event/event-one/change/").type(**{"claims-0-actor-typed": "actor-two"}).press()
    assert ["Nothing here has the id" in error for error in page.errors()] == [True]


@pytest.mark.parametrize("path", [MERGE, "event/event-one/unmerge/", "actor/actor-one/merge/"])
def test_only_editors_merge(viewer: Curator, contributor: Curator, published: Event, path: str) -> None:
    for somebody in (viewer, contributor):
        opened = somebody is contributor and path.endswith("/merge/")
        assert somebody.get(path).status_code == (200 if opened else 403)
        for button in ("_merge", "_part"):
            sent = {"other": "hidden", "why": "Forged", button: "x"}
            assert somebody.post(path, **sent).status_code in ({200} if opened else {403})
        assert "Merge it with another" not in somebody.open("event/event-one/change/").text


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        (MERGE, {"other": "event-two", "why": "x", "version-event-one": "x", "_merge": "x"}, 400),
        (MERGE, {"other": "nothing", "_merge": "x"}, 200),
        ("event/nothing/merge/", {}, 404),
        ("event/event-one/unmerge/", {"why": "x", "_part": "x"}, 200),
    ],
)
def test_forged_requests(
    editor: Curator, published: Event, other: Event, path: str, sent: dict[str, str], status: int
) -> None:
    assert editor.post(path, **sent).status_code == status
    assert not Entry.objects.filter(deed="merged").exists()


def test_likely_doubles(viewer: Curator, editor: Curator, db: None) -> None:
    make_actor("a", ["Rada města Prahy"], name="The City Council of Prague")
    make_actor("b", name="Prague City Council")
    make_actor("c", name="Zdeněk Hřib", external_id="Q1085 Q2")
    make_actor("d", name="Zdenek Hrib")
    make_actor("e", name="Somebody else", external_id="Q2")
    make_actor("f", name="Xi Jinping")
    make_actor("g", name="Xi Jinpnig")
    make_actor("h", name="Li Wei")
    make_actor("i", name="Li Bei")
    make_actor("j", name="The Lidl Supermarkets")
    make_actor("k", name="Lidl Super Markets")
    make_actor("l", name="Lord Oskar Novak")
    make_actor("m", name="Lord Askar Novak")
    found = {(double.one.pk, double.other.pk) for double in doubles()}
    assert found == {("a", "b"), ("c", "d"), ("c", "e"), ("f", "g"), ("j", "k"), ("l", "m")}
    page = editor.open("actor/doubles/")
    assert "?other=b" in page.text
    assert "?other=b" not in viewer.open("actor/doubles/").text
    look(editor, "actor/b/merge/", "a").type(why="The same").press("_merge")
    assert ("a", "b") not in {(double.one.pk, double.other.pk) for double in doubles()}


@pytest.mark.parametrize(
    ("name", "plain"),
    [("The Bank of China", "bank china"), ("Škoda, a. s.", "s skoda"), ("习近平", "习近平"), ("The", "the")],
)
def test_names_folded(name: str, plain: str) -> None:
    assert _name("", name).plain == plain


def identified(editor: Curator, pk: str, value: str) -> Form:
    sent = {"identifiers-0-scheme": "isni", "identifiers-0-value": value}
    return editor.open(f"actor/{pk}/change/").type(**sent).press()


def test_actors_in_the_same_register_are_doubles_and_united(editor: Curator, db: None) -> None:
    world.actor("a", name="The council")
    world.actor("b", name="Rada")
    assert identified(editor, "a", "0000 0001 2150 090X").errors() == []
    [error] = identified(editor, "b", "0000 0001 2150 0901").errors()
    assert "its check digit says that there is a typing error" in error
    assert identified(editor, "b", "https://isni.org/isni/000000012150090X").errors() == []
    assert doubles()[0].why == "Both are ISNI 000000012150090X, so they are one."
    row = Actor.objects.get(pk="a")
    with editing(row, version=row.version, by="ann", at=world.AT):
        ActorIdentifier(actor=row, scheme="wikidata", value="Q1085").save()
    versions = [Seen(pk, Actor.objects.get(pk=pk).version) for pk in ("a", "b")]
    merge(Actor, *versions, **world.DEED)
    kept = ActorIdentifier.objects.filter(actor="b").values_list("scheme", flat=True)
    assert set(kept) == {"isni", "wikidata"}
    assert doubles() == []
    assert unmerge(Actor, "a", Seen("b", Actor.objects.get(pk="b").version), **world.DEED) == []
    assert ActorIdentifier.objects.get(actor="b").scheme == "isni"


def slips(word: str) -> set[str]:
    """All that a word becomes by one slip."""
    places = range(len(word) + 1)
    gone = {word[:at] + word[at + 1 :] for at in places}
    more = {word[:at] + letter + word[at:] for at in places for letter in "abc"}
    other = {word[:at] + letter + word[at + 1 :] for at in places[:-1] for letter in "abc"}
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-2]}
    return (gone | more | other | turned) - {word, ""}


# Some a slip apart, some two.
WORD = st.sampled_from(["a", "b", "ab", "ba", "abc", "acb", "cba", "abcc", "aabc", "bcaa", "bcab", "acbcab", "abccab"])


@given(st.lists(st.lists(WORD, min_size=1, max_size=3), min_size=2, max_size=6))
def test_names_a_slip_apart_are_all_found(names: list[list[str]]) -> None:
    rows = [_name(str(number), " ".join(words)) for number, words in enumerate(names)]
    long = sorted({row.plain for row in rows if len(row.plain) >= LONG_ENOUGH})
    expected = {
        (one, other)
        for one in long
        for at, word in enumerate(one.split())
        for slip in slips(word)
        if (other := " ".join(sorted([*one.split()[:at], slip, *one.split()[at + 1 :]]))) in long and one < other
    }
    plain = {row.pk: row.plain for row in rows}
    assert {(plain[one], plain[other]) for one, other, _why in _a_slip_apart(rows)} == expected
