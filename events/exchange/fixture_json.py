"""The records of a fixture: a list of objects in JSON, strictly read."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from events.errors import InvalidFixture


def parse(name: str, content: bytes) -> list[Any]:
    """The records of a fixture. Raises InvalidFixture where it isn't a JSON list in UTF-8."""
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise InvalidFixture([f"{name}: it isn't UTF-8 (byte {error.start}); save it as UTF-8."]) from None
    except (ValueError, RecursionError) as error:
        raise InvalidFixture([f"{name}: it isn't JSON: {error}"]) from None
    if not isinstance(found, list):
        raise InvalidFixture([f"{name}: a fixture is a list of records, [{{…}}, {{…}}]."])
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; JSON itself lets the last of two equal keys win in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        raise ValueError(f"“{next(key for key in keys if keys.count(key) > 1)}” stands twice in one object")
    return found


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def ours(record: Any) -> bool:
    """Whether a record is of Dateline; others are left to Django."""
    return not isinstance(record, dict) or str(record.get("model", "events.")).lower().startswith("events.")
