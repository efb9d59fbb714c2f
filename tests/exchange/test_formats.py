"""What holds for every format: streams, no event lost or doubled, the whole registry documented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.exchange.formats import FORMATS
from events.querying.events import Revision
from tests.exchange.cases import ADDRESSES, about, revision

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_reads_one_event_for_each_part_that_it_writes(form: str) -> None:
    """So a million events need no more memory than one."""
    read = 0

    def revisions() -> Iterator[Revision]:
        nonlocal read
        for _number in range(100):
            read += 1
            yield revision()

    for number, _part in enumerate(FORMATS[form].rows(revisions(), ADDRESSES, about())):
        assert read <= number + 1
    assert read == 100


def test_each_format_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(\w+)`", text, re.MULTILINE)) == {"json", *FORMATS}
    for form in FORMATS.values():
        assert f"`{form.media_type}`" in text
