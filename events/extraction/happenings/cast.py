"""Who is meant: known actors first, then names, then words that refer back to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from events.extraction.happenings.countries import CountryWord, stands_for_government
from events.extraction.happenings.hidden import is_suspicious
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.naming import (
    SMALL,
    countries_in,
    is_sure,
    kind_of,
    name_of,
    shown_name,
    untitled,
    without_article,
)
from events.extraction.happenings.nouns import ACTOR_NOUNS, PERSONAL
from events.extraction.happenings.phrases import NounPhrase, noun_phrase
from events.extraction.happenings.words import Word, plain_words
from events.extraction.reading import KnownActor

# How many of those named last a word may refer back to; more would be a guess.
_MEMORY = 12
_LONGEST_NAME = 10
# Words that mean any of a kind, where only one of that kind has been named.
_COMPANIES = word_set("company firm airline carrier operator maker manufacturer bank insurer")
_BODIES = word_set("organisation organization agency")
_BODY_KINDS = frozenset({"organisation", "international"})
_CITY_WORDS = word_set("city cities sister-city mayor municipality municipal town")


@dataclass(frozen=True)
class Figure:
    """Somebody who may take part: name, id of the known actor, kind, country, and the words that name it.

    `words` are those that may refer back to it; `sure` is False for a kind that is only likely,
    `named` for somebody without a name.
    """

    name: str
    id: str | None
    kind: str
    country: str
    start: int
    end: int
    why: str
    words: frozenset[str] = field(default=frozenset(), compare=False)
    sure: bool = field(default=True, compare=False)
    named: bool = field(default=True, compare=False)

    @property
    def acts(self) -> bool:
        """Whether it is certain to be somebody and not a thing with a name."""
        return self.kind != "other" or self.id is not None

    def again(self, start: int, end: int, why: str) -> Figure:
        """The same one, named in another place."""
        return replace(self, start=start, end=end, why=why or self.why)


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
    # Acronyms and names in other scripts, which stood in brackets after a name; these hold for the whole text.
    short: dict[str, Figure] = field(default_factory=dict)

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
                if len(key) > 1 and actor not in by_words.setdefault(frozenset(key) - SMALL, []):
                    by_words[frozenset(key) - SMALL].append(actor)
        return cls(text, table, by_words)

    def begin_section(self) -> None:
        """Forget who was named: words don't refer back across a heading."""
        self.recent.clear()
        self.topic = None

    def figure(self, words: Sequence[Word], phrase: NounPhrase, *, remembered: bool = True) -> Figure | None:
        """Who a noun phrase means; None if it means no one who acts, or nobody knows who."""
        inside = list(words[phrase.start : phrase.end])
        if is_suspicious(self.text, inside[0].start, inside[-1].end):
            self.suspicious.append(self.text[inside[0].start : inside[-1].end])
            return None
        core = without_article(inside)
        name = name_of(core)
        found = (
            self._known(words, core, name)
            or self._back(inside, core, name, words[phrase.head])
            or self._new(inside, core, name, words, phrase)
        )
        if found:
            found = _described_beside(found, words, phrase)
            self._bracketed(found, words, phrase)
            if remembered:
                self.remember(found)
        return found

    def _bracketed(self, figure: Figure, words: Sequence[Word], phrase: NounPhrase) -> None:
        """`European Union (EU)`: what stands in brackets means the same from there on."""
        inside = [word.low for word in words[phrase.end : phrase.end + 3]]
        if figure.named and len(inside) > 2 and (inside[0], inside[2]) == ("(", ")"):
            self.short.setdefault(inside[1], figure)

    def remember(self, figure: Figure) -> None:
        """Put a figure last among those that words may refer back to."""
        self.recent = [one for one in self.recent if one.name != figure.name][-_MEMORY:]
        self.recent.append(figure)

    def also_named(self, inside: Sequence[Word]) -> Figure:
        """The one named last, who has another name too."""
        last = self.recent[-1]
        self.recent[-1] = replace(last, words=last.words | {word.low for word in inside if word.tag == "P"})
        return self.recent[-1]

    def referred(self, word: Word, avoided: str, preferred: Figure | None) -> Figure | None:
        """Whom a pronoun means: the subject before it, or of the sentence before, or who was named last."""
        wanted = PERSONAL.get(word.low, "")
        if not wanted:
            return None
        order = [*filter(None, (preferred, self.topic)), *reversed([one for one in self.recent if one.sure])]
        for figure in (*order, *reversed(self.recent)):
            if _fits(figure, wanted) and figure.name != avoided:
                return figure.again(word.start, word.end, f"“{word.text}” is taken for {figure.name}, named before it.")
        return None

    # -- known actors

    def _known(self, words: Sequence[Word], core: list[Word], name: list[Word]) -> Figure | None:
        if not self.known:
            return None
        for part in (core, name, untitled(name)):
            if part and (actors := self.known.get(_key(one.low for one in part))):
                return self._as_known(actors, words, part)
        actors = self.known_words.get(frozenset(one.low for one in core if one.tag != "'") - SMALL)
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

    def _back(self, inside: list[Word], core: list[Word], name: list[Word], head: Word) -> Figure | None:
        """`the station`, `the city`, `Mr. Wang`, `the EU`: somebody whose name or description has that word."""
        if name:
            return self._named_again(untitled(name))
        if inside[0].low not in ("the", "this", "that") or len(core) > 1:
            return None
        return self._described(inside, head)

    def _named_again(self, name: list[Word]) -> Figure | None:
        """A part of a name told before: a person's first or last name, the beginning of another's."""
        key = [word.low for word in name]
        if len(key) == 1 and key[0] in self.short:
            return self.short[key[0]].again(name[0].start, name[-1].end, "")
        for figure in reversed(self.recent):
            if key[0] in figure.name.lower() and _is_named(figure, key):
                return figure.again(name[0].start, name[-1].end, "")
        return None

    def _described(self, inside: list[Word], head: Word) -> Figure | None:
        likely = [*filter(None, (self.topic,)), *reversed(self.recent)]
        fitting = [figure for figure in likely if head.low in figure.words]
        if not fitting:
            kinds = {"company"} if head.low in _COMPANIES else _BODY_KINDS if head.low in _BODIES else set()
            fitting = [figure for figure in self.recent if figure.kind in kinds and figure.named]
            fitting = fitting if len({figure.name for figure in fitting}) == 1 else []
        if not fitting:
            return None
        said = self.text[inside[0].start : inside[-1].end]
        return fitting[0].again(inside[0].start, inside[-1].end, f"“{said}” is taken for {fitting[0].name}.")

    # -- new names

    def _new(
        self, inside: list[Word], core: list[Word], name: list[Word], words: Sequence[Word], phrase: NounPhrase
    ) -> Figure | None:
        country = countries_in(core)
        whole = country[0][0] if len(country) == 1 and country[0][1:] == (0, len(core)) else None
        if whole and whole.how != "people":
            return self._country(core, whole, words)
        kind = kind_of(inside, name, words[phrase.head], people=whole is not None)
        if not kind:
            return None
        shown = shown_name(name) or inside
        said = " ".join(self.text[shown[0].start : shown[-1].end].split())
        codes = {word.code for word, _, _ in country}
        own = country[0][0].code if len(codes) == 1 and country[0][1] == 0 else ""
        mark = max((at for at, word in enumerate(core) if word.tag == "'"), default=-1)
        told = frozenset(word.low for word in core[mark + 1 :] if word.tag in "NP" and word.low not in SMALL)
        why = f"“{said}” is a name." if name else f"“{said}” names no one, but says who."
        sure = is_sure(inside, name, kind, words[phrase.end : phrase.end + 2])
        return Figure(said, None, kind, own, shown[0].start, shown[-1].end, why, told, sure, bool(name))

    def _country(self, core: list[Word], word: CountryWord, words: Sequence[Word]) -> Figure:
        said = self.text[core[0].start : core[-1].end]
        told = frozenset(one.low for one in core)
        start, end = core[0].start, core[-1].end
        if word.how == "capital" and _speaks_of_city(words):
            return Figure(said, None, "government", word.code, start, end, f"“{said}” is a city here.", told | {"city"})
        if word.how == "capital" and not stands_for_government(said):
            return Figure(said, None, "other", word.code, start, end, f"“{said}” is a city.", told)
        what = "a capital, stands for its government" if word.how == "capital" else "a state, acts"
        return Figure(said, None, "government", word.code, start, end, f"“{said}”, {what}.", told)


def _is_named(figure: Figure, key: list[str]) -> bool:
    told = plain_words(figure.name)
    part = figure.kind == "person" and set(key) <= figure.words
    return part or (told[: len(key)] == key and figure.acts) or told == key


def _key(lows: Iterable[str]) -> tuple[str, ...]:
    key = tuple(low for low in lows if low not in ("the", "a", "an"))
    return key[:_LONGEST_NAME]


def _fits(figure: Figure, wanted: str) -> bool:
    if wanted == "person":
        return figure.kind == "person"
    if wanted == "several":
        return figure.kind == "group"
    return figure.kind not in ("person", "group") and figure.acts


def _described_beside(figure: Figure, words: Sequence[Word], phrase: NounPhrase) -> Figure:
    """The figure with the words of its apposition: `AM1430, a station of Fairchild Radio,`."""
    at = phrase.end
    if at + 1 >= len(words) or words[at].tag != "," or words[at + 1].tag != "D":
        return figure
    beside = noun_phrase(list(words), at + 1)
    if beside is None or beside.end >= len(words) or words[beside.end].tag not in ",.;I":
        return figure
    told = {word.low for word in words[beside.start : beside.head + 1] if word.tag in "NP"}
    kind = (
        ACTOR_NOUNS.get(words[beside.head].low, figure.kind) if figure.id is None and not figure.sure else figure.kind
    )
    return replace(figure, kind=kind, words=figure.words | told)


def _speaks_of_city(words: Sequence[Word]) -> bool:
    return any(word.low in _CITY_WORDS for word in words)
