"""What the public should see, kept by hand: a few dicts that know nothing of ledgers, patches or flags.

A noun has a working copy and a released one. What is shown of an event is its released copy, with the names that are
released of what it mentions, and without relations to events that aren't public.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

EVENTS = ("event-a", "event-b", "event-c")
ACTORS = ("prague", "brno")
WHOLE = {"brno": "prague"}  # what an actor is part of, all along

Copy = dict[str, Any]


@dataclass
class Naive:
    events: dict[str, Copy]
    actors: dict[str, Copy]
    title: str  # of the one document
    countries: dict[str, str]
    released: dict[str, Copy] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=lambda: dict.fromkeys(EVENTS, "draft"))
    public_actors: dict[str, Copy] = field(default_factory=dict)
    public_title: str | None = None

    def edited(self, pk: str) -> bool:
        return self.states[pk] == "published" and self.events[pk] != self.released[pk]

    def actor_edited(self, pk: str) -> bool:
        if pk not in self.public_actors:
            return False
        return self._picture(pk) != self.public_actors[pk]

    def _picture(self, pk: str) -> Copy:
        return self.actors[pk] | {"whole": WHOLE.get(pk) in self.public_actors}

    def document_edited(self) -> bool:
        return self.public_title is not None and self.title != self.public_title

    def release(self, pk: str) -> None:
        self.released[pk] = dict(self.events[pk])
        self.states[pk] = "published"
        if self.public_title is None:
            self.public_title = self.title
        new = [actor for actor in self.events[pk]["actors"] if actor not in self.public_actors]
        clean = [actor for actor in self.public_actors if not self.actor_edited(actor)]
        self.public_actors.update({actor: {} for actor in new})
        # A whole that becomes public is named by its parts; one with unpublished edits waits for its own revision.
        for actor in (*new, *clean):
            self.public_actors[actor] = self._picture(actor)

    def release_actor(self, pk: str) -> None:
        self.public_actors[pk] = self._picture(pk)

    def shown(self) -> dict[str, Copy]:
        return {pk: self._shown(self.released[pk]) for pk in EVENTS if self.states[pk] == "published"}

    def _shown(self, copy: Copy) -> Copy:
        return {
            "title": copy["title"],
            "source": self.public_title,
            "actors": {(pk, *self._name(pk)) for pk in copy["actors"]},
            "countries": {(code, self.countries[code]) for code in copy["countries"]},
            "relations": {
                (pk, self.released[pk]["title"]) for pk in copy["relations"] if self.states[pk] == "published"
            },
        }

    def _name(self, pk: str) -> tuple[str, str]:
        return self.public_actors[pk]["name"], self.public_actors[pk]["country"]

    def shown_actors(self) -> dict[str, Copy]:
        return {
            pk: {
                "name": picture["name"],
                "country": picture["country"],
                "part_of": self.public_actors[WHOLE[pk]]["name"] if picture["whole"] else None,
            }
            for pk, picture in self.public_actors.items()
        }
