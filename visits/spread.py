"""Dates for many visits at once: school days of a stretch, near schools on one day, nobody at two places.

Nothing is stored here and nothing asked: what comes out is a proposal that a person reads, changes and applies.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from math import hypot, inf

from visits.clashes import overlap
from visits.enums import Slot
from visits.times import VisitTime, usual

APART = timedelta(days=14)
"""At least so long between two visits to one school: something has to happen in between."""
ROOM = timedelta(days=7)
"""So much more where a school is offered several times: the other times of a visit lie around its first."""
TOO_FAR = 16_000
"""Metres from what somebody has on a day; another day is better for one more time there."""
REACHES = (TOO_FAR, 2 * TOO_FAR, inf)
"""How far two schools of one day may be apart: farther only for what found no day with less."""

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
    behind: int = 0
    """How many others of its school come after it; `spread` counts them."""


@dataclass(frozen=True)
class Placed:
    """The times that were found for a visit, one or several to choose from, and who would go."""

    visit: ToPlace
    worker: int
    times: tuple[VisitTime, ...]

    @property
    def time(self) -> VisitTime:
        """The one that was found first; the others were found around it."""
        return self.times[0]


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
    times: int = 1
    """How many times to find for each visit, of which its school picks one."""

    @property
    def apart(self) -> timedelta:
        """How long lies between the first times of two visits to one school."""
        return APART + (ROOM if self.times > 1 else timedelta())


@dataclass
class _Diary:
    """What the workers have, with what was placed on the way."""

    of: dict[tuple[int, date], list[Busy]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Busy) -> None:
        self.of[one.worker, one.time.day].append(one)

    def is_free(self, worker: int, at: VisitTime) -> bool:
        return not any(overlap(at, one.time.starts_at, one.time.ends_at) for one in self.of[worker, at.day])

    def is_far(self, worker: int, day: date, point: Point, reach: float = TOO_FAR) -> bool:
        """Whether all that the worker has that day is farther from there than that."""
        near = [one.point for one in self.of[worker, day] if one.point is not None]
        return bool(near) and min(_far(point, other, none=0) for other in near) > reach


def spread(visits: Iterable[ToPlace], busy: Iterable[Busy], wish: Wish) -> list[Placed]:
    """A time for as many of the visits as there is room for, by time; whatever is missing found none.

    Schools on one day are near each other; two that are far apart share one only where no other day has room. A
    school's visits keep the order of their numbers and lie `APART`. With room to spare the days lie apart evenly.
    Where several times are wanted, every visit gets one before any gets more. Each holds its place: no two schools
    are offered times of one worker that overlap.
    """
    left = sorted(_with_those_behind(visits), key=lambda one: (one.number, one.pk))
    diary = _Diary()
    for one in busy:
        diary.add(one)
    placed: list[Placed] = []
    places = list(_places(wish, len(left)))
    for reach in REACHES:
        for day, worker in places:
            for found in _fill(day, worker, _possible(left, day, placed, wish.apart), diary, wish, reach):
                placed.append(found)
                left.remove(found.visit)
    placed.sort(key=lambda one: (one.time, one.worker))
    for _ in range(1, wish.times):
        _find_more(placed, diary, wish)
    return sorted(placed, key=lambda one: (one.time, one.worker))


def _with_those_behind(visits: Iterable[ToPlace]) -> list[ToPlace]:
    visits = list(visits)
    numbers: dict[int, list[int]] = defaultdict(list)
    for one in visits:
        numbers[one.school].append(one.number)
    return [replace(one, behind=sum(n > one.number for n in numbers[one.school])) for one in visits]


def _places(wish: Wish, count: int) -> Iterator[tuple[date, int]]:
    """Days and workers in the order in which they are filled: days evenly apart, then those midway between, and on."""
    a_day = max(1, min(wish.most_a_day, len(wish.slots)) * len(wish.workers))
    wanted = -(-count // a_day)
    step = max(1, len(wish.days) // wanted) if wanted else 1
    rest = sorted(range(1, step), key=lambda ahead: abs(ahead - step / 2))
    for ahead in (0, *rest):
        for day in wish.days[ahead::step]:
            for worker in wish.workers:
                yield day, worker


def _fill(
    day: date, worker: int, possible: list[ToPlace], diary: _Diary, wish: Wish, reach: float
) -> Iterator[Placed]:
    """Up to so many visits for one worker's day, each near to what is there and within reach of it."""
    for slot in wish.slots:
        there = diary.of[worker, day]
        if len(there) >= wish.most_a_day:
            return
        near = [one.point for one in there if one.point is not None]
        for one in _nearest_first(possible, near):
            at = usual(day, slot, minutes=one.minutes)
            if diary.is_far(worker, day, one.point, reach):
                continue
            if at.starts_at > wish.now and diary.is_free(worker, at):
                diary.add(Busy(worker, at, one.point))
                possible = [other for other in possible if other.school != one.school]
                yield Placed(one, worker, (at,))
                break


def _find_more(placed: list[Placed], diary: _Diary, wish: Wish) -> None:
    """One more time for each of them that has room, held in the diary."""
    for place, one in enumerate(placed):
        others = [other for other in placed if other.visit.school == one.visit.school and other is not one]
        at = next(_more_times(one, others, diary, wish), None)
        if at is not None:
            diary.add(Busy(one.worker, at, one.visit.point))
            placed[place] = replace(one, times=(*one.times, at))


def _more_times(one: Placed, others: Sequence[Placed], diary: _Diary, wish: Wish) -> Iterator[VisitTime]:
    """Times of the same worker that could be offered too: another day first, near to the first, and another slot."""
    number, taken = one.visit.number, {at.day for at in one.times}
    first = [at.day + APART for other in others if other.visit.number < number for at in other.times]
    last = [at.day - APART for other in others if other.visit.number > number for at in other.times]
    days = [day for day in wish.days if max([one.visit.first, *first]) <= day <= min([one.visit.last, *last])]
    days.sort(
        key=lambda day: (
            day in taken,
            diary.is_far(one.worker, day, one.visit.point),
            abs(day - one.time.day),
        )
    )
    slots = sorted(wish.slots, key=[at.slot for at in one.times].count)
    for day in days:
        if len(diary.of[one.worker, day]) < wish.most_a_day:
            for slot in slots:
                at = usual(day, slot, minutes=one.visit.minutes)
                if at.starts_at > wish.now and diary.is_free(one.worker, at):
                    yield at


def _possible(
    left: Iterable[ToPlace], day: date, placed: Iterable[Placed], apart: timedelta
) -> list[ToPlace]:
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
        and (one.school not in latest or latest[one.school] + apart <= day)
        and not any((one.school, number) in waiting for number in range(1, one.number))
    ]


def _nearest_first(visits: list[ToPlace], near: Sequence[tuple[int, int]]) -> list[ToPlace]:
    """By the distance from what is there; on an empty day the most remote begins, so that none is left over alone.

    Before it come those for which others of their school wait: two weeks later there must be room for these too.
    """
    points = [one.point for one in visits if one.point is not None]
    if near:
        return sorted(visits, key=lambda one: (min(_far(one.point, other) for other in near), one.pk))
    many = len(points) or 1
    middle = (sum(x for x, _ in points) // many, sum(y for _, y in points) // many)
    return sorted(visits, key=lambda one: (-one.behind, -_far(one.point, middle, none=0), one.pk))


def _far(point: Point, other: tuple[int, int], *, none: float = inf) -> float:
    return none if point is None else hypot(point[0] - other[0], point[1] - other[1])
