"""Nothing public is changed unseen: whoever publishes changes is shown them, field by field, and presses again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from events.admin.difference import Difference, differences
from events.admin.history import Step
from events.curation import saved
from events.curation.flags import KINDS
from events.errors import DeedRefused
from events.models import Entry
from events.models.working import Noun


class Unseen(DeedRefused):
    """The changes were done inside a deed that is undone now; `hash` names what the public would have seen."""

    code = "unseen"

    def __init__(self, differences: list[Difference], content_hash: str) -> None:
        super().__init__(_("Nothing is published yet: look at what changes, then press the button again."))
        self.differences = differences
        self.hash = content_hash


def need_look(noun: Noun, seen: str) -> None:
    """Inside the deed that has just published: raises Unseen, unless exactly this was shown before."""
    rows = Entry.objects.filter(kind=KINDS[type(noun)], noun_id=noun.pk).order_by("-seq")
    after, *older = rows[:2]
    if seen != after.content_sha256:
        raise Unseen(differences(picture(older[0] if older else None), picture(after)), after.content_sha256)


def picture(entry: Entry | None) -> dict[str, Any] | None:
    return json.loads(entry.document) if entry and entry.document else None


def shown(sent: QueryDict, unseen: Unseen) -> QueryDict:
    """What was sent, with the hash of what is shown now."""
    data = sent.copy()
    data["seen"] = unseen.hash
    return data


@dataclass(frozen=True)
class Comparison:
    """Two steps of a history, the older first, and what differs."""

    before: Step
    after: Step
    differences: list[Difference]


def compare(noun: Noun, history: Sequence[Step], one: str, other: str) -> Comparison | None:
    """What a noun said after two steps of its history, newest first, by their keys; None unless both are known."""
    found = [step for step in history if step.key and step.key in (one, other)]
    if len(found) != 2:
        return None
    after, before = found
    pair = [_said(noun, step) for step in (before, after)]
    if None in pair:
        return None
    if not (_is_save(before) and _is_save(after)):
        # What no public revision has isn't missing there.
        pair = [{name: value for name, value in (said or {}).items() if name not in saved.PRIVATE} for said in pair]
    return Comparison(before, after, differences(*pair))


def _is_save(step: Step) -> bool:
    return step.key.startswith("v")


def _said(noun: Noun, step: Step) -> dict[str, Any] | None:
    if _is_save(step):
        return saved.said(noun, int(step.key[1:]))
    return picture(Entry.objects.get(seq=step.key))
