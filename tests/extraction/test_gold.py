"""The digests that happenings are measured on, and the aims that the reader keeps on the first of them."""

from __future__ import annotations

import pytest

from benchmarks.happenings import Digest, days, digest, fixture, measure

OWN = ["aviation", "museums", "floods", "science"]


@pytest.mark.parametrize("text", [fixture(), *map(digest, OWN)], ids=lambda text: text.name)
def test_gold_stands_in_its_text_and_has_dates_that_exist(text: Digest) -> None:
    for event in text.gold:
        assert event.spans, event.name
        assert all(0 <= start < end <= len(text.text) for start, end in event.spans)
        assert [days(value) for value in event.dates]


@pytest.mark.parametrize("known", [False, True])
def test_the_first_digest_is_read_as_well_as_promised(*, known: bool) -> None:
    count = measure(fixture(), known=known, listed=False)
    assert count["dated right"] >= 0.9 * count["events"]
    assert count["invented"] == 0
    assert 3 * count["false"] <= count["proposed"]


@pytest.mark.parametrize("name", OWN)
def test_no_day_is_invented_in_digests_of_other_fields(name: str) -> None:
    assert measure(digest(name), known=False, listed=False)["invented"] == 0
