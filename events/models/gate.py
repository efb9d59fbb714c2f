"""The write gate: a working table is written inside a deed and nowhere else.

A deed opens the gate for its own thread of work; `Gated` models refuse to be written while it is shut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

from events.errors import WriteOutsideDeed

M = TypeVar("M", bound=models.Model)


class Gate:
    """An open gate; `wrote` tells whether anything went through."""

    wrote = False


_gate: ContextVar[Gate | None] = ContextVar("gate", default=None)


@contextmanager
def open_gate() -> Iterator[Gate]:
    """Open the gate until the block ends. An inner opening is the outer one."""
    already = _gate.get()
    if already is not None:
        yield already
        return
    gate = Gate()
    token = _gate.set(gate)
    try:
        yield gate
    finally:
        _gate.reset(token)


def gate_is_open() -> bool:
    return _gate.get() is not None


def _pass() -> None:
    gate = _gate.get()
    if gate is None:
        raise WriteOutsideDeed("Curated tables are written by a deed of events.curation; no deed is under way.")
    gate.wrote = True


class GatedQuerySet(models.QuerySet[M]):
    """A QuerySet whose bulk writes need the open gate; single ones come through `save` and `delete`."""

    def update(self, **changes: Any) -> int:
        _pass()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        _pass()
        return super().delete()

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        _pass()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        _pass()
        return super().bulk_update(objs, *args, **kwargs)


class GatedManager(models.Manager[M]):
    """Hands out gated QuerySets."""

    def get_queryset(self) -> GatedQuerySet[M]:
        return GatedQuerySet(self.model, using=self._db)


class Gated(models.Model):
    """A model of the working copy or of its reference data."""

    objects = GatedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _pass()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _pass()
        return super().delete(*args, **kwargs)
