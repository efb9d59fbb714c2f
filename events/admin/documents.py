"""The pages of documents, the sources that are quoted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.admin.buttons import Button
from events.admin.forms import ExactTextField, NounForm
from events.admin.importing import ImportPage
from events.curation.publish import revise_document
from events.models import Document


class DocumentForm(NounForm):
    not_remembered = (*NounForm.not_remembered, "text")

    class Meta:
        field_classes = {"text": ExactTextField}
        help_texts = {
            "text": _(
                "It stays inside: the public sees the quotations, the length and the SHA-256. Where you correct it,"
                " quotations follow; those that don't stand any more are marked."
            )
        }

    def is_multipart(self) -> bool:
        """Sent otherwise, a text in Chinese would be three times as long."""
        return True


@admin.register(Document)
class DocumentAdmin(ImportPage):
    form = DocumentForm
    public_path = "api/v1/documents/"
    fieldsets = (
        (None, {"fields": ("title", "publisher", "author", "published", "language", "license")}),
        (_("Where it is"), {"fields": ("url", "archived_url")}),
        (_("Text"), {"fields": ("text", "text_sha256")}),
    )
    change_list_template = "admin/events/document_list.html"
    list_display = ("title", "publisher", "published", "unpublished", "id")
    list_filter = ("unpublished_edits",)
    unlisted = ("text",)
    search_fields = ("=id", "title", "publisher")
    search_label = _("Words of the title or publisher, an id, or a pasted address")

    readonly_fields = ("text_sha256",)

    def do(self, button: Button, noun: Any, before: Any, **deed: Any) -> None:
        """What was quoted follows the text, in the same step."""
        revise_document(noun.pk, text_was=before.text if before else None, **deed)
