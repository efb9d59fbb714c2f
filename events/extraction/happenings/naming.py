"""The name in a noun phrase, and what sort of actor it is the name of."""

from __future__ import annotations

from collections.abc import Sequence

from events.extraction.happenings.countries import CountryWord, country_words, longest_names
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.nouns import ACTOR_NOUNS, INTERNATIONAL, TITLES
from events.extraction.happenings.words import Word

SMALL = word_set("of the and a an for in")
_COURTESY = word_set("mr. mrs. ms. mx. mr mrs ms mx")
# `People's Bank` is one name, `Norway's Safety Authority` is a name and its owner's.
_NAME_OWNERS = word_set("people women children workers writers farmers king queen")
# `Artist` is somebody, `list` isn't.
_SHORT = 5
_FULL_NAME = (2, 3)
_ONE = word_set("a an another one")


def without_article(inside: list[Word]) -> list[Word]:
    """The words without the article or pronoun before them."""
    return inside[1:] if inside[0].tag == "D" and len(inside) > 1 else inside


def name_of(core: list[Word]) -> list[Word]:
    """The proper name in a noun phrase: its capitalised words, and small words between them; empty without one.

    `The Argentine curator Inés Paz` → Inés Paz; `Norway's Safety Authority` → Safety Authority; `Brazil's aviation
    agency` and `mayor of Prague` have none.
    """
    marks = [at for at, word in enumerate(core) if word.tag == "'" and core[at - 1].low not in _NAME_OWNERS]
    rest = core[marks[-1] + 1 :] if marks else core
    small = next((at for at, word in enumerate(rest) if word.low == "of"), len(rest))
    first = max(
        (at + 1 for at, word in enumerate(rest[:small]) if word.tag not in "P#'" and word.low != "and"), default=0
    )
    if first >= small:
        return []
    name = rest[first:] if first == 0 else rest[first:small]
    while name and name[-1].tag not in "P#":
        name = name[:-1]
    named = any(word.tag == "P" for word in name)
    return name if named and not _is_people(name) else []


def _is_people(name: list[Word]) -> bool:
    found = countries_in(name)
    return len(found) == 1 and found[0][0].how == "people" and found[0][1:] == (0, len(name))


def untitled(name: list[Word]) -> list[Word]:
    """The name without the titles before it: `Transport Minister Gil Fontaine` → Gil Fontaine."""
    last = max((at for at, word in enumerate(name[:-1]) if word.low in TITLES), default=-1)
    return name[last + 1 :]


def shown_name(name: list[Word]) -> list[Word]:
    """The name as an actor has it: a title stays before a last name alone (`President Trump`), Mr. and Ms. don't."""
    plain = untitled(name)
    return plain if len(plain) > 1 or (len(name) > 1 and name[0].low in _COURTESY) else name


def kind_of(inside: list[Word], name: list[Word], head: Word, *, people: bool) -> str:
    """What sort of actor the words speak of; empty for something that doesn't act."""
    if " ".join(word.low for word in name) in INTERNATIONAL:
        return "international"
    if name and name[0].low in TITLES and len(name) > 1:
        return "person"
    if not name:
        return _described_kind(inside, head, people=people)
    lows = [word.low for word in inside]
    before = lows[: len(lows) - len(name)]
    for low in (*reversed([word.low for word in name]), *reversed(before)):
        if low in ACTOR_NOUNS:
            return ACTOR_NOUNS[low]
    full = len(name) in _FULL_NAME and all(word.tag == "P" and not word.text.isupper() for word in name)
    if full and not countries_in(name):
        return "person" if len(inside) == len(name) else "organisation"
    return "other"


def _described_kind(inside: list[Word], head: Word, *, people: bool) -> str:
    """The kind of somebody without a name: `a young Malaysian`, `four investigators`."""
    if people or countries_in([head]):
        return "person" if inside[0].low in _ONE else "group"
    if head.low in _QUANTITIES:
        head = next((word for word in reversed(inside) if word.tag == "N"), head)
    singular = head.low[:-3] + "y" if head.low.endswith("ies") else head.low.removesuffix("s")
    kind = ACTOR_NOUNS.get(head.low) or ACTOR_NOUNS.get(singular, "")
    if kind == "person" and singular != head.low and head.low not in ACTOR_NOUNS:
        return "group"
    if len(head.low) > _SHORT and head.low.endswith("ist"):
        return "person"
    return kind or ("group" if head.low.endswith(("ers", "ors", "ists", "men")) and head.low not in _THINGS else "")


_QUANTITIES = word_set("hundreds thousands dozens scores number majority most crowd group tens")
_THINGS = word_set(
    "matters numbers powers papers letters orders computers doors floors errors factors colors quarters others borders "
    "headquarters waters rivers towers offers meters metres liters litres recorders figures"
)


def is_sure(inside: list[Word], name: list[Word], kind: str, following: Sequence[Word]) -> bool:
    """Whether words say that it is somebody of that kind: a title, a noun before the name, `who` after it."""
    if kind != "person" or not name:
        return True
    said = len(inside) > len(name) or any(word.low in TITLES or word.low in ACTOR_NOUNS for word in name)
    return said or any(word.low in ("who", "whose") for word in following)


def countries_in(words: Sequence[Word]) -> list[tuple[CountryWord, int, int]]:
    """The words for countries among some words, with where they begin and end."""
    table = country_words()
    found, at = [], 0
    while at < len(words):
        width = _width(words, at) if words[at].text[0].isupper() and words[at].tag in "PND" else 0
        if width:
            found.append((table[_lows(words, at, width)], at, at + width))
        at += max(1, width)
    return found


def _width(words: Sequence[Word], at: int) -> int:
    """Of how many words the longest name is that begins there; 0 without one."""
    table = country_words()
    longest = min(longest_names().get(words[at].low, 0), len(words) - at)
    return next((width for width in range(longest, 0, -1) if _lows(words, at, width) in table), 0)


def _lows(words: Sequence[Word], at: int, width: int) -> tuple[str, ...]:
    return tuple(word.low for word in words[at : at + width])
