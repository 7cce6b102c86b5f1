"""What a year of visits still needs: how many of those owed were held, what is besides them, and the pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from core.words import date_words, local
from schools.models import ProgrammeYear
from schools.queries.terms import LONGEST_LOOK, SchoolCalendar
from visits.enums import AFTER_IT, VisitStatus
from visits.planner_words import hours_words, of_words
from visits.queries.planner import Pile, PileCount

PACE_DAYS = 40
"""School days of which the pace is taken: eight school weeks."""
UNDECIDED = (VisitStatus.TO_SCHEDULE, VisitStatus.PROPOSED)


OUTSIDE = "Outside the full offer, on request or at schools that left it"
"""What visits are called that count and are not among those that schools on the full offer are owed."""


def since_when(calendar: SchoolCalendar, today: date) -> date:
    """The day eight school weeks ago: that many school days lie from it up to yesterday."""
    day, left = today, PACE_DAYS
    while left and today - day < LONGEST_LOOK:
        day -= timedelta(days=1)
        left -= calendar.is_school_day(day)
    return day


@dataclass(frozen=True)
class Tally:
    """Some visits: held, planned, without a date, and the minutes that the last will take."""

    held: int = 0
    planned: int = 0
    without_date: int = 0
    minutes_to_find: int = 0
    overdue: int = 0
    """Of the planned ones, those whose time is past."""
    waiting: int = 0
    """Of those without a date, the ones with times put forward that somebody has to answer."""

    @classmethod
    def of(cls, counts: Iterable[PileCount]) -> "Tally":
        """Added up from what was counted for the list."""
        counts = list(counts)
        undated = [one for one in counts if one.status in UNDECIDED]
        planned = [one for one in counts if one.status == VisitStatus.CONFIRMED]
        return cls(
            held=sum(one.visits for one in counts if one.status in AFTER_IT),
            planned=sum(one.visits for one in planned),
            without_date=sum(one.visits for one in undated),
            minutes_to_find=sum(one.visits * one.minutes for one in undated),
            overdue=sum(one.visits for one in planned if one.pile is Pile.OVERDUE),
            waiting=sum(one.visits for one in undated if one.status == VisitStatus.PROPOSED),
        )

    @property
    def all(self) -> int:
        """All of them."""
        return self.left + self.held

    @property
    def left(self) -> int:
        """Those that were not held yet."""
        return self.planned + self.without_date

    @property
    def to_find_words(self) -> str:
        """Visits and hours that have no date."""
        return f"{of_words(self.without_date, 'visit')}, {hours_words(self.minutes_to_find)}"

    def words(self) -> str:
        """What there is of them, nothing that is nought."""
        counts = ((self.held, "held"), (self.planned, "planned"), (self.without_date, "without a date"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)


NONE = Tally()


@dataclass(frozen=True)
class Needs:
    """What a year needs: of the visits owed to schools on the full offer, of those besides, and at what pace."""

    owed: Tally = NONE
    outside: Tally = NONE
    """Those of no school on the full offer: on request, or from before its offer or its part changed."""
    promised: int = 0
    """How many are owed all told, on the list or not."""
    nobodys: Tally = NONE
    """Where the others are one worker's: those to which nobody goes yet."""
    is_of_one: bool = False
    held_lately: int = 0
    last_planned: date | None = None
    """The latest day for which a visit is confirmed."""

    @classmethod
    def of(
        cls, counts: Iterable[PileCount], *, promised: int | None, nobodys: Iterable[PileCount] = ()
    ) -> "Needs":
        """Added up from what was counted for the list; `promised` is None where it is one worker's."""
        counts = [one for one in counts if one.pile is not Pile.WITHDREW]
        owed = Tally.of(one for one in counts if one.owed)
        fixed = (one.last for one in counts if one.status == VisitStatus.CONFIRMED and one.last)
        return cls(
            owed=owed,
            outside=Tally.of(one for one in counts if not one.owed),
            promised=owed.all if promised is None else promised,
            nobodys=Tally.of(one for one in nobodys if one.pile is not Pile.WITHDREW),
            is_of_one=promised is None,
            held_lately=sum(one.visits for one in counts if one.status in AFTER_IT and one.held_lately),
            last_planned=max((local(one).date() for one in fixed), default=None),
        )

    @property
    def missing(self) -> int:
        """Visits that are owed and on no list: cancelled with none in their place, or not made yet."""
        return max(0, self.promised - self.owed.all)

    @property
    def left(self) -> int:
        """Visits on the list that were not held yet, those that nobody has among them."""
        return self.owed.left + self.outside.left + self.nobodys.left

    @property
    def without_date(self) -> int:
        """Of these, those that have no date."""
        return self.owed.without_date + self.outside.without_date + self.nobodys.without_date

    def line(self) -> str:
        """The whole in one line, without when it ends; it agrees with the counts of the piles below it."""
        said = []
        if self.promised or not self.outside.all:
            said.append(self._owed_words())
        if self.outside.all:
            said.append(f"{OUTSIDE}: {self.outside.words()}.")
        if self.nobodys.left:
            more = of_words(self.nobodys.left, "more visit")
            said.append(f"Nobody goes yet to {more}: {self.nobodys.words()}.")
        return " ".join(said)

    def _owed_words(self) -> str:
        owed = self.owed
        held = f"{owed.held} of {of_words(self.promised, 'visit')} held, {owed.planned} planned"
        if owed.overdue:
            held += f" ({owed.overdue} of them overdue)"
        missing = f", {self.missing} cancelled or not on the list yet" if self.missing else ""
        if not owed.without_date:
            return f"{held}, none without a date{missing}."
        hours = hours_words(owed.minutes_to_find)
        waits = "waits" if owed.waiting == 1 else "wait"
        answers = f" ({owed.waiting} of them {waits} for an answer)" if owed.waiting else ""
        return f"{held}, {owed.without_date} without a date{answers}{missing}: about {hours} still to find."

    def pace_words(self, year: ProgrammeYear, calendar: SchoolCalendar, today: date) -> str:
        """When visit 3 ends at this pace, beside when the year does."""
        if not self.owed.all + self.outside.all + self.nobodys.left:
            return ""
        if not self.left:
            return self._all_held()
        if year.ends_on < today:
            return f"The year ended on {date_words(year.ends_on)}."
        ends = f"the year ends on {date_words(year.ends_on)}"
        fixed = max(self.last_planned or today, today)
        if not self.without_date and not self.nobodys.left and fixed > today:
            return f"Every visit has its date, the last on {date_words(fixed)}; {ends}."
        return self._at_this_pace(ends, fixed, calendar, today)

    def _all_held(self) -> str:
        if self.is_of_one:
            return "Each of these was held."
        return f"Every visit {'on the list' if self.missing else 'of the year'} was held."

    def _at_this_pace(self, ends: str, fixed: date, calendar: SchoolCalendar, today: date) -> str:
        """Never before the last date that is fixed already; what nobody has yet is reckoned with."""
        if not self.held_lately:
            return f"Nothing was held in the last eight school weeks, so there is no pace to reckon with; {ends}."
        pace = f"At this pace{', with those that nobody has yet,' if self.nobodys.left else ''} visit 3 ends"
        days = ceil(self.left * PACE_DAYS / self.held_lately)
        last = calendar.school_days_after(today, days) if days < LONGEST_LOOK.days else today + LONGEST_LOOK
        if last >= today + LONGEST_LOOK:
            return f"{pace} more than a year from now; {ends}."
        return f"{pace} about {date_words(max(last, fixed))}; {ends}."
