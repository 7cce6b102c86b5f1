"""When a visit could be: usual times of the school day, on London's clocks, and what speaks against one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, Self, TypeVar

from core.words import LONDON, date_words, time_words
from schools.models import ProgrammeYear
from schools.queries.terms import SchoolCalendar
from visits.enums import Slot

USUAL_STARTS: dict[Slot, time] = {Slot.AFTER_DROP_OFF: time(9), Slot.BEFORE_PICK_UP: time(14, 15)}
"""Families are at the school then; another start can be typed for any slot."""

EARLIEST, LATEST = time(7), time(20)
"""Nobody is at a school before and after, as a rule."""


END_OF_DAY = time(23, 59)
DROP_OFF_IS_OVER, PICK_UP_IS_NEAR = time(11), time(13)
"""Between the two a time is neither after drop-off nor before pick-up."""


class NoSuchTime(ValueError):  # noqa: N818 - it reads as what it says
    """The clocks go forward over this time, so that it does not exist that day."""

    def __init__(self) -> None:
        super().__init__(
            "The clocks go forward over that time, so it does not exist that day. Choose another."
        )


class HasStart(Protocol):
    """What begins at some moment."""

    @property
    def starts_at(self) -> datetime: ...


Begins = TypeVar("Begins", bound=HasStart)


@dataclass(frozen=True, order=True)
class VisitTime:
    """A time for a visit: two moments, and when in the school day that is."""

    starts_at: datetime
    ends_at: datetime
    slot: str = Slot.OTHER

    @classmethod
    def on(cls, day: date, start: time, *, minutes: int, slot: str = Slot.OTHER) -> Self:
        """So many minutes from this time of that day. Raises NoSuchTime.

        A time that comes twice, when the clocks go back, is the first of the two. The minutes are real ones.
        """
        starts_at = moment(day, start)
        return cls(starts_at, starts_at + timedelta(minutes=minutes), slot)

    @property
    def day(self) -> date:
        """The day in London."""
        return self.starts_at.astimezone(LONDON).date()

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    def __str__(self) -> str:
        return f"{time_words(self.starts_at)} to {time_words(self.ends_at)} on {date_words(self.starts_at)}"


def moment(day: date, clock: time) -> datetime:
    """That time of that day in London; of one that comes twice the first. Raises NoSuchTime for one that is skipped.

    It is given in UTC: between two moments of one time zone Python counts what their clocks show, and so an hour too
    much or too little when they change.
    """
    found = datetime.combine(day, clock, tzinfo=LONDON).astimezone(UTC)
    if found.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, clock):
        raise NoSuchTime
    return found


def slot_at(slot: Slot, start: time) -> Slot:
    """The slot that was chosen, unless a start was typed that is at another part of the school day."""
    if slot is Slot.OTHER:
        return slot
    if start < DROP_OFF_IS_OVER:
        return Slot.AFTER_DROP_OFF
    return Slot.BEFORE_PICK_UP if start >= PICK_UP_IS_NEAR else Slot.OTHER


def usual(day: date, slot: Slot, *, minutes: int) -> VisitTime:
    """The usual time of a slot that has one. Raises KeyError for another time."""
    return VisitTime.on(day, USUAL_STARTS[slot], minutes=minutes, slot=slot)


def has_begun(starts_at: datetime, now: datetime) -> bool:
    """Whether a time is past: from the moment in which it begins, not from the next day, nobody can pick it."""
    return starts_at <= now


def is_past(at: VisitTime, now: datetime) -> bool:
    """Whether it has begun."""
    return has_begun(at.starts_at, now)


def to_come(times: Iterable[Begins], now: datetime) -> list[Begins]:
    """Those that have not begun, by when they do."""
    return sorted((one for one in times if not has_begun(one.starts_at, now)), key=lambda one: one.starts_at)


def is_outside(at: VisitTime, year: ProgrammeYear) -> bool:
    """Whether its day is not one of the programme year."""
    return not year.starts_on <= at.day <= year.ends_on


def fault_of(at: VisitTime, year: ProgrammeYear, now: datetime) -> str:
    """Why a visit of that year cannot be planned for that time, as a sentence; empty where it can."""
    if is_outside(at, year):
        return outside_words(at, year)
    return f"{at} is past. Choose a time to come." if is_past(at, now) else ""


def outside_words(at: VisitTime, year: ProgrammeYear) -> str:
    """What is said of a day that is not one of the programme year."""
    return (
        f"{at} is outside the programme year {year}. Choose a day of that year, or plan the visit in another."
    )


def warning(at: VisitTime, calendar: SchoolCalendar) -> str:
    """Why the time is an odd one for a visit, in sentences; empty for one in the day of a school that is open."""
    why = calendar.why_closed(at.day)
    closed = f"On {date_words(at.day)} schools are closed: {why}." if why else ""
    return " ".join(filter(None, (closed, _hours(at))))


ANSWER_WITHIN = timedelta(days=21)
"""So long a school has at most to pick a time: it outlasts two weeks of holidays, and no time is held for ever."""


def answer_by(first: datetime, calendar: SchoolCalendar, today: date, *, asked: datetime) -> date:
    """By which day a school that was `asked` then is to pick one of its times, `first` being the first.

    The last school day before it, and within three weeks; today where no such day is left.
    """
    latest = asked.astimezone(LONDON).date() + ANSWER_WITHIN
    day = min(first.astimezone(LONDON).date() - timedelta(days=1), latest)
    while day > today and not calendar.is_school_day(day):
        day -= timedelta(days=1)
    return max(day, today)


def _hours(at: VisitTime) -> str:
    start, end = at.starts_at.astimezone(LONDON), at.ends_at.astimezone(LONDON)
    if start.time() >= EARLIEST and end.time() <= LATEST and start.date() == end.date():
        return ""
    return f"{time_words(start)} to {time_words(end)} is early or late for a school."
