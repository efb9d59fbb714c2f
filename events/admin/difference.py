"""What differs between two pictures of a noun, field by field, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

WORD = re.compile(r"\w+|\W")
Document = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A field that differs: what is in the one picture only, and in the other only, marked by <del> and <ins>."""

    field: str
    before: SafeString
    after: SafeString


def differences(before: Document | None, after: Document | None) -> list[Difference]:
    """The fields that differ; a picture that isn't there has no field."""
    old, new = _lines(before), _lines(after)
    names = [*new, *(name for name in old if name not in new)]
    return [
        Difference(name, *_marked(old.get(name, []), new.get(name, [])))
        for name in names
        if old.get(name, []) != new.get(name, [])
    ]


def _lines(document: Document | None) -> dict[str, list[str]]:
    """Each field as lines that people read."""
    found = {}
    for name, value in (document or {}).items():
        lines = list(_read(name, value))
        if lines:
            found[str(capfirst(_(name.replace("_", " "))))] = lines
    return found


def _read(name: str, value: Any) -> Iterator[str]:
    if name == "date":
        yield from _date(value)
    elif isinstance(value, list):
        yield from (_item(name, item) for item in value)
    elif isinstance(value, dict):
        yield from (f"{key}: {part}" for key, part in value.items() if part not in (None, ""))
    elif value not in (None, ""):
        yield str(value)


def _date(value: Document) -> Iterator[str]:
    """Its EDTF, words, day and rule: the rest follows from these."""
    yield from (f"{name}: {value[name]}" for name in ("edtf", "text", "anchor", "rule") if value[name])


def _item(name: str, item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if name == "evidence":
        # Not where it stands: that moves with each correction of the text around it.
        found = [] if item["start"] is not None else [_("not found")]
        about = "; ".join([item["document"]["title"], ", ".join(item["supports"]), *found])
        return f"“{item['quote']}” ({about})"
    label = str(next((item[name] for name in ("title", "name", "code", "value", "id") if item.get(name)), ""))
    kind = item.get("role") or item.get("relation") or item.get("kind") or item.get("scheme")
    return f"{label} ({kind})" if kind else label


def _marked(before: list[str], after: list[str]) -> tuple[SafeString, SafeString]:
    """Two lists of lines with their differences marked: by words in a single line, else by whole lines."""
    if len(before) == len(after) == 1:
        return _words(before[0], after[0])
    return _whole(before, after, "del"), _whole(after, before, "ins")


def _whole(lines: list[str], others: list[str], tag: str) -> SafeString:
    return format_html_join(
        SafeString("<br>"), "{}", ((line if line in others else _wrapped(tag, line),) for line in lines)
    )


def _wrapped(tag: str, text: str) -> SafeString:
    return format_html(SafeString(f"<{tag}>{{}}</{tag}>"), text)


def _words(before: str, after: str) -> tuple[SafeString, SafeString]:
    old, new = WORD.findall(before), WORD.findall(after)
    gone: list[Any] = []
    came: list[Any] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        one, other = "".join(old[i:j]), "".join(new[k:m])
        gone.append(one if tag == "equal" else _wrapped("del", one) if one else "")
        came.append(other if tag == "equal" else _wrapped("ins", other) if other else "")
    return tuple(format_html_join("", "{}", ((part,) for part in parts)) for parts in (gone, came))  # type: ignore[return-value]  # a pair
