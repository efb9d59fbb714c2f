"""What all forms of the admin share: the version they were opened with, the public reason, what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

USUAL_REASONS = (
    _("Typing error"),
    _("Date corrected"),
    _("Actor corrected"),
    _("New source"),
    _("Wording made clearer"),
    _("Duplicate of another event"),
    _("Not supported by its source"),
    _("Retracted by mistake"),
)


# What a form is sent with that is only to be shown again, for no button of it was pressed: after a new log-in.
AGAIN = "_log_in_again"


class PlainTextField(forms.CharField):
    """Text as it is stored: its lines end by LF."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ExactTextField(PlainTextField):
    """Text of a source: the spaces and line ends around it stay."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"strip": False})


class ReasonField(forms.CharField):
    """Why: shown to the public. The usual reasons are in a list (`usual-reasons`, in the page) to choose from."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "usual-reasons", "class": "vTextField", "autocomplete": "off"})
        super().__init__(label=_("Public reason"), max_length=500, widget=widget, **kwargs)


class RefusableForm(ModelForm):
    """A form that shows why a deed refused what it was sent."""

    refused: ClassVar[Sequence[str]] = ()

    def is_valid(self) -> bool:
        return super().is_valid() and AGAIN not in self.data

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for reason in self.refused:
            self.add_error(None, reason)
        return cleaned


class RememberingForm(ModelForm):
    """A form that carries, hidden, what stood in each field when it was opened: so one knows who changed what."""

    # Asked afresh each time, or too long to send twice.
    not_remembered: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in self.not_remembered


class NounForm(RememberingForm, RefusableForm):
    """The form of a noun."""

    not_remembered: ClassVar[Sequence[str]] = ("version", "why", "private", "seen")

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = ReasonField(
        required=False,
        help_text=_(
            "The public sees it with what you publish, retract or reinstate. Only a first publication needs none."
            " With a plain save it stays in the history here."
        ),
    )

    private = forms.CharField(
        label=_("Private note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Stays in the history here, for curators only."),
    )
    # What the public will see, as it was shown before: a hash.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def noun_changed(self) -> bool:
        """Whether anything was changed that is stored with the noun."""
        return not set(NounForm.not_remembered).issuperset(self.changed_data)
