"""What isn't published stays inside, whatever deed touches its neighbours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from events.curation.edit import editing
from events.curation.publish import publish, revise, revise_actor, revise_document
from events.curation.reference import rename_country
from events.curation.retract import reinstate, retract
from events.models import Actor, ActorIndex, ActorName, Document, DocumentIndex, Entry, Event, EventIndex, NameIndex
from tests.curation.world import (
    AT,
    DEED,
    actor,
    assert_sound,
    document,
    edit,
    event,
    everything_public,
    relate,
    seen,
    shown,
)

pytestmark = pytest.mark.django_db

SECRET = "Secret"


@pytest.fixture(autouse=True)
def world() -> None:
    """Two public events that name the same actor and document, one of which follows the other."""
    document()
    actor("prague", names=["Praha"])
    actor("brno", part_of_id="prague")
    event("event-b", actors=["prague"], countries=["CZ"], public=True)
    event(
        "event-a",
        actors=["prague", "brno"],
        claimed_by=["prague"],
        countries=["CZ"],
        relations=[("follows", "event-b")],
        public=True,
    )


def edit_everything() -> None:
    """Unpublished edits of every noun."""
    for pk in ("event-a", "event-b"):
        edit(Event, pk, title=f"{SECRET} {pk}", summary=SECRET, place=SECRET, slug="secret", note=SECRET)
    for pk in ("prague", "brno"):
        edit(Actor, pk, name=f"{SECRET} {pk}", description=SECRET, external_id=SECRET)
    row = Actor.objects.get(pk="prague")
    with editing(row, version=row.version, by="ann", at=AT):
        ActorName(actor=row, name=SECRET, kind="alias").save()
    edit(Document, "doc", title=SECRET, publisher=SECRET, author=SECRET, url="https://secret.example/")


def another_event() -> None:
    event("event-c", actors=["prague", "brno"], claimed_by=["brno"], relations=[("follows", "event-a")], public=True)


def retract_and_reinstate(pk: str) -> None:
    retract(pk, **DEED)
    reinstate(pk, **DEED)


def rename() -> None:
    rename_country("CZ", "Bohemia", **DEED)


def name_a_part() -> None:
    """Something new is part of the edited actor, and becomes public."""
    actor("ostrava", part_of_id="prague")
    event("event-d", actors=["ostrava"], public=True)


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(another_event, id="another-event-that-names-them"),
        pytest.param(lambda: retract_and_reinstate("event-a"), id="reinstate"),
        pytest.param(lambda: retract_and_reinstate("event-b"), id="reinstate-the-target"),
        pytest.param(rename, id="cascade-of-a-country"),
        pytest.param(name_a_part, id="part-of"),
        pytest.param(lambda: event("event-e", relations=[("disputes", "event-b")], public=True), id="relation"),
    ],
)
def test_an_unpublished_edit_never_leaks(deed: Callable[[], object]) -> None:
    edit_everything()
    deed()
    assert SECRET.lower() not in everything_public().lower()
    assert not NameIndex.objects.filter(folded__contains="secret").exists()
    assert not ActorIndex.objects.filter(name__contains=SECRET).exists()
    assert not DocumentIndex.objects.filter(title__contains=SECRET).exists()
    assert Event.objects.get(pk="event-a").unpublished_edits
    assert_sound()


@pytest.mark.parametrize(
    ("deed", "pk", "kind", "model"),
    [
        (revise, "event-b", "event", Event),
        (revise_actor, "prague", "actor", Actor),
        (revise_document, "doc", "document", Document),
    ],
)
def test_revising_one_noun_publishes_no_other(
    deed: Callable[..., None], pk: str, kind: str, model: type[Event] | type[Actor] | type[Document]
) -> None:
    others = [("event-a", "event"), ("event-b", "event"), ("prague", "actor"), ("brno", "actor"), ("doc", "document")]
    edit_everything()
    deed(pk, **DEED)
    assert SECRET in str(seen(pk, kind))
    for other, other_kind in others:
        if (other, other_kind) == (pk, kind):
            continue
        picture = seen(other, other_kind)
        # Of its own fields nothing; of the revised noun what it repeats.
        own = {name: picture[name] for name in ("title", "name", "summary", "slug", "publisher") if name in picture}
        assert SECRET.lower() not in str(own).lower()
    assert not model._default_manager.get(pk=pk).unpublished_edits
    assert_sound()


def test_an_edit_made_while_retracted_stays_unpublished() -> None:
    before = shown("event-a")
    retract("event-a", **DEED)
    edit(Event, "event-a", title=SECRET)
    assert not Event.objects.get(pk="event-a").unpublished_edits
    reinstate("event-a", **DEED)
    assert seen("event-a") == before
    assert Event.objects.get(pk="event-a").unpublished_edits
    revise("event-a", **DEED)
    assert seen("event-a")["title"] == SECRET
    assert_sound()


def test_a_draft_and_what_only_it_names_are_nowhere() -> None:
    document("hidden-doc", title=SECRET, publisher=SECRET)
    actor("hidden-actor", name=SECRET, names=["Secret alias"], country_id="IS")
    event("event-c", actors=["hidden-actor"], countries=["IS"], relations=[("follows", "event-a")])
    row = Event.objects.get(pk="event-c")
    with editing(row, version=row.version, by="ann", at=AT):
        row.evidence.create(document_id="hidden-doc", quote="event-d", supports=["summary"])
    retract_and_reinstate("event-a")
    edit(Actor, "prague", name="City of Prague")
    revise_actor("prague", **DEED)
    assert SECRET not in everything_public()
    assert "hidden" not in everything_public()
    assert not Entry.objects.filter(noun_id__in=["hidden-doc", "hidden-actor", "event-c"]).exists()
    assert not EventIndex.objects.filter(noun_id="event-c").exists()
    assert_sound()


def test_an_unpublished_actor_of_a_public_event_is_hidden() -> None:
    """A public event is edited: it shall name somebody new."""
    actor("new", name=SECRET)
    row = Event.objects.get(pk="event-a")
    with editing(row, version=row.version, by="ann", at=AT):
        row.participations.create(actor_id="new", role="target")
    assert Event.objects.get(pk="event-a").unpublished_edits
    rename()
    retract_and_reinstate("event-b")
    assert SECRET not in everything_public()
    assert_sound()
    revise("event-a", **DEED)
    assert SECRET in {item["name"] for item in seen("event-a")["actors"]}
    assert_sound()


def test_an_unpublished_relation_is_hidden() -> None:
    event("event-c", public=True)
    relate("event-a", "disputes", "event-c")
    retract_and_reinstate("event-c")
    rename()
    assert "disputes" not in everything_public()
    assert_sound()
    revise("event-a", **DEED)
    assert "disputes" in everything_public()
    assert_sound()


def test_publishing_is_what_makes_it_seen() -> None:
    """The tests above can fail: a deed on the edited noun itself shows the edit."""
    edit_everything()
    revise("event-a", **DEED)
    assert SECRET in everything_public()
    publish_again = edit(Event, "event-b", summary="x")
    assert publish_again.status == "published"
    with pytest.raises(Exception, match="not a draft"):
        publish("event-b", **DEED)
