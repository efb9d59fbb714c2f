"""The pages of documents, the sources that are quoted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.buttons import is_public
from events.admin.forms import ExactTextField, NounForm
from events.admin.nouns import NounAdmin
from events.models import Document


class DocumentForm(NounForm):
    not_remembered = (*NounForm.not_remembered, "text")

    class Meta:
        field_classes = {"text": ExactTextField}
        help_texts = {"text": _("It stays inside: the public sees the quotations, the length and the SHA-256.")}

    def is_multipart(self) -> bool:
        """Sent otherwise, a text in Chinese would be three times as long."""
        return True


@admin.register(Document)
class DocumentAdmin(NounAdmin):
    form = DocumentForm
    public_path = "api/v1/documents/"
    fieldsets = (
        (None, {"fields": ("title", "publisher", "author", "published", "language", "license")}),
        (_("Where it is"), {"fields": ("url", "archived_url")}),
        (_("Text"), {"fields": ("text", "text_sha256")}),
    )
    list_display = ("title", "publisher", "published", "unpublished", "id")
    list_filter = ("unpublished_edits",)
    unlisted = ("text",)
    search_fields = ("=id", "title", "publisher")
    search_label = _("Words of the title or publisher, an id, or a pasted address")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The text of a public document stays as it is: public quotations point into it."""
        return ("text", "text_sha256") if obj and is_public(obj) else ("text_sha256",)
