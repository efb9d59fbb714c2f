"""Evidence in an event's form: quotations of stored documents, and a source pasted there and quoted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.admin.forms import ExactTextField, RememberingForm
from events.admin.inlines import Inline
from events.curation.evidence import normalise, occurrences, verified
from events.errors import DeedRefused
from events.models import Document, Evidence
from events.models.working import Supports, web_address

if TYPE_CHECKING:
    BaseInlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
else:
    BaseInlineFormSet = forms.BaseInlineFormSet

SHORT = forms.Textarea(attrs={"rows": 2, "cols": 60, "class": "vLargeTextField"})


def supports_field(**kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Supports"), choices=Supports.choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class EvidenceForm(RememberingForm):
    supports = supports_field(required=False)

    class Meta:
        field_classes = {"quote": ExactTextField, "prefix": ExactTextField, "suffix": ExactTextField}
        # Areas, for a quotation and what is around it may run over several lines, which a text field would join.
        widgets = {"quote": SHORT, "prefix": SHORT, "suffix": SHORT}
        help_texts = {"quote": _("Word by word, as it stands in the document.")}


class EvidenceInline(Inline):
    model = Evidence
    form = EvidenceForm
    autocomplete_fields = ("document",)
    readonly_fields = ("found",)
    fieldsets = (
        (None, {"fields": ("document", "quote", "found", "supports")}),
        (
            _("Which one, where the words stand there more than once"),
            {"fields": ("prefix", "suffix"), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).select_related("document", "event")

    @admin.display(description=_("verified"))
    def found(self, row: Evidence) -> str:
        if row._state.adding:
            return _now("This is checked when you save.")
        if not verified(row):
            return _now(
                "No: these words aren't found once in the document. Copy them exactly, or say which ones below."
            )
        return _now("Yes: characters %(start)s to %(end)s of the document.") % {"start": row.start, "end": row.end}


class SourceForm(RememberingForm):
    """A source and the quotation of it: becomes a document and the evidence that quotes it."""

    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    title = forms.CharField(label=_("Title"), max_length=300)
    url = forms.CharField(label=_("Address"), max_length=2000, required=False, validators=[web_address])
    archived_url = forms.CharField(
        label=_("Archived address"), max_length=2000, required=False, validators=[web_address]
    )
    published = forms.DateField(label=_("Published on"), required=False, widget=AdminDateWidget)
    passage = ExactTextField(
        label=_("Passage"),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60, "class": "vLargeTextField"}),
        help_text=_("Paste it as it stands there. It is stored as the text of the document, and stays inside."),
    )
    supports = supports_field(initial=[Supports.TITLE, Supports.DATE])
    field_order = (
        *("publisher", "title", "url", "archived_url", "published"),
        *("passage", "quote", "supports"),
    )

    class Meta:
        fields = ("quote", "supports")
        field_classes = {"quote": ExactTextField}
        widgets = {"quote": SHORT}
        help_texts = {"quote": _("The part of the passage that is shown to the public. Left empty, all of it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quote"].required = False
        for name in ("publisher", "title", "url", "archived_url"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        try:
            passage, quote = normalise(cleaned.get("passage", "")), normalise(cleaned.get("quote", ""))
        except DeedRefused as error:
            raise ValidationError(str(error)) from None
        cleaned["passage"], cleaned["quote"] = passage, quote.strip() or passage.strip()
        if passage and len(occurrences(passage, cleaned["quote"])) != 1:
            self.add_error("quote", _("These words don't stand once in the passage; copy them from it, word by word."))
        return cleaned

    def document(self) -> Document:
        """The document that the curator pasted, not yet stored."""
        names = ("publisher", "title", "url", "archived_url", "published")
        return Document(text=self.cleaned_data["passage"], **{name: self.cleaned_data[name] for name in names})


class SourceFormSet(BaseInlineFormSet):
    """Beside the evidence that is stored: only what is added."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return "source"

    def initial_form_count(self) -> int:
        return 0

    def added(self) -> list[SourceForm]:
        return [form for form in self.forms if form.has_changed()]


class SourceInline(Inline):
    model = Evidence
    form = SourceForm
    formset = SourceFormSet
    verbose_name = _("source")
    verbose_name_plural = _("Add a source here")
    can_delete = False
    fields = SourceForm.field_order

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).none()

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        return super().may_change(request, obj) and request.user.has_perm("events.add_document")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request, obj)
