"""Filters for dates and times in words; nothing given, nothing printed.

On a page a date stays on one line. In a plain text, such as an e-mail, autoescape is off and spaces are spaces.
"""

from __future__ import annotations

import datetime as dt

from django import template

from core import words

register = template.Library()


@register.filter(needs_autoescape=True)
def date_words(value: dt.date | None, autoescape: bool = True) -> str:  # noqa: FBT001, FBT002 - Django's own shape
    """3 March 2027."""
    if not value:
        return ""
    date = words.date_words(value)
    return words.unbroken(date) if autoescape else date


@register.filter
def time_words(value: dt.time | dt.datetime | None) -> str:
    """8:45am, midday, midnight."""
    return words.time_words(value) if value is not None else ""


@register.filter(needs_autoescape=True)
def datetime_words(value: dt.datetime | None, autoescape: bool = True) -> str:  # noqa: FBT001, FBT002 - as above
    """8:45am on 3 March 2027."""
    return f"{words.time_words(value)} on {date_words(value, autoescape)}" if value else ""
