"""How the values of parameters are written. Each field takes text and gives a value, or says what to write instead.

Python is lenient where a contract must not be: `int()` takes `1_000`, `date.fromisoformat` takes `2019-W10`, `\\d`
takes fullwidth digits. So each form is matched whole, in ASCII.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms

from events import dates
from events.errors import InvalidDate
from events.querying.lookup import Found, Meanings, Missing
from events.querying.state import Point, State

# More than any real question holds; less than what a database or a log suffers from.
LIST_LIMIT = 100


class Refused(Exception):
    """A value that can't be taken. `code` is for programs, `suggestion` the value to send instead."""

    def __init__(self, detail: str, code: str, suggestion: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.suggestion = suggestion


class Text(forms.CharField):
    """A text as it is."""

    many = False

    def clean(self, value: str) -> Any:
        return value

    def read(self, value: str, state: State) -> Any:
        """What the text means in a state of the dataset: the same in all, unless it names a noun."""
        return self.clean(value)


@dataclass(frozen=True)
class Span:
    """A day, month or year as it was sent, and the days it spans."""

    text: str
    first: date
    last: date


class Day(Text):
    """`2019-10-16`, `2019-10` or `2019`."""

    def clean(self, value: str) -> Span:
        try:
            return Span(value, *dates.calendar_span(value))
        except InvalidDate as error:
            raise Refused(str(error), error.code, error.suggestion) from None


class Window(Text):
    """One EDTF value without qualifiers; the window is its earliest to its latest day, an open side None."""

    def clean(self, value: str) -> dates.DateValue:
        try:
            parsed = dates.parse(value)
        except InvalidDate as error:
            raise Refused(str(error), error.code, error.suggestion) from None
        if parsed.approximate or parsed.uncertain:
            plain = re.sub("[?~%]", "", value)
            raise Refused("A window has no qualifier (?, ~, %); date_match says how to match.", "qualified", plain)
        return parsed


class Instant(Text):
    """An instant (`2019-11-04T10:00:00Z`) or a day, which is its first moment (UTC)."""

    DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    ZONE = "Z|[+-][0-9]{2}:[0-9]{2}"
    # Without named groups: the schema has it too, and JavaScript writes those otherwise.
    FORM = re.compile(f"({DAY})(?:T({TIME})({ZONE}))?")

    def clean(self, value: str) -> datetime:
        match = self.FORM.fullmatch(value)
        try:
            if match is None:
                raise ValueError
            day, time, zone = match.groups()
            zone = (zone or "Z").replace("Z", "+00:00")
            return datetime.fromisoformat(f"{day}T{time or '00:00'}{zone}").astimezone(UTC)
        except (ValueError, OverflowError):
            detail = "Write a day such as 2019-11-04, or an instant such as 2019-11-04T10:00:00Z (a + in it as %2B)."
            # In an address a plus sign is a space.
            meant = value.replace(" ", "+")
            raise Refused(detail, "invalid_instant", meant if self.FORM.fullmatch(meant) else None) from None


class Moment(Text):
    """The number of a change (`41`), or an instant (`2019-11-04T10:00:00Z`). A day has many states: it is refused."""

    SEQ = "0|[1-9][0-9]{0,17}"
    FORM = f"{SEQ}|{Instant.DAY}T(?:{Instant.TIME})(?:{Instant.ZONE})"

    def clean(self, value: str) -> int | datetime:
        if re.fullmatch(self.SEQ, value):
            return int(value)
        detail = "Write the number of a change such as 41, or an instant such as 2019-11-04T10:00:00Z."
        try:
            instant = Instant().clean(value)
        except Refused:
            raise Refused(detail, "invalid_moment") from None
        if "T" not in value:
            raise Refused(f"{detail} A day has many states.", "invalid_moment", f"{value}T00:00:00Z")
        return instant


class Token(Text):
    """A token that an answer gave."""

    def clean(self, value: str) -> Point:
        point = Point.of(value)
        if point is None:
            detail = (
                "This isn't a token that was given out, or it was changed; leave it out to start from the beginning."
            )
            raise Refused(detail, "invalid_token")
        return point


class Number(Text):
    """A whole number within bounds."""

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def clean(self, value: str) -> int:
        if re.fullmatch("0|[1-9][0-9]{0,8}", value) and self.low <= int(value) <= self.high:
            return int(value)
        raise Refused(f"Write a whole number from {self.low} to {self.high}.", "out_of_range", self._nearest(value))

    def _nearest(self, value: str) -> str | None:
        """What a number that is too small, too large or written otherwise comes to."""
        number = re.fullmatch(r"\s*([+-]?\d{1,400})(?:\.0+)?\s*", value)
        return str(min(max(int(number[1]), self.low), self.high)) if number else None


class Choice(Text):
    """One of a few words."""

    def __init__(self, *, choices: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = tuple(choices)

    def clean(self, value: str) -> str:
        if value not in self.choices:
            raise Refused(f"Write one of {', '.join(self.choices)}.", "not_a_choice", nearest(value, self.choices))
        return value


def nearest(value: str, choices: Sequence[str]) -> str | None:
    """The choice that was most likely meant, if one comes near."""
    # Of a path into a value (`date.edtf`, `date__edtf`) the value is what there is.
    stem = re.split(r"\.|__", value.strip().lower())[0]
    near = difflib.get_close_matches(stem, choices, 1, 0.7)
    return near[0] if near else None


class YesNo(Choice):
    """`true` or `false`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=("true", "false"), **kwargs)

    def clean(self, value: str) -> Any:
        return super().clean(value) == "true"


class Items(Text):
    """Several values, separated by commas; one that has a comma itself stands in double quotes."""

    many = True
    ITEM = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^,"]*)')

    def clean(self, value: str) -> Any:
        items = list(self._split(value))
        if len(items) > LIST_LIMIT:
            raise Refused(f"At most {LIST_LIMIT} values stand in a list; these are {len(items)}.", "too_many")
        if "" in items:
            raise Refused("A value between commas is missing.", "empty", written(filter(None, items)) or None)
        return tuple(dict.fromkeys(items))

    def _split(self, value: str) -> Iterable[str]:
        position = 0
        while True:
            match = self.ITEM.match(value, position)
            position = match.end() if match else position
            if match is None or (position < len(value) and value[position] != ","):
                detail = 'A double quote stands around a whole value ("Smith, John") and is doubled inside it.'
                raise Refused(detail, "invalid_list")
            yield match["plain"] if match["quoted"] is None else match["quoted"].replace('""', '"')
            if position == len(value):
                return
            position += 1


def written(items: Iterable[str]) -> str:
    """Items as they are written in a list."""
    return ",".join('"' + item.replace('"', '""') + '"' if "," in item or '"' in item else item for item in items)


def corrected(items: Iterable[str | None]) -> str | None:
    """A list of corrected items; None unless there is a correction for each."""
    known = [item or "" for item in items]
    return written(known) if all(known) else None


class Choices(Items):
    """Several of a few words."""

    def __init__(self, *, choices: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = tuple(choices)

    def clean(self, value: str) -> tuple[str, ...]:
        items: tuple[str, ...] = super().clean(value)
        if not set(items) <= set(self.choices):
            detail = f"Write one of {', '.join(self.choices)}, or several with commas."
            raise Refused(detail, "not_a_choice", corrected(nearest(item, self.choices) for item in items))
        return items


class Nouns(Items):
    """Several nouns, looked up among what is public; `none` may stand for nobody where a filter says so."""

    def __init__(self, *, find: Callable[[Iterable[str], State], Meanings], none: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.find, self.none = find, none

    def read(self, value: str, state: State) -> tuple[Found, ...]:
        words: tuple[str, ...] = self.clean(value)
        nobody = {"none": Found("none", "nobody")} if self.none else {}
        meanings = {**self.find([word for word in words if word not in nobody], state), **nobody}
        missing = [meaning for word in words if isinstance(meaning := meanings[word], Missing)]
        if missing:
            if len(words) > 1 and isinstance(whole := self.find([value], state)[value], Found):
                detail = f"The comma parts values; “{whole.name}” has one itself and stands in double quotes."
                raise Refused(detail, missing[0].code, written([value]))
            detail = " ".join(meaning.detail for meaning in missing)
            raise Refused(detail, missing[0].code, corrected(_instead(word, meanings[word]) for word in words))
        return tuple(dict.fromkeys(meaning for word in words if isinstance(meaning := meanings[word], Found)))


def _instead(word: str, meaning: Found | Missing) -> str | None:
    return meaning.suggestion if isinstance(meaning, Missing) else word


def open_sides(value: dates.DateValue) -> tuple[date | None, date | None]:
    """A value as a window: its earliest and its latest day, None where it is open."""
    return (None if value.open_start else value.start_earliest), (None if value.open_end else value.end_latest)
