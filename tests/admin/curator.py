"""A curator at the admin: opens a form as a browser does, types into it, presses a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.test import Client


class _Reader(HTMLParser):
    """Read what the form of a page would send, as a browser without JavaScript does."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self._area: str | None = None
        self._select: tuple[str, bool] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "textarea":
            self._area, self._text = name, []
        elif tag == "select":
            self._select = (name, False)
        elif tag == "option" and self._select:
            self._option(given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "submit":
            self.buttons.append(name)
        elif kind not in ("checkbox", "radio") or "checked" in given:
            self.sent.setdefault(name, []).append(given.get("value", "on" if kind == "checkbox" else ""))

    def _option(self, given: dict[str, str]) -> None:
        assert self._select
        name, chosen = self._select
        if "selected" in given or (not chosen and name not in self.sent):
            self.sent[name] = [given.get("value", "")]
            self._select = (name, "selected" in given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # The first line end after the tag is markup.
            self.sent[self._area] = ["".join(self._text).replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n")]
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)


@dataclass
class Form:
    """A page with a form: what it would send, its buttons, and the answer that it came with."""

    client: Client
    path: str
    answer: Any
    sent: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, client: Client, path: str, answer: Any) -> Form:
        page = cls(client, path, answer)
        if answer.status_code != 302:
            reader = _Reader()
            reader.feed(answer.content.decode().split('id="content-main"')[-1])
            page.sent, page.buttons = reader.sent, reader.buttons
        return page

    @property
    def text(self) -> str:
        return str(self.answer.content.decode())

    @property
    def messages(self) -> list[str]:
        return [str(message) for message in self.answer.context["messages"]] if self.answer.context else []

    def errors(self) -> list[str]:
        """All that the form complains of."""
        context = self.answer.context
        return [str(error) for errors in context["errors"] for error in errors] if "errors" in context else []

    def type(self, **values: str | Sequence[str]) -> Form:
        """Type values into fields; `__` in a name stands for the hyphen."""
        for name, value in values.items():
            self.sent[name.replace("__", "-")] = [value] if isinstance(value, str) else list(value)
        return self

    def press(self, button: str = "_save") -> Form:
        """Send the form, and follow to the page that it leads to."""
        answer = self.client.post(self.path, {**self.sent, button: "x"}, follow=True)
        return Form.of(self.client, self.path, answer)


@dataclass
class Curator:
    """Somebody who is logged in."""

    user: User
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.user)

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/admin/events/{path}", query)

    def post(self, path: str, **sent: Any) -> Any:
        return self.client.post(f"/admin/events/{path}", sent)

    def open(self, path: str) -> Form:
        path = f"/admin/events/{path}"
        return Form.of(self.client, path, self.client.get(path))
