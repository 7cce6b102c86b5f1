"""A day in one box, as people type it into a list."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.fields import DateBoxesField
from core.widgets import DateParts
from core.words import date_words
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

    Without a year the next such day is meant, today included; where the field knows within which days, the one
    among these, even if it is past. Cleans to a `datetime.date` or None.
    """

    within: tuple[date, date] | None = None
    """The first and the last day of the programme year that is planned."""

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
        if year is not None:
            return DateBoxesField().to_python(DateParts(day, month, year))
        return _next(day, month) if self.within is None else _next_within(day, month, *self.within)


def _next(day: str, month: str) -> date:
    """The next such day from today on; 29 February may be years away."""
    today = timezone.localdate()
    return next(found for found in _in_years(day, month, today.year) if found >= today)


def _next_within(day: str, month: str, first: date, last: date) -> date:
    """The next such day of those between, or the last that there was."""
    found = [one for one in _in_years(day, month, first.year) if first <= one <= last]
    if not found:
        named = date_words(_in_years(day, month, first.year)[0]).rpartition(" ")[0]
        raise ValidationError(
            f"{named} is not in the programme year, {date_words(first)} to {date_words(last)}. Write another day.",
            code="invalid",
        )
    today = timezone.localdate()
    return next((one for one in found if one >= today), found[-1])


def _in_years(day: str, month: str, first: int) -> list[date]:
    """That day in each of nine years that has it; raises ValidationError where none has."""
    found, fault = [], ValidationError(WRITE, code="invalid")
    for year in range(first, first + 9):
        try:
            found.append(DateBoxesField().to_python(DateParts(day, month, str(year))))
        except ValidationError as refused:
            fault = refused
    if not found:
        raise fault
    return [one for one in found if one is not None]
