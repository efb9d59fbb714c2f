"""The history of a noun: each save of the working copy and each time the public picture changed, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.curation import saved
from events.curation.flags import KINDS
from events.models import Edit, Entry, ledger
from events.models.ledger import TOMBSTONES
from events.models.working import Noun

DEEDS: dict[str, str | Promise] = {
    ledger.PUBLISHED: _("published"),
    ledger.REVISED: _("revised"),
    ledger.RETRACTED: _("retracted"),
    ledger.REINSTATED: _("reinstated"),
    ledger.MERGED: _("merged"),
}


@dataclass(frozen=True)
class Step:
    """One line: `address` leads to what the public saw from then on, where that changed."""

    at: datetime
    by: str
    what: str
    why: str
    address: str = ""
    note: str = ""
    # By which it is compared and restored, where one knows what was said then: a ledger row's seq, or v and a version.
    key: str = ""


def steps(noun: Noun) -> list[Step]:
    """All that was done to a noun. What was published comes after the save that it published."""
    kind = KINDS[type(noun)]
    edits, known = Edit.objects.filter(kind=kind, noun_id=noun.pk), saved.versions(noun)
    entries = Entry.objects.filter(kind=kind, noun_id=noun.pk).defer("document")
    both = [(edit.at, 0, edit.version, _edit(edit, edit.version in known)) for edit in edits]
    both += [(entry.at, 1, entry.seq, _entry(entry)) for entry in entries]
    return [step for *_order, step in sorted(both, key=lambda item: item[:3], reverse=True)]


def _edit(edit: Edit, known: bool) -> Step:
    what = _("saved here, version %(number)s") % {"number": edit.version}
    return Step(edit.at, edit.by, str(what), edit.why, note=edit.note, key=f"v{edit.version}" if known else "")


def _entry(entry: Entry) -> Step:
    what = _("%(deed)s, public revision %(number)s") % {
        "deed": DEEDS.get(entry.deed, entry.deed),
        "number": entry.revision,
    }
    address = reverse("admin:events_entry_change", args=[entry.seq])
    key = "" if entry.deed in TOMBSTONES else str(entry.seq)
    return Step(entry.at, entry.by, str(what), entry.why, address, key=key)
