"""Values that a field's own `clean` would take as they are, told by a quick look: `clean` is slow, and loads are long.

A look that says no proves nothing; then `clean` decides.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

Look = Callable[[Any], bool]


def plain_values(field: Any) -> Look:
    """Whether a value is surely one that the field takes, and leaves as it is."""
    if field.choices:
        known = {value for value, _label in field.flatchoices if value != "" or field.blank}
        return lambda value: type(value) is str and value in known
    look: Look | None = None
    if isinstance(field, models.CharField | models.TextField):
        look = _texts(field)
    elif isinstance(field, models.BooleanField):
        look = _truths
    elif isinstance(field, models.PositiveIntegerField):
        look = _counts
    elif isinstance(field, models.FloatField):
        look = _measures(field)
    elif type(field) is models.DateField and not field.validators:
        look = _days
    if look is None:
        return lambda value: False
    if field.null and field.blank:
        return lambda value: value is None or look(value)
    return look


def _truths(value: Any) -> bool:
    return value is True or value is False


def _counts(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _days(value: Any) -> bool:
    return type(value) is date


def _texts(field: Any) -> Look | None:
    shortest, longest = 0 if field.blank else 1, field.max_length or sys.maxsize
    others = [check for check in field.validators if not isinstance(check, MaxLengthValidator)]
    if not others:
        return lambda value: type(value) is str and shortest <= len(value) <= longest
    if len(others) == 1 and type(others[0]) is RegexValidator and not others[0].inverse_match:
        # The method itself, not a proxy's that looks for it each time.
        search = re.compile(others[0].regex).search
        return lambda value: type(value) is str and 0 < len(value) <= longest and search(value) is not None
    return None


def _measures(field: Any) -> Look | None:
    low = [check.limit_value for check in field.validators if type(check) is MinValueValidator]
    high = [check.limit_value for check in field.validators if type(check) is MaxValueValidator]
    if len(low) + len(high) < len(field.validators):
        return None
    least, most = max(low, default=-sys.float_info.max), min(high, default=sys.float_info.max)
    return lambda value: type(value) is float and least <= value <= most
