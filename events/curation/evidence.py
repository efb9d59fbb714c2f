"""Quotations: where in a document's text one stands, and whether it still does."""

from __future__ import annotations

import hashlib
import unicodedata

from events.errors import DeedRefused
from events.models import Document, Evidence

# Enough surrounding text to tell one occurrence of a short quotation from another.
CONTEXT_LENGTH = 32


def normalise(text: str) -> str:
    """A document's text as it is stored: NFC, lines ended by LF, no byte-order mark.

    Raises DeedRefused for NUL and lone surrogates, which no database and no file carries.
    """
    if text.isascii() and "\0" not in text and "\r" not in text:
        return text
    if "\0" in text:
        raise DeedRefused("The text has a NUL character; take it out.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise DeedRefused("The text has half a character (a lone surrogate); save it as UTF-8 again.") from None
    # Every leading mark goes, so that a text that was normalised stays as it is.
    return unicodedata.normalize("NFC", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def settle_document(document: Document) -> None:
    """Normalise the text of a document and derive its hash."""
    document.text = normalise(document.text)
    document.text_sha256 = hashlib.sha256(document.text.encode()).hexdigest()


def occurrences(text: str, quote: str) -> list[int]:
    """The first characters of all occurrences of a quotation, overlapping ones too."""
    found, start = [], text.find(quote)
    while start >= 0:
        found.append(start)
        start = text.find(quote, start + 1)
    return found


def locate(evidence: Evidence, text: str) -> int | None:
    """Where the quotation begins; None where it isn't found or its surroundings don't say which occurrence it is."""
    starts = occurrences(text, evidence.quote) if evidence.quote else []
    length = len(evidence.quote)
    exact = [
        start
        for start in starts
        if text.endswith(evidence.prefix, 0, start) and text.startswith(evidence.suffix, start + length)
    ]
    candidates = exact or starts
    if len(candidates) == 1:
        return candidates[0]
    return evidence.start if evidence.start in exact else None


def fingerprint(evidence: Evidence) -> str:
    """What a curator says of a quotation: which words, of which document, and between which."""
    said = (evidence.document_id, evidence.quote, evidence.prefix, evidence.suffix)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def stands(evidence: Evidence) -> bool:
    """Whether the words and what is around them are what the text has at the offsets."""
    passage = f"{evidence.prefix}{evidence.quote}{evidence.suffix}"
    return evidence.start is not None and evidence.document.text.startswith(
        passage, evidence.start - len(evidence.prefix)
    )


def settle(evidence: Evidence) -> None:
    """Derive offsets, prefix and suffix from the quotation; a quotation that isn't found loses its offsets.

    One that a correction of the text broke isn't looked for again until somebody changes what it says.
    """
    text = evidence.document.text
    evidence.quote, evidence.prefix, evidence.suffix = map(
        normalise, (evidence.quote, evidence.prefix, evidence.suffix)
    )
    if evidence.broken and evidence.broken == fingerprint(evidence):
        evidence.start = evidence.end = None
        return
    evidence.broken = ""
    start = locate(evidence, text)
    evidence.start = start
    evidence.end = None if start is None else start + len(evidence.quote)
    if start is not None and evidence.end is not None:
        evidence.prefix = text[max(0, start - CONTEXT_LENGTH) : start]
        evidence.suffix = text[evidence.end : evidence.end + CONTEXT_LENGTH]


def verified(evidence: Evidence) -> bool:
    """Character by character: the text between the offsets is the quotation."""
    if evidence.start is None or evidence.end is None:
        return False
    return evidence.document.text[evidence.start : evidence.end] == evidence.quote
