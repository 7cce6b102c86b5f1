"""What two people can do in a year: visits and hours by worker, what the year still needs, and when it ends so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from django.db.models import Count, F, Q, Sum

from core.spreadsheets import Cell, Table
from core.words import date_words, local
from schools.models import ProgrammeYear
from schools.queries.terms import LONGEST_LOOK, SchoolCalendar
from visits.enums import AFTER_IT, VisitStatus
from visits.models import Visit, VisitQuerySet
from visits.planner_words import hours_words, of_words
from visits.queries.planner import Pile, PileCount

PACE_DAYS = 40
"""School days of which the pace is taken: eight school weeks."""

_ROW = 70
"""How high a row of the picture is, in its own units."""
UNDECIDED = (VisitStatus.TO_SCHEDULE, VisitStatus.PROPOSED)


def since_when(calendar: SchoolCalendar, today: date) -> date:
    """The day eight school weeks ago: that many school days lie from it up to yesterday."""
    day, left = today, PACE_DAYS
    while left and today - day < LONGEST_LOOK:
        day -= timedelta(days=1)
        left -= calendar.is_school_day(day)
    return day


@dataclass(frozen=True)
class Needs:
    """What a year needs all told: visits held, planned and without a date, the minutes of the last, and the pace."""

    held: int
    planned: int
    without_date: int
    minutes_to_find: int
    held_lately: int
    last_planned: date | None = None
    """The latest day for which a visit is confirmed."""
    overdue: int = 0
    """Of the planned ones, those whose time is past."""
    waiting: int = 0
    """Of those without a date, the ones with times put forward that somebody has to answer."""

    @classmethod
    def of(cls, counts: Iterable[PileCount]) -> "Needs":
        """Added up from what was counted for the list."""
        counts = [one for one in counts if one.pile is not Pile.WITHDREW]
        undated = [one for one in counts if one.status in UNDECIDED]
        held = [one for one in counts if one.status in AFTER_IT]
        planned = [one for one in counts if one.status == VisitStatus.CONFIRMED]
        return cls(
            held=sum(one.visits for one in held),
            planned=sum(one.visits for one in planned),
            without_date=sum(one.visits for one in undated),
            minutes_to_find=sum(one.visits * one.minutes for one in undated),
            held_lately=sum(one.visits for one in held if one.held_lately),
            last_planned=max((local(one.last).date() for one in planned if one.last), default=None),
            overdue=sum(one.visits for one in planned if one.pile is Pile.OVERDUE),
            waiting=sum(one.visits for one in undated if one.status == VisitStatus.PROPOSED),
        )

    @property
    def all(self) -> int:
        """Visits of the year, all told."""
        return self.held + self.planned + self.without_date

    @property
    def left(self) -> int:
        """Visits that were not held yet."""
        return self.planned + self.without_date

    @property
    def to_find_words(self) -> str:
        """Visits and hours that have no date."""
        return f"{of_words(self.without_date, 'visit')}, {hours_words(self.minutes_to_find)}"

    def line(self) -> str:
        """The whole in one line, without when it ends; it agrees with the counts of the piles below it."""
        held = f"{self.held} of {of_words(self.all, 'visit')} held, {self.planned} planned"
        if self.overdue:
            held += f" ({self.overdue} of them overdue)"
        if not self.without_date:
            return f"{held}, none without a date."
        hours = hours_words(self.minutes_to_find)
        waits = "waits" if self.waiting == 1 else "wait"
        answers = f" ({self.waiting} of them {waits} for an answer)" if self.waiting else ""
        return f"{held}, {self.without_date} without a date{answers}: about {hours} still to find."

    def pace_words(self, year: ProgrammeYear, calendar: SchoolCalendar, today: date) -> str:
        """When visit 3 ends at this pace, beside when the year does."""
        if not self.all:
            return ""
        if not self.left:
            return "Every visit of the year was held."
        if year.ends_on < today:
            return f"The year ended on {date_words(year.ends_on)}."
        ends = f"the year ends on {date_words(year.ends_on)}"
        fixed = max(self.last_planned or today, today)
        if not self.without_date and fixed > today:
            return f"Every visit has its date, the last on {date_words(fixed)}; {ends}."
        return self._at_this_pace(ends, fixed, calendar, today)

    def _at_this_pace(self, ends: str, fixed: date, calendar: SchoolCalendar, today: date) -> str:
        """Never before the last date that is fixed already."""
        if not self.held_lately:
            return f"Nothing was held in the last eight school weeks, so there is no pace to reckon with; {ends}."
        days = ceil(self.left * PACE_DAYS / self.held_lately)
        last = calendar.school_days_after(today, days) if days < LONGEST_LOOK.days else today + LONGEST_LOOK
        if last >= today + LONGEST_LOOK:
            return f"At this pace visit 3 ends more than a year from now; {ends}."
        return f"At this pace visit 3 ends about {date_words(max(last, fixed))}; {ends}."


@dataclass(frozen=True)
class WorkerShare:
    """Visits and minutes of one worker, or of nobody yet."""

    name: str
    held: int
    held_minutes: int
    planned: int
    planned_minutes: int

    @property
    def visits(self) -> int:
        """All told."""
        return self.held + self.planned

    @property
    def minutes(self) -> int:
        """All told."""
        return self.held_minutes + self.planned_minutes

    @property
    def held_words(self) -> str:
        """Visits and hours that were."""
        return f"{of_words(self.held, 'visit')}, {hours_words(self.held_minutes)}"

    @property
    def planned_words(self) -> str:
        """Visits and hours to come."""
        return f"{of_words(self.planned, 'visit')}, {hours_words(self.planned_minutes)}"


@dataclass(frozen=True)
class Bar:
    """One row of the picture: where it stands, and how wide its parts are, in the picture's own units."""

    name: str
    hours: str
    place: int
    held: int
    planned: int
    to_find: int = 0

    @property
    def name_at(self) -> int:
        """How far down the name stands."""
        return 18 + _ROW * self.place

    @property
    def hours_at(self) -> int:
        """And the hours below it."""
        return 38 + _ROW * self.place

    @property
    def bar_at(self) -> int:
        """And the bar below them."""
        return 45 + _ROW * self.place

    @property
    def planned_from(self) -> int:
        """Where the second part begins."""
        return 1 + self.held

    @property
    def to_find_from(self) -> int:
        """Where the third part begins."""
        return 1 + self.held + self.planned


@dataclass(frozen=True)
class Capacity:
    """The year's work by worker, and what nobody has a date for."""

    year: str
    """What it is called; empty before there is any."""
    shares: list[WorkerShare]
    needs: Needs
    pace: str
    bars: list[Bar] = field(default_factory=list)

    @property
    def picture_height(self) -> int:
        """Of the picture."""
        return _ROW * len(self.bars)


def capacity_of(visits: VisitQuerySet, needs: Needs, *, year: str, pace: str) -> Capacity:
    """The visits of the year by worker: one that two go to counts for both. Two queries, whatever the number."""
    shares = _shares(visits)
    return Capacity(year, shares, needs, pace, _bars(shares, needs))


def _shares(visits: VisitQuerySet) -> list[WorkerShare]:
    minutes = F("step__minutes") + F("step__minutes_around")
    held, planned = Q(status__in=AFTER_IT), Q(status=VisitStatus.CONFIRMED)
    rows = (
        Visit.objects.filter(pk__in=visits.filter(held | planned).values("pk"))
        .order_by()
        .values_list("workers", "workers__name", "workers__email")
        .annotate(
            held=Count("pk", filter=held),
            held_minutes=Sum(minutes, filter=held, default=0),
            planned=Count("pk", filter=planned),
            planned_minutes=Sum(minutes, filter=planned, default=0),
        )
    )
    named = [(pk is None, name or email or "", tuple(figures)) for pk, name, email, *figures in rows]
    return [
        WorkerShare("Nobody named" if is_nobody else name, *figures)
        for is_nobody, name, figures in sorted(named, key=lambda row: row[:2])
    ]


def _bars(shares: list[WorkerShare], needs: Needs) -> list[Bar]:
    most = max([share.minutes for share in shares] + [needs.minutes_to_find, 1])

    def wide(minutes: int) -> int:
        return round(300 * minutes / most)

    bars = [
        Bar(
            one.name,
            f"{hours_words(one.held_minutes)} held, {hours_words(one.planned_minutes)} planned",
            place,
            wide(one.held_minutes),
            wide(one.planned_minutes),
        )
        for place, one in enumerate(shares)
    ]
    if needs.without_date:
        hours = f"{hours_words(needs.minutes_to_find)} to find"
        bars.append(Bar("Without a date", hours, len(bars), 0, 0, wide(needs.minutes_to_find)))
    return bars


def capacity_table(capacity: Capacity) -> Table:
    """The same as a file: visits and hours."""
    rows: list[list[Cell]] = [
        [one.name, one.held, one.held_minutes / 60, one.planned, one.planned_minutes / 60, None, None]
        for one in capacity.shares
    ]
    needs = capacity.needs
    rows.append(["Without a date", None, None, None, None, needs.without_date, needs.minutes_to_find / 60])
    header = ["Worker", "Visits held", "Hours held", "Visits planned", "Hours planned"]
    return Table(
        f"Visits and hours in {capacity.year or 'no year yet'}",
        [*header, "Visits without a date", "Hours to find"],
        rows,
    )
