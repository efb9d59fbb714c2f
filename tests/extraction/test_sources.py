"""The text of a file: what comes out, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.errors import UnreadableText
from events.extraction.sources import text_of

PAGE = """<!DOCTYPE html><html><head><title>The news &amp; more</title><style>p {}</style></head><body>
<h1>A heading</h1><p>On <b>October 16</b>, it ended.</p><script>alert(1)</script><ul><li>One.</li><li>Two.</li></ul>
</body></html>"""

TAKEN = [
    ("a.txt", b"Plain.\r\nText.\r", "Plain.\nText.\n"),
    ("a.md", "\ufeff# Título".encode(), "# Título"),
    ("a.md", b"1 < 2 <p>stays</p>", "1 < 2 <p>stays</p>"),
    ("a.html", PAGE.encode(), "A heading\n\nOn October 16, it ended.\n\nOne.\nTwo."),
    ("standard input", PAGE.encode(), "A heading\n\nOn October 16, it ended.\n\nOne.\nTwo."),
    ("a.html", '<meta charset="windows-1251"><p>Пекин</p>'.encode("cp1251"), "Пекин"),
    ("a.html", "<p>café 北京</p>".encode(), "café 北京"),
    ("a.html", f"{'<div>' * 1500}deep{'</div>' * 1500}".encode(), "deep"),
]


@pytest.mark.parametrize(("name", "content", "text"), TAKEN)
def test_what_comes_out(name: str, content: bytes, text: str) -> None:
    found = text_of(content, name).text
    assert [line for line in found.split("\n") if line] == [line for line in text.split("\n") if line]


def test_a_page_has_a_title() -> None:
    assert text_of(PAGE.encode(), "a.html").title == "The news & more"


REFUSED = [
    ("a.txt", b"", "no text"),
    ("a.txt", b" \n\t", "no text"),
    ("a.html", b"<script>x</script>", "no text"),
    ("a.txt", b"ab\xff", r"isn't UTF-8 \(byte 2\)"),
    ("a.txt", "á".encode("utf-16"), "isn't UTF-8"),
    ("a.txt", b"a\0b", "NUL"),
    ("a.html", b"<p>a\0b</p>", "NUL"),
    ("a.txt", b"x" * 2_000_001, "2.0 MB; at most 2 MB"),
    ("a.html", b"<p>" + b"x" * 2_000_001, "2.0 MB; at most 2 MB"),
    ("a.html", f"{'<div>' * 100_000}deep".encode(), "nested too deep|no text"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableText, match=said):
        text_of(content, name)


@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet=st.sampled_from("<>/!-p &;x\0"), max_size=80).map(str.encode))
)
def test_any_bytes_are_a_text_or_refused(content: bytes) -> None:
    for name in ("a.txt", "a.html"):
        try:
            text = text_of(content, name).text
        except UnreadableText:
            continue
        assert "\0" not in text
        assert "\r" not in text or name == "a.html"
