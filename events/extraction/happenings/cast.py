"""Who is meant: known actors first, then names, then words that refer back to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from events.extraction.happenings.countries import CountryWord, stands_for_government
from events.extraction.happenings.figure import Figure
from events.extraction.happenings.hidden import is_suspicious
from events.extraction.happenings.known import Known, speaks_of_city
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
# Words that mean any of a kind, where only one of that kind has been named.
_COMPANIES = word_set("company firm airline carrier operator maker manufacturer bank insurer")
_BODIES = word_set("organisation organization agency")
_BODY_KINDS = frozenset({"organisation", "international"})


@dataclass
class Cast:
    """Those who are named in a text, remembered as it is read."""

    text: str
    known: Known
    recent: list[Figure] = field(default_factory=list)
    # Whom the sentence before was about: `it` and `she` mean it first.
    topic: Figure | None = None
    suspicious: list[str] = field(default_factory=list)
    # Acronyms and names in other scripts, which stood in brackets after a name; these hold for the whole text.
    short: dict[str, Figure] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, known: Iterable[KnownActor]) -> Cast:
        """The cast of a text before it is read."""
        return cls(text, Known.of(text, known))

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
            self.known.figure(words, core, name, phrase)
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
        inside = words[phrase.end : phrase.end + 3]
        if not figure.named or [word.tag for word in inside][::2] != ["(", ")"] or inside[1].low in self.short:
            return
        start = _spelt_by(inside[1].text, words, phrase) if inside[1].text.isascii() else phrase.start
        if start == phrase.start:
            self.short[inside[1].low] = figure
        elif start > 0 and (
            inner := self.figure(words, NounPhrase(start, phrase.end, phrase.end - 1), remembered=False)
        ):
            self.short.setdefault(inside[1].low, inner)

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
        if word.how == "capital" and speaks_of_city(words):
            return Figure(said, None, "government", word.code, start, end, f"“{said}” is a city here.", told | {"city"})
        if word.how == "capital" and not stands_for_government(said):
            return Figure(said, None, "other", word.code, start, end, f"“{said}” is a city.", told)
        what = "a capital, stands for its government" if word.how == "capital" else "a state, acts"
        return Figure(said, None, "government", word.code, start, end, f"“{said}”, {what}.", told)


def _spelt_by(acronym: str, words: Sequence[Word], phrase: NounPhrase) -> int:
    """Where in the phrase the name begins whose capitals the acronym has; -1 if none has them.

    Of `the Central Committee of the Chinese Communist Party (CCP)` that is the party.
    """
    capitals = [at for at in range(phrase.start, phrase.end) if words[at].text[0].isupper() and words[at].tag != "D"]
    initials = "".join(words[at].text[0] for at in capitals)
    if initials.endswith(acronym) and len(acronym) < len(initials):
        return capitals[-len(acronym)]
    letters = iter(initials)
    return phrase.start if initials[:1] == acronym[:1] and all(letter in letters for letter in acronym) else -1


def _is_named(figure: Figure, key: list[str]) -> bool:
    told = plain_words(figure.name)
    part = figure.kind == "person" and set(key) <= figure.words
    return part or (told[: len(key)] == key and figure.acts) or told == key


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
    guessed = figure.id is None and (figure.kind == "other" or not figure.sure)
    kind = ACTOR_NOUNS.get(words[beside.head].low, figure.kind) if guessed else figure.kind
    return replace(figure, kind=kind, words=figure.words | told)
