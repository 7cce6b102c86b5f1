"""How the planner says when something is."""

from datetime import date, datetime

from core.words import date_words, local, time_words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """Monday 23 November 2026. A moment gives its day in London."""
    day = local(day).date() if isinstance(day, datetime) else day
    return f"{DAYS[day.weekday()]} {date_words(day)}"


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """9am to 10:15am."""
    return f"{time_words(starts_at)} to {time_words(ends_at)}"


def when_words(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """Monday 23 November 2026, 9am to 10am; empty where there is no date."""
    if starts_at is None or ends_at is None:
        return ""
    return f"{day_words(starts_at)}, {span_words(starts_at, ends_at)}"


def hours_words(minutes: int) -> str:
    """Half hours are near enough for planning: "1 hour", "12½ hours"."""
    halves = round(minutes / 30)
    whole, half = divmod(halves, 2)
    number = f"{whole or ''}{'½' if half else ''}" or "0"
    return f"{number} hour{'' if halves in (1, 2) else 's'}"


def of_words(count: int, noun: str) -> str:
    """1 visit, 2 visits."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
