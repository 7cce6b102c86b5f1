"""The planner as a page and as a file: what was asked for, in piles, each visit with what it waits for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from markupsafe import Markup

from accounts.models import User
from core.parts import part
from core.spreadsheets import Cell, Table
from core.words import LONDON
from schools.models import ProgrammeYear, sees_every_school
from schools.queries.terms import SchoolCalendar
from visits.forms.planner import EVERYTHING, PlannerFilterForm
from visits.models import VisitQuerySet
from visits.planner_kept import kept_for
from visits.planner_rows import PlannedRow, Shown
from visits.queries import planner_usual
from visits.queries.capacity import Capacity, capacity_of
from visits.queries.needs import Needs, since_when
from visits.queries.planner import (
    NOBODY,
    TO_DO,
    Asked,
    Clock,
    Listed,
    Pile,
    PileCount,
    Slices,
    in_order,
    pile_counts,
    sizes,
    visits_asked,
)
from visits.queries.planner_beside import Beside
from visits.queries.promise import visits_owed, years_with_schools
from visits.who_words import WHO_GOES

HEADER = (
    *("School", "Town", "Telephone", "Visit", "Name", "Programme year", "Starts", "Ends", "Where"),
    *(WHO_GOES, "Status", "What it needs", "Waits for", "Full offer"),
)


@dataclass(frozen=True)
class PileLink:
    """A group of visits at the top of the planner: its name, how many are in it, and where it is listed."""

    label: str
    count: int
    url: str
    is_current: bool
    is_urgent: bool = False


class Planner:
    """What was asked of the planner, and what it answers."""

    def __init__(self, user: User, query: QueryDict) -> None:
        self.user = user
        self.kept = kept_for(user)
        self.clock = (
            Clock.read()
        )  # after it: what is kept for a minute is counted by a clock of that minute or later
        self.years = self.kept.years
        self.running = running_year(self.years, self.clock.today)
        self.query = query
        self.filters = PlannerFilterForm(
            query,
            years=self.years,
            running=self.running,
            workers=self.kept.workers,
            cohorts=self.kept.cohorts,
        )
        self.is_valid = self.filters.is_valid()
        self.asked = self.filters.asked if self.is_valid else Asked()
        self.piles = self.filters.piles if self.is_valid else ()
        self.calendar = self.kept.calendar
        self.counts = self._counts() if self.is_valid else []
        self.sizes = sizes(self.counts)

    def _counts(self) -> list[PileCount]:
        return self.kept.once(("counts", self.asked, self._since), lambda: self._count(self.asked))

    @property
    def _since(self) -> datetime:
        """Since when the pace counts."""
        return self.kept.once(("since", self.clock.today), lambda: _since(self.calendar, self.clock))

    def _count(self, asked: Asked) -> list[PileCount]:
        since = self._since
        if asked == self.asked and (year := self._usual_year) is not None:
            rows: Iterable[Any] = planner_usual.count_rows(year, self.clock.now, self.clock.week_ends, since)
        else:
            rows = pile_counts(visits_asked(self.user, asked), self.clock, since)
        return [PileCount.of(row, self.clock) for row in rows]

    @cached_property
    def _visits(self) -> VisitQuerySet:
        return visits_asked(self.user, self.asked)

    @property
    def _usual_year(self) -> int | None:
        """The year, where nothing else narrows the list."""
        year = self.asked.year
        is_usual = year is not None and self.asked == Asked(year=year) and sees_every_school(self.user)
        return year.pk if is_usual and year else None

    def _listed(self, piles: tuple[Pile, ...], first: int, last: int) -> list[Listed]:
        """Those of these piles from one place to another; one query."""
        return self.kept.once(
            ("visits", self.asked, piles, first, last), lambda: self._read(piles, first, last)
        )

    def _read(self, piles: tuple[Pile, ...], first: int, last: int) -> list[Listed]:
        year = self._usual_year
        if year is not None and first == 0 and last <= planner_usual.MOST:
            found = planner_usual.first_visits(piles)(year, self.clock.now, self.clock.week_ends)
            return list(map(Listed._make, found[:last]))
        return list(map(Listed._make, in_order(self._visits, piles, self.clock)[first:last]))

    @property
    def slices(self) -> Slices:
        """What a paginator takes."""
        return Slices(self._listed, self.piles if self.is_valid else (), self.sizes)

    def rows(self, visits: Iterable[Listed]) -> list[PlannedRow]:
        """The visits with what they need; one query."""
        visits = list(visits)
        beside, clock = Beside.of(visits), self.clock
        return [PlannedRow(visit, clock.pile_of(visit), clock, beside, self.calendar) for visit in visits]

    def in_piles(self, visits: Sequence[Listed]) -> list[tuple[Pile, int, list[Shown]]]:
        """Visits of a page, each pile with its name and how many there are of it all told."""
        key = ("rows", self.clock.today, tuple(visit.pk for visit in visits))
        rows = self.kept.once(key, lambda: [(row.pile, row.shown()) for row in self.rows(visits)])
        piles = groupby(rows, lambda row: row[0])
        return [(pile, self.sizes[pile], [shown for _, shown in some]) for pile, some in piles]

    def printed(self, piles: list[tuple[Pile, int, list[Shown]]], *, opens: bool) -> Markup:
        """These piles as parts of the table; `opens`: whether every one is unfolded on a phone, or the first alone."""
        key = ("printed", opens, tuple((pile, count, tuple(rows)) for pile, count, rows in piles))
        values = {"piles": piles, "plan": reverse("visits:plan"), "opens": opens}
        return self.kept.once(key, lambda: part("visits/parts/planner_rows.jinja", **values))

    @property
    def links(self) -> list[PileLink]:
        """The groups, with their counts, to choose from; they keep what else was asked for."""
        to_do = sum(self.sizes[pile] for pile in TO_DO)
        named = [("", "Needs doing", to_do)]
        named += [(pile.value, str(pile.label), self.sizes[pile]) for pile in Pile]
        named.append((EVERYTHING, "All visits", sum(self.sizes.values())))
        rest = self.query.copy()
        for name in ("page", "group"):
            rest.pop(name, None)
        asked = rest.urlencode()
        return [self._link(asked, *one) for one in named]

    def _link(self, asked: str, group: str, label: str, count: int) -> PileLink:
        query = "&".join(part for part in (asked, group and f"group={group}") if part)
        here = self.query.get("group", "") == group
        urgent = group in (Pile.OVERDUE, Pile.WITHDREW) and count > 0
        return PileLink(label, count, f"?{query}", here, urgent)

    @property
    def needs(self) -> Needs:
        """What was asked for still needs; of one worker's, what nobody has yet is told beside it."""
        return self.kept.once(("needs", self.asked, self.clock.today), self._needs)

    def _needs(self) -> Needs:
        is_of_one = self.asked.worker not in ("", NOBODY)
        return Needs.of(
            self.counts,
            promised=visits_owed(self.user, self.asked, self.years),
            nobodys=self._count(replace(self.asked, worker=NOBODY)) if is_of_one else (),
        )

    @property
    def capacity(self) -> str:
        """The year's work in one line; it is about whatever was asked for."""
        if not self.is_valid:
            return ""
        return self.kept.once(("capacity", self.asked, self.clock.today), self._capacity)

    def _capacity(self) -> str:
        needs, year = self.needs, self.asked.year
        pace = needs.pace_words(year, self.calendar, self.clock.today) if year else ""
        return f"{needs.line()} {pace}".strip()

    def table(self) -> Table:
        """The list as a file, narrowed and in order like the page."""
        return Table("Visits", HEADER, self._cells())

    def _cells(self) -> Iterator[list[Cell]]:
        if not self.is_valid:
            return
        years = {year.pk: year.name for year in self.years}
        for row in self.rows(map(Listed._make, in_order(self._visits, self.piles, self.clock))):
            visit = row.visit
            yield [
                *(visit.school, visit.town, visit.telephone),
                *(visit.number, visit.name, years[visit.programme_year_id]),
                *(visit.starts_at, visit.ends_at, row.where, row.who),
                *(str(row.stands.label), str(row.pile.label), row.waits_for, visit.owed),
            ]


def running_year(years: Iterable[ProgrammeYear], today: date) -> ProgrammeYear | None:
    """Of years, the newest first, the one that runs; else the last that has begun; else the first that comes."""
    years = list(years)
    begun = [year for year in years if year.starts_on <= today]
    runs = next((year for year in begun if today <= year.ends_on), None)
    return runs or next(iter([*begun, *reversed(years)]), None)


def _since(calendar: SchoolCalendar, clock: Clock) -> datetime:
    """Since when the pace counts."""
    return datetime.combine(since_when(calendar, clock.today), time(), LONDON)


def year_capacity(user: User) -> Capacity:
    """The running year by worker; of no year at all everything is nought."""
    clock, calendar = Clock.read(), SchoolCalendar.load()
    years = list(years_with_schools())
    asked = Asked(year=(year := running_year(years, clock.today)))
    visits = visits_asked(user, asked).exclude(clock.condition(Pile.WITHDREW))
    counts = [PileCount.of(row, clock) for row in pile_counts(visits, clock, _since(calendar, clock))]
    needs = Needs.of(counts, promised=visits_owed(user, asked, years))
    pace = needs.pace_words(year, calendar, clock.today) if year else ""
    return capacity_of(visits, needs, year=year.name if year else "", pace=pace)
