"""What the head of a file says of the answer in it."""

from __future__ import annotations

from dataclasses import dataclass

from events.querying.question import Question


@dataclass(frozen=True)
class About:
    dataset: str
    """The name of the dataset."""
    question: Question
    address: str
    """The canonical address of the question, in this format."""
    as_of: int
    """The seq of the last change that the answer knows."""
    changed_at: str
    """The instant of that change (ISO 8601, UTC)."""

    @property
    def title(self) -> str:
        return f"{self.dataset}: {self.question.text}"
