"""Nothing public is changed unseen: whoever publishes changes is shown them, field by field, and presses again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from events.admin.difference import Difference, differences
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
    """Two revisions by their numbers, and what differs."""

    before: int
    after: int
    differences: list[Difference]


def compare(noun: Noun, one: str, other: str) -> Comparison | None:
    """Two public pictures of a noun by the seqs of their ledger rows, the older first; None unless both are that."""
    wanted = [int(seq) for seq in (one[:18], other[:18]) if seq.isascii() and seq.isdigit()]
    rows = Entry.objects.filter(kind=KINDS[type(noun)], noun_id=noun.pk, seq__in=wanted, document__isnull=False)
    found = list(rows.order_by("seq"))
    if len(found) != 2:
        return None
    before, after = found
    return Comparison(before.revision, after.revision, differences(picture(before), picture(after)))
