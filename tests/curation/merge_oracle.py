"""A few dicts that know of merging only what the guide says."""

from __future__ import annotations

from dataclasses import dataclass, field

EVENTS = ("event-a", "event-b", "event-c", "event-d")


@dataclass
class Copy:
    """What is told of an event: a title, and who took part."""

    title: str
    actors: frozenset[str] = frozenset()


@dataclass
class Done:
    """A merge of events: the survivor before it and right after."""

    loser: str
    survivor: str
    before: Copy
    after: Copy


@dataclass
class Moved:
    """A merge of actors: by event, in the working copy and as published, whether the survivor was there too."""

    loser: str
    survivor: str
    working: dict[str, bool]
    released: dict[str, bool]
    # The events whose working copy named the survivor right after.
    naming: set[str]


@dataclass
class Oracle:
    working: dict[str, Copy] = field(default_factory=lambda: {pk: Copy("one") for pk in EVENTS})
    released: dict[str, Copy] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=lambda: dict.fromkeys(EVENTS, "draft"))
    into: dict[str, str] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    # Actors that were public once: they stay so.
    known: set[str] = field(default_factory=set)

    def edited(self, pk: str) -> bool:
        return self.states[pk] == "published" and self.working[pk] != self.released[pk]

    def may(self, what: str, pk: str) -> bool:
        wanted = {"publish": "draft", "retract": "published", "reinstate": "retracted"}
        return self.edited(pk) if what == "revise" else self.states[pk] == wanted[what]

    def do(self, what: str, pk: str) -> None:
        if what in ("publish", "revise"):
            self.released[pk] = self.working[pk]
            self.known |= self.working[pk].actors
        self.states[pk] = "retracted" if what == "retract" else "published"

    def may_merge(self, loser: str, survivor: str) -> bool:
        both = (loser, survivor)
        return (
            loser != survivor
            and all(self.states[pk] in ("draft", "published") and not self.edited(pk) for pk in both)
            and not (self.states[survivor] == "draft" and self.states[loser] == "published")
        )

    def merge(self, loser: str, survivor: str, take: bool) -> None:
        before, other = self.working[survivor], self.working[loser]
        after = Copy(other.title if take else before.title, before.actors | other.actors)
        self.done.append(Done(loser, survivor, before, after))
        self.working[survivor] = after
        if self.states[survivor] == "published":
            self.released[survivor] = after
            self.known |= after.actors
        self.into[loser], self.states[loser] = survivor, f"merged from {self.states[loser]}"

    def may_unmerge(self, done: Done) -> bool:
        newest = [one for one in self.done if one.survivor == done.survivor][-1]
        return done is newest and done.survivor not in self.into and not self.edited(done.survivor)

    def unmerge(self, done: Done) -> set[str]:
        """What stays with the survivor, as words that the curator is told."""
        now, had, has = self.working[done.survivor], done.before, done.after
        edited = {f"“{now.title}”, edited after"} if now.title != has.title else set()
        edited |= {f"“{pk}” was added" for pk in now.actors - has.actors}
        edited |= {f"“{pk}” was taken out" for pk in has.actors - now.actors}
        every = now.actors | had.actors | has.actors
        kept = {pk for pk in every if pk in (had if (pk in now.actors) == (pk in has.actors) else now).actors}
        fresh = Copy(had.title if now.title == has.title else now.title, frozenset(kept))
        self.working[done.survivor] = fresh
        if self.states[done.survivor] == "published":
            self.released[done.survivor] = fresh
        self.states[done.loser] = self.states[done.loser].removeprefix("merged from ")
        del self.into[done.loser]
        self.done.remove(done)
        return edited

    def merge_actors(self, loser: str, survivor: str) -> None:
        self.into[loser] = survivor
        moved = [
            {pk: survivor in copy.actors for pk, copy in copies.items() if loser in copy.actors}
            for copies in (self.working, self.released)
        ]
        for copies in (self.working, self.released):
            for pk, copy in copies.items():
                if loser in copy.actors:
                    copies[pk] = Copy(copy.title, copy.actors - {loser} | {survivor})
        self.moved.append(Moved(loser, survivor, moved[0], moved[1], self.naming(survivor)))
        if loser in self.known:
            self.known.add(survivor)

    def naming(self, pk: str) -> set[str]:
        return {one for one, copy in self.working.items() if pk in copy.actors}

    def unmerge_actors(self, done: Moved) -> set[str]:
        """What stays with the survivor, as words that the curator is told."""
        edited = {f"Event {pk}: its" for pk in done.working if done.survivor not in self.working[pk].actors}
        del self.into[done.loser]
        self.moved.remove(done)
        for copies, there in ((self.working, done.working), (self.released, done.released)):
            for pk, both in there.items():
                actors = copies[pk].actors
                if done.survivor in actors:
                    kept = actors if both else actors - {done.survivor}
                    copies[pk] = Copy(copies[pk].title, kept | {done.loser})
        return edited | {f"Event {pk} names it" for pk in self.naming(done.survivor) - done.naming}

    def answer(self, kind: str, pk: str) -> tuple[int, str]:
        """The status of a noun's address, and where it leads."""
        if kind == "actor":
            public = pk in self.known
            return (404, "") if not public else (308, self.end(pk)) if pk in self.into else (200, "")
        statuses = {"published": 200, "retracted": 410, "merged from published": 308}
        status = statuses.get(self.states[pk], 404)
        return status, self.end(pk) if status == 308 else ""

    def end(self, pk: str) -> str:
        while pk in self.into:
            pk = self.into[pk]
        return pk
