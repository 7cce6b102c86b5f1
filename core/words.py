"""Dates and times as people write them, in the time of Shropshire: 3 March 2027, 8:45am, midday."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def local(moment: dt.datetime) -> dt.datetime:
    """The moment on London's clocks; a naive one is taken to be there already."""
    return moment if moment.tzinfo is None else moment.astimezone(LONDON)


def date_words(value: dt.date) -> str:
    """3 March 2027. A moment gives its day in London."""
    day = local(value) if isinstance(value, dt.datetime) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_words(value: dt.datetime) -> str:
    """Wednesday 3 March 2027, the moment's day in London."""
    return f"{local(value):%A} {date_words(value)}"


def time_words(value: dt.time | dt.datetime) -> str:
    """8:45am, 9am, midday, midnight. A moment gives its time in London; seconds are left out."""
    clock = local(value) if isinstance(value, dt.datetime) else value
    if clock.minute == 0 and clock.hour in (0, 12):
        return "midday" if clock.hour else "midnight"
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def datetime_words(value: dt.datetime) -> str:
    """8:45am on 3 March 2027, in London."""
    return f"{time_words(value)} on {date_words(value)}"


def moment_words(value: dt.datetime) -> str:
    """8:45am for a moment of today, 8:45am on 3 March 2027 for one of another day, in London."""
    is_today = local(value).date() == dt.datetime.now(LONDON).date()
    return time_words(value) if is_today else datetime_words(value)


def unbroken(words: str) -> str:
    """The same words on one line, as a page shows a date: none of them goes to the next line alone."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence: "Your name" becomes "your name", "SENCo" and "I" stay."""
    first = text.split(" ", 1)[0]
    return text if first == "I" or first[1:2].isupper() else text[:1].lower() + text[1:]
