"""What those who visit schools have to do about visits: their own first, then those of nobody and of others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.models import User
from core.prepared import Prepared
from core.words import date_words, local
from pins.next_step import NO_DATE_YET, NextStep
from schools.models import School, sees_every_school
from visits.addresses import page_of
from visits.enums import MINUTES_TO_RECORD, VisitStatus
from visits.forms.planner import EVERY_YEAR
from visits.models import ProposedTime, Visit, VisitQuerySet
from visits.planner_words import day_words, span_words
from visits.queries.planner import NOBODY, Clock, Pile, counted

_ONE = {
    Pile.OVERDUE: ("Log visit {number}: its day is past", "visits:log", 2),
    Pile.WITHDREW: ("Cancel visit {number}: the school withdrew", "visits:cancel", 1),
    Pile.SUGGESTED: ("Answer the other time that the school suggested for visit {number}", "visits:visit", 1),
    Pile.NOTES: ("Write the notes of visit {number}", "visits:record", MINUTES_TO_RECORD),
    Pile.SHARE: ("Share the notes of visit {number} with the school", "visits:share", 5),
}
_SEVERAL = {
    Pile.OVERDUE: "Log {count} visits whose day is past",
    Pile.WITHDREW: "Cancel {count} visits of schools that withdrew",
    Pile.SUGGESTED: "Answer {count} schools that suggested another time",
    Pile.NOTES: "Write the notes of {count} visits",
    Pile.SHARE: "Share the notes of {count} visits",
}
_MOST_BY_NAME = 2
"""More than this many of one kind are one line that leads to the planner."""
MINUTES_TO_FIND_A_DATE = 2
MOST_COMING = 12
"""Visits of the next seven days that Home names; the planner has them all."""
_ORDER = "starts_at", "pk"


@dataclass(frozen=True)
class _Goer:
    """Whose some visits are: one worker's, or nobody's."""

    pk: int | None
    name: str
    is_reader: bool

    @property
    def words(self) -> str:
        """Said beside a visit that is not the reader's own."""
        if self.is_reader:
            return ""
        return f"with {self.name}" if self.pk else "nobody named yet"

    def group(self, pile: Pile) -> str:
        """Where the planner lists all of theirs."""
        return f"{reverse('visits:planner')}?group={pile.value}&worker={self.pk or NOBODY}&year={EVERY_YEAR}"


def forum_steps(user: User, at: School | None) -> Iterator[NextStep]:
    """What waits for those who visit, each with its date; at the end how many visits nobody has dated."""
    clock = Clock.read()
    visits = _that_wait(user, at, clock)
    goers = _goers(visits, user)
    found: dict[tuple[_Goer, Pile], list[Visit]] = defaultdict(list)
    for visit in visits:
        found[goers[visit.pk], clock.pile_of(visit)].append(visit)
    places = {goer: place for place, goer in enumerate(sorted({goer for goer, _ in found}, key=_before))}
    for goer, pile in sorted(found, key=lambda key: (places[key[0]], list(Pile).index(key[1]))):
        yield from _steps(found[goer, pile], pile, goer)
    if at is None:
        yield from _without_a_date(user, clock.today)


def _before(goer: _Goer) -> tuple[bool, bool, str, int]:
    return (not goer.is_reader, goer.pk is not None, goer.name, goer.pk or 0)


def _that_wait(user: User, at: School | None, clock: Clock) -> list[Visit]:
    if at is None and sees_every_school(user):
        return _ALL_THAT_WAIT(clock.now, clock.week_ends)
    visits = Visit.objects.visible_to(user)
    return list(_waiting(visits if at is None else visits.filter(school=at), clock))


def _waiting(visits: VisitQuerySet, clock: Clock) -> QuerySet[Visit]:
    waiting = Q(pk__in=())
    for pile in _ONE:
        waiting |= clock.condition(pile)
    suggested = ProposedTime.objects.filter(visit=OuterRef("pk"), by_the_school=True).order_by("proposed_at")
    asked = counted(visits).filter(waiting).select_related("school")
    return asked.annotate(suggested_at=Subquery(suggested.values("proposed_at")[:1])).order_by(*_ORDER)


_ALL_THAT_WAIT = Prepared(
    lambda now, week_ends: _waiting(Visit.objects.all(), Clock(now, week_ends)), datetime, datetime
)
"""By now and the end of the seven days; nearly every day begins with it."""


def _goers(visits: Iterable[Visit], user: User) -> dict[int, _Goer]:
    """Whose each visit is: the reader's where they go among others; one query where there are any."""
    pks = [visit.pk for visit in visits]
    found = dict.fromkeys(pks, _Goer(None, "", is_reader=False))
    rows = Visit.workers.through.objects.filter(visit__in=pks).order_by("-user__name", "-user__email")
    for visit, pk, name, email in rows.values_list("visit_id", "user_id", "user__name", "user__email"):
        if not found[visit].is_reader:
            found[visit] = _Goer(pk, name or email, is_reader=pk == user.pk)
    return found


def _steps(visits: list[Visit], pile: Pile, goer: _Goer) -> Iterator[NextStep]:
    if len(visits) <= _MOST_BY_NAME:
        yield from (_one(visit, pile, goer) for visit in visits)
        return
    by, since = min(_dates(visit, pile) for visit in visits)
    yield NextStep(
        verb=_SEVERAL[pile].format(count=len(visits)),
        url=goer.group(pile),
        minutes=_ONE[pile][2] * len(visits),
        by=by if pile is Pile.OVERDUE else None,
        since=f"the first {since} {date_words(by)}",
        overdue=pile is Pile.OVERDUE,
        who=goer.words,
    )


def _one(visit: Visit, pile: Pile, goer: _Goer) -> NextStep:
    verb, page, minutes = _ONE[pile]
    day, since = _dates(visit, pile)
    return NextStep(
        verb=verb.format(number=visit.step_id),
        url=page_of(page, visit.pk),
        school=visit.school.name,
        school_pk=visit.school_id,
        minutes=minutes,
        by=day if pile is Pile.OVERDUE else None,
        since=f"{since} {date_words(day)}",
        overdue=pile is Pile.OVERDUE,
        telephone=visit.school.telephone if pile is Pile.SUGGESTED else "",
        who=goer.words,
    )


def _dates(visit: Visit, pile: Pile) -> tuple[date, str]:
    """The day of which its line speaks, and what was or will be on it."""
    suggested_at: datetime | None = visit.suggested_at  # type: ignore[attr-defined]  # _waiting adds it
    if pile is Pile.SUGGESTED and suggested_at:
        return local(suggested_at).date(), "suggested"
    if visit.starts_at is None:
        return local(visit.changed_at).date(), "proposed"
    return local(visit.starts_at).date(), "planned for" if pile is Pile.WITHDREW else "held"


def _without_a_date(user: User, today: date) -> Iterator[NextStep]:
    """How many visits of the running year nobody has dated: as many as the planner lists."""
    undated = counted(Visit.objects.visible_to(user)).filter(status=VisitStatus.TO_SCHEDULE)
    runs = undated.filter(programme_year__starts_on__lte=today, programme_year__ends_on__gte=today)
    for year, count in runs.order_by().values_list("programme_year").annotate(Count("pk")):
        yield NextStep(
            verb="Find a date for a visit" if count == 1 else f"Find dates for {count} visits",
            url=f"{reverse('visits:planner')}?group={Pile.NO_DATE.value}&year={year}",
            minutes=MINUTES_TO_FIND_A_DATE * count,
            since=NO_DATE_YET,
        )


def coming_visits(user: User) -> list["Coming"]:
    """The visits of the next seven days by day, the reader's own first on each; two queries."""
    clock = Clock.read()
    visits = counted(Visit.objects.visible_to(user)).filter(clock.condition(Pile.THIS_WEEK))
    found = list(visits.select_related("school").order_by(*_ORDER)[:MOST_COMING])
    goers = _goers(found, user)
    found.sort(
        key=lambda visit: (local(cast(datetime, visit.starts_at)).date(), not goers[visit.pk].is_reader)
    )
    return [Coming(visit, goers[visit.pk].words, clock.today) for visit in found]


@dataclass(frozen=True)
class Coming:
    """A visit of the next seven days, as Home names it."""

    visit: Visit
    who: str
    """Who goes, where it is not the reader."""
    today: date

    @property
    def day(self) -> str:
        """Today, tomorrow, or the day in full."""
        if self.visit.starts_at is None:
            return ""
        ahead = (local(self.visit.starts_at).date() - self.today).days
        return {0: "Today", 1: "Tomorrow"}.get(ahead) or day_words(self.visit.starts_at)

    @property
    def is_near(self) -> bool:
        """Whether it is today or tomorrow."""
        return self.day in ("Today", "Tomorrow")

    @property
    def time(self) -> str:
        """From when to when."""
        return (
            span_words(self.visit.starts_at, self.visit.ends_at)
            if self.visit.ends_at and self.visit.starts_at
            else ""
        )

    @property
    def place(self) -> str:
        """Where in the school, or that it is online."""
        return "Online" if self.visit.is_online else self.visit.place

    @property
    def url(self) -> str:
        """The visit's page."""
        return page_of("visits:visit", self.visit.pk)

    @property
    def record_url(self) -> str:
        """Where it is written down."""
        return page_of("visits:record", self.visit.pk)

    @property
    def directions_url(self) -> str:
        """The way there by a map that telephones open by themselves; none to a visit online."""
        return "" if self.visit.is_online else directions_to(self.visit.school)


def directions_to(school: School) -> str:
    """An address that nothing but the school's own, which is public, is written into."""
    place = ", ".join(part for part in (school.name, school.town, school.postcode) if part)
    return f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': place})}"
