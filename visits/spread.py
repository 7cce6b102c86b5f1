"""Dates for many visits at once: school days of a stretch, near schools on one day, nobody at two places.

Nothing is stored here and nothing asked: what comes out is a proposal that a person reads, changes and applies.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import hypot, inf

from visits.clashes import overlap
from visits.enums import Slot
from visits.times import VisitTime, usual

APART = timedelta(days=14)
"""At least so long between two visits to one school: something has to happen in between."""

Point = tuple[int, int] | None


@dataclass(frozen=True)
class ToPlace:
    """A visit without a date: where its school is, how long it takes, and on which days it can be."""

    pk: int
    school: int
    number: int
    point: Point
    minutes: int
    first: date
    last: date


@dataclass(frozen=True)
class Placed:
    """The time that was found for a visit, and who would go."""

    visit: ToPlace
    worker: int
    time: VisitTime


@dataclass(frozen=True)
class Busy:
    """A visit that a worker has already."""

    worker: int
    time: VisitTime
    point: Point


@dataclass(frozen=True)
class Wish:
    """How somebody wants visits to be spread: on which days, by whom, when in the day, how many a day."""

    days: Sequence[date]
    workers: Sequence[int]
    slots: Sequence[Slot]
    most_a_day: int
    now: datetime


@dataclass
class _Diary:
    """What the workers have, with what was placed on the way."""

    of: dict[tuple[int, date], list[Busy]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Busy) -> None:
        self.of[one.worker, one.time.day].append(one)

    def is_free(self, worker: int, at: VisitTime) -> bool:
        return not any(overlap(at, one.time.starts_at, one.time.ends_at) for one in self.of[worker, at.day])


def spread(visits: Iterable[ToPlace], busy: Iterable[Busy], wish: Wish) -> list[Placed]:
    """A time for as many of the visits as there is room for, by time; whatever is missing found none.

    Schools on one day are near each other. A school's visits keep the order of their numbers and lie `APART`. With
    room to spare the days lie apart evenly.
    """
    left = sorted(visits, key=lambda one: (one.number, one.pk))
    diary = _Diary()
    for one in busy:
        diary.add(one)
    placed: list[Placed] = []
    for day, worker in _places(wish, len(left)):
        for found in _fill(day, worker, _possible(left, day, placed), diary, wish):
            placed.append(found)
            left.remove(found.visit)
    return sorted(placed, key=lambda one: (one.time, one.worker))


def _places(wish: Wish, count: int) -> Iterator[tuple[date, int]]:
    """Days and workers in the order in which they are filled: days evenly apart, then those between."""
    a_day = max(1, min(wish.most_a_day, len(wish.slots)) * len(wish.workers))
    wanted = -(-count // a_day)
    step = max(1, len(wish.days) // wanted) if wanted else 1
    evenly = wish.days[::step]
    rest = [day for day in wish.days if day not in set(evenly)]
    for day in [*evenly, *rest]:
        for worker in wish.workers:
            yield day, worker


def _fill(day: date, worker: int, possible: list[ToPlace], diary: _Diary, wish: Wish) -> Iterator[Placed]:
    """Up to so many visits for one worker's day, each near to what is there."""
    for slot in wish.slots:
        there = diary.of[worker, day]
        if len(there) >= wish.most_a_day:
            return
        near = [one.point for one in there if one.point is not None]
        for one in _nearest_first(possible, near):
            at = usual(day, slot, minutes=one.minutes)
            if at.starts_at > wish.now and diary.is_free(worker, at):
                diary.add(Busy(worker, at, one.point))
                possible = [other for other in possible if other.school != one.school]
                yield Placed(one, worker, at)
                break


def _possible(left: Iterable[ToPlace], day: date, placed: Iterable[Placed]) -> list[ToPlace]:
    """Those that can be on the day: it is of their year, and the school's visits with lower numbers come before it."""
    left, placed = list(left), list(placed)
    waiting = {(one.school, one.number) for one in left}
    latest: dict[int, date] = {}
    for found in placed:
        latest[found.visit.school] = max(latest.get(found.visit.school, date.min), found.time.day)
    return [
        one
        for one in left
        if one.first <= day <= one.last
        and (one.school not in latest or latest[one.school] + APART <= day)
        and not any((one.school, number) in waiting for number in range(1, one.number))
    ]


def _nearest_first(visits: list[ToPlace], near: Sequence[tuple[int, int]]) -> list[ToPlace]:
    """By the distance from what is there; on an empty day the most remote begins, so that none is left over alone."""
    points = [one.point for one in visits if one.point is not None]
    if near:
        return sorted(visits, key=lambda one: (min(_far(one.point, other) for other in near), one.pk))
    if not points:
        return visits
    middle = (sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points))
    return sorted(visits, key=lambda one: (-_far(one.point, middle, none=0), one.pk))


def _far(point: Point, other: tuple[int, int], *, none: float = inf) -> float:
    return none if point is None else hypot(point[0] - other[0], point[1] - other[1])
