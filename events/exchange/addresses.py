"""The addresses in answers, under a base that the caller knows (`https://example.org/dateline`, no last slash)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus

from events.querying import values

COLLECTIONS = {"event": "events", "actor": "actors", "document": "documents", "country": "countries", "type": "types"}


@dataclass(frozen=True)
class Addresses:
    base: str

    @cached_property
    def api(self) -> str:
        return f"{self.base}/api/v1/"

    def thing(self, kind: str, thing_id: str) -> str:
        """The API address of one thing."""
        return f"{self.api}{COLLECTIONS[kind]}/{thing_id}/"

    def page(self, event_id: str, slug: str) -> str:
        """The public page of an event."""
        return f"{self.base}/events/{event_id}/{slug}/"

    def question(self, path: str, parameters: dict[str, Any]) -> str:
        """A path below the base with the parameters of a question, as they are echoed."""
        pairs = [f"{name}={_quoted(written(value))}" for name, value in parameters.items()]
        return f"{self.base}{path}" + (f"?{'&'.join(pairs)}" if pairs else "")


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    return quote_plus(text, safe=",:/")


def written(value: Any) -> str:
    """An echoed value as it stands in an address."""
    if isinstance(value, list):
        return values.written(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
