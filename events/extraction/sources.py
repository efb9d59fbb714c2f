"""From the bytes of a digest to its text: plain text, Markdown and HTML, in UTF-8 or what an HTML page declares.

Plain text and Markdown stay as they are. Of HTML `html_text` takes the text out: a paragraph for each block, no
scripts, no styles. Offsets of a reading are those of the text that comes out here.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import html_text
import lxml.html

from events.errors import UnreadableText

# More than a book; one digest has some twenty thousand characters.
MOST_BYTES: Final = 2_000_000
# A page may have several times as much markup as text.
MOST_MARKUP: Final = 10_000_000

TEXT_ENDINGS: Final = (".txt", ".text", ".md", ".markdown")
HTML_ENDINGS: Final = (".html", ".htm", ".xhtml")
ENDINGS: Final = (*TEXT_ENDINGS, *HTML_ENDINGS)

_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_TITLE = re.compile(r"<title[^>]{0,500}>(.{0,500}?)</title>", re.I | re.S)


@dataclass(frozen=True)
class Text:
    """A text, and the title that an HTML page gives itself."""

    text: str
    title: str = ""


def text_of(content: bytes, name: str) -> Text:
    """Return the text of a file of that name. Raises UnreadableText, which says what to do."""
    html = PurePath(name).suffix.lower() in HTML_ENDINGS or bool(_LOOKS_LIKE_HTML.match(content[:10_000]))
    _refuse_long(len(content), MOST_MARKUP if html else MOST_BYTES)
    text = _decoded(content, _declared(content) if html else "utf-8")
    found = _of_html(text) if html else Text(text)
    _refuse_long(len(found.text.encode()), MOST_BYTES)
    if not found.text.strip():
        raise UnreadableText("There is no text in it.")
    return found


def _refuse_long(size: int, most: int) -> None:
    if size > most:
        raise UnreadableText(f"It has {size / 1e6:.1f} MB; at most {most / 1e6:.0f} MB are read. Split it.")


def _declared(content: bytes) -> str:
    """The encoding that an HTML page declares; UTF-8 where it names none that there is."""
    found = _DECLARED.search(content[:5000])
    try:
        return codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        return "utf-8"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError, AssertionError) as error:
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise UnreadableText(f"It isn't {encoding.upper()}{where}; save it as UTF-8.") from None
    if "\0" in text:
        raise UnreadableText("It has a NUL character; it is no text, or is in another encoding. Save it as UTF-8.")
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _of_html(markup: str) -> Text:
    # Without `huge_tree` what is nested deep would be missing without a word.
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(markup.encode(), parser=parser)
        body = tree.find("body")
        text = html_text.extract_text(tree if body is None else body)
    except RecursionError:
        raise UnreadableText("Its elements are nested too deep; save it as plain text.") from None
    except (lxml.etree.LxmlError, ValueError) as error:
        if getattr(error, "code", None) == lxml.etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise UnreadableText(f"It can't be read as HTML ({error}); save it as plain text.") from None
    title = _TITLE.search(markup)
    return Text(text, " ".join(lxml.html.fromstring(f"<p>{title[1]}</p>").text_content().split()) if title else "")
