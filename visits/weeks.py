"""Visits day by day: a week by worker, and a month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from accounts.models import User
from core.spreadsheets import Cell, Table
from core.words import LONDON, MONTHS, date_words, local
from schools.queries.terms import SchoolCalendar
from visits.addresses import page_of
from visits.clashes import tight_gaps
from visits.enums import TO_CANCEL, VisitStatus
from visits.models import ProposedTime, Visit
from visits.planner_words import DAYS, span_words
from visits.times import VisitTime
from visits.who_words import WHO_GOES

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    """A visit on its day, or a time that was put forward for one."""

    visit: Visit
    starts_at: datetime
    ends_at: datetime
    is_proposed: bool = False
    gap: str = ""
    """How little time somebody has since the visit before it, in words."""

    @property
    def day(self) -> date:
        """The day in London."""
        return local(self.starts_at).date()

    @property
    def time(self) -> str:
        """From when to when."""
        return span_words(self.starts_at, self.ends_at)

    @property
    def url(self) -> str:
        """The visit's page."""
        return page_of("visits:visit", self.visit.pk)

    @property
    def people(self) -> list[User]:
        """Whoever goes."""
        return sorted(self.visit.workers.all(), key=lambda worker: (str(worker), worker.pk))

    @property
    def who(self) -> str:
        """The same in words."""
        return ", ".join(str(worker) for worker in self.people) or "Nobody yet"

    @property
    def status(self) -> str:
        """The word in its tag."""
        if self.is_proposed:
            return "Proposed"
        if self.visit.is_to_cancel:
            return TO_CANCEL
        return "Overdue" if self.visit.is_overdue else self.visit.get_status_display()

    @property
    def colour(self) -> str:
        """Of the tag."""
        is_urgent = self.visit.is_to_cancel or (self.visit.is_overdue and not self.is_proposed)
        return "red" if is_urgent else self.visit.status_colour


@dataclass(frozen=True)
class Day:
    """One day: whether schools are closed, and what there is, in the columns of the table."""

    day: date
    closed: str
    is_today: bool
    is_outside: bool
    """Whether it belongs to the month before or after the one that is shown."""
    columns: list[tuple[str, list[Entry]]]
    """Whose each is, and what there is."""
    closed_until: date | None = None
    """Of the first day of a holiday on which nothing is: its last one."""

    @property
    def until(self) -> str:
        """The last of some days of a holiday, which are one line on a phone; empty for one day."""
        if self.closed_until in (None, self.day):
            return ""
        return replace(self, day=self.closed_until).name

    @property
    def name(self) -> str:
        """Monday 23 November."""
        return f"{DAYS[self.day.weekday()]} {self.day.day} {MONTHS[self.day.month - 1]}"

    @property
    def weekday(self) -> str:
        """Monday."""
        return DAYS[self.day.weekday()]

    @property
    def is_holiday(self) -> bool:
        """Whether it is a weekday on which schools are closed: that a Saturday is one, its column says."""
        return bool(self.closed) and self.day.weekday() < 5

    @property
    def short(self) -> str:
        """The number of the day, with its month on the first."""
        return f"{self.day.day} {MONTHS[self.day.month - 1]}" if self.day.day == 1 else str(self.day.day)

    @property
    def why(self) -> str:
        """Why schools are closed, to stand by itself."""
        return self.closed.removeprefix("it is ").removeprefix("in the ").removeprefix("a ").capitalize()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say of it on a phone."""
        return not self.closed_until and not self.is_busy

    @property
    def is_busy(self) -> bool:
        """Whether a visit is on it, or a time for one."""
        return any(entries for _, entries in self.columns)


@dataclass(frozen=True)
class Stretch:
    """Some days of the calendar, and the ways to those before and after."""

    title: str
    days: list[Day]
    people: list[str]
    earlier: date
    later: date
    entries: list[Entry]

    @property
    def weeks(self) -> list[list[Day]]:
        """The days, seven by seven."""
        return [self.days[first : first + 7] for first in range(0, len(self.days), 7)]


def week_of(user: User, day: date, *, today: date, worker: User | None = None) -> Stretch:
    """Monday to Friday of the week that holds the day, and its weekend where a visit falls on it; by worker."""
    monday = day - A_DAY * day.weekday()
    entries = _entries(user, monday, monday + A_WEEK, worker)
    people = _people(entries, worker)
    names = [str(person) if person else "Nobody yet" for person in people]
    columns = _by_worker(entries, people)
    busy = {entry.day for entry in entries}
    calendar = SchoolCalendar.load()
    shown = [one for one in _days(monday, 7) if one.weekday() < 5 or one in busy]
    days = [
        Day(
            one,
            calendar.why_closed(one),
            is_today=one == today,
            is_outside=False,
            columns=list(zip(names, columns[one], strict=True)),
        )
        for one in shown
    ]
    title = f"Week of {date_words(monday)}"
    return Stretch(title, days, names, monday - A_WEEK, monday + A_WEEK, entries)


def month_of(user: User, day: date, *, today: date, worker: User | None = None) -> Stretch:
    """Whole weeks that hold the month of the day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    begins = first - A_DAY * first.weekday()
    length = (following - begins).days
    length += -length % 7
    entries = _entries(user, begins, begins + A_DAY * length, worker)
    on: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        on[entry.day].append(entry)
    calendar = SchoolCalendar.load()
    days = [
        Day(
            one,
            calendar.why_closed(one),
            one == today,
            is_outside=one.month != first.month,
            columns=[("", on[one])],
        )
        for one in _days(begins, length)
    ]
    title = f"{MONTHS[first.month - 1]} {first.year}"
    return Stretch(title, list(_with_holidays(days)), [], first - A_DAY, following, entries)


def _with_holidays(days: Iterable[Day]) -> Iterator[Day]:
    """The days, the first of each holiday with its last; weekends between, and days of other months, are skipped."""
    days = list(days)
    idle = [one for one in days if one.day.weekday() < 5 and not one.is_outside]
    ends: dict[date, date] = {}
    for why, some in groupby(idle, lambda one: one.closed if not one.is_busy else ""):
        if why:
            first, *rest = some
            ends[first.day] = (rest or [first])[-1].day
    return (replace(one, closed_until=ends.get(one.day)) for one in days)


def _days(first: date, count: int) -> list[date]:
    return [first + A_DAY * ahead for ahead in range(count)]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def _entries(user: User, first: date, end: date, worker: User | None) -> list[Entry]:
    """Visits of these days and times put forward on them, in order; a day is one of London's. Four queries."""
    begins, ends = _midnight(first), _midnight(end)
    visits = Visit.objects.visible_to(user).live()
    if worker is not None:
        visits = visits.filter(workers=worker)
    fixed = list(
        visits.with_withdrawn()
        .filter(starts_at__gte=begins, starts_at__lt=ends)
        .with_names()
        .prefetch_related("workers")
    )
    days = _by_worker_and_day(fixed)
    entries = [
        Entry(visit, visit.starts_at, visit.ends_at, gap=_gap_before(visit, days))
        for visit in fixed
        if visit.starts_at and visit.ends_at
    ]
    proposed = ProposedTime.objects.filter(
        visit__in=visits.of_schools_taking_part().filter(status=VisitStatus.PROPOSED), by_the_school=False
    ).filter(starts_at__gte=begins, starts_at__lt=ends)
    proposed = proposed.select_related("visit__school", "visit__step").prefetch_related("visit__workers")
    entries += [Entry(one.visit, one.starts_at, one.ends_at, is_proposed=True) for one in proposed]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.visit.school.name, entry.visit.pk))


def _by_worker_and_day(visits: Iterable[Visit]) -> dict[tuple[int, date], list[Visit]]:
    found: dict[tuple[int, date], list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.starts_at:
            for worker in visit.workers.all():
                found[worker.pk, local(visit.starts_at).date()].append(visit)
    return found


def _gap_before(visit: Visit, days: dict[tuple[int, date], list[Visit]]) -> str:
    """How little time somebody has since the visit before this one, in words; empty where there is enough."""
    if visit.starts_at is None or visit.ends_at is None:
        return ""
    at = VisitTime(visit.starts_at, visit.ends_at)
    of_the_day = [
        (other, str(worker))
        for worker in visit.workers.all()
        for other in days.get((worker.pk, at.day), ())
        if other.pk != visit.pk
    ]
    gaps = (gap for gap in tight_gaps(at, visit.school, of_the_day) if not gap.comes_after)
    return " ".join(str(gap) for gap in gaps)


def _people(entries: Iterable[Entry], worker: User | None) -> list[User | None]:
    """The columns of the week: whoever has something in it, by name, and nobody where nobody goes yet."""
    if worker is not None:
        return [worker]
    entries = list(entries)
    found = {person.pk: person for entry in entries for person in entry.people}
    named: list[User | None] = [*sorted(found.values(), key=lambda person: (str(person), person.pk))]
    if not named or any(not entry.people for entry in entries):
        named.append(None)
    return named


def _by_worker(entries: Iterable[Entry], people: list[User | None]) -> dict[date, list[list[Entry]]]:
    columns: dict[date, list[list[Entry]]] = defaultdict(lambda: [[] for _ in people])
    for entry in entries:
        for place, person in enumerate(people):
            if person in entry.people or (person is None and not entry.people):
                columns[entry.day][place].append(entry)
    return columns


def calendar_table(stretch: Stretch) -> Table:
    """The same as a file, a row a visit or a time put forward."""
    header = ("Day", "From", "To", "School", "Town", "Visit", WHO_GOES, "Status", "Tight")
    return Table(stretch.title, header, [_cells(entry) for entry in stretch.entries])


def _cells(entry: Entry) -> list[Cell]:
    visit = entry.visit
    return [
        *(entry.day, entry.starts_at, entry.ends_at, visit.school.name, visit.school.town),
        *(visit.step_id, entry.who, entry.status, entry.gap),
    ]
