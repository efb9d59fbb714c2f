"""Curators, and a small dataset written by deeds."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib.auth.models import Group, User

from events.curation.edit import editing
from events.curation.publish import publish
from events.models import Actor, Document, Event, EventType, Evidence, Participation
from tests.admin.curator import Curator

AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
TEXT = """Prague, 4 November 2019

On October 16, the council ended the agreement.
“We regret it,” it said, and again: we regret nothing.
"""


def member(name: str, group: str) -> Curator:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return Curator(user)


def make_document() -> Document:
    row = Document(pk="doc-one", title="The digest", publisher="The Weekly", text=TEXT, published=date(2019, 11, 4))
    with editing(row, version=0, by="setup", at=AT):
        row.save()
    return row


def make_actor() -> Actor:
    row = Actor(pk="actor-one", name="Prague City Council", kind="government", country_id="CZ")
    with editing(row, version=0, by="setup", at=AT):
        row.save()
    return row


def make_draft(document: Document, actor: Actor) -> Event:
    row = Event(
        pk="event-one",
        title="The council ends the agreement",
        type=EventType.objects.get(pk="REJECT"),
        edtf="2019-10-16",
        date_text="On October 16",
        date_anchor=date(2019, 11, 4),
        date_rule="year-omitted",
        location_country_id="CZ",
    )
    with editing(row, version=0, by="setup", at=AT):
        row.save()
        Participation(event=row, actor=actor, role="initiator").save()
        quote = "On October 16, the council ended the agreement."
        Evidence(event=row, document=document, quote=quote, supports=["title", "date"]).save()
    row.refresh_from_db()
    return row


def make_public(event: Event) -> Event:
    publish(event.pk, by="setup", at=AT)
    event.refresh_from_db()
    return event
