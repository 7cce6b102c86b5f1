"""What two people can do in a year: visits and hours by worker, what the year still needs, and when it ends so."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum

from core.spreadsheets import Cell, Table
from visits.enums import AFTER_IT, VisitStatus
from visits.models import Visit, VisitQuerySet
from visits.planner_words import hours_words, of_words
from visits.queries.needs import OUTSIDE, Needs

_ROW = 70
"""How high a row of the picture is, in its own units."""


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
    to_find = needs.owed.minutes_to_find + needs.outside.minutes_to_find
    most = max([share.minutes for share in shares] + [to_find, 1])

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
    if to_find:
        bars.append(Bar("Without a date", f"{hours_words(to_find)} to find", len(bars), 0, 0, wide(to_find)))
    return bars


def capacity_table(capacity: Capacity) -> Table:
    """The same as a file: visits and hours by worker, then all visits that are owed, and those besides."""
    rows: list[list[Cell]] = [
        [one.name, one.held, one.held_minutes / 60, one.planned, one.planned_minutes / 60, None, None, None]
        for one in capacity.shares
    ]
    needs = capacity.needs
    for name, some, owed in (("Full offer", needs.owed, needs.promised), (OUTSIDE, needs.outside, None)):
        hours = some.minutes_to_find / 60
        rows.append([name, some.held, None, some.planned, None, some.without_date, hours, owed])
    header = ["Worker", "Visits held", "Hours held", "Visits planned", "Hours planned"]
    return Table(
        f"Visits and hours in {capacity.year or 'no year yet'}",
        [*header, "Visits without a date", "Hours to find", "Visits owed"],
        rows,
    )
