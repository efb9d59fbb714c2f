"""Columns that read alike on every database."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from events.models.tokens import GAP

# Consonants and digits: no word is ever spelt, no 0/o or 1/l is ever misread.
ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
ID_LENGTH = 10
ID_MAX_LENGTH = 32

id_form = RegexValidator(
    r"\A[a-z0-9][a-z0-9-]{1,30}[a-z0-9]\Z", "An id has 3 to 32 of the characters a–z, 0–9 and -.", "invalid_id"
)


def new_id() -> str:
    """A fresh public id: 26^10 values or more, so none is met twice and none can be guessed."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


class CodePointField(models.CharField):  # type: ignore[type-arg]  # generic only in the stubs
    """Text that is compared and ordered by code point on PostgreSQL too, as SQLite does by itself."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters: dict[str, Any] = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class WordsField(models.TextField):  # type: ignore[type-arg]  # generic only in the stubs
    """Tokens with one space between them. PostgreSQL keeps them as `tsvector`, each with its positions."""

    LEXEME = re.compile(r"'([^']+)':([0-9,]+)")

    def db_type(self, connection: Any) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Written by us, since PostgreSQL's own reading of a text would cut it otherwise."""
        if connection.vendor != "postgresql":
            return value
        positions: dict[str, list[str]] = {}
        for number, token in enumerate(value.split(), 1):
            positions.setdefault(token, []).append(str(number))
        positions.pop(GAP, None)
        return " ".join(f"'{token}':{','.join(at)}" for token, at in positions.items())

    def from_db_value(self, value: str, expression: Any, connection: Any) -> str:
        if connection.vendor != "postgresql":
            return value
        placed = [(int(at), token) for token, found in self.LEXEME.findall(value) for at in found.split(",")]
        words = [GAP] * max((at for at, _token in placed), default=1)
        for at, token in placed:
            words[at - 1] = token
        return " ".join(words)
