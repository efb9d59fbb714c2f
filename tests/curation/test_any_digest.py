"""Whatever text the reader makes something of, it can be stored: each proposal holds, or is pointed out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.curation.digest import Source, store
from events.errors import DeedRefused
from events.extraction import read
from events.models import Proposal
from events.models.proposals import Decision
from tests.curation.world import DEED

PUBLISHED = date(2019, 11, 4)
SOME = """Huawei The U.S. said arrested signed ended founded visited in 2014 on Friday, Mr. Wang “we left” . . , # was
by will (CCP) he Prague China Chinese and the agreement with Beijing on October 16, may last March Hua\u200bwei
pay\u202eloof Нuawei Łódź 世界 e\u0301 \ufeff \u00a0 its city a few days later London's"""
LONG = ["X" * 250, "Very Long Name " * 20]
TEXTS = st.lists(st.sampled_from([*SOME.split(" "), *LONG, "\n\n"]), max_size=60).map(" ".join)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXTS)
def test_any_text_that_is_one_is_stored(text: str) -> None:
    reading = read(text, published=PUBLISHED)
    try:
        stored = store(Source("Any text", PUBLISHED), reading, **DEED)
    except DeedRefused as refused:
        raise AssertionError(refused.reasons) from refused
    again = store(Source("Any text", PUBLISHED), reading, **DEED)
    assert again.proposed == []
    assert again.document == stored.document
    for row in Proposal.objects.filter(document=stored.document, status=Decision.OPEN):
        assert all(reading.text[item["start"] : item["end"]] == item["quote"] for item in row.quotations())
