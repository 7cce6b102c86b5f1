"""A day and a time of day in one box each, as people type them into a list."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.fields import DateBoxesField
from core.widgets import DateParts
from core.words import date_words, time_words

_DAY = re.compile(
    r"(?:[A-Za-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[A-Za-z]{3,})[\s./-]+(\d{4})"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


class DayField(forms.CharField):
    """A day typed into one box: 23 November 2026, Monday 23 Nov 2026, 23/11/2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The day in words, or what was typed."""
        return date_words(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        """The day; None for an empty box. Raises ValidationError with an example."""
        typed = str(super().to_python(value))
        if not typed:
            return None
        found = _DAY.fullmatch(typed)
        if found is None:
            raise ValidationError("Write the day like 23 November 2026 or 23/11/2026.", code="invalid")
        return DateBoxesField().to_python(DateParts(*found.groups()))

    def validate(self, value: Any) -> None:
        """Whether there is one, where there has to be."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Checks of texts are for what was typed, and that is a day now."""


class ClockField(DayField):
    """A time of the school day: 9, 9:00, 9.15am, 2:15pm, 14:15. One to six without "am" or "pm" is after midday."""

    def prepare_value(self, value: Any) -> Any:
        """The time in words, or what was typed."""
        return time_words(value) if isinstance(value, time) else value

    def to_python(self, value: Any) -> Any:
        """The time; None for an empty box. Raises ValidationError with an example."""
        typed = str(forms.CharField.to_python(self, value)).lower()
        if not typed:
            return None
        if typed in {"midday", "noon"}:
            return time(12)
        found = _CLOCK.fullmatch(typed)
        hour = _hour(int(found[1]), found[3]) if found else None
        minute = int(found[2] or 0) if found else 0
        if hour is None or minute > 59:
            raise ValidationError("Write the time like 9am, 9:15 or 14:15.", code="invalid")
        return time(hour, minute)


def _hour(hour: int, half: str | None) -> int | None:
    """The hour on a clock of 24; None for one that there is not."""
    if half is None:
        return None if hour > 23 else hour + 12 if 1 <= hour <= 6 else hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half == "pm" else 0)
