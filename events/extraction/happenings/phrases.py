"""Verb groups and noun phrases: the smallest pieces of a sentence that mean something."""

from __future__ import annotations

from dataclasses import dataclass

from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.nouns import NAME_ENDS
from events.extraction.happenings.verbs import FORMS, PARTICLES, Form, form
from events.extraction.happenings.words import NEGATIVE, Word

# How far a verb group, a noun phrase or a search for the next verb reaches, so that a sentence of any length is linear.
REACH = 30
_GROUP = 9
_QUANTIFIERS = word_set("all both many some most several few this that these those another each any one none")
_OWN = word_set("his hers its their her")
_ASIDE = 8
_NOMINAL = frozenset("NP#")


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """`had been badly damaged`: where it stands among the words, its main verb, tense, voice and mood.

    `lemma` has the particle (`call-off`). `tense` is past, present, infinitive or modal; a `bare` one is a single form
    that may also be a participle. `aside` is what stands between two commas inside it.
    """

    start: int
    end: int
    verb: int
    lemma: str
    tense: str
    passive: bool = False
    negated: bool = False
    progressive: bool = False
    bare: bool = False
    participle: bool = False
    participle_only: bool = False
    perfect: bool = False
    aside: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`the mayor of Prague`: where it stands among the words, and its main noun."""

    start: int
    end: int
    head: int


class _Reading:
    """A verb group while its words are read one after the other."""

    def __init__(self, start: int) -> None:
        self.at = start
        self.modal = self.have = self.be = self.do = self.to = self.negated = self.past = self.participle = False
        self.aside = (0, 0)

    @property
    def auxiliary(self) -> bool:
        return self.modal or self.have or self.be or self.do or self.to

    def take(self, word: Word) -> bool:
        """Whether the word is an auxiliary, adverb or negation; it is noted."""
        low, tag = word.low, word.tag
        self.negated = self.negated or low in NEGATIVE or low.endswith("n't")
        if tag == "M":
            self.modal = True
        elif tag == "H":
            self.have, self.past = True, self.past or low.startswith("had")
            self.participle = self.participle or low == "having"
        elif tag == "B":
            self.be, self.participle = True, self.participle or (low == "being" and not self.be)
            self.past = self.past or low.startswith(("was", "were"))
        elif tag == "O":
            self.do, self.past = True, self.past or low.startswith("did")
        elif low == "to" and not self.be:
            self.to = True
        else:
            return tag in "RX" and self.auxiliary
        return True


def verb_group(words: list[Word], start: int) -> VerbGroup | None:
    """The verb group that begins at that word, or None."""
    first = words[start]
    if first.tag == "V":
        return None if _is_adjective(words, start) else _bare(words, start)
    if first.tag == "Z":
        return _present(words, start)
    if first.tag not in "MHBO" and first.low != "to":
        return None
    reading = _Reading(start)
    limit = min(len(words), start + _GROUP)
    while reading.at < limit:
        word = words[reading.at]
        if reading.take(word):
            reading.at += 1
        elif word.tag == "," and (after := _past_aside(words, reading.at)):
            reading.aside = (reading.at + 1, after - 1)
            limit = min(len(words), after + _GROUP)
            reading.at = after
        else:
            break
    return _closed(words, start, reading)


def _past_aside(words: list[Word], comma: int) -> int:
    """Where the words go on after `, she said,`; 0 if no second comma follows soon with a verb after it."""
    for at in range(comma + 1, min(len(words) - 1, comma + _ASIDE)):
        if words[at].tag == ",":
            return at + 1 if words[at + 1].tag == "V" and not _is_adjective(words, at + 1) else 0
    return 0


def _closed(words: list[Word], start: int, reading: _Reading) -> VerbGroup | None:
    at = reading.at
    main = words[at] if at < len(words) else None
    verb = _main_form(main, reading) if main else None
    if verb is None or main is None:
        return _without_main(words, start, reading)
    end, lemma = _with_particle(words, at, verb.lemma)
    past_participle = main.tag == "V" or (reading.be and verb.participle)
    passive = reading.be and past_participle and not verb.ing
    return VerbGroup(
        start, end, at, lemma, _tense(reading), passive, reading.negated, verb.ing and reading.be,
        perfect=reading.have and not reading.modal and not reading.to, aside=reading.aside,
    )  # fmt: skip


def _main_form(word: Word, reading: _Reading) -> Form | None:
    """What the word is as the main verb of that group; None if it can't be."""
    verb = word.form or (form(word.low) if word.tag in "NRIP" and word.low not in ("to",) else None)
    if verb is None:
        base = word.tag == "N" and (reading.to or reading.modal or reading.do)
        return Form(word.low, base=True) if base else None
    fits = (
        (verb.base and (reading.modal or reading.do or reading.to))
        or (verb.ing and reading.be)
        or ((verb.participle or verb.past) and (reading.have or reading.be))
    )
    return verb if fits else None


def _tense(reading: _Reading) -> str:
    if reading.modal:
        return "modal"
    if reading.to or reading.participle:
        return "infinitive"
    return "past" if reading.past or reading.have else "present"


def _without_main(words: list[Word], start: int, reading: _Reading) -> VerbGroup | None:
    """`was`, `has` and `did` as verbs of their own."""
    if not (reading.be or reading.have or reading.do):
        return None
    end = reading.at
    while end > start + 1 and words[end - 1].tag in "RX":
        end -= 1
    lemma = "be" if reading.be else "have" if reading.have else "do"
    return VerbGroup(start, end, start, lemma, _tense(reading), negated=reading.negated)


def _bare(words: list[Word], at: int) -> VerbGroup:
    verb = words[at].form or Form(words[at].low)
    end, lemma = _with_particle(words, at, verb.lemma)
    only = verb.participle and not verb.past
    negated = at > 0 and words[at - 1].tag == "X"
    return VerbGroup(
        at, end, at, lemma, "past", False, negated, bare=True, participle=verb.participle, participle_only=only
    )


def _present(words: list[Word], at: int) -> VerbGroup:
    verb = words[at].form
    end, lemma = _with_particle(words, at, verb.lemma if verb else words[at].low)
    return VerbGroup(at, end, at, lemma, "present")


def _with_particle(words: list[Word], at: int, lemma: str) -> tuple[int, str]:
    """The end of the group and the verb with its particle, which may stand after a short object: `let him go`."""
    for particle in PARTICLES.get(lemma, ()):
        parts = particle.split("-")
        for skip in range(4):
            found = [word.low for word in words[at + 1 + skip : at + 1 + skip + len(parts)]]
            if found == parts:
                for word in words[at + 1 + skip : at + 1 + skip + len(parts)]:
                    # So that it isn't taken for a noun: `let the host go`.
                    word.tag = "R" if word.tag == "N" else word.tag
                return at + 1 + (len(parts) if not skip else 0), f"{lemma}-{particle}"
            if at + 1 + skip >= len(words) or words[at + 1 + skip].tag not in "DNPQ":
                break
    return at + 1, lemma


def _is_adjective(words: list[Word], at: int) -> bool:
    """Whether a form that may be a past or a participle stands before its noun: `the damaged house`."""
    if at == 0:
        return True
    before = words[at - 1]
    after = words[at + 1].tag if at + 1 < len(words) else "."
    if words[at].low == "aged" and after == "#":
        return True
    if before.tag == "R" and at > 1 and words[at - 2].tag in "D'":
        return True
    if before.tag == "'" or before.low in _OWN:
        # `an advertisement of Huawei's promised it`, `a video of his followed`
        return not (after not in _NOMINAL or (at > 2 and _after_of(words, at)))
    if before.tag == "D" and before.low not in _QUANTIFIERS:
        return True
    if before.tag == "C" and after == "N" and words[at].low not in FORMS:
        # `unified purchases and unified sales`
        return True
    return before.tag in "DI#" and after in _NOMINAL


def _after_of(words: list[Word], at: int) -> bool:
    return "of" in (words[at - 2].low, words[at - 3].low)


def noun_phrase(words: list[Word], start: int) -> NounPhrase | None:
    """The noun phrase that begins at that word, with what follows after `of`; None if none begins there."""
    first = words[start]
    if first.tag == "Q":
        return NounPhrase(start, start + 1, start)
    if first.tag not in "DNP#GV" or (first.tag == "V" and not _is_adjective(words, start)):
        return None
    at, head = _simple(words, start)
    if head < 0:
        return NounPhrase(start, at, start) if first.low in _QUANTIFIERS or first.tag in "N#" else None
    while at < min(len(words) - 1, start + REACH):
        joined = _joined(words, at, head)
        if joined is None:
            break
        at = joined
    return NounPhrase(start, at, head)


def _simple(words: list[Word], start: int) -> tuple[int, int]:
    """The end of a noun phrase without `of`, and its main noun (-1 without one)."""
    at, head = start, -1
    quoted = False
    while at < min(len(words), start + REACH):
        tag = words[at].tag
        if tag in _NOMINAL:
            head = at
        elif tag in '“"”' and (quoted or words[at - 1].tag in "D'") and at > start:
            quoted = not quoted
        elif not (_is_modifier(words, at, start) or (quoted and tag in "IDCVQ")):
            break
        at += 1
    while at - 1 > head >= 0 and words[at - 1].tag in "'RGV“\"":
        at -= 1
    return at, head


def _is_modifier(words: list[Word], at: int, start: int) -> bool:
    """Whether the word belongs before the main noun: an article, a possessive, a participle, `very`."""
    tag = words[at].tag
    if tag == "D":
        return at == start or words[at - 1].tag in "D"
    if tag == "'":
        return at > start
    if tag == "V":
        return _is_adjective(words, at)
    if tag == "R":
        return at > start and words[at - 1].tag in "D'R"
    if tag == "G":
        after = words[at + 1].tag if at + 1 < len(words) else ""
        return at == start or words[at - 1].tag in "D'RC" or (words[at - 1].tag == "N" and after == "N")
    return False


def _joined(words: list[Word], at: int, head: int) -> int | None:
    """Where a phrase ends that goes on with `of …`, or with `for` or `and` inside a name; None if it doesn't."""
    word, following = words[at], words[at + 1]
    if word.low == "of" and following.tag in "DNP#VG":
        end, inner = _simple(words, at + 1)
        return end if inner >= 0 else None
    name = words[head].tag == "P" and words[at - 1].tag == "P"
    if name and word.low in ("for", "de", "al", "van", "&") and following.tag == "P":
        return _simple(words, at + 1)[0]
    if name and word.low == "and" and following.tag == "P" and _inside_name(words, at):
        return _simple(words, at + 1)[0]
    return None


def _inside_name(words: list[Word], at: int) -> bool:
    """Whether `and` joins words of one name: `Commission for Museums and Monuments`, `the Belt and Road Initiative`."""
    first = at
    while first > max(0, at - REACH) and words[first - 1].tag == "P":
        first -= 1
    last = at + 1
    while last < min(len(words), at + REACH) and words[last].tag == "P":
        last += 1
    owned = first > 0 and words[first - 1].tag in "D'"
    if owned and last - at > 2 and words[last - 1].low in NAME_ENDS and words[at - 1].low not in NAME_ENDS:
        return True
    return at > 2 and words[at - 2].low in ("for", "of") and words[at - 1].tag == "P" and words[at - 3].tag == "P"
