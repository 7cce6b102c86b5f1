"""School days, after the county's terms as an administrator keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from core.prepared import Prepared
from schools.models import DayOff, Term

LONGEST_LOOK = timedelta(days=370)
"""How far a count of school days looks ahead before it takes every weekday for one."""

_TERMS = Prepared(lambda: Term.objects.values_list("starts_on", "ends_on"))
_DAYS_OFF = Prepared(lambda: DayOff.objects.values_list("day", "name"))


@dataclass(frozen=True)
class SchoolCalendar:
    """The terms and days off, read once; asks the database nothing afterwards."""

    terms: tuple[tuple[date, date], ...]
    days_off: dict[date, str]

    @classmethod
    def load(cls) -> Self:
        """All terms and days off: a few rows a year."""
        return cls(tuple(_TERMS()), dict(_DAYS_OFF()))

    def why_closed(self, day: date) -> str:
        """Why schools are closed that day, in words; empty for a school day.

        A day for which no terms were entered (before the first, after the last) counts as a school day if it is a
        weekday: nobody is stopped by data that is missing.
        """
        if day.weekday() >= 5:
            return "it is a weekend"
        if day in self.days_off:
            return f"it is {self.days_off[day]}"
        if not self._is_covered(day) or any(first <= day <= last for first, last in self.terms):
            return ""
        return "it is in the school holidays"

    def is_school_day(self, day: date) -> bool:
        """Whether schools are open that day."""
        return not self.why_closed(day)

    def school_days_after(self, day: date, count: int) -> date:
        """The day that many school days after `day`, which itself does not count."""
        for later in self._days_after(day):
            count -= self.is_school_day(later)
            if count <= 0:
                return later
        return day + LONGEST_LOOK

    def _is_covered(self, day: date) -> bool:
        return self._covered[0] <= day <= self._covered[1]

    @cached_property
    def _covered(self) -> tuple[date, date]:
        """The first and the last day of all terms; without terms no day lies between them."""
        if not self.terms:
            return date.max, date.min
        return min(self.terms)[0], max(last for _, last in self.terms)

    @staticmethod
    def _days_after(day: date) -> Iterator[date]:
        return (day + timedelta(days=ahead) for ahead in range(1, LONGEST_LOOK.days))
