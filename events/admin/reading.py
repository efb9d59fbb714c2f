"""A date as a curator types it, EDTF or words, understood; and said back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from events import dates
from events.admin.addresses import id_in
from events.admin.pick import TYPED
from events.dates import phrases
from events.errors import InvalidDate, UnreadableDate
from events.models import Document

CURATOR = "curator"
# Words that mean the same on days so far apart need no day to be read against.
_FAR_APART = (date(1901, 2, 3), date(2097, 11, 30))
# More evidence than anybody types.
_MOST_ROWS = 1000


@dataclass(frozen=True)
class Understood:
    """What was understood: the canonical EDTF, the rule, the readings where there are several."""

    edtf: str
    rule: str
    alternatives: tuple[str, ...] = ()

    def sentence(self) -> str:
        said = _("Understood as %(edtf)s: %(words)s.") % {"edtf": self.edtf, "words": in_words(self.edtf)}
        if self.rule and self.rule != CURATOR:
            said += " " + _("Read by the rule “%(rule)s”.") % {"rule": self.rule}
        if self.alternatives:
            both = _(" or ").join(f"{edtf} ({in_words(edtf)})" for edtf in self.alternatives)
            said += " " + _("It may mean %(readings)s; write the one that is meant, if you know.") % {"readings": both}
        return said


def in_words(edtf: str) -> str:
    return dates.parse(edtf).words(_)


def understand(typed: str, anchor: date | None) -> Understood:
    """Read EDTF, or words against the day `anchor`. Raises ValidationError, which says what to write instead."""
    typed = typed.strip()
    try:
        return Understood(dates.parse(typed).edtf, CURATOR)
    except InvalidDate as error:
        not_edtf = error
    try:
        reading = _read(typed, anchor)
    except UnreadableDate as error:
        raise ValidationError(_advice(not_edtf) if not any(map(str.isalpha, typed)) else str(error)) from None
    return Understood(reading.edtf, reading.rule, reading.alternatives)


def _read(words: str, anchor: date | None) -> phrases.Reading:
    if anchor is not None:
        return phrases.read(words, anchor)
    first, second = (phrases.read(words, day) for day in _FAR_APART)
    if first != second:
        raise UnreadableDate(
            _("These words count from a day. Give the day below, or a source with its date, or write the date in full.")
        )
    return first


def _advice(error: InvalidDate) -> str:
    if error.suggestion:
        return _("%(fault)s Write %(suggestion)s?") % {"fault": error, "suggestion": error.suggestion}
    return str(error)


def stands_in(words: str, text: str) -> bool:
    """Whether a text has these words, as whole words; case and white space don't count."""
    sought = r"\s+".join(map(re.escape, normalize("NFC", words).casefold().split()))
    return re.search(rf"(?<!\w){sought}(?!\w)", text.casefold()) is not None


def anchor_of(document: str, published: str) -> date | None:
    """The day of a source: of the document with this id, else the day as it was typed."""
    if document and "\0" not in document:
        return Document.objects.filter(pk=document).values_list("published", flat=True).first()
    try:
        day: date | None = forms.DateField(required=False).clean(published)
    except ValidationError:
        return None
    return day


def first_source_day(sent: QueryDict) -> date | None:
    """The day of the first evidence's document in an event's form, else of the source that is added there."""
    for document in _quoted(sent):
        return anchor_of(document, "")
    return anchor_of("", sent.get("source-0-published", ""))


def source_texts(sent: QueryDict) -> Iterator[str]:
    """The texts that an event's form quotes: of documents, and passages that are pasted there."""
    ids = [pk for pk in _quoted(sent) if "\0" not in pk]
    yield from Document.objects.filter(pk__in=ids).values_list("text", flat=True)
    yield from filter(None, (sent.get(f"source-{number}-passage") for number in _rows(sent, "source")))


def _quoted(sent: QueryDict) -> Iterator[str]:
    """The documents of the evidence, by what was chosen or typed there."""
    for number in _rows(sent, "evidence"):
        row = f"evidence-{number}"
        document = sent.get(f"{row}-document{TYPED}") or sent.get(f"{row}-document")
        if document and f"{row}-DELETE" not in sent:
            yield id_in(document) or document


def _rows(sent: QueryDict, prefix: str) -> range:
    total = sent.get(f"{prefix}-TOTAL_FORMS", "")
    return range(min(int(total), _MOST_ROWS) if total.isascii() and total.isdigit() else 0)
