"""Two visits of one worker: at once, which cannot be, or with little time between them, which is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot

from core.words import time_words
from schools.models import School
from visits.models import Visit
from visits.times import VisitTime

TIGHT = timedelta(minutes=45)
"""Less than this between two schools is worth a word however near they are: parent carers stay and talk."""
SPEED = 40
"""Kilometres an hour along the straight line: lanes bend, so that the car itself does some 55."""
AROUND = timedelta(minutes=15)
"""To leave one school, to park and to sign in at the next."""
METRES_IN_A_MILE = 1609.344


@dataclass(frozen=True)
class Gap:
    """How little time is between a visit and another of the same worker at another school on the same day."""

    other: Visit
    who: str
    minutes: int
    comes_after: bool
    """Whether the other visit is the later one."""
    miles: float | None
    """In a straight line; None where the register has no point for one of the schools."""

    def __str__(self) -> str:
        other = self.other
        begins_or_ends = other.starts_at if self.comes_after else other.ends_at
        which = f"before {other} begins at" if self.comes_after else f"after {other} ends at"
        moment = time_words(begins_or_ends) if begins_or_ends else ""
        far = (
            "" if self.miles is None else f"; the schools are {self.miles:.1f} miles apart in a straight line"
        )
        return f"{self.who} has {self.minutes} minutes {which} {moment}{far}."


def miles_between(one: School, other: School) -> float | None:
    """How far it is in a straight line; None where one of them has no point in the register."""
    if None in (one.easting, one.northing, other.easting, other.northing):
        return None
    metres = hypot(one.easting - other.easting, one.northing - other.northing)  # type: ignore[operator]  # asked above
    return metres / METRES_IN_A_MILE


def time_wanted(miles: float | None) -> timedelta:
    """How much time between two schools is enough not to be told."""
    if miles is None:
        return TIGHT
    return max(TIGHT, AROUND + timedelta(hours=miles * METRES_IN_A_MILE / 1000 / SPEED))


def tight_gaps(at: VisitTime, school: School, others: Iterable[tuple[Visit, str]]) -> list[Gap]:
    """The gaps that are too little for comfort, by time; `others` are visits of the day, each with whose it is.

    One that overlaps is no gap but a clash.
    """
    found = [_gap(at, school, visit, who) for visit, who in others if visit.school_id != school.pk]
    tight = (gap for gap in found if gap is not None and _is_tight(gap))
    return sorted(tight, key=lambda gap: (gap.comes_after, gap.minutes, gap.who))


def _gap(at: VisitTime, school: School, other: Visit, who: str) -> Gap | None:
    if other.starts_at is None or other.ends_at is None or overlap(at, other.starts_at, other.ends_at):
        return None
    comes_after = other.starts_at >= at.ends_at
    between = other.starts_at - at.ends_at if comes_after else at.starts_at - other.ends_at
    minutes = int(between.total_seconds() // 60)
    return Gap(other, who, minutes, comes_after, miles_between(school, other.school))


def _is_tight(gap: Gap) -> bool:
    return timedelta(minutes=gap.minutes) < time_wanted(gap.miles)


def elsewhere(who: str, other: Visit, at: VisitTime, where: str = "") -> str:
    """Why whoever goes to another visit at that time cannot be there, and where that visit is written."""
    return f"{who} cannot be there then: {other} is at {at}{where}."


def overlap(at: VisitTime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the two share a moment; one that begins when the other ends does not."""
    return at.starts_at < ends_at and starts_at < at.ends_at
