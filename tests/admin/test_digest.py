"""The events of the digest in the admin: what is opened and saved as it is stays as it is."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from events.models import Actor, Document, Edit, Entry, Event
from tests.admin.curator import Curator

pytestmark = pytest.mark.django_db


def test_opened_and_saved_nothing_changes(editor: Curator) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    before = Edit.objects.count(), Entry.objects.count()
    # All events, for each has dates and quotations of its own; of the others a few will do.
    for model, most in ((Event, None), (Actor, 5), (Document, 5)):
        for pk in model._default_manager.values_list("pk", flat=True)[:most]:
            page = editor.open(f"{model._meta.model_name}/{pk}/change/")
            assert editor.client.post(page.path, page.sent).status_code == 302, (model, pk)
    assert (Edit.objects.count(), Entry.objects.count()) == before


def test_a_private_note_changes_nothing_that_is_public(editor: Curator) -> None:
    call_command("loaddata", "china-digest-2019-11", verbosity=0)
    some = Event.objects.order_by("pk")[:5]
    for event in some:
        page = editor.open(f"event/{event.pk}/change/").type(note="Seen")
        assert editor.client.post(page.path, page.sent).status_code == 302, event.pk
    assert set(some.values_list("note", "unpublished_edits")) == {("Seen", False)}
