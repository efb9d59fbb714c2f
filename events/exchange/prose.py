"""An event in words, for formats that have a text where Dateline has fields."""

from __future__ import annotations

import re
import uuid
from html import escape
from typing import Any

from events import dates

# What neither XML 1.0 (section 2.2) nor a text of iCalendar (RFC 5545, section 3.3.11) may hold, even escaped.
UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
NAMESPACE = uuid.UUID("4e51a46c-3c0a-5f7e-9d1c-7e2f6a90b1d4")


def urn(event_id: str) -> str:
    """A name of an event for ever: the same after a revision, and at whatever host the dataset is served."""
    return uuid.uuid5(NAMESPACE, event_id).urn


def plain(text: str) -> str:
    """Text with LF line ends; a character that only JSON and CSV can carry is shown as missing."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def when(date: dict[str, Any]) -> str:
    """The date of an event in words."""
    return dates.parse(date["edtf"]).words() if date["edtf"] else "no date"


def is_a_day(date: dict[str, Any]) -> bool:
    """Whether the date is one day and no other."""
    return date["precision"] == "day" and date["kind"] == "moment" and not (date["approximate"] or date["uncertain"])


def evidence(event: dict[str, Any]) -> dict[str, Any]:
    """The first evidence for the title, which every public event has."""
    found: dict[str, Any] = next(item for item in event["evidence"] if "title" in item["supports"])
    return found


def source(item: dict[str, Any]) -> str:
    """Where a quotation is from: title, publisher and day of the document."""
    document = item["document"]
    return ", ".join(filter(None, (document["title"], document["publisher"], document["published"])))


def place(event: dict[str, Any]) -> str:
    """Where it happened, the country last; "" where that isn't known."""
    country = next((item["name"] for item in event["countries"] if item["relation"] == "location"), None)
    return ", ".join(filter(None, (event["location"]["place"], country)))


def text(event: dict[str, Any]) -> str:
    """Date, summary, claim, quotation and source, as plain text."""
    item = evidence(event)
    paragraphs = [*_paragraphs(event), f"“{item['quote']}”", f"{source(item)}\n{_address(item)}".rstrip()]
    return plain("\n\n".join(paragraphs))


def html(event: dict[str, Any]) -> str:
    """The same in HTML: no markup but ours, no address but that of the source."""
    item = evidence(event)
    address, credit = _address(item), _escaped(source(item))
    credit = f'<a href="{escape(address)}">{credit}</a>' if address else credit
    paragraphs = "".join(f"<p>{_escaped(paragraph)}</p>" for paragraph in _paragraphs(event))
    return f"{paragraphs}<blockquote>{_escaped(item['quote'])}</blockquote><p>{credit}</p>"


def _escaped(words: str) -> str:
    return escape(plain(words)).replace("\n", "<br>")


def _paragraphs(event: dict[str, Any]) -> list[str]:
    said = event["date"]["text"]
    dated = when(event["date"]) + (f" (in the source: “{said}”)" if said else "")
    claimed = " and ".join(item["name"] for item in event["claimed_by"])
    paragraphs = [dated[0].upper() + dated[1:], event["summary"], f"Claimed by {claimed}." if claimed else None]
    return [paragraph for paragraph in paragraphs if paragraph]


def _address(item: dict[str, Any]) -> str:
    return item["document"]["url"] or item["document"]["archived_url"] or ""
