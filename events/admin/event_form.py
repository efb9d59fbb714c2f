"""The form of an event: one field takes its date, as EDTF or in words, and says how it is understood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.admin.forms import NounForm
from events.admin.reading import CURATOR, Understood, first_source_day, source_texts, stands_in, understand

# A press of this button only asks how the date is understood; nothing is saved.
ASK = "_understand"


class DateWords(forms.TextInput):
    """A text field with a line below it that says how the date is understood."""

    template_name = "admin/events/widgets/date_words.html"
    understood = ""

    class Media:
        js = ("events/admin/date_preview.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["understood"] = self.understood
        return context


class EventForm(NounForm):
    edtf = forms.CharField(
        label=_("Date"),
        required=False,
        max_length=200,
        widget=DateWords(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=_(
            "EDTF (2019-10-16, 2019-10, 2019-10-16/2019-10-18) or words (last March, between 16 and 18 October)."
            " Leave it empty where the source names no date."
        ),
    )

    class Meta:
        widgets: dict[str, forms.Widget] = {
            name: forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}) for name in ("summary", "note")
        }
        labels = {"date_text": _("Words of the source"), "date_anchor": _("Day they are read against")}
        help_texts = {
            "date_text": _(
                "The date as the source has it, word by word. Words typed above are kept here if a source has them."
            ),
            "date_anchor": _("Left empty, it is the date of the first evidence's document."),
            "slug": _("The end of the public address. Left empty, it is made from the title."),
            "note": _("For curators only; it is never public."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._understood = self._stored()
        if "edtf" in self.fields:
            self.fields["edtf"].widget.understood = self.understood

    def understood(self) -> str:
        """The line below the field; empty where the field is empty or in error, which says enough."""
        if self.is_bound and ("edtf" in self.errors or not self.cleaned_data.get("edtf")):
            return ""
        return self._understood.sentence() if self._understood else ""

    def _stored(self) -> Understood | None:
        event = self.instance
        return Understood(event.edtf, event.date_rule) if event.edtf else None

    def is_valid(self) -> bool:
        return super().is_valid() and ASK not in self.data

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("edtf")
        if not typed:
            self._keep(None)
            return cleaned
        anchor = cleaned.get("date_anchor") or first_source_day(self.data)  # type: ignore[arg-type]  # a page sends a QueryDict
        try:
            self._keep(self._decide(understand(typed, anchor), typed, anchor))
        except ValidationError as error:
            self.add_error("edtf", error)
        return cleaned

    def _decide(self, understood: Understood, typed: str, anchor: date | None) -> Understood:
        """Settle the fields of the date, and whether a rule or the curator has the last word."""
        cleaned, event = self.cleaned_data, self.instance
        cleaned["edtf"] = understood.edtf
        text = cleaned.get("date_text", "")
        if understood.rule == CURATOR:
            same = (event.edtf, event.date_text, event.date_anchor) == (
                understood.edtf,
                text,
                cleaned.get("date_anchor"),
            )
            return Understood(understood.edtf, event.date_rule or CURATOR) if same else understood
        cleaned["date_anchor"] = anchor
        if not text or ("date_text" not in self.changed_data and self._sources_words(typed)):
            cleaned["date_text"] = text = typed.strip()
        return understood if text == typed.strip() else Understood(understood.edtf, CURATOR, understood.alternatives)

    def _sources_words(self, typed: str) -> bool:
        """Whether words typed as the date are a source's, as far as there is one: a correction in other words is the
        curator's, and the source keeps its own."""
        texts = list(self._texts())
        return not texts or any(stands_in(typed, text) for text in texts)

    def _texts(self) -> Iterable[str]:
        """The texts of the sources."""
        return source_texts(self.data)  # type: ignore[arg-type]  # a page sends a QueryDict

    def _keep(self, understood: Understood | None) -> None:
        self._understood = understood
        self.instance.date_rule = understood.rule if understood else ""
