"""A client that reads `changes/` and nothing else, and what it should have in the end."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from events.models import Entry

Json = dict[str, Any]
Nouns = dict[str, dict[str, Json]]


class Follower:
    """What a client has who reads `changes/` and nothing else."""

    def __init__(self, client: Client, query: str = "") -> None:
        self.client, self.query = client, query
        self.token = ""
        self.nouns: Nouns = {"event": {}, "actor": {}, "document": {}}
        self.seqs: list[int] = []

    def look(self, limit: int = 1000) -> None:
        """All that is new."""
        since = f"&since={self.token}" if self.token else ""
        address = f"/api/v1/changes/?limit={limit}{since}{self.query}"
        while address:
            page = read(self.client, address)
            for change in page["results"]:
                self.seqs.append(change["seq"])
                self._take(change)
            self.token, address = page["token"], page["next"]

    def _take(self, change: Json) -> None:
        if change["data"] is None:
            self.nouns[change["kind"]].pop(change["id"])
        else:
            self.nouns[change["kind"]][change["id"]] = change["data"]


def read(client: Client, address: str) -> Any:
    parts = urlsplit(address)
    response = client.get(f"{parts.path}?{parts.query}")
    assert response.status_code == 200, response.content
    return response.json()


def lines(response: Any) -> list[Json]:
    return [json.loads(line) for line in b"".join(response).decode().splitlines()]


def export(client: Client) -> Nouns:
    """The dataset as its files and addresses have it; collections lack actors and documents without events."""
    events = lines(client.get("/api/v1/events/?format=jsonl"))
    nouns: Nouns = {"event": {event["id"]: event for event in events}}
    for kind in ("actor", "document"):
        known = set(Entry.objects.public().filter(kind=kind).values_list("noun_id", flat=True))
        nouns[kind] = {pk: read(client, f"/api/v1/{kind}s/{pk}/") for pk in known}
        listed = read(client, f"/api/v1/{kind}s/?limit=1000")["results"]
        assert {one["id"] for one in listed} <= known
        for one in nouns[kind].values():
            del one["events"]
    return nouns
