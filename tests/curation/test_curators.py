"""Several curators at one desk, each with a connection of their own: a proposal is decided once, and handed to one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from events.curation.decide import accept, reject
from events.curation.propose import propose
from events.curation.queue import take_next
from events.curation.suggestion import Suggestion
from events.errors import EditConflict
from events.models import Event, Proposal
from events.models.proposals import Origin
from tests.curation.test_concurrency import PATIENCE, people
from tests.curation.world import AT, DEED, IDS, assert_sound, document

pytestmark = pytest.mark.django_db(transaction=True)

CURATORS = 6


@pytest.fixture
def proposals() -> list[Proposal]:
    document()
    suggestions = [
        Suggestion(
            event_id,
            {
                "title": event_id,
                "type": "OTHER",
                "participations": [{"name": "A new actor", "kind": "group", "role": "host"}],
                "evidence": [
                    {"document": "doc", "quote": f"On 16 October, {event_id} took place.", "supports": ["title"]}
                ],
            },
            Origin.READER,
            document="doc",
        )
        for event_id in IDS[:CURATORS]
    ]
    return list(propose(suggestions, **DEED).added)


def test_of_those_who_decide_one_proposal_at_once_one_does(proposals: list[Proposal]) -> None:
    pk = proposals[0].pk
    deeds: list[Callable[[], object]] = [
        partial(accept, pk, version=1, **DEED),
        partial(reject, pk, version=1, **DEED),
    ] * (CURATORS // 2)
    with people(CURATORS) as send:
        futures = [send(deed) for deed in deeds]
        errors = [future.exception(PATIENCE) for future in futures]
    assert [type(error) for error in errors if error] == [EditConflict] * (CURATORS - 1)
    row = Proposal.objects.get(pk=pk)
    assert row.version == 2
    assert Event.objects.count() == (row.status == "accepted")
    assert_sound()


def test_those_who_ask_for_the_next_at_once_get_different_ones(proposals: list[Proposal]) -> None:
    everything = Proposal.objects.all()
    with people(CURATORS) as send:
        futures = [send(partial(take_next, everything, by=f"curator {number}", at=AT)) for number in range(CURATORS)]
        taken = [future.result(PATIENCE) for future in futures]
    assert sorted(row.pk for row in taken if row) == [row.pk for row in proposals]


def test_a_new_actor_that_several_accept_at_once_is_one(proposals: list[Proposal]) -> None:
    with people(CURATORS) as send:
        futures = [send(partial(accept, row.pk, version=1, **DEED)) for row in proposals]
        ids = {future.result(PATIENCE) for future in futures}
    actors = Event.objects.filter(pk__in=ids).values_list("participations__actor", flat=True)
    assert (len(ids), len(set(actors))) == (CURATORS, 1)
