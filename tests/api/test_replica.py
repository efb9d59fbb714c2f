"""docs/replica.md: its client is run as it stands, against a served Dateline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from events.curation.merge import Seen, merge
from events.curation.retract import retract
from events.models import Event, Head
from events.models.gate import open_gate
from tests.api import small
from tests.curation.world import DEED

PAGE = (Path(__file__).parents[2] / "docs" / "replica.md").read_text(encoding="utf-8")
(CLIENT,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def sync(live_server: LiveServer, file: Path) -> dict[str, Any]:
    """Run the client, and read the file that it leaves."""
    address, stored = '"http://127.0.0.1:8000/api/v1/"', '"replica.json"'
    assert CLIENT.count(address) == CLIENT.count(stored) == 1
    code = CLIENT.replace(address, repr(f"{live_server.url}/api/v1/")).replace(stored, repr(str(file)))
    exec(compile(code, "docs/replica.md", "exec"), {})  # the page's own text
    copy: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return copy


@pytest.mark.django_db(transaction=True)
def test_the_client_keeps_a_copy_in_step(live_server: LiveServer, tmp_path: Path) -> None:
    file = tmp_path / "replica.json"
    small.build().publish()
    copy = sync(live_server, file)
    assert {kind: len(copy[kind]) for kind in ("event", "actor", "document")} == {"event": 9, "actor": 7, "document": 2}
    assert sync(live_server, file) == copy
    retract("visits", **DEED)
    merge(Event, *(Seen(pk, Event.objects.get(pk=pk).version) for pk in ("warns", "threatens")), **DEED)
    copy = sync(live_server, file)
    assert copy["event"].keys() == {"threatens", "meets", "protests", "built", "denied", "lately", "sometime"}
    assert copy["event"]["threatens"]["revision"] == 2


@pytest.mark.django_db(transaction=True)
def test_the_client_begins_again_after_a_backup_was_restored(live_server: LiveServer, tmp_path: Path) -> None:
    file = tmp_path / "replica.json"
    small.build().publish()
    copy = sync(live_server, file)
    with open_gate():
        Head.objects.update(epoch="0" * 32)
    file.write_text(json.dumps({**copy, "event": {"lost": {}}}), "utf-8")
    again = sync(live_server, file)
    assert again["event"] == copy["event"]
    assert again["token"] != copy["token"]
