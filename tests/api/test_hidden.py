"""What isn't public appears nowhere, and is answered exactly like what doesn't exist."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from events.curation.edit import editing
from events.models import Actor, Event
from tests.api.making import Making

NOW = datetime(2024, 6, 1, tzinfo=UTC)
SECRETS = (
    *("draft-event", "Secret title", "secret-actor", "Secret Person", "Secret Alias", "secret-source", "Secret Source"),
    *("Unpublished title", "Unpublished Name", "secret-source it says", "Namibia", '"NA"'),
)
FOLLOWED = ("changes/", "changes/?format=jsonl", "changes/?format=csv", "actors/known/history/")
LISTS = ("events/", "actors/", "countries/", "types/", "documents/", "dates/?by=year", "events/?format=csv")


@pytest.fixture
def dataset(db: None) -> None:
    made = Making()
    made.document("gazette", "The Gazette")
    made.document("secret-source", "Secret Source")
    made.actor("known", "Known Body", "CZ")
    made.actor("secret-actor", "Secret Person", "NA", names=["Secret Alias"])
    made.event("open-event", "2019-10-16", title="Open title", actors={"known": "initiator"}, countries=["CZ"])
    made.event(
        *("draft-event", "2018"),
        title="Secret title",
        kind="AID",
        actors={"known": "target", "secret-actor": "initiator"},
        countries=["NA"],
        documents=["secret-source"],
        relations=[("follows", "open-event")],
        draft=True,
    )
    made.publish()
    event = Event.objects.get(pk="open-event")
    with editing(event, version=event.version, by="ann", at=NOW):
        event.title = "Unpublished title"
        event.save()
    actor = Actor.objects.get(pk="known")
    with editing(actor, version=actor.version, by="ann", at=NOW):
        actor.name = "Unpublished Name"
        actor.save()


@pytest.mark.parametrize(
    "path", [*LISTS, *FOLLOWED, "", "events/open-event/", "events/open-event/history/", "actors/known/"]
)
def test_nothing_of_it_is_served(dataset: None, client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    body = b"".join(response) if response.streaming else response.content
    served = body.decode() + str(response.headers)
    assert [secret for secret in SECRETS if secret in served] == []


@pytest.mark.parametrize("path", ["/", "/events/open-event/open-title/"])
def test_no_page_shows_it(dataset: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    shown = response.content.decode()
    # The form offers no names; a country or code may stand in it as an example only.
    assert [secret for secret in SECRETS[:10] if secret in shown] == []


@pytest.mark.parametrize(
    ("hidden", "missing"),
    [
        ("events/draft-event/", "events/nosuch-event/"),
        ("events/draft-event/history/", "events/nosuch-event/history/"),
        ("actors/secret-actor/", "actors/nosuch-actor/"),
        ("documents/secret-source/", "documents/nosuch-source/"),
        ("actors/secret-actor/history/", "actors/nosuch-actor/history/"),
        ("documents/secret-source/history/", "documents/nosuch-source/history/"),
        ("events/?actor=secret-actor", "events/?actor=nosuch-actor"),
        ("events/?actor=Secret%20Person", "events/?actor=Nosuch%20Person"),
        ("events/?actor=Secret%20Alias", "events/?actor=Nosuch%20Alias"),
        ("events/?actor=Secret%20Persom", "events/?actor=Nosuch%20Persom"),
        ("events/?actor=Unpublished%20Name", "events/?actor=Nothingness%20Name"),
        ("events/?document=secret-source", "events/?document=nosuch-source"),
    ],
)
def test_it_is_answered_like_what_does_not_exist(dataset: None, client: Client, hidden: str, missing: str) -> None:
    one, other = client.get(f"/api/v1/{hidden}"), client.get(f"/api/v1/{missing}")
    assert one.status_code == other.status_code
    assert one.status_code in (400, 404)

    def anonymous(text: str) -> str:
        for name in ("draft-event", "secret", "Secret", "Unpublished"):
            text = text.replace(name, "nosuch")
        for name in ("nosuch-event", "Nosuch", "Nothingness"):
            text = text.replace(name, "nosuch")
        return text

    assert anonymous(one.content.decode()) == anonymous(other.content.decode())


@pytest.mark.parametrize("kind", ["events", "actors", "countries", "types", "documents"])
def test_facets_and_counts_know_the_public_only(dataset: None, client: Client, kind: str) -> None:
    assert client.get(f"/api/v1/{kind}/?count=exact").json()["total"] == 1


def test_a_country_and_a_type_without_public_events_have_none(dataset: None, client: Client) -> None:
    for path in ("countries/NA/", "types/AID/"):
        assert client.get(f"/api/v1/{path}").json()["events"] == 0
    assert client.get("/api/v1/events/?country=NA").json()["results"] == []
    counts = client.get("/api/v1/").json()["counts"]
    assert {name: counts[name] for name in ("events", "actors", "documents", "countries")} == {
        "events": 1,
        "actors": 1,
        "documents": 1,
        "countries": 1,
    }
