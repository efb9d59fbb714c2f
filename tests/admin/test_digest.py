"""The events of the digest in the admin: what is opened and saved as it is stays as it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command

from events.models import Actor, Document, Edit, Entry, Event
from tests.admin.curator import Curator

pytestmark = pytest.mark.django_db


def shape(event: Event) -> tuple[Any, ...]:
    """What its form shows, without what is typed there: the form of its date, the fields and rows that it has."""
    fields = ("summary", "date_text", "date_anchor", "date_rule", "location_country", "place", "lat", "note")
    rows = (event.participations, event.countries, event.claims, event.relations, event.evidence)
    return (
        re.sub(r"\d", "0", event.edtf),
        *(bool(getattr(event, name)) for name in fields),
        *(min(row.count(), 2) for row in rows),
    )


def test_opened_and_saved_nothing_changes_but_what_is_typed(editor: Curator) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    before = Edit.objects.count(), Entry.objects.count()
    # An event of each shape; of the others a few will do.
    events = {shape(event): event.pk for event in Event.objects.all()}
    assert len(events) > 20
    for model, pks in (
        (Event, list(events.values())),
        *((noun, noun._default_manager.values_list("pk", flat=True)[:5]) for noun in (Actor, Document)),
    ):
        for pk in pks:
            page = editor.open(f"{model._meta.model_name}/{pk}/change/")
            assert editor.client.post(page.path, page.sent).status_code == 302, (model, pk)
    assert (Edit.objects.count(), Entry.objects.count()) == before
    # A private note changes nothing that is public.
    some = Event.objects.order_by("pk")[:5]
    for event in some:
        page = editor.open(f"event/{event.pk}/change/").type(note="Seen")
        assert editor.client.post(page.path, page.sent).status_code == 302, event.pk
    assert set(some.values_list("note", "unpublished_edits")) == {("Seen", False)}
    assert Entry.objects.count() == before[1]
