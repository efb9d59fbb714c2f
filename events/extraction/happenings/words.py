"""The words of a sentence, each with what it can be: determiner, preposition, verb, name, time …"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from events.extraction.happenings.countries import country_words
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.nouns import EVENT_NOUNS
from events.extraction.happenings.verbs import Form, form
from events.extraction.mentions import Mention
from events.extraction.sections import Sentence

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Mx|Dr|St|Prof|Gen|Col|Sen|Gov|Rep|Lt|Capt|Inc|Ltd|Co|Corp)\.(?=\s)"
    r"|@?\w+(?:[-&/.]\w+|['’](?!s\b|S\b)\w+)*|['’]s\b|[$€£¥][\d.,]*\d|[^\w\s]",
)
# What a word is, by one letter: D determiner, I preposition, C conjunction, W relative word, S subordinator, M modal,
# B be, H have, O do, T time, Q pronoun, R adverb, X negation, P name, N other noun or adjective, # number,
# ' possessive, V verb form that may be past, Z present verb, G -ing form; punctuation is itself.
_CLASSES = {
    "D": "the a an this these those his her its their my our your some any every each no all both several many most "
    "few another such neither either",
    "I": "to of in on at by for from with without within into onto over under about against between among during "
    "through throughout across along around near behind beside besides beyond despite toward towards upon via "
    "per above below inside outside off up down out like unlike amid including concerning regarding following",
    "C": "and or but nor plus",
    "W": "who whom which whose",
    "S": "that when while whereas because although though if unless whether where why how what before after since "
    "until till as once than so lest",
    "M": "will would shall should can could may might must won't wouldn't shan't shouldn't can't couldn't cannot "
    "mustn't mightn't 'll ought needn't",
    "B": "is are was were be been being am isn't aren't wasn't weren't",
    "H": "has have had having hasn't haven't hadn't",
    "O": "did does do didn't doesn't don't",
    "Q": "he she it they i we you him them us me himself herself itself themselves there somebody someone nobody "
    "anybody everybody everyone everything nothing anyone none one others",
    "R": "also too then already soon later again still ever even just only now here thereupon therefore however "
    "thus hence moreover meanwhile instead rather quite very first finally almost together perhaps maybe twice "
    "away back forward yet far long often always usually sometimes regularly besides alike earlier previously "
    "formerly afterwards afterward subsequently likewise temporarily immediately shortly early",
    "X": "not never",
}
CLASS = {word: letter for letter, words in _CLASSES.items() for word in words.split()}
NEGATIVE = word_set("not never no nobody none nothing neither nor hardly")


@dataclass(slots=True)
class Word:
    """A word: where it stands, how it is written, what it can be; `mention` is the number of a time expression."""

    start: int
    end: int
    text: str
    low: str
    tag: str
    form: Form | None = None
    mention: int = -1


def words(
    text: str, sentence: Sentence, mentions: Sequence[Mention], starts: list[int], names: frozenset[str]
) -> list[Word]:
    """Return the words of a sentence; a time expression is one word.

    `names` are the words that the text writes with a capital within its sentences: the first word of a sentence is
    taken for a name if it is one of them.
    """
    made: list[Word] = []
    number = bisect_left(starts, sentence.start)
    position = sentence.start
    first = True
    while position < sentence.end:
        inside = number < len(mentions) and mentions[number].end <= sentence.end
        stop = mentions[number].start if inside else sentence.end
        for match in _WORD.finditer(text, position, stop):
            made.append(_word(match, first=first, names=names))
            first = first and not _is_word(made[-1])
        if not inside:
            break
        mention = mentions[number]
        made.append(Word(mention.start, mention.end, mention.text, mention.text.lower(), "T", None, number))
        first = False
        position, number = max(mention.end, stop), number + 1
    _mark_first(made)
    _mark_present(made)
    _mark_roughly(made)
    return made


def _mark_first(made: list[Word]) -> None:
    """The first word is a name if it is that of a country, or if a name follows: `Deutsche Welle`."""
    for word, following in pairwise(made[:4]):
        name = following.tag == "P" and word.end + 1 == following.start
        if not word.text[0].isupper() or word.tag not in "NGV":
            continue
        if (name and word.tag == "N") or (word.low,) in country_words():
            word.tag, word.form = "P", None


def _mark_roughly(made: list[Word]) -> None:
    """`About` before a number is no preposition, `the first` no adverb, `no one` is nobody."""
    for word, following in pairwise(made):
        if following.tag == "G" and following.low in EVENT_NOUNS and word.tag in "D'NP":
            following.tag = "N"
        elif following.low == "times" and word.tag in "#ND":
            word.tag = following.tag = "R"
        elif word.tag == "I" and following.tag == "#" and word.low in _ROUGHLY:
            word.tag = "R"
        elif word.tag == "D" and following.low == "first":
            following.tag = "N"
        elif word.low == "no" and following.low == "one":
            following.low = "nobody"


def _mark_present(made: list[Word]) -> None:
    """A noun that is a verb too is one right after `who` or a pronoun: `who heads the museum`, `they deny it`.

    `Says` always is one, and `claims` before `that`.
    """
    for at, (word, following) in enumerate(pairwise(made)):
        third = word.tag == "N" and word.form is not None and word.form.third and made[at - 1].tag not in "D'#I"
        if word.low in _ALWAYS_VERBS or (third and following.low == "that"):
            word.tag = "Z"
    for at, word in enumerate(made[:-1]):
        subject = (word.tag == "W" and word.low != "whose") or word.low in _SUBJECT_PRONOUNS
        after_noun = word.low == "that" and at > 0 and made[at - 1].tag in "NP"
        if not (subject or after_noun):
            continue
        following = made[at + 2] if made[at + 1].tag == "R" and at + 2 < len(made) else made[at + 1]
        verb = following.form
        fits = _is_present(verb) or (verb is None and word.tag == "W" and _ends_in_s(following.low))
        if following.tag == "N" and fits and (subject or (verb is not None and verb.third)):
            following.tag = "Z"


def _is_present(verb: Form | None) -> bool:
    return verb is not None and (verb.base or verb.third)


def _ends_in_s(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us"))


_ALWAYS_VERBS = word_set(
    "says tells writes argues insists adds believes thinks denies hopes expects wants seems feels knows"
)
_ROUGHLY = word_set("about around over under above")
_SUBJECT_PRONOUNS = word_set("he she it they we you i")


def _is_word(word: Word) -> bool:
    return word.tag not in "\"'“”‘’«»([*_-–—"


def _word(match: re.Match[str], *, first: bool, names: frozenset[str]) -> Word:
    text = match[0]
    low = text.lower().replace("’", "'")
    tag, verb = _tag(text, low, first, names)
    return Word(match.start(), match.end(), text, low, tag, verb)


def _tag(text: str, low: str, first: bool, names: frozenset[str]) -> tuple[str, Form | None]:
    head = text[0]
    if not (head.isalnum() or head in "@_'’$€£¥"):
        return text, None
    if low == "'s":
        return "'", None
    if head.isdigit() or head in "$€£¥":
        return "#", None
    known = CLASS.get(low)
    if known and not (text.isupper() and len(text) > 1 and low in ("us", "who", "it")):
        return known, None
    if _ARABIC.match(text):
        return "P", None
    if (head.isupper() and (not first or text in names or text.isupper())) or head == "@":
        return "P", None
    if head in "'’":
        return text, None
    return _by_form(low)


def _by_form(low: str) -> tuple[str, Form | None]:
    verb = form(low)
    if verb is None:
        return ("R" if low.endswith("ly") and len(low) > 4 else "N"), None
    if verb.ing:
        return "G", verb
    if verb.past or verb.participle:
        return "V", verb
    return "N", verb


def inner_capitals(text: str) -> frozenset[str]:
    """The words that the text writes with a capital where no sentence begins."""
    return frozenset(_INNER.findall(text))


_ARABIC = re.compile(r"(?:al|el|bin|ben)-[A-Z]")
_INNER = re.compile(r"(?<=[a-z0-9,;'’\"”)] )[^\W\d_a-z][\w-]*")


def plain_words(text: str) -> list[str]:
    """The words of a name in lower case, split as those of a sentence are."""
    return [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]


def is_english(sentence: Sequence[Word]) -> bool:
    """Whether enough of the small words are English; a short sentence is taken to be."""
    written = [word for word in sentence if word.text[0].isalpha()]
    small = sum(word.low in CLASS for word in written)
    return len(written) < _ENOUGH or small >= _SHARE * len(written)


# About two in five words of an English sentence are articles, prepositions and the like, and one in ten of a Dutch one.
_ENOUGH = 12
_SHARE = 0.12
