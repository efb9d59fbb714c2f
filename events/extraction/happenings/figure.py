"""Somebody who may take part in a happening."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Figure:
    """Somebody who may take part: name, id of the known actor, kind, country, and the words that name it.

    `words` are those that may refer back to it; `sure` is False for a kind that is only likely,
    `named` for somebody without a name.
    """

    name: str
    id: str | None
    kind: str
    country: str
    start: int
    end: int
    why: str
    words: frozenset[str] = field(default=frozenset(), compare=False)
    sure: bool = field(default=True, compare=False)
    named: bool = field(default=True, compare=False)

    @property
    def acts(self) -> bool:
        """Whether it is certain to be somebody and not a thing with a name."""
        return self.kind != "other" or self.id is not None

    def again(self, start: int, end: int, why: str) -> Figure:
        """The same one, named in another place."""
        return replace(self, start=start, end=end, why=why or self.why)
