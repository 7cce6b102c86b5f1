"""Visits of the demonstration: school terms, and visits in every status, planned from `today` on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history
from pins.demo.schools import (
    HEADS_SCHOOL,
    LEAVING,
    LEFT_THIS_YEAR,
    OTHER_HEADS_SCHOOL,
    WITHDREW,
    YEAR_1,
    YEAR_2,
    DemoProgramme,
)
from schools.models import DayOff, Participation, ProgrammeYear, School, Term
from schools.queries.terms import SchoolCalendar
from visits.due import make_due_visits
from visits.enums import AFTER_IT, TO_THE_SCHOOL, Slot, VisitStatus
from visits.models import ProposedTime, Visit
from visits.times import VisitTime, usual

_TERMS = (
    # name, first and last school day
    ("Autumn 2025, first half", (2025, 9, 3), (2025, 10, 24)),
    ("Autumn 2025, second half", (2025, 11, 3), (2025, 12, 19)),
    ("Spring 2026, first half", (2026, 1, 5), (2026, 2, 13)),
    ("Spring 2026, second half", (2026, 2, 23), (2026, 3, 27)),
    ("Summer 2026, first half", (2026, 4, 13), (2026, 5, 22)),
    ("Summer 2026, second half", (2026, 6, 1), (2026, 7, 21)),
    ("Autumn 2026, first half", (2026, 9, 2), (2026, 10, 23)),
    ("Autumn 2026, second half", (2026, 11, 2), (2026, 12, 18)),
    ("Spring 2027, first half", (2027, 1, 4), (2027, 2, 12)),
    ("Spring 2027, second half", (2027, 2, 22), (2027, 3, 25)),
    ("Summer 2027, first half", (2027, 4, 12), (2027, 5, 28)),
    ("Summer 2027, second half", (2027, 6, 7), (2027, 7, 22)),
)
_DAYS_OFF = (
    ((2026, 5, 4), "the May bank holiday"),
    ((2026, 10, 5), "a day for staff training"),
    ((2027, 5, 3), "the May bank holiday"),
)


@dataclass(frozen=True)
class DemoVisit:
    """One visit of the plan: how it stands, and how many school days from today its day is."""

    school: str
    number: int
    status: VisitStatus
    days: int = 0
    slot: Slot = Slot.AFTER_DROP_OFF
    worker: int = 0
    suggests: bool = False
    """Whether the school suggested another time."""


_S = VisitStatus
_SECOND = (
    # status of the second visit, and how many school days from today its day is
    (_S.CONFIRMED, -3),
    (_S.CONFIRMED, 0),
    (_S.CONFIRMED, 1),
    (_S.CONFIRMED, 8),
    (_S.PROPOSED, 7),
    (_S.PROPOSED, 9),
    (_S.HELD, -6),
    (_S.NOTES_WRITTEN, -9),
    (_S.SHARED, -12),
    (_S.TO_SCHEDULE, 0),
    (_S.TO_SCHEDULE, 0),
    (_S.TO_SCHEDULE, 0),
    (_S.CONFIRMED, -1),
)
"""Of the schools of Year 2 after the two that have people who sign in, in their order."""


def the_plan() -> Iterator[DemoVisit]:
    """The visits of the running year that are more than to schedule."""
    for place, school in enumerate(YEAR_2):
        slot = Slot.BEFORE_PICK_UP if place % 2 else Slot.AFTER_DROP_OFF
        status = _S.CLOSED if place % 3 else _S.SHARED
        # So lately at the head's school that its reply is still awaited.
        days = -8 if school.name == HEADS_SCHOOL else -60 + 2 * place
        yield DemoVisit(school.name, 1, status, days, slot, place % 2)
    yield DemoVisit(HEADS_SCHOOL, 2, _S.PROPOSED, 5)
    yield DemoVisit(OTHER_HEADS_SCHOOL, 2, _S.PROPOSED, 6, worker=1, suggests=True)
    others = [one.name for one in YEAR_2 if one.name not in {HEADS_SCHOOL, OTHER_HEADS_SCHOOL}]
    for place, (school_name, (status, days)) in enumerate(zip(others, _SECOND, strict=True)):
        if status is not _S.TO_SCHEDULE:
            slot = Slot.BEFORE_PICK_UP if place % 2 else Slot.AFTER_DROP_OFF
            yield DemoVisit(school_name, 2, status, days, slot, place % 2)


def seed_visits(programme: DemoProgramme, people: Mapping[str, User], *, today: date) -> None:
    """Make the terms and the visits that are missing; a visit that was touched stays as it is."""
    with transaction.atomic():
        _seed_terms()
        workers = [people["liaison"], people["second.liaison"]]
        _put_on_the_list(programme.second_year, today)
        calendar = SchoolCalendar.load()
        for one in the_plan():
            visit = _to_schedule(programme.schools[one.school], programme.second_year, one.number)
            if visit is not None:
                _Maker(one, visit, workers[one.worker], calendar).make(today=today)
        _seed_of_a_school_that_left(programme, workers[0], calendar, today)
        _seed_first_year(programme, workers)


def _put_on_the_list(year: ProgrammeYear, today: date) -> None:
    """The visits that are due, on the list since the year began and not since the demonstration was made."""
    known = list(Visit.objects.values_list("pk", flat=True))
    make_due_visits()
    began = timezone.make_aware(datetime.combine(min(year.starts_on, today), time(9)))
    Visit.objects.filter(programme_year=year).exclude(pk__in=known).update(changed_at=began)


def _seed_terms() -> None:
    for name, first, last in _TERMS:
        Term.objects.get_or_create(name=name, defaults={"starts_on": date(*first), "ends_on": date(*last)})
    for day, name in _DAYS_OFF:
        DayOff.objects.get_or_create(day=date(*day), defaults={"name": name})


def school_day(calendar: SchoolCalendar, today: date, count: int) -> date:
    """The day so many school days after today, or before it; nought is today or the next school day."""
    step = timedelta(days=1 if count >= 0 else -1)
    day, left = today, abs(count)
    while left or not calendar.is_school_day(day):
        day += step
        left -= left > 0 and calendar.is_school_day(day)
    return day


def _to_schedule(school: School, year: ProgrammeYear, number: int) -> Visit | None:
    """The school's visit of that number, if nobody has done anything with it."""
    visits = Visit.objects.filter(school=school, programme_year=year, step=number, status=_S.TO_SCHEDULE)
    return visits.with_names().first()


class _Maker:
    """Brings one visit as far as the plan says."""

    def __init__(self, one: DemoVisit, visit: Visit, worker: User, calendar: SchoolCalendar) -> None:
        self.one, self.visit, self.worker, self.calendar = one, visit, worker, calendar

    def make(self, *, today: date) -> None:
        """Give it its time and status; one whose day does not lie in its year stays to schedule."""
        day, year = school_day(self.calendar, today, self.one.days), self.visit.programme_year
        if not year.starts_on <= day <= year.ends_on:
            return
        visit, at = self.visit, usual(day, self.one.slot, minutes=self.visit.step.minutes)
        visit.workers.set([self.worker])
        visit.status = self.one.status
        visit.place = "The library" if self.one.number == 1 else "The community room"
        if self.one.status is _S.PROPOSED:
            self._propose(at)
        else:
            self._date(at)
        visit.save()
        told = f"{visit} was made for the demonstration."
        history.record("visit.seeded", told, by=None, target=visit, school=visit.school)

    def _propose(self, at: VisitTime) -> None:
        later = school_day(self.calendar, at.day, 3)
        times = [at, usual(later, Slot.BEFORE_PICK_UP, minutes=at.minutes)]
        self.visit.changed_at = timezone.now() - timedelta(days=4)
        for one in times:
            self._put_forward(one, str(self.worker))
        if self.one.suggests:
            another = usual(school_day(self.calendar, at.day, 5), Slot.AFTER_DROP_OFF, minutes=at.minutes)
            self._put_forward(another, f"Head teacher of {self.visit.school}", by_the_school=True)

    def _put_forward(self, at: VisitTime, proposer: str, *, by_the_school: bool = False) -> None:
        ProposedTime.objects.create(
            visit=self.visit,
            starts_at=at.starts_at,
            ends_at=at.ends_at,
            slot=at.slot,
            by_the_school=by_the_school,
            proposer=proposer,
            proposed_at=timezone.now() - timedelta(days=2 if by_the_school else 4),
            note="We have a visitor from the council that week." if by_the_school else "",
        )

    def _date(self, at: VisitTime) -> None:
        visit, worker = self.visit, self.worker
        visit.starts_at, visit.ends_at, visit.slot = at.starts_at, at.ends_at, at.slot
        visit.changed_at = visit.calendar_changed_at = min(at.ends_at, timezone.now())
        if visit.status in AFTER_IT:
            visit.held_noted_at, visit.held_noted_by = at.ends_at + timedelta(hours=1), worker
        if visit.status in TO_THE_SCHOOL:
            visit.shared_at, visit.shared_by = at.ends_at + timedelta(days=2), worker
        if visit.status == _S.CLOSED:
            visit.closed_at, visit.closed_by = at.ends_at + timedelta(days=20), worker


def _seed_of_a_school_that_left(
    programme: DemoProgramme, worker: User, calendar: SchoolCalendar, today: date
) -> None:
    """A visit that an embedding school had asked for; it withdrew, and the date still has to be called off."""
    school, year = programme.schools[LEFT_THIS_YEAR], programme.second_year
    parts = Participation.objects.filter(school=school, programme_year=year).exclude(status="withdrawn")
    if not parts.exists() or Visit.objects.filter(school=school, programme_year=year).exists():
        return
    visit = Visit.objects.create(school=school, programme_year=year, step_id=1, is_on_request=True)
    one = DemoVisit(LEFT_THIS_YEAR, 1, _S.CONFIRMED, 11)
    _Maker(one, visit, worker, calendar).make(today=today)
    left_on = max(year.starts_on, today - timedelta(days=3))
    parts.update(status="withdrawn", withdrawn_on=left_on, withdrawal_reason=LEAVING)


def _seed_first_year(programme: DemoProgramme, workers: list[User]) -> None:
    """Three closed visits at each school that completed the first year, on fixed days."""
    first_days = {1: date(2025, 9, 15), 2: date(2025, 11, 10), 3: date(2026, 1, 19)}
    taught = [one for one in YEAR_1 if one.name != WITHDREW]
    for place, made_up in enumerate(taught):
        for number, first in first_days.items():
            day = first + timedelta(days=7 * (place // 5) + place % 5)
            _closed(programme, made_up.name, number, day, workers[place % 2])


def _closed(programme: DemoProgramme, school: str, number: int, day: date, worker: User) -> None:
    at = usual(day, Slot.AFTER_DROP_OFF, minutes=60)
    end = at.ends_at
    visit, made = Visit.objects.get_or_create(
        school=programme.schools[school],
        programme_year=programme.first_year,
        step_id=number,
        status=_S.CLOSED,
        defaults={
            "starts_at": at.starts_at,
            "ends_at": end,
            "slot": at.slot,
            "changed_at": end,
            "calendar_changed_at": end,
            "place": "The library",
            "held_noted_at": end + timedelta(hours=1),
            "held_noted_by": worker,
            "shared_at": end + timedelta(days=2),
            "shared_by": worker,
            "closed_at": end + timedelta(days=20),
            "closed_by": worker,
        },
    )
    if made:
        visit.workers.set([worker])
