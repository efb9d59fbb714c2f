"""Who is meant: known actors first, then names, then words that refer back to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from events.extraction.countries import CountryWord, country_words, stands_for_government
from events.extraction.hidden import is_suspicious
from events.extraction.lexicon import word_set
from events.extraction.nouns import ACTOR_NOUNS, INTERNATIONAL, PERSONAL, TITLES
from events.extraction.phrases import NounPhrase, noun_phrase
from events.extraction.reading import KnownActor
from events.extraction.words import Word, plain_words

# How many of those named last a word may refer back to; more would be a guess.
_MEMORY = 12
_LONGEST_NAME = 10
_COMPANIES = word_set("company firm airline carrier operator maker manufacturer bank insurer")
_CITY_WORDS = word_set("city cities sister-city mayor municipality municipal town")
_FULL_NAME = 2
_GROUPS = frozenset({"group"})
_OBJECTS = frozenset({"him", "them"})


@dataclass(frozen=True)
class Figure:
    """Somebody who may take part: name, id of the known actor, kind, country, and the words that name it."""

    name: str
    id: str | None
    kind: str
    country: str
    start: int
    end: int
    why: str
    words: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass
class Cast:
    """Those who are named in a text, remembered as it is read."""

    text: str
    known: dict[tuple[str, ...], list[KnownActor]]
    # The same by the words of the names in any order: `Governor of Prague` is `the Prague governor`.
    known_words: dict[frozenset[str], list[KnownActor]]
    recent: list[Figure] = field(default_factory=list)
    # Whom the sentence before was about: `it` and `she` mean it first.
    topic: Figure | None = None
    suspicious: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, known: Iterable[KnownActor]) -> Cast:
        """The cast of a text before it is read."""
        table: dict[tuple[str, ...], list[KnownActor]] = {}
        by_words: dict[frozenset[str], list[KnownActor]] = {}
        for actor in known:
            for name in (actor.name, *actor.names):
                key = _key(plain_words(name))
                if key and actor not in table.setdefault(key, []):
                    table[key].append(actor)
                if len(key) > 1 and actor not in by_words.setdefault(frozenset(key) - _SMALL, []):
                    by_words[frozenset(key) - _SMALL].append(actor)
        return cls(text, table, by_words)

    def begin_section(self) -> None:
        """Forget who was named: words don't refer back across a heading."""
        self.recent.clear()
        self.topic = None

    def figure(self, words: Sequence[Word], phrase: NounPhrase) -> Figure | None:
        """Who a noun phrase means; None if it means no one who acts, or nobody knows who."""
        inside = list(words[phrase.start : phrase.end])
        if inside[0].tag == "Q":
            return self._referred(inside[0], words[0].start)
        if is_suspicious(self.text, inside[0].start, inside[-1].end):
            self.suspicious.append(self.text[inside[0].start : inside[-1].end])
            return None
        head = words[phrase.head]
        found = self._known(words, inside) or self._back(inside, head) or self._new(inside, head, words)
        if found:
            found = _described_beside(found, words, phrase)
            self.remember(found)
        return found

    def remember(self, figure: Figure) -> None:
        """Put a figure last among those that words may refer back to."""
        self.recent = [one for one in self.recent if one.name != figure.name][-_MEMORY:]
        self.recent.append(figure)

    # -- known actors

    def _known(self, words: Sequence[Word], inside: list[Word]) -> Figure | None:
        core = _without_article(inside)
        name = _name_of(core)
        for part in (core, name, _untitled(name)):
            if part and (actors := self.known.get(_key(one.low for one in part))):
                return self._as_known(actors, words, part)
        actors = self.known_words.get(frozenset(one.low for one in core if one.tag != "'") - _SMALL)
        return self._as_known(actors, words, core) if actors else None

    def _as_known(self, actors: list[KnownActor], words: Sequence[Word], part: list[Word]) -> Figure | None:
        said = self.text[part[0].start : part[-1].end]
        chosen = actors[0]
        if len(actors) > 1:
            city = _speaks_of_city(words)
            fitting = [actor for actor in actors if ("city" in actor.name.lower()) == city]
            if len(fitting) != 1:
                return None
            chosen = fitting[0]
        why = f"“{said}” is a name of the known actor {chosen.name}."
        told = frozenset(word.low for word in part) | frozenset(plain_words(chosen.name))
        return Figure(chosen.name, chosen.id, chosen.kind, chosen.country, part[0].start, part[-1].end, why, told)

    # -- words that refer back

    def _referred(self, word: Word, sentence: int) -> Figure | None:
        """The last one whom a pronoun may mean; `him` and `them` mean nobody named before in the same sentence."""
        wanted = PERSONAL.get(word.low, "")
        if wanted and self.topic and word.low not in _OBJECTS and _fits(self.topic, wanted):
            why = f"“{word.text}” is taken for {self.topic.name}, whom the sentence before is about."
            return _again(self.topic, word.start, word.end, why)
        for figure in reversed(self.recent) if wanted else ():
            if _fits(figure, wanted) and not (word.low in _OBJECTS and figure.start >= sentence):
                return _again(figure, word.start, word.end, f"“{word.text}” is taken for {figure.name}, named last.")
        return None

    def _back(self, inside: list[Word], head: Word) -> Figure | None:
        """`the station`, `the city`, `Mr. Wang`, `the EU`: somebody whose name or description has that word."""
        core = _without_article(inside)
        name = _name_of(core)
        if name:
            key = {word.low for word in _untitled(name)}
            for figure in reversed(self.recent):
                if key and key <= figure.words and not figure.words.isdisjoint({word.low for word in name[-1:]}):
                    return _again(figure, name[0].start, name[-1].end, "")
            return None
        if inside[0].low not in ("the", "this", "that") or len(core) > _FULL_NAME:
            return None
        return self._described(inside, head)

    def _described(self, inside: list[Word], head: Word) -> Figure | None:
        fitting = [figure for figure in reversed(self.recent) if head.low in figure.words]
        if not fitting and head.low in _COMPANIES:
            fitting = [figure for figure in self.recent if figure.kind == "company"]
            fitting = fitting if len({figure.name for figure in fitting}) == 1 else []
        if not fitting:
            return None
        said = self.text[inside[0].start : inside[-1].end]
        return _again(fitting[0], inside[0].start, inside[-1].end, f"“{said}” is taken for {fitting[0].name}.")

    # -- new names

    def _new(self, inside: list[Word], head: Word, words: Sequence[Word]) -> Figure | None:
        core = _without_article(inside)
        name = _name_of(core)
        country = countries_in(core)
        named = country[0][0] if len(country) == 1 and country[0][1:3] == (0, len(core)) else None
        if named and named.how != "people":
            return self._country(core, named, words)
        kind = _kind(inside, name, head)
        if not kind:
            return None
        shown = name or inside
        said = self.text[shown[0].start : shown[-1].end]
        own = (
            country[0][0].code if country and country[0][1] == 0 and len({one[0].code for one in country}) == 1 else ""
        )
        told = frozenset(word.low for word in core if word.tag in "NP" and word.low not in _SMALL)
        why = f"“{said}” is a name." if name else f"“{said}” names no one, but says who."
        return Figure(" ".join(said.split()), None, kind, own, shown[0].start, shown[-1].end, why, told)

    def _country(self, core: list[Word], word: CountryWord, words: Sequence[Word]) -> Figure:
        said = self.text[core[0].start : core[-1].end]
        told = frozenset(one.low for one in core)
        start, end = core[0].start, core[-1].end
        if word.how == "capital" and _speaks_of_city(words):
            return Figure(said, None, "government", word.code, start, end, f"“{said}” is a city here.", told | {"city"})
        if word.how == "capital" and not stands_for_government(said):
            return Figure(said, None, "other", word.code, start, end, f"“{said}” is a city.", told)
        what = (
            f"“{said}”, a capital, stands for its government."
            if word.how == "capital"
            else f"“{said}” acts as a state."
        )
        return Figure(said, None, "government", word.code, start, end, what, told)


_SMALL = word_set("of the and a an for in")


def _key(lows: Iterable[str]) -> tuple[str, ...]:
    key = tuple(low for low in lows if low not in ("the", "a", "an"))
    return key[:_LONGEST_NAME]


def _without_article(inside: list[Word]) -> list[Word]:
    return inside[1:] if inside[0].tag == "D" and len(inside) > 1 else inside


def _name_of(core: list[Word]) -> list[Word]:
    """The proper name in a noun phrase: its capitalised words, and small words between them; empty without one.

    `The Argentine curator Inés Paz` → Inés Paz; `Norway's Safety Authority` → Safety Authority; `Brazil's aviation
    agency` has none.
    """
    after = max((at + 1 for at, word in enumerate(core) if word.tag == "'" and at + 1 < len(core)), default=0)
    rest = core[after:] if after and any(word.tag == "P" for word in core[after:]) else core
    if after and rest is core:
        return []
    end = len(rest)
    last = max((at for at, word in enumerate(rest) if word.tag == "N"), default=-1)
    small = next((at for at, word in enumerate(rest) if word.low == "of"), end)
    if last >= 0 and last < small:
        rest = rest[last + 1 :]
    elif last >= 0:
        return [] if not _all_names(rest[:small]) else rest[:small]
    while rest and rest[0].tag not in "P#":
        rest = rest[1:]
    return rest if rest and any(word.tag == "P" for word in rest) and not _is_people(rest) else []


def _all_names(part: list[Word]) -> bool:
    return bool(part) and all(word.tag == "P" for word in part)


def _is_people(name: list[Word]) -> bool:
    found = countries_in(name)
    return len(found) == 1 and found[0][0].how == "people" and found[0][1:3] == (0, len(name))


def _untitled(name: list[Word]) -> list[Word]:
    at = 0
    while at < len(name) - 1 and name[at].low in TITLES:
        at += 1
    return name[at:]


def _kind(inside: list[Word], name: list[Word], head: Word) -> str:
    """What sort of actor the words speak of; empty for something that doesn't act."""
    lows = [word.low for word in inside]
    if " ".join(word.low for word in name) in INTERNATIONAL:
        return "international"
    if name and name[0].low in TITLES and len(name) > 1:
        return "person"
    nouns = [word.low for word in name] if name else [head.low]
    for low in reversed(nouns):
        if low in ACTOR_NOUNS:
            return ACTOR_NOUNS[low]
    if not name:
        return ACTOR_NOUNS.get(_singular(head.low), "group" if head.low.endswith(("ers", "ors", "ists", "men")) else "")
    before = lows[: len(lows) - len(name)]
    for low in reversed(before):
        if low in ACTOR_NOUNS:
            return ACTOR_NOUNS[low]
    if _FULL_NAME <= len(name) <= _FULL_NAME + 1 and all(word.tag == "P" and not word.text.isupper() for word in name):
        return "person" if len(inside) == len(name) else "organisation"
    return "other"


def _singular(low: str) -> str:
    return low[:-3] + "y" if low.endswith("ies") else low[:-1] if low.endswith("s") else low


def _fits(figure: Figure, wanted: str) -> bool:
    if wanted == "person":
        return figure.kind == "person"
    if wanted == "several":
        return figure.kind in _GROUPS
    return figure.kind not in ("person", "group")


def _again(figure: Figure, start: int, end: int, why: str) -> Figure:
    return Figure(figure.name, figure.id, figure.kind, figure.country, start, end, why or figure.why, figure.words)


def _described_beside(figure: Figure, words: Sequence[Word], phrase: NounPhrase) -> Figure:
    """The figure with the words of its apposition: `AM1430, a station of Fairchild Radio,`."""
    at = phrase.end
    if at + 1 >= len(words) or words[at].tag != "," or words[at + 1].tag != "D":
        return figure
    beside = noun_phrase(list(words), at + 1)
    if beside is None:
        return figure
    told = {word.low for word in words[beside.start : beside.head + 1] if word.tag in "NP"}
    kind = ACTOR_NOUNS.get(words[beside.head].low, figure.kind) if figure.kind == "other" else figure.kind
    return replace(figure, kind=kind, words=figure.words | told)


def _speaks_of_city(words: Sequence[Word]) -> bool:
    return any(word.low in _CITY_WORDS for word in words)


def countries_in(words: Sequence[Word]) -> list[tuple[CountryWord, int, int]]:
    """The words for countries among some words, with where they begin and end."""
    table = country_words()
    found, at = [], 0
    while at < len(words):
        width = next((width for width in range(min(6, len(words) - at), 0, -1) if _lows(words, at, width) in table), 0)
        if width and words[at].text[0].isupper() and words[at].tag in "PND":
            found.append((table[_lows(words, at, width)], at, at + width))
        at += max(1, width)
    return found


def _lows(words: Sequence[Word], at: int, width: int) -> tuple[str, ...]:
    return tuple(word.low for word in words[at : at + width])
