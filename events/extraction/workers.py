"""Read many digests on all cores, each in a process that is stopped when it takes too much time or memory.

What counts is the time that the processor works at it, so that a busy machine refuses no good text; a wall clock
stops what waits for ever.

Results come in the order of the files and are those of `read`; whatever breaks a reading is an outcome, not an error.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from events.errors import UnreadableText
from events.extraction.read import read
from events.extraction.reading import KnownActor, Reading
from events.extraction.sources import text_of

# What one digest may take; two megabytes of prose need some fifteen seconds and a hundred megabytes.
MOST_SECONDS: Final = 20.0
MOST_MEMORY: Final = 512 * 2**20
# So many times the seconds of the processor may pass on the clock.
PATIENCE: Final = 3
# Readings that wait for the one before them, for each process.
AHEAD: Final = 4


@dataclass(frozen=True)
class File:
    """A digest to be read: its name, its day, and its content where that isn't in the file of this name."""

    name: str
    published: date
    content: bytes | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a file: a reading and the title of the page, or what went wrong, as a sentence."""

    file: File
    reading: Reading | None = None
    title: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Limits:
    seconds: float = MOST_SECONDS
    memory: int = MOST_MEMORY

    @property
    def clock(self) -> float:
        return self.seconds * PATIENCE


def read_files(
    files: Iterable[File], known: Iterable[KnownActor] = (), *, processes: int | None = None, limits: Limits = Limits()
) -> Generator[Outcome, None, None]:
    """Yield an outcome for each file, in their order; some are read ahead. Closing the generator stops all."""
    count = processes or os.cpu_count() or 1
    pool = ProcessPool(
        max_workers=count,
        initializer=_start,
        initargs=(tuple(known), limits.memory),
        # A forked process would have the database's connection, and the parent's memory counted as its own.
        context=multiprocessing.get_context("spawn"),
    )
    try:
        waiting: deque[tuple[File, ProcessFuture[tuple[Reading, str]]]] = deque()
        for file in files:
            with _uninterrupted():
                future = pool.schedule(_read, args=(file, limits.seconds), timeout=limits.clock)
            waiting.append((file, future))
            if len(waiting) > count * AHEAD:
                yield _outcome(*waiting.popleft(), limits)
        while waiting:
            yield _outcome(*waiting.popleft(), limits)
    finally:
        with _uninterrupted():
            pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it so
            pool.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back; threads and processes that begin here never see it, and end when the pool is stopped."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outcome(file: File, future: ProcessFuture[tuple[Reading, str]], limits: Limits) -> Outcome:
    try:
        reading, title = future.result()
    except UnreadableText as error:
        return Outcome(file, fault=str(error))
    except TimeoutError:
        return Outcome(file, fault=_too_long(limits.clock))
    except ProcessExpired as error:
        if error.exitcode == -signal.SIGXCPU:
            return Outcome(file, fault=_too_long(limits.seconds))
        return Outcome(file, fault=f"The process that read it ended by itself (status {error.exitcode}).")
    except OSError as error:
        return Outcome(file, fault=f"It can't be read: {error.strerror or error}.")
    except MemoryError:
        return Outcome(file, fault=f"It needs more than {limits.memory // 2**20} MB of memory. Split it.")
    except Exception as error:
        # A mistake in a rule shouldn't cost the other digests.
        return Outcome(file, fault=f"The reader failed at it ({type(error).__name__}: {error}); please report it.")
    return Outcome(file, reading, title)


def _too_long(seconds: float) -> str:
    return f"It took more than {seconds:g} seconds. Split it."


_known: tuple[KnownActor, ...] = ()


def _start(known: tuple[KnownActor, ...], memory: int) -> None:
    """In a new process: keep what all its readings need, and take no more memory than allowed."""
    global _known
    _known = known
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read(file: File, seconds: float) -> tuple[Reading, str]:
    with _processor_time(seconds):
        found = text_of(Path(file.name).read_bytes() if file.content is None else file.content, file.name)
        return read(found.text, published=file.published, known=_known), found.title


@contextmanager
def _processor_time(seconds: float) -> Iterator[None]:
    """End this process by SIGXCPU when it has worked that much longer, to the next full second."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    try:
        yield
    finally:
        # What it does between two readings isn't theirs.
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
