"""An event as pairs of who did it and to whom."""

from __future__ import annotations

from itertools import product
from typing import Any

Actor = dict[str, Any]
Dyad = tuple[Actor | None, Actor | None]


def dyads(event: dict[str, Any]) -> list[Dyad]:
    """One pair for each initiator and target; where a side is missing it is None, so that each event has a pair."""
    sides = ([actor for actor in event["actors"] if actor["role"] == role] for role in ("initiator", "target"))
    return list(product(*(side or [None] for side in sides)))
