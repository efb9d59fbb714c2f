"""Reads a page as its readers do: its headings, links and fields, and under which headings each event stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Read(HTMLParser):
    """A page, parsed. `placed` has the id of each event and the years and months it stands under, in order."""

    text: str
    placed: list[tuple[str, str]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, Attributes]] = field(default_factory=list)
    head: list[Attributes] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, Attributes, list[str]]] = []
        self.feed(self.text)
        self.close()
        assert self._open == [], "each element that opens has to close"

    @property
    def ids(self) -> list[str]:
        return [noun_id for noun_id, _place in self.placed]

    def hrefs(self, words: str) -> list[str]:
        """Where the links go that read like this."""
        return [attributes["href"] for said, attributes in self.links if said == words]

    def link(self, rel: str) -> list[Attributes]:
        return [attributes for attributes in self.head if attributes.get("rel") == rel]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag in ("link", "meta"):
            self.head.append(attributes)
        if tag == "input":
            self.fields[attributes["name"]] = attributes["value"]
        if tag == "option" and "selected" in attributes:
            self.fields[self._select()] = attributes["value"]
        if "data-id" in attributes:
            self.placed.append((attributes["data-id"], " / ".join(self._place())))
        if tag not in VOID:
            self._open.append((tag, attributes, []))

    def _select(self) -> str:
        return next(attributes["name"] for tag, attributes, _said in reversed(self._open) if tag == "select")

    def _place(self) -> list[str]:
        """The last heading of the second level, and the last month after it."""
        place: list[str] = []
        for level, words in self.headings:
            if level == 2:
                place = [words]
            elif level == 3 and place and words.endswith("\x00"):
                place = [place[0], words.rstrip("\x00")]
        return place

    def handle_data(self, data: str) -> None:
        self.words += data
        for _tag, _attributes, said in self._open:
            said.append(data)

    def handle_endtag(self, tag: str) -> None:
        opened, attributes, said = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        words = " ".join("".join(said).split())
        if tag in ("h1", "h2", "h3", "h4"):
            month = "\x00" if attributes.get("class") == "month" else ""
            self.headings.append((int(tag[1]), words + month))
        if tag == "a":
            self.links.append((words, attributes))
