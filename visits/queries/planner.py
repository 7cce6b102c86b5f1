"""What the planner lists: every visit of a year in one pile of what it needs next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, overload

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Upper
from django.utils import timezone

from accounts.models import User
from core.words import LONDON
from schools.models import Participation, ProgrammeYear
from schools.queries.finding import pks_found
from schools.queries.links import programme_schools
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit, VisitQuerySet
from visits.models.visits import whether

NOBODY = "nobody"
"""What the list is narrowed to when nobody goes to a visit yet."""


class Pile(TextChoices):
    """What a visit needs next, the most urgent first; each live visit is in one."""

    OVERDUE = "overdue", "Overdue"
    WITHDREW = "withdrew", "The school withdrew"
    THIS_WEEK = "this_week", "The next seven days"
    SUGGESTED = "suggested", "The school suggested a time"
    NOTES = "notes", "Notes to write"
    SHARE = "share", "To share"
    WAITING = "waiting", "Waiting for the school"
    NO_DATE = "no_date", "No date yet"
    NOTHING = "nothing", "Nothing needs doing"


KNOWN_TO_THE_SCHOOL = (VisitStatus.PROPOSED, VisitStatus.CONFIRMED)
"""While it is still to come and stands here, people were written to: somebody has to call it off."""

TO_DO = tuple(pile for pile in Pile if pile is not Pile.NOTHING)
_OF_STATUS = {
    VisitStatus.TO_SCHEDULE: Pile.NO_DATE,
    VisitStatus.HELD: Pile.NOTES,
    VisitStatus.NOTES_WRITTEN: Pile.SHARE,
    VisitStatus.SHARED: Pile.NOTHING,
    VisitStatus.CLOSED: Pile.NOTHING,
}
"""Of a confirmed visit its time decides, of one with times that were proposed what the school answered."""

_LISTED = (
    *("pk", "status", "starts_at", "ends_at", "is_online", "place", "programme_year_id"),
    *("school__name", "school__town", "school__telephone", "step_id", "step__name"),
    *("withdrew", "owed", "suggested"),
)
"""Of a visit that counts, what `Listed` has."""


class Listed(NamedTuple):
    """A visit as a list has it."""

    pk: int
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    is_online: bool
    place: str
    programme_year_id: int
    school: str
    town: str
    telephone: str
    number: int
    name: str
    withdrew: bool
    owed: bool
    suggested: bool


@dataclass(frozen=True)
class Clock:
    """Now, and when the next seven days end, today among them: on a Friday, Monday's visits are soon."""

    now: datetime
    week_ends: datetime

    @classmethod
    def read(cls) -> "Clock":
        """The clock as it stands."""
        now = timezone.now()
        day = now.astimezone(LONDON).date()
        return cls(now, datetime.combine(day + timedelta(days=7), time(), LONDON))

    @property
    def today(self) -> date:
        """The day in London."""
        return self.now.astimezone(LONDON).date()

    def pile_of(self, visit: Visit | Listed) -> Pile:
        """The pile of one visit, by the same rule as `condition`."""
        return self.pile_when(
            VisitStatus(visit.status),
            past=visit.ends_at is not None and visit.ends_at < self.now,
            soon=visit.starts_at is not None and visit.starts_at < self.week_ends,
            withdrew=getattr(visit, "withdrew", False),
            suggested=getattr(visit, "suggested", False),
        )

    @staticmethod
    def pile_when(status: VisitStatus, *, past: bool, soon: bool, withdrew: bool, suggested: bool) -> Pile:
        """The pile of a visit that stands there."""
        if status == VisitStatus.CONFIRMED and past:
            return Pile.OVERDUE
        if status in KNOWN_TO_THE_SCHOOL and withdrew:
            return Pile.WITHDREW
        if status == VisitStatus.PROPOSED:
            return Pile.SUGGESTED if suggested else Pile.WAITING
        return (
            Pile.THIS_WEEK
            if soon and status == VisitStatus.CONFIRMED
            else _OF_STATUS.get(status, Pile.NOTHING)
        )

    def condition(self, pile: Pile) -> Q:
        """Which visits are in the pile."""
        confirmed, proposed = Q(status=VisitStatus.CONFIRMED), Q(status=VisitStatus.PROPOSED)
        to_come = confirmed & Q(ends_at__gte=self.now)
        match pile:
            case Pile.OVERDUE:
                return confirmed & Q(ends_at__lt=self.now)
            case Pile.WITHDREW:
                return (to_come | proposed) & Q(withdrew=True)
            case Pile.THIS_WEEK:
                return to_come & Q(starts_at__lt=self.week_ends, withdrew=False)
            case Pile.SUGGESTED | Pile.WAITING:
                return proposed & Q(withdrew=False, suggested=pile is Pile.SUGGESTED)
            case Pile.NOTHING:
                later = to_come & Q(starts_at__gte=self.week_ends, withdrew=False)
                return later | Q(status__in=(VisitStatus.SHARED, VisitStatus.CLOSED))
        return Q(status=next(status for status, known in _OF_STATUS.items() if known is pile))


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; blank where nothing was asked."""

    year: ProgrammeYear | None = None
    worker: str = ""
    cohort: str = ""
    number: str = ""
    q: str = ""


@dataclass(frozen=True)
class PileCount:
    """How many visits of one step, and how long they take, are in a pile; `held_lately` since when the pace counts."""

    pile: Pile
    status: VisitStatus
    number: int
    minutes: int
    held_lately: bool
    visits: int
    last: datetime | None = None
    """When the latest of them begins."""
    owed: bool = True
    """Whether they are of the three that their schools are owed."""

    @classmethod
    def of(cls, row: tuple[Any, ...], clock: Clock) -> "PileCount":
        """Of one row of `pile_counts`."""
        status, past, soon, withdrew, owed, suggested, recent, number, minutes, visits, last = row
        stands = VisitStatus(status)
        pile = clock.pile_when(stands, past=past, soon=soon, withdrew=withdrew, suggested=suggested)
        return cls(pile, stands, number, minutes, recent, visits, last, owed)


def visits_asked(user: User, asked: Asked) -> VisitQuerySet:
    """The visits that count and were asked for, in no order."""
    visits = counted(Visit.objects.visible_to(user), asked.year)
    if asked.number:
        visits = visits.filter(step=int(asked.number))
    if asked.cohort:
        parts = Participation.objects.filter(cohort__slug=asked.cohort)
        if asked.year is not None:
            parts = parts.filter(programme_year=asked.year)
        visits = visits.filter(school__in=parts.values("school"))
    if asked.worker:
        visits = visits.filter(workers=None if asked.worker == NOBODY else int(asked.worker))
    if asked.q:
        visits = visits.filter(school__in=pks_found(programme_schools(user), asked.q))
    return visits


def counted(visits: VisitQuerySet, year: ProgrammeYear | int | None = None) -> VisitQuerySet:
    """Of these visits those that count anywhere, in the planner, on Home, as hours or on the dashboard: of the year,
    live, and needed, each with whether its school withdrew, is owed it, or suggested a time.
    """
    visits = visits.live()
    if year is not None:
        visits = visits.filter(programme_year=year)
    times = ProposedTime.objects.filter(visit=OuterRef("pk"), by_the_school=True)
    suggested = whether(Q(status=VisitStatus.PROPOSED) & Exists(times))
    return visits.needed(year).with_withdrawn(year).with_owed(year).annotate(suggested=suggested)


def pile_counts(visits: VisitQuerySet, clock: Clock, since: datetime) -> QuerySet[Visit, Any]:
    """What `PileCount.of` reads: how many visits stand how, by step, and whether they begin at `since` or later."""
    return (
        visits.order_by()
        .annotate(
            past=whether(Q(status=VisitStatus.CONFIRMED, ends_at__lt=clock.now)),
            soon=whether(Q(status=VisitStatus.CONFIRMED, starts_at__lt=clock.week_ends)),
            recent=whether(Q(starts_at__gte=since)),
        )
        .values_list(
            *("status", "past", "soon", "withdrew", "owed", "suggested"),
            *("recent", "step", F("step__minutes") + F("step__minutes_around")),
        )
        .annotate(count=Count("pk", distinct=False), last=Max("starts_at"))
    )


def sizes(counts: Iterable[PileCount]) -> dict[Pile, int]:
    """Visits in each pile, none left out."""
    found = dict.fromkeys(Pile, 0)
    for one in counts:
        found[one.pile] += one.visits
    return found


def in_order(visits: VisitQuerySet, piles: Iterable[Pile], clock: Clock) -> QuerySet[Visit, Any]:
    """Of the visits of these piles what `Listed` has: pile by pile, then by time, step and school."""
    piles = tuple(piles)
    wanted = Q(pk__in=())
    for pile in piles:
        wanted |= clock.condition(pile)
    rank = Case(*(When(clock.condition(pile), then=Value(list(Pile).index(pile))) for pile in piles))
    return (
        visits.filter(wanted)
        .annotate(rank=rank)
        .order_by("rank", "starts_at", "step", Upper("school__name"), "pk")
        .values_list(*_LISTED)
    )


class Slices(Sequence[Listed]):
    """Visits as a paginator wants them: counted already, and a page asks only the piles that it shows.

    `listed` gives those of some piles from one place to another, in one query.
    """

    def __init__(
        self,
        listed: Callable[[tuple[Pile, ...], int, int], list[Listed]],
        piles: Iterable[Pile],
        found: dict[Pile, int],
    ) -> None:
        self._listed = listed
        self._piles = [(pile, found[pile]) for pile in piles]

    def __len__(self) -> int:
        """All of them."""
        return sum(count for _, count in self._piles)

    @overload
    def __getitem__(self, wanted: int) -> Listed: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[Listed]: ...
    def __getitem__(self, wanted: int | slice) -> Listed | list[Listed]:
        """Those from one place to another, in one query."""
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        first, last = wanted.start or 0, len(self) if wanted.stop is None else wanted.stop
        touched = list(self._touched(first, last))
        if not touched:
            return []
        begins = touched[0][1]
        return self._listed(tuple(pile for pile, _ in touched), first - begins, last - begins)

    def _touched(self, first: int, last: int) -> Iterator[tuple[Pile, int]]:
        begins = 0
        for pile, count in self._piles:
            if count and begins < last and begins + count > first:
                yield pile, begins
            begins += count
