"""A day in one box, as people type it into a list."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.fields import DateBoxesField
from core.widgets import DateParts
from visits.planner_words import day_words

_DAY = re.compile(
    r"(?:[A-Za-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[A-Za-z]{3,})[\s./-]+(\d{4})"
)


class DayField(forms.CharField):
    """A day typed into one box: 23 November 2026, Monday 23 Nov 2026, 23/11/2026.

    Cleans to a `datetime.date` or None.
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
        found = _DAY.fullmatch(typed)
        if found is None:
            raise ValidationError("Write the day like 23 November 2026 or 23/11/2026.", code="invalid")
        return DateBoxesField().to_python(DateParts(*found.groups()))
