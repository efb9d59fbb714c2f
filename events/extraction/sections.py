"""Take a text apart: sections under their headings, paragraphs and list items, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from events.extraction.reading import Section

_BLOCK = re.compile(r"[^\s](?:[^\n]|\n(?![ \t]*(?:\n|#|[-*+•][ \t]|[0-9]{1,3}[.)][ \t])))*")
_MARK = re.compile(r"(?:#{1,6}|[-*+•>]|[0-9]{1,3}[.)])[ \t]+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S).*(?<=\S)\1", re.S)
_UNDERLINE = re.compile(r"\n[ \t]*(?:=+|-+)[ \t]*\Z")
_ENDING = re.compile(r"[.!?…:;,。！？]['\"”’»)\]*_]*\Z")
_BYLINE = re.compile(
    r"(?:by|retold|compiled|edited|translated|published|source|sources|photo|updated|licen[cs]e)\b", re.I
)
# A line without a full stop is a heading if it isn't longer than this and a paragraph follows.
_HEADING_LENGTH = 150
# Clauses are compared with each other within a sentence, so that one may not be of any length.
_LONGEST = 1_500

_STOP = re.compile(
    # Possessive, so that a million full stops are read once.
    r"(?<![.!?…])[.!?…]++['\"”’»)\]]*+(?=\s++['\"“‘«(\[]*[A-Z0-9À-ÖØ-Þ\u0370-\u03ff\u0400-\u052f@#])"
    r"|[。！？]++[”’」』]*+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|St|Gen|Col|Maj|Capt|Lt|Sgt|Cpl|Adm|Cmdr|Sen|Rep|Gov|Pres|Hon|Rev|Fr|Msgr|Amb|Insp|Supt"
    r"|vs|cf|No|Nos|Fig|Vol|Art|Sec|pp?|approx|ca|c|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mt|Ft|e\.g|i\.e"
    r"|etc|al)|\b[A-Z]|\b[A-Z]\.-?[A-Z])\.\Z"
)
# Short forms after which a sentence may well end: only a word that begins sentences ends it there.
_MAY_END = re.compile(r"(?:\b(?:[A-Z]\.){2,}|\b(?:Inc|Ltd|Corp|Co|Jr|Sr|Bros|a\.m|p\.m|etc)\.)\Z")
_BEGINS = re.compile(
    r"\s+['\"“‘«(\[]*(?:The|A|An|In|On|At|By|For|From|After|Before|When|While|As|It|Its|He|She|They|We|I|You|His|Her|Their"
    r"|This|That|These|Those|There|But|And|Or|So|If|Since|Until|Then|Also|Another|Some|Many|Most|All|Both|No|Not|One"
    r"|Mr|Mrs|Ms|Dr|Why|What|Who|How|Where|To|With|Under|According|Meanwhile|However|Although|Though)\b"
)


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or heading: where its words stand, and the section it belongs to (by number)."""

    start: int
    end: int
    heading: bool
    section: int
    listed: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence: where it stands, its paragraph and section (by number), whether it is of a list."""

    start: int
    end: int
    paragraph: int
    section: int
    listed: bool = False


def blocks(text: str) -> list[Block]:
    """Return the paragraphs, list items and headings, without the marks of Markdown before them.

    A heading has `#` before it or a line of `=` or `-` under it, or is one short line without a full stop at its end
    that a paragraph follows.
    """
    found = list(_BLOCK.finditer(text))
    made: list[Block] = []
    section = 0
    for number, match in enumerate(found):
        following = found[number + 1][0] if number + 1 < len(found) else ""
        heading = _is_heading(match[0], following)
        start, end = _trimmed(match)
        if end > start and not _is_byline(match[0]):
            section += heading
            made.append(Block(start, end, heading, section, start > match.start()))
    return made


def _trimmed(block: re.Match[str]) -> tuple[int, int]:
    """Where the words of a block stand, without the marks around them."""
    mark = _MARK.match(block[0])
    underline = _UNDERLINE.search(block[0])
    words = block[0][: underline.start()] if underline else block[0]
    words = words.rstrip().rstrip("#") if words.startswith("#") else words
    end = len(words.rstrip())
    return block.start() + _skip_space(words, mark.end() if mark else 0, end), block.start() + end


def _is_heading(words: str, following: str) -> bool:
    if words.startswith("#") or _UNDERLINE.search(words):
        return True
    plain = words.strip("*_ ")
    return (
        "\n" not in words
        and len(words) <= _HEADING_LENGTH
        and not _MARK.match(words)
        and not _ENDING.search(words)
        and any(sign.isalpha() for sign in plain)
        and len(following) > len(words)
    )


def _is_byline(words: str) -> bool:
    """Whether a paragraph is set apart as a note on the text itself: `*Retold by …*`."""
    return bool(_EMPHASIS.fullmatch(words)) and bool(_BYLINE.match(words.strip("*_ ")))


def sections(text: str, parts: list[Block]) -> tuple[Section, ...]:
    """Return the sections of a text; what stands before the first heading is one without a title."""
    heads = [block for block in parts if block.heading]
    bounds = [head.start for head in heads] + [len(text)]
    made = [Section(_title(text, head), head.start, end) for head, end in zip(heads, bounds[1:], strict=True)]
    if any(not block.heading and block.section == 0 for block in parts):
        made.insert(0, Section("", 0, bounds[0]))
    return tuple(made)


def _title(text: str, head: Block) -> str:
    return " ".join(text[head.start : head.end].strip("*_ ").split())


def sentences(text: str, parts: list[Block]) -> Iterator[Sentence]:
    """Yield the sentences of the paragraphs in order; headings have none."""
    for number, block in enumerate(parts):
        if block.heading:
            continue
        start = block.start
        for stop in _STOP.finditer(text, block.start, block.end):
            if stop.end() < block.end and not _ends(text, stop):
                continue
            yield from _pieces(text, Sentence(start, stop.end(), number, block.section, block.listed))
            start = _skip_space(text, stop.end(), block.end)
        if start < block.end:
            yield from _pieces(text, Sentence(start, block.end, number, block.section, block.listed))


def _pieces(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence too long to be one, in pieces that end with a word where there are words."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        space = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        end = space if space > start else start + _LONGEST
        yield replace(sentence, start=start, end=end)
        start = _skip_space(text, end, sentence.end)
    if start < sentence.end:
        yield replace(sentence, start=start)


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop with a capital or number after it ends the sentence."""
    if stop[0] != ".":
        return True
    before = text[max(0, stop.start() - 12) : stop.end()]
    after = text[stop.end() : stop.end() + 24]
    if _MAY_END.search(before):
        return bool(_BEGINS.match(after))
    return not _ABBREVIATION.search(before)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
