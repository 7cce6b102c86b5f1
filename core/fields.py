"""Form fields of our own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.models import LONGEST_ADDRESS
from core.telephone import LONGEST, NoTelephoneNumber, telephone_words
from core.widgets import DateBoxes, DateParts, RadiosWithHints
from core.words import MONTHS, time_words

LONGEST_ROW_NUMBER = 18
"""Digits that the numbers of rows stay within in every database."""


class AddressField(forms.EmailField):
    """An e-mail address that mail can carry and our columns hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ADDRESS, **kwargs)


NOT_ONE_NUMBER = "Enter one telephone number, like 01743 254254 or 07700 900123 x12."


class TelephoneField(forms.CharField):
    """A telephone number, which cleans to the way in which it is written here; see core/telephone.py."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20"}))
        super().__init__(max_length=LONGEST, error_messages={"max_length": NOT_ONE_NUMBER}, **kwargs)

    def clean(self, value: Any) -> str:
        """The number in words, or nothing."""
        text: str = super().clean(value)
        try:
            words = telephone_words(text) if text else ""
        except NoTelephoneNumber:
            words = None
        if words is None or len(words) > LONGEST:
            raise ValidationError(NOT_ONE_NUMBER)
        return words


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rows of a table, as tick boxes."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The rows. A number too long for any row is refused like any other that is none: SQLite would not take it."""
        for one in value if isinstance(value, list | tuple) else ():
            if len(str(one)) > LONGEST_ROW_NUMBER:
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")
        return super().clean(value)


class ClockField(forms.CharField):
    """A time of the day as people type it: 9, 9:00, 9.15am, 14:15, midday.

    Cleans to a `datetime.time` or None. A bare hour before 7 is the afternoon's: nobody meets at a school at two in
    the morning, and "2.15" stands in many a diary.
    """

    TYPED = re.compile(r"(\d{1,2}?)(?:[:.]?(\d{2}))?\s*(?:([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)
    EARLIEST = 7
    LONGEST = 20

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})
        )
        super().__init__(max_length=self.LONGEST, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As typed, or the time that we hold in words."""
        return time_words(value) if isinstance(value, dt.time) else value

    def clean(self, value: Any) -> Any:
        """The time, or None when nothing was typed; raises ValidationError with an example of how to write one."""
        typed = str(super().clean(value)).strip().lower()
        return _clock(typed) if typed else None


def _clock(typed: str) -> dt.time:
    if typed in {"midday", "noon", "midnight"}:
        return dt.time(0 if typed == "midnight" else 12)
    found = ClockField.TYPED.fullmatch(typed)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = found[3] if found else None
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 99
    elif 1 <= hour < ClockField.EARLIEST and len(str(found and found[1])) == 1:
        hour += 12
    if hour > 23 or minute > 59:
        raise ValidationError("Write the time like 9am, 9:15 or 14:15.", code="invalid")
    return dt.time(hour, minute)


class RadiosField(forms.ChoiceField):
    """One of a few options. Forms share them, where Django copies each option for every form of a page."""

    widget = RadiosWithHints

    def __deepcopy__(self, memo: dict[int, Any]) -> RadiosField:
        return forms.Field.__deepcopy__(self, memo)


class DateBoxesField(forms.Field):
    """A date typed into three boxes; a month may be written as a word.

    Cleans to a `datetime.date` or None. Each error says what is missing or wrong and carries the name of the
    box as its code, so that only that box is marked and the error summary's link lands on it.
    """

    widget = DateBoxes

    def prepare_value(self, value: Any) -> Any:
        """The boxes as typed, or those of the date that we hold."""
        return value if isinstance(value, DateParts) else DateParts.of(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes say something else than the date that stood there."""
        try:
            return bool(self.to_python(data) != (initial or None))
        except ValidationError:
            return True

    def to_python(self, value: Any) -> dt.date | None:
        """The date, or None when nothing was typed; raises ValidationError naming the box that is wrong."""
        parts = value if isinstance(value, DateParts) else DateParts.of(value)
        if not parts.typed():
            return None
        for name, part in zip(parts._fields, parts, strict=True):
            if not part.strip():
                raise ValidationError(f"The date must include a {name}.", code=name)
        day = _number(parts.day, "day", 1, 31)
        month = _month(parts.month)
        if len(parts.year.strip()) != 4:
            raise ValidationError("The year must be 4 numbers, like 2027.", code="year")
        year = _number(parts.year, "year", 1900, 2999)
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise ValidationError(
                "There is no such day in that month. Check the day and the month.", code="day"
            ) from None


def _month(typed: str) -> int:
    word = typed.strip().lower()
    if len(word) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.lower().startswith(word):
                return number
    return _number(typed, "month", 1, 12)


def _number(typed: str, box: str, least: int, most: int) -> int:
    text = typed.strip()
    # isascii: int() would also read digits of other scripts, which nobody typing a date means.
    if text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most:
        return int(text)
    raise ValidationError(f"The {box} must be a number between {least} and {most}.", code=box)
