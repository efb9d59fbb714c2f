"""Many digests at once: in order, equal to one by one, and one that breaks doesn't break the others."""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path

import pytest

from events.extraction import KnownActor, read
from events.extraction.workers import File, Limits, Outcome, read_files

PUBLISHED = date(2019, 11, 4)
KNOWN = (KnownActor("huawei2345", "Huawei", "company", "CN"),)
TEXTS = [f"# Digest {number}\n\nOn October {number}, Huawei opened a shop in Prague.\n" for number in range(1, 13)]


class Deadly(File):
    """A file at whose reading the process ends."""

    def __getattribute__(self, name: str) -> object:
        if name == "content" and os.environ.get("DEADLY") != str(os.getpid()):
            os._exit(7)
        return super().__getattribute__(name)


def file(text: str | bytes, name: str = "a.md") -> File:
    return File(name, PUBLISHED, text if isinstance(text, bytes) else text.encode())


def faults(outcomes: list[Outcome]) -> list[str]:
    return [outcome.fault for outcome in outcomes]


def test_many_are_read_in_order_and_equal_to_one_by_one() -> None:
    outcomes = list(read_files([file(text, f"{number}.md") for number, text in enumerate(TEXTS)], KNOWN, processes=2))
    assert [outcome.file.name for outcome in outcomes] == [f"{number}.md" for number in range(12)]
    assert [outcome.reading for outcome in outcomes] == [read(text, published=PUBLISHED, known=KNOWN) for text in TEXTS]


def test_one_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(TEXTS[0], encoding="utf-8")
    files = [file(b"\xff"), File(str(tmp_path / "good.md"), PUBLISHED), File(str(tmp_path / "none.md"), PUBLISHED)]
    outcomes = list(read_files(files, processes=2))
    assert faults(outcomes) == [
        "It isn't UTF-8 (byte 0); save it as UTF-8.",
        "",
        "It can't be read: No such file or directory.",
    ]


def test_one_that_takes_too_long_is_stopped() -> None:
    slow = file("On October 16, it ended, and he said so. " * 45_000)
    outcomes = list(read_files([slow, file(TEXTS[0])], processes=1, limits=Limits(seconds=8)))
    assert faults(outcomes) == ["It took more than 8 seconds. Split it.", ""]


def test_one_that_waits_for_ever_is_stopped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    outcomes = list(read_files([File(str(tmp_path / "a.md"), PUBLISHED)], processes=1, limits=Limits(seconds=1)))
    assert faults(outcomes) == ["It took more than 3 seconds. Split it."]


def test_a_reading_that_only_waits_uses_up_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    limits = Limits(seconds=2)
    late = threading.Timer(3, lambda: (tmp_path / "a.md").write_text(TEXTS[0], encoding="utf-8"))
    late.start()
    (outcome,) = read_files([File(str(tmp_path / "a.md"), PUBLISHED)], processes=1, limits=limits)
    late.join()
    assert (outcome.fault, outcome.reading is None) == ("", False)


def test_what_a_process_read_before_does_not_count() -> None:
    files = [file("On October 16, it ended, and he said so. " * 1_000, f"{number}.md") for number in range(8)]
    assert set(faults(list(read_files(files, processes=1, limits=Limits(seconds=3))))) == {""}


def test_one_that_takes_too_much_memory_is_stopped() -> None:
    big = file(b"<p>On October 16, it ended." + b"<i></i>" * 1_300_000, "a.html")
    outcomes = list(read_files([big, file(TEXTS[0])], processes=1, limits=Limits(memory=150 * 2**20)))
    assert "memory" in outcomes[0].fault
    assert outcomes[1].reading is not None


def test_one_that_ends_its_process_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEADLY", str(os.getpid()))
    deadly = Deadly("deadly.md", PUBLISHED, b"x")
    outcomes = list(read_files([deadly, file(TEXTS[0])], processes=1))
    assert faults(outcomes) == ["The process that read it ended by itself (status 7).", ""]


def test_it_can_be_left_in_the_middle() -> None:
    outcomes = read_files((file(text) for text in TEXTS), processes=1)
    assert next(outcomes).reading is not None
    outcomes.close()
