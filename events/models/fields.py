"""Columns that read alike on every database."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

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
