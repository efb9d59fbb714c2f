"""What the head of a file says of the answer in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from events.models.ledger import instant
from events.querying.question import Question

BEFORE_ALL = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class About:
    dataset: str
    """The name of the dataset."""
    question: Question
    address: str
    """The canonical address of the question, in this format."""

    @property
    def as_of(self) -> int:
        """The seq of the last change that the answer knows."""
        return self.question.state.seq

    @property
    def changed_at(self) -> str:
        """The instant of that change (ISO 8601, UTC); of an empty dataset the beginning of time."""
        return instant(self.question.state.at or BEFORE_ALL)

    @property
    def title(self) -> str:
        return f"{self.dataset}: {self.question.text}"
