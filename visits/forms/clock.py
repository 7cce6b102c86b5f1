"""A time of day as people type it."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.words import time_words

CLOCK = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?\s*([ap])?\.?m?\.?", re.ASCII | re.IGNORECASE)


class TypedClockField(forms.CharField):
    """A time of day: 9, 9:15, 9.15am, 1415. Cleans to a `datetime.time`, or None where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As it was typed, or the time that we hold as people write it."""
        return time_words(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """The time; raises ValidationError with the forms that it can have."""
        typed = super().clean(value)
        if not typed:
            return None
        found = CLOCK.fullmatch(typed.strip().replace("midday", "12pm"))
        hour = _hour(found) if found else 24
        minute = int((found and found[2]) or 0)
        if hour > 23 or minute > 59:
            raise ValidationError("Enter a time like 9:15am or 14:15.")
        return time(hour, minute)


def _hour(found: re.Match[str]) -> int:
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return 24
    if half:
        return hour % 12 + (12 if half == "p" else 0)
    return hour
