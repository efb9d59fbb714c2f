"""Two gates that every test passes through, set where SQL leaves Django: nothing gets round them.

The write gate: a working table is written inside a deed and nowhere else.
The public gate: what answers a public request names no working table, so that a draft can't leak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.core.handlers.base import BaseHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from events.models.gate import gate_is_open

PRIVATE_PATHS = ("/admin/",)

WORD = re.compile(r"\w+")
WRITTEN = re.compile(
    r"\b(?:(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?\"?(\w+)",
    re.IGNORECASE,
)

_public_request: ContextVar[str | None] = ContextVar("public_request", default=None)


class GateBroken(AssertionError):
    """Some SQL went where it must not."""


class Watch:
    """One test's time at the gates: from its start to its end, not while the runner makes and empties the tables."""

    on = False
    # Kept as well as raised: a face may turn the error into an answer, and a test may not look at it.
    broken: list[str] = []


@cache
def working_tables() -> frozenset[str]:
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("events.models.working.", "events.models.proposals"))
    )


def written(sql: str) -> frozenset[str]:
    """The working tables that `sql` writes."""
    return working_tables().intersection(WRITTEN.findall(sql))


def named(sql: str) -> frozenset[str]:
    """The working tables that `sql` names."""
    return working_tables().intersection(WORD.findall(sql))


def _fault(sql: str) -> str | None:
    if not gate_is_open() and (tables := written(sql)):
        return f"{', '.join(sorted(tables))} written outside a deed: {sql}"
    if (request := _public_request.get()) and (tables := named(sql)):
        return f"{request} is public and read {', '.join(sorted(tables))}: {sql}"
    return None


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Django's `execute_wrapper`: look at the statement, then let it through."""
    if Watch.on and (fault := _fault(sql)):
        Watch.broken.append(fault)
        raise GateBroken(fault)
    return execute(sql, params, many, context)


@contextmanager
def watching() -> Iterator[list[str]]:
    """Close both gates while the block runs; what was refused there is in the list."""
    Watch.on = True
    Watch.broken = []
    try:
        yield Watch.broken
    finally:
        Watch.on = False


def _guard_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


@contextmanager
def _answering(request: str | None) -> Iterator[None]:
    token = _public_request.set(request)
    try:
        yield
    finally:
        _public_request.reset(token)


def _streamed(request: str | None, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of a stream are made after the handler has returned: each is still part of the answer."""
    iterator = iter(parts)
    while True:
        with _answering(request):
            try:
                part = next(iterator)
            except StopIteration:
                return
        yield part


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guard every connection, of the live server's threads too, and mark what answers a public request."""
    inner = BaseHandler.get_response

    def get_response(handler: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        public = None if request.path_info.startswith(PRIVATE_PATHS) else f"{request.method} {request.path_info}"
        with _answering(public):
            response = inner(handler, request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _streamed(public, iter(response))
        return response

    monkeypatch.setattr(BaseHandler, "get_response", get_response)
    connection_created.connect(_guard_connection)
