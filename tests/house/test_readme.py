"""The README's question has the README's answer, its fixture commands run, and its links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def blocks() -> Iterator[str]:
    yield from re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def following(lines: list[str], start: int, wanted: str) -> int:
    """The number of the line after the next one that is `wanted`."""
    for number in range(start, len(lines)):
        if lines[number].strip() == wanted:
            return number + 1
    raise AssertionError(f"The answer has no line {wanted!r} after line {start}.")


@pytest.fixture
def digest(db: None) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)


@pytest.mark.usefixtures("digest")
def test_the_curl_answers_what_the_readme_shows() -> None:
    curl, shown = next(
        (block, answer) for block, answer in zip(blocks(), [*blocks()][1:], strict=False) if "curl" in block
    )
    address = urlsplit(curl.split("'")[1])
    response = Client().get(f"{address.path}?{address.query}")
    assert response.status_code == 200
    answer = response.json()
    assert len(answer["results"]) == 1, "the README shows the one result that there is"
    lines, position = json.dumps(answer, indent=2, ensure_ascii=False).splitlines(), 0
    for wanted in (line.strip() for line in shown.splitlines()):
        if wanted != "…":
            position = following(lines, position, wanted)


@pytest.mark.usefixtures("digest")
def test_a_slip_is_refused_in_the_words_of_the_readme() -> None:
    response = Client().get("/api/v1/events/?contry=China")
    assert response.status_code == 400
    said = " ".join(README.split())
    assert f'`contry=China` is answered with "{response.json()["detail"]}"' in said


@pytest.mark.usefixtures("digest")
def test_the_page_takes_the_same_question() -> None:
    (page,) = re.findall(r"<(http://127\.0\.0\.1:8000/\?[^>]*)>", README)
    response = Client().get(f"/?{urlsplit(page).query}")
    assert response.status_code == 200
    assert "China cancelled the tours of four Czech ensembles" in response.content.decode()


@pytest.mark.usefixtures("digest")
def test_the_digest_checks_out(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_dataset")
    assert capsys.readouterr().out.startswith("No faults")


@pytest.mark.usefixtures("digest")
def test_the_digest_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    (words,) = re.findall(r"^\.venv/bin/python manage\.py (read_digest .*)$", README, re.MULTILINE)
    call_command(*shlex.split(words))
    assert "Nothing was stored." in capsys.readouterr().out


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_links_lead_somewhere(target: str) -> None:
    assert (ROOT / target).is_file()
