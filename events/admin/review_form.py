"""The form of a proposal: the event as it is proposed, to be corrected; and back from it to values for the deed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from events.admin.event_form import EventForm
from events.admin.evidence import supports_field
from events.admin.forms import ExactTextField, ReasonField
from events.admin.pick import Pick, PickField, fetch_chosen
from events.curation.suggestion import Values
from events.curation.writing import called, set_fields
from events.models import Actor, Document, Event, EventCountry, Evidence, Participation, Proposal, Relation
from events.models.proposals import Kind
from events.models.reference import ActorKind, Role

USUAL_REJECTIONS = (
    _("It didn't happen: a plan, a wish or a forecast"),
    _("Told twice in this digest"),
    _("No event of interest"),
    _("The text doesn't say this"),
)
# More rows than anybody types.
MOST_ROWS = 200
_PLAIN = ("title", "summary", "edtf", "date_text", "place", "lat", "lon", "note")


def _pick(field: Any, **kwargs: Any) -> PickField:
    column = field.field
    rows = column.remote_field.model._default_manager.all()
    return PickField(queryset=rows, required=False, widget=Pick(column, admin.site), **kwargs)


class ReviewForm(EventForm):
    """The event that a proposal would become, or would make of one that is there."""

    event_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    location_country = _pick(Event.location_country, label=_("Country of the place"))
    looked_at = forms.BooleanField(label=_("I have looked at these warnings"), required=False)
    same_as = _pick(Relation.target, label=_("Another event"))
    because = forms.CharField(
        label=_("Why it is rejected"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"list": "usual-rejections", "class": "vTextField", "autocomplete": "off"}),
        help_text=_("It stays in the history here, and is never proposed again."),
    )
    why = ReasonField(
        required=False,
        help_text=_("The public sees it with a change of what is public already. A first publication needs none."),
    )

    class Meta(EventForm.Meta):
        model = Event
        fields = (
            *("title", "type", "summary", "edtf", "date_text", "date_anchor"),
            *("location_country", "place", "lat", "lon", "note"),
        )
        widgets: dict[str, forms.Widget] = EventForm.Meta.widgets | {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "date_anchor": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "date_text": forms.TextInput(attrs={"class": "vTextField"}),
            "place": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, sources: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sources = sources
        for field in self.fields.values():
            # What was proposed stays as it was, so one always knows what was changed here.
            field.show_hidden_initial = False

    def _texts(self) -> Iterable[str]:
        return self._sources.values_list("text", flat=True)

    def plain(self) -> Values:
        """The event's own fields, as the deed wants them."""
        cleaned = self.cleaned_data
        country, anchor = cleaned["location_country"], cleaned["date_anchor"]
        return {name: cleaned[name] for name in _PLAIN} | {
            "type": cleaned["type"].pk,
            "location_country": country.pk if country else "",
            "date_anchor": anchor.isoformat() if anchor else None,
            "date_rule": self.instance.date_rule,
        }


class ActorRow(forms.Form):
    """An actor that is known, or the name of a new one."""

    actor = _pick(Participation.actor, label=_("Known actor"))
    name = forms.CharField(
        label=_("or the name of a new one"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "–"), *ActorKind.choices])
    country = _pick(Actor.country, label=_("Its country"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("actor") and cleaned.get("name") and not cleaned.get("kind"):
            self.add_error("kind", _("Say of which kind the new actor is."))
        return cleaned

    def values(self) -> Values | None:
        cleaned = self.cleaned_data
        if cleaned.get("actor"):
            return {"actor": cleaned["actor"].pk}
        if not cleaned.get("name"):
            return None
        country = cleaned.get("country")
        new = {"name": cleaned["name"], "kind": cleaned["kind"], "country": country.pk if country else None}
        return {"actor": None} | new


class PartRow(ActorRow):
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", "–"), *Role.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("actor") or cleaned.get("name")) and not cleaned.get("role"):
            self.add_error("role", _("Say what part it has."))
        return cleaned

    def values(self) -> Values | None:
        found = super().values()
        return found and found | {"role": self.cleaned_data["role"]}


class CountryRow(forms.Form):
    country = _pick(EventCountry.country, label=_("Country involved"))

    def values(self) -> str | None:
        country = self.cleaned_data.get("country")
        return country.pk if country else None


class EvidenceRow(forms.Form):
    """A quotation; what stands around it says which one is meant, until other words are chosen."""

    document = forms.ModelChoiceField(queryset=Document.objects.defer("text"), required=False, widget=forms.HiddenInput)
    quote = ExactTextField(
        label=_("Quotation"), required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )
    supports = supports_field(required=False)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    before = ExactTextField(required=False, widget=forms.HiddenInput)
    after = ExactTextField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("quote") and not cleaned.get("supports"):
            self.add_error("supports", _("Say what it supports."))
        if "quote" in self.changed_data:
            cleaned["before"] = cleaned["after"] = ""
        return cleaned

    def values(self) -> Values | None:
        cleaned = self.cleaned_data
        if not cleaned.get("quote"):
            return None
        document = cleaned.get("document")
        quoted = {name: cleaned[name] for name in ("quote", "supports", "start")}
        around = {"prefix": cleaned["before"], "suffix": cleaned["after"]}
        return quoted | around | {"document": document.pk if document else None}


def _rows(row: type[forms.Form], extra: int = 1) -> Any:
    return forms.formset_factory(row, extra=extra, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


ROWS: dict[str, Any] = {
    "participations": _rows(PartRow),
    "claimed_by": _rows(ActorRow),
    "countries": _rows(CountryRow),
    "evidence": _rows(EvidenceRow),
}


class Review:
    """The form of a proposal and its rows, empty of or bound to what was sent."""

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        self.proposal = proposal
        self.event = _event_of(proposal)
        self.values = proposal.values if self.event._state.adding else _current(self.event) | proposal.values
        self.form = ReviewForm(
            data,
            instance=self.event,
            sources=_sources_of(proposal),
            initial={"version": proposal.version, "event_version": self.event.version},
        )
        self.rows: dict[str, Any] = {
            name: formset(data, prefix=name, initial=list(_initial(name, self.values)))
            for name, formset in ROWS.items()
        }

    def ready(self) -> Review:
        """Ready to be shown: what is chosen in any row is fetched."""
        fetch_chosen([self.form, *(form for rows in self.rows.values() for form in rows.forms)])
        return self

    @property
    def has_form(self) -> bool:
        """Whether there is an event to be corrected: a retraction is accepted as it is."""
        return self.proposal.kind in (Kind.EVENT, Kind.CHANGE)

    def is_valid(self) -> bool:
        """Whether all of it may be handed to the deed."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def as_values(self) -> Values:
        """What the curator made of it. A change has of the lists only those that change."""
        values = self.form.plain()
        for name, rows in self.rows.items():
            if self.proposal.kind == Kind.EVENT or name in self.proposal.values or rows.has_changed():
                values[name] = [row for form in self._kept(name) if (row := form.values())]
        for row in values.get("evidence", ()):
            row["document"] = row["document"] or self.proposal.document_id
        return values

    def _kept(self, name: str) -> Iterator[Any]:
        rows = self.rows[name]
        return (form for form in rows.forms if form.cleaned_data and form not in rows.deleted_forms)


def _event_of(proposal: Proposal) -> Event:
    """An event with the proposed values, not to be saved."""
    event = copy(proposal.event) if proposal.event and proposal.kind != Kind.EVENT else Event()
    set_fields(event, proposal.values)
    return event


def _sources_of(proposal: Proposal) -> QuerySet[Document]:
    """The documents that a proposal, or the event that it changes, is read from."""
    ids = {proposal.document_id, *(row["document"] for row in proposal.values.get("evidence", ()))}
    quoted = Evidence.objects.filter(event=proposal.event_id).values("document")
    return Document.objects.filter(Q(pk__in=ids - {None}) | Q(pk__in=quoted))


def _current(event: Event) -> Values:
    """What hangs on an event that is there; its quotations stay as they are, so none is shown to be edited."""
    return {
        "participations": [{"actor": row.actor_id, "role": row.role} for row in event.participations.all()],
        "claimed_by": [{"actor": row.actor_id} for row in event.claims.all()],
        "countries": [row.country_id for row in event.countries.all()],
    }


def _initial(name: str, values: Values) -> Iterator[dict[str, Any]]:
    for row in values.get(name, ()):
        if name == "countries":
            yield {"country": row}
        elif name == "evidence":
            yield {**row, "before": row["prefix"], "after": row["suffix"]}
        elif row.get("actor"):
            yield {**row, "name": ""}
        else:
            found = {actor.pk for actor in called(" ".join(str(row.get("name", "")).split()))}
            yield {**row, "actor": found.pop()} if len(found) == 1 else row
