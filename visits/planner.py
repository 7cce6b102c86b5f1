"""The planner as a page and as a file: what was asked for, in piles, each visit with what it waits for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import QueryDict

from accounts.models import User
from core.spreadsheets import Cell, Table
from core.telephone import dialled
from core.words import LONDON, date_words
from schools.models import ProgrammeYear, sees_every_school
from schools.queries.terms import SchoolCalendar
from visits.addresses import page_of
from visits.enums import TO_CANCEL, VisitStatus
from visits.forms.planner import EVERYTHING, PlannerFilterForm
from visits.models import Visit, VisitQuerySet
from visits.planner_kept import kept_for
from visits.planner_words import of_words, when_words
from visits.queries import planner_usual
from visits.queries.capacity import Capacity, capacity_of
from visits.queries.needs import Needs, since_when
from visits.queries.planner import (
    NOBODY,
    TO_DO,
    Asked,
    Beside,
    Clock,
    Pile,
    PileCount,
    PutForward,
    Slices,
    in_order,
    pile_counts,
    sizes,
    visits_asked,
)
from visits.queries.promise import visits_owed, years_with_schools
from visits.times import answer_by, to_come
from visits.who_words import WHO_GOES

HEADER = (
    *("School", "Town", "Telephone", "Visit", "Name", "Programme year", "Starts", "Ends", "Where"),
    *(WHO_GOES, "Status", "What it needs", "Waits for", "Full offer"),
)
_BUTTONS: dict[Pile, tuple[str, str]] = {
    Pile.OVERDUE: ("visits:log", "Log the visit"),
    Pile.WITHDREW: ("visits:cancel", "Cancel the visit"),
    Pile.THIS_WEEK: ("visits:visit", "Open the visit"),
    Pile.SUGGESTED: ("visits:visit", "Answer the school"),
    Pile.WAITING: ("visits:confirm", "Confirm a date"),
    Pile.NO_DATE: ("visits:confirm", "Confirm a date"),
    Pile.NOTES: ("visits:record", "Write the notes"),
    Pile.SHARE: ("visits:share", "Share the notes"),
    Pile.NOTHING: ("visits:visit", "Open the visit"),
}
"""The likely next step of each pile: the page and what its button says. Most dates are agreed by telephone."""
_OTHERWISE: dict[Pile, tuple[str, str]] = {Pile.NO_DATE: ("visits:propose", "Propose times")}
"""The other way where a pile has two."""
_WAIT_FOR_US = {
    Pile.OVERDUE: "You: was it held?",
    Pile.WITHDREW: TO_CANCEL,
    Pile.SUGGESTED: "You: the school suggested another time",
    Pile.NOTES: "You: write the notes",
    Pile.SHARE: "You: share the notes",
    Pile.NO_DATE: "You: find a date",
}


_TO_AGREE = frozenset({Pile.WITHDREW, Pile.SUGGESTED, Pile.WAITING, Pile.NO_DATE})
"""Where a telephone call is what helps."""


@dataclass(frozen=True)
class PlannedRow:
    """One visit as the planner shows it."""

    visit: Visit
    pile: Pile
    clock: Clock
    beside: Beside
    calendar: SchoolCalendar

    @property
    def when(self) -> str:
        """Day and time in words, or those that were put forward."""
        words = when_words(self.visit.starts_at, self.visit.ends_at)
        if words or self.visit.status != VisitStatus.PROPOSED:
            return words or "No date"
        return f"{of_words(len(self._proposed), 'time')} proposed"

    @property
    def where(self) -> str:
        """The place, or the town of the school."""
        if self.visit.is_online:
            return "Online"
        return self.visit.place or self.visit.school.town

    @property
    def telephone(self) -> str:
        """The number of the school while a date is to be agreed with it."""
        return self.visit.school.telephone if self.pile in _TO_AGREE else ""

    @property
    def dialled(self) -> str:
        """The same as a telephone takes it."""
        return dialled(self.telephone)

    @property
    def who(self) -> str:
        """Whoever goes, by name."""
        return ", ".join(sorted(self.beside.who.get(self.visit.pk, ()))) or "Nobody yet"

    @property
    def _proposed(self) -> list[PutForward]:
        return [one for one in self.beside.times.get(self.visit.pk, ()) if not one.by_the_school]

    @property
    def waits_for(self) -> str:
        """Who has to do what next, in a few words."""
        if self.pile in _WAIT_FOR_US:
            return _WAIT_FOR_US[self.pile]
        if self.pile is Pile.WAITING:
            return self._answer()
        if self.visit.status != VisitStatus.CONFIRMED:
            return "Nobody"
        return "Its day" if self.beside.who.get(self.visit.pk) else "You: say who goes"

    def _answer(self) -> str:
        open_ones = to_come(self._proposed, self.clock.now)
        if not open_ones:
            return "You: the proposed times have passed"
        first = open_ones[0]
        wanted_by = answer_by(first.starts_at, self.calendar, self.clock.today, asked=first.proposed_at)
        return f"The school: pick a time by {date_words(wanted_by)}"

    @property
    def colour(self) -> str:
        """Of the tag with its status."""
        return "red" if self.pile in (Pile.OVERDUE, Pile.WITHDREW) else self.visit.status_colour

    @property
    def status(self) -> str:
        """The word in the tag."""
        return "Overdue" if self.pile is Pile.OVERDUE else self.visit.get_status_display()

    @property
    def url(self) -> str:
        """The visit's own page."""
        return page_of("visits:visit", self.visit.pk)

    @property
    def button(self) -> str:
        """What the next step says."""
        return _BUTTONS[self.pile][1]

    @property
    def next_url(self) -> str:
        """Where it leads."""
        return page_of(_BUTTONS[self.pile][0], self.visit.pk)

    @property
    def otherwise(self) -> tuple[str, str] | None:
        """What else can be done at once, and where; None in most piles."""
        if self.pile not in _OTHERWISE:
            return None
        page, words = _OTHERWISE[self.pile]
        return words, page_of(page, self.visit.pk)


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
        since = _since(self.calendar, self.clock)
        return self.kept.once(("counts", self.asked, since), lambda: self._count(self.asked))

    def _count(self, asked: Asked) -> list[PileCount]:
        since = _since(self.calendar, self.clock)
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

    def _listed(self, piles: tuple[Pile, ...], first: int, last: int) -> list[Visit]:
        """Those of these piles from one place to another; one query."""
        return self.kept.once(
            ("visits", self.asked, piles, first, last), lambda: self._read(piles, first, last)
        )

    def _read(self, piles: tuple[Pile, ...], first: int, last: int) -> list[Visit]:
        year = self._usual_year
        if year is not None and first == 0 and last <= planner_usual.MOST:
            found = planner_usual.first_visits(piles)(year, self.clock.now, self.clock.week_ends)
            return found[:last]
        return list(in_order(self._visits, piles, self.clock)[first:last])

    @property
    def slices(self) -> Slices:
        """What a paginator takes."""
        return Slices(self._listed, self.piles if self.is_valid else (), self.sizes)

    def rows(self, visits: Iterable[Visit]) -> list[PlannedRow]:
        """The visits with what they need; two queries at most."""
        visits = list(visits)
        beside = self.kept.once(("beside", tuple(visit.pk for visit in visits)), lambda: Beside.of(visits))
        clock = self.clock
        return [PlannedRow(visit, clock.pile_of(visit), clock, beside, self.calendar) for visit in visits]

    def in_piles(self, visits: Iterable[Visit]) -> list[tuple[Pile, int, list[PlannedRow]]]:
        """Visits of a page, each pile with its name and how many there are of it all told."""
        rows = self.rows(visits)
        return [(pile, self.sizes[pile], list(some)) for pile, some in groupby(rows, lambda row: row.pile)]

    @property
    def links(self) -> list[PileLink]:
        """The groups, with their counts, to choose from; they keep what else was asked for."""
        to_do = sum(self.sizes[pile] for pile in TO_DO)
        named = [("", "Needs doing", to_do)]
        named += [(pile.value, str(pile.label), self.sizes[pile]) for pile in Pile]
        named.append((EVERYTHING, "All visits", sum(self.sizes.values())))
        return [self._link(*one) for one in named]

    def _link(self, group: str, label: str, count: int) -> PileLink:
        query = self.query.copy()
        query.pop("page", None)
        query.pop("group", None)
        if group:
            query["group"] = group
        here = self.query.get("group", "") == group
        urgent = group in (Pile.OVERDUE, Pile.WITHDREW) and count > 0
        return PileLink(label, count, f"?{query.urlencode()}", here, urgent)

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
        for row in self.rows(in_order(self._visits, self.piles, self.clock)):
            visit, school = row.visit, row.visit.school
            yield [
                *(school.name, school.town, school.telephone),
                *(visit.step_id, visit.step.name, years[visit.programme_year_id]),
                *(visit.starts_at, visit.ends_at, row.where, row.who),
                *(visit.get_status_display(), str(row.pile.label), row.waits_for, visit.owed),  # type: ignore[attr-defined]
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
