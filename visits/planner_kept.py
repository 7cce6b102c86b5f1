"""What the planner has read, kept in the process while nobody changes anything (core/unchanged.py)."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from accounts.models import User
from core.prepared import Prepared
from core.unchanged import Unchanged
from schools.models import Cohort, ProgrammeYear, sees_every_school
from schools.queries.links import link_workers
from schools.queries.terms import SchoolCalendar
from visits.queries.promise import years_with_schools

T = TypeVar("T")
MOST = 100
"""Counts and pages that are kept between two changes: people narrow the list in few ways at a time."""
_YEARS = Prepared(years_with_schools)
_WORKERS = Prepared(link_workers)
_COHORTS = Prepared(Cohort.objects.all)


@dataclass(frozen=True)
class Kept:
    """Years, the newest first, who may go, cohorts and school terms; and what was counted and listed since."""

    years: list[ProgrammeYear]
    workers: list[User]
    cohorts: list[Cohort]
    calendar: SchoolCalendar
    _found: dict[Hashable, Any] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Kept":
        """From the database, in five queries."""
        return cls(_YEARS(), _WORKERS(), _COHORTS(), SchoolCalendar.load())

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What was found for the key, or else what `work_out` finds; nobody may change it."""
        if key not in self._found:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[key] = work_out()
        return cast(T, self._found[key])


_kept: Unchanged[Kept] = Unchanged(most=1)


def kept_for(user: User) -> Kept:
    """What is kept for all who see every school; for anybody else nothing is."""
    if not sees_every_school(user):
        return Kept.read()
    return _kept.get("planner", Kept.read, may_keep=lambda _: True)
