"""Every page of the desk, by its name in Django, and a world in which each has something to show.

A page that isn't named here fails `tests/admin/test_pages.py`; what is here is opened by the tests of how many queries
a page takes and of what axe finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.urls import URLPattern, URLResolver

from events.curation.decide import reject
from events.curation.deed import deed
from events.curation.merge import Seen, merge
from events.curation.propose import propose
from events.curation.publish import revise
from events.curation.retract import retract
from events.curation.suggestion import Suggestion
from events.models import (
    Actor,
    ActorName,
    Claim,
    Country,
    Document,
    Entry,
    Event,
    EventCountry,
    Evidence,
    Participation,
    Proposal,
    Relation,
)
from events.models.proposals import Kind, Origin
from tests.admin import dataset, proposing
from tests.curation.world import DEED, edit
from tests.curation.world import actor as make_actor
from tests.curation.world import document as make_document
from tests.curation.world import event as make_event

# What a page's address is made of where it isn't known beforehand: the keys of `World.keys`.
PAGES: dict[str, tuple[str, ...]] = {
    "index": ("",),
    "app_list": ("events/", "auth/"),
    "password_change": ("password_change/",),
    "password_change_done": ("password_change/done/",),
    "events_event_changelist": ("events/event/", "events/event/?q=nothing", "events/event/?status__exact=draft"),
    "events_event_add": ("events/event/add/",),
    "events_event_change": tuple(
        f"events/event/{pk}/change/" for pk in ("event-one", "event-a", "event-b", "event-c", "gone")
    ),
    "events_event_history": ("events/event/event-a/history/", "events/event/event-a/history/?from={first}&to={last}"),
    "events_event_merge": ("events/event/event-a/merge/", "events/event/event-a/merge/?other=event-d"),
    "events_event_unmerge": ("events/event/event-c/unmerge/", "events/event/event-a/unmerge/"),
    "events_actor_changelist": ("events/actor/", "events/actor/?q=council"),
    "events_actor_add": ("events/actor/add/",),
    "events_actor_change": tuple(f"events/actor/{pk}/change/" for pk in ("actor-one", "actor-two", "actor-three")),
    "events_actor_history": ("events/actor/actor-one/history/",),
    "events_actor_merge": ("events/actor/actor-one/merge/", "events/actor/actor-one/merge/?other=actor-two"),
    "events_actor_unmerge": ("events/actor/actor-three/unmerge/",),
    "events_actor_doubles": ("events/actor/doubles/",),
    "events_document_changelist": ("events/document/",),
    "events_document_add": ("events/document/add/",),
    "events_document_change": ("events/document/doc-one/change/", "events/document/doc/change/"),
    "events_document_history": ("events/document/doc/history/",),
    "events_document_import": ("events/document/import-table/",),
    "events_document_export": ("events/document/export/",),
    "events_proposal_changelist": (
        "events/proposal/",
        "events/proposal/?status=all",
        "events/proposal/?document__id__exact=digest",
    ),
    "events_proposal_digests": ("events/proposal/digests/",),
    "events_proposal_change": tuple(
        f"events/proposal/{{{name}}}/change/"
        for name in ("new", "odd", "correction", "merging", "retraction", "joining", "rejected")
    ),
    "events_proposal_suggest": ("events/proposal/suggest/event-a/",),
    "events_country_changelist": ("events/country/",),
    "events_country_change": ("events/country/CZ/change/",),
    "events_country_history": ("events/country/CZ/history/",),
    "events_eventtype_changelist": ("events/eventtype/",),
    "events_eventtype_add": ("events/eventtype/add/",),
    "events_eventtype_change": ("events/eventtype/AID/change/",),
    "events_eventtype_history": ("events/eventtype/AID/history/",),
    "events_entry_changelist": ("events/entry/", "events/entry/?kind=event"),
    "events_entry_change": ("events/entry/{last}/change/",),
    "events_entry_history": ("events/entry/{last}/history/",),
    "auth_user_changelist": ("auth/user/",),
    "auth_user_add": ("auth/user/add/",),
    "auth_user_change": ("auth/user/{user}/change/",),
    "auth_user_history": ("auth/user/{user}/history/",),
    "auth_user_password_change": ("auth/user/{user}/password/",),
    "auth_group_changelist": ("auth/group/",),
    "auth_group_change": ("auth/group/{group}/change/",),
    "auth_group_history": ("auth/group/{group}/history/",),
}
# No pages: what forms ask for, what only leads elsewhere, what nobody may open.
NO_PAGES = {
    *("autocomplete", "jsi18n", "events_event_read_date", "view_on_site", "login", "logout", None),
    *("events_proposal_next", "events_proposal_history", "events_event_table"),
    *("events_entry_add", "events_country_add", "events_proposal_add", "auth_group_add"),
    *(f"events_{noun}_delete" for noun in ("event", "actor", "document", "proposal", "country", "eventtype", "entry")),
    *("auth_user_delete", "auth_group_delete"),
}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    """What all pages are called."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name


def _quoting(pk: str) -> Document:
    return make_document(f"doc-{pk}", text=f"On 16 October, {pk} took place.")


class World:
    """One of each, made by deeds."""

    def __init__(self) -> None:
        self.draft = dataset.make_draft(dataset.make_document(), dataset.make_actor())
        make_document()
        make_actor("hidden")
        for name in "abcd":
            make_event(f"event-{name}", actors=["actor-one"], public=True)
        make_event("gone", source=_quoting("gone").pk, public=True)
        merge(Event, *(Seen(pk, Event.objects.get(pk=pk).version) for pk in ("event-c", "event-b")), **DEED)
        for pk in ("actor-two", "actor-three"):
            make_actor(pk, name=f"Prague City Council ({pk})")
        merge(Actor, *(Seen(pk, 1) for pk in ("actor-three", "actor-two")), **DEED)
        retract("gone", **DEED)
        edit(Event, "event-a", title="Another title")
        revise("event-a", **DEED)
        proposing.make_digest()
        self.proposals = self._propose()
        self.root = User.objects.create_superuser("root")
        self.user = dataset.member("other", "viewer").user

    def _propose(self) -> dict[str, Proposal]:
        new, rejected, _third = proposing.make_proposals()
        odd = proposing.values(title="Hua\u200bwei ended the agreement")
        others = propose(
            [
                Suggestion("odd", odd, Origin.IMPORT, document="digest"),
                Suggestion("change", {"title": "A third title"}, Origin.PERSON, Kind.CHANGE, event="event-a"),
                Suggestion("merge", {}, Origin.PERSON, Kind.MERGE, event="event-d", into="event-a"),
                Suggestion("retract", {}, Origin.PERSON, Kind.RETRACTION, event="event-d"),
                Suggestion("join", {}, Origin.PERSON, Kind.MERGE, actor="hidden", actor_into="actor-one"),
            ],
            by="carl",
            at=proposing.AT,
            why="As I read it",
        ).added
        reject(rejected.pk, version=1, by="emma", at=proposing.AT, why="No event at all")
        kinds = ("new", "rejected", "odd", "correction", "merging", "retraction", "joining")
        return dict(zip(kinds, (new, rejected, *others), strict=True))

    def keys(self) -> dict[str, object]:
        rows = Entry.objects.filter(kind="event", noun_id="event-a").order_by("seq")
        return {
            "first": rows[0].pk,
            "last": max(row.pk for row in rows),
            "user": self.user.pk,
            "group": Group.objects.get(name="viewer").pk,
            **{name: proposal.pk for name, proposal in self.proposals.items()},
        }

    def paths(self) -> list[str]:
        """The address of every page, below the admin's."""
        keys = self.keys()
        return [path.format(**keys) for paths in PAGES.values() for path in paths]

    def grow(self, numbers: range) -> None:
        """More rows of all kinds, and more that hang on what the pages show; without their history."""
        with deed():
            Document.objects.bulk_create([Document(pk=f"more-{n}", title="More", text="x") for n in numbers])
            Actor.objects.bulk_create(
                [Actor(pk=f"more-{n}", name=f"Prague Council {n}", kind="person", country_id="CN") for n in numbers]
            )
            Event.objects.bulk_create(
                [
                    Event(pk=f"more-{n}", title="Prague ended it", slug="m", type_id="AID", date_text="soon")
                    for n in numbers
                ]
            )
            for pk in ("event-one", "event-a", "event-d"):
                self._hang(pk, numbers)
            for pk in ("actor-one", "actor-two"):
                ActorName.objects.bulk_create(
                    [ActorName(actor_id=pk, name=f"Council of Prague {n}", kind="alias") for n in numbers]
                )
        propose(
            [
                Suggestion(f"more:{n}", proposing.values(1), Origin.READER, document="digest", explanation=("x",))
                for n in numbers
            ]
            + [
                Suggestion(f"even-more:{n}", {"title": "No"}, Origin.PERSON, Kind.CHANGE, event=f"more-{n}")
                for n in numbers
            ],
            by="reader",
            at=proposing.AT,
        )
        User.objects.bulk_create([User(username=f"more-{n}") for n in numbers])
        Group.objects.bulk_create([Group(name=f"more-{n}") for n in numbers])

    def _hang(self, pk: str, numbers: range) -> None:
        codes = list(Country.objects.exclude(pk__in=("CZ", "CN")).values_list("pk", flat=True))[
            numbers.start : numbers.stop
        ]
        Participation.objects.bulk_create(
            [Participation(event_id=pk, actor_id=f"more-{n}", role="target") for n in numbers]
        )
        EventCountry.objects.bulk_create([EventCountry(event_id=pk, country_id=code) for code in codes])
        Claim.objects.bulk_create([Claim(event_id=pk, actor_id=f"more-{n}") for n in numbers])
        Relation.objects.bulk_create(
            [Relation(event_id=pk, target_id=f"more-{n}", relation="response_to") for n in numbers]
        )
        Evidence.objects.bulk_create(
            [Evidence(event_id=pk, document_id=f"more-{n}", quote="x", supports=["title"]) for n in numbers]
        )
