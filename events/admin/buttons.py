"""The deeds at the foot of a noun's form: what each is called, does and says, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.curation import publish, retract
from events.curation.flags import KINDS
from events.models import Actor, Document, Entry, Event
from events.models.working import Noun, Status


@dataclass(frozen=True)
class Button:
    """`name` is what the form sends, `deed` the function of `events.curation` that it does."""

    name: str
    label: str | Promise
    deed: Callable[..., None]
    done: str | Promise


PUBLISH = Button("_publish", _("Save and publish"), publish.publish, _("“%s” was saved and published."))
REVISE = Button("_revise", _("Save and publish changes"), publish.revise, _("The changes of “%s” are public now."))
REVISE_ACTOR = Button("_revise", REVISE.label, publish.revise_actor, REVISE.done)
REVISE_DOCUMENT = Button("_revise", REVISE.label, publish.revise_document, REVISE.done)
RETRACT = Button("_retract", _("Retract"), retract.retract, _("“%s” was retracted."))
REINSTATE = Button("_reinstate", _("Reinstate"), retract.reinstate, _("“%s” was reinstated."))

_EVENT: dict[str, tuple[Button, ...]] = {
    Status.DRAFT: (PUBLISH,),
    Status.PUBLISHED: (REVISE, RETRACT),
    Status.RETRACTED: (REINSTATE,),
    Status.MERGED: (),
}
_ALL: dict[type[Noun], tuple[Button, ...]] = {
    Event: (PUBLISH, REVISE, RETRACT, REINSTATE),
    Actor: (REVISE_ACTOR,),
    Document: (REVISE_DOCUMENT,),
}


def is_public(noun: Noun) -> bool:
    """Whether the public sees the noun, or saw it: a retracted event counts."""
    if isinstance(noun, Event):
        return noun.status != Status.DRAFT
    return Entry.objects.public().filter(kind=KINDS[type(noun)], noun_id=noun.pk).exists()


def offered(noun: Noun) -> tuple[Button, ...]:
    """The buttons that make sense for a noun as it stands."""
    if isinstance(noun, Event):
        return _EVENT[noun.status]
    return _ALL[type(noun)] if is_public(noun) else ()


def pressed(model: type[Noun], sent: QueryDict) -> Button | None:
    """The button by which a form was sent, offered or not: the deed itself refuses what makes no sense."""
    return next((button for button in _ALL[model] if button.name in sent), None)
