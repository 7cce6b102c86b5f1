"""A day in one box, as people type it into a list."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.fields import DateBoxesField
from core.widgets import DateParts
from visits.planner_words import day_words

_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]{3,})(?:[\s./-]+(\d{4}))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
WRITE = "Write the day like 23 November, 23/11 or 23 November 2026."


class DayField(forms.CharField):
    """A day typed into one box: 23 November 2026, Mon 23 Nov, 23/11, 2026-11-23.

    Without a year the next such day is meant, today included. Cleans to a `datetime.date` or None.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"})
        )
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The day in words, or what was typed."""
        return day_words(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day, or None when nothing was typed; raises ValidationError with an example of how to write one."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        if iso := _ISO.fullmatch(typed):
            return DateBoxesField().to_python(DateParts(*reversed(iso.groups())))
        found = _DAY.fullmatch(typed)
        if found is None:
            raise ValidationError(WRITE, code="invalid")
        day, month, year = found.groups()
        return _next(day, month) if year is None else DateBoxesField().to_python(DateParts(day, month, year))


def _next(day: str, month: str) -> Any:
    """The next such day from today on; 29 February may be years away."""
    today = timezone.localdate()
    for year in range(today.year, today.year + 9):
        try:
            found = DateBoxesField().to_python(DateParts(day, month, str(year)))
        except ValidationError:
            if year == today.year + 8:
                raise
            continue
        if found is not None and found >= today:
            return found
    raise ValidationError(WRITE, code="invalid")
