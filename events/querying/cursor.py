"""Where a page ended, signed and bound to its question."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.signing import BadSignature, Signer

from events.errors import InvalidQuestion, Problem
from events.querying.checks import printable
from events.querying.question import Question

# Change the page, not which results there are or their order.
PAGE_ONLY = {"limit", "fields", "omit", "count", "format"}


def encode(question: Question, position: list[Any]) -> str:
    """The cursor after a result whose sort keys are `position`."""
    return _signer().sign_object({"at": position, "of": _fingerprint(question, question.parameters)})


def decode(question: Question) -> list[Any] | None:
    """The position to go on from; None without a cursor. Raises InvalidQuestion for one that isn't of this question."""
    text = question.shape("cursor")
    if text is None:
        return None
    try:
        content = _signer().unsign_object(text)
    except (BadSignature, ValueError):
        raise _refused(text, "This isn't a cursor that was given out, or it was changed.") from None
    # An actor that was merged meanwhile is named in the address by the id that it had.
    if all(content["of"] != _fingerprint(question, asked) for asked in (question.parameters, question.unresolved)):
        raise of_another_question(question)
    position: list[Any] = content["at"]
    return position


def of_another_question(question: Question) -> InvalidQuestion:
    """The refusal of a cursor that was given out for another question."""
    detail = "This cursor is of another question; filters and ordering stay as they were."
    return _refused(question.shape("cursor"), detail)


def _signer() -> Signer:
    return Signer(salt="events.querying.cursor")


def _fingerprint(question: Question, parameters: dict[str, Any]) -> str:
    kept = {name: value for name, value in parameters.items() if name not in PAGE_ONLY}
    text = json.dumps([question.path.__name__, kept], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _refused(text: str, detail: str) -> InvalidQuestion:
    start = f"{detail} Start again without 'cursor' and follow “next”."
    return InvalidQuestion([Problem("cursor", printable(text), "invalid_cursor", start)])
