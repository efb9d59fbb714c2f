"""The id in a pasted address."""

from __future__ import annotations

import re

_ID = r"(?P<id>[A-Za-z0-9-]{2,32})(?:[/?#.]|\Z)"
_ADDRESSES = (
    re.compile(rf"/admin/events/(?:event|actor|document|country)/{_ID}"),
    re.compile(rf"/(?:events|actors|documents|countries)/{_ID}"),
)


def id_in(text: str) -> str | None:
    """The id or code in an address of a public page, of the API or of the admin; None where there is none."""
    text = text.strip()
    if not text.startswith(("http://", "https://", "/")):
        return None
    found = (pattern.search(text) for pattern in _ADDRESSES)
    return next((match["id"] for match in found if match), None)
