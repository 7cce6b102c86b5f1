"""Visits of a made-up programme, of any number, each school with its three."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits.models import Report
from bench.programme import Programme
from core.unchanged import Unchanged
from schools.models import DayOff, Participation, ProgrammeYear, Term
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit, VisitStep

_TURN = (
    *(VisitStatus.TO_SCHEDULE, VisitStatus.PROPOSED, VisitStatus.CONFIRMED, VisitStatus.HELD),
    *(VisitStatus.CLOSED, VisitStatus.CLOSED, VisitStatus.CONFIRMED, VisitStatus.SHARED),
)
"""How visits stand, in turn."""
_filled: dict[Path, int] = {}
"""How many visits each programme has by now."""


def with_visits(programme: Programme, count: int) -> Programme:
    """The programme with so many visits of its running year, and no other: made when they are first asked for."""
    programme.use()
    if _filled.get(programme.file) != count:
        with transaction.atomic():
            Visit.objects.all().delete()
            _fill(programme, count)
        Unchanged.forget_all()
        _filled[programme.file] = count
    return programme


def ready_for_the_dashboard(programme: Programme) -> Programme:
    """The programme with three visits to each school, and no report that waits for a worker: none runs here."""
    programme.use()
    Report.objects.update(status=Report.Status.FAILED)
    return with_visits(programme, 3 * Participation.objects.count())


def _fill(programme: Programme, count: int) -> None:
    year = ProgrammeYear.objects.get()
    today = timezone.localdate()
    ProgrammeYear.objects.update(starts_on=today - timedelta(days=200), ends_on=today + timedelta(days=165))
    for calendar in (Term, DayOff):
        calendar.objects.all().delete()
    Term.objects.create(name="One", starts_on=today - timedelta(days=190), ends_on=today - timedelta(days=20))
    Term.objects.create(name="Two", starts_on=today - timedelta(days=10), ends_on=today + timedelta(days=160))
    DayOff.objects.create(day=today + timedelta(days=9), name="a day for staff training")
    schools = list(Participation.objects.order_by("school_id").values_list("school_id", flat=True))
    steps = list(VisitStep.objects.all())
    places = [(school, step) for step in steps for school in schools][:count]
    visits = Visit.objects.bulk_create(
        (
            Visit(school_id=school, programme_year=year, step=step, **_state(number, programme.liaison))
            for number, (school, step) in enumerate(places)
        ),
        batch_size=2000,
    )
    through = Visit.workers.through
    through.objects.bulk_create(
        (through(visit_id=visit.pk, user_id=programme.liaison.pk) for visit in visits), batch_size=2000
    )
    ProposedTime.objects.bulk_create(_times(visits), batch_size=2000)


def _state(number: int, by: User) -> dict[str, object]:
    status = _TURN[number % len(_TURN)]
    found: dict[str, object] = {"status": status}
    if status in (VisitStatus.TO_SCHEDULE, VisitStatus.PROPOSED):
        return found
    starts_at = _day(number, 30 if status == VisitStatus.CONFIRMED and number % 5 else -30)
    found |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    if status != VisitStatus.CONFIRMED:
        found |= {"held_noted_at": starts_at, "held_noted_by": by}
    if status in (VisitStatus.SHARED, VisitStatus.CLOSED):
        found |= {"shared_at": starts_at, "shared_by": by}
    if status == VisitStatus.CLOSED:
        found |= {"closed_at": starts_at, "closed_by": by}
    return found


def _day(number: int, ahead: int) -> datetime:
    return timezone.now() + timedelta(days=ahead + number % 20, minutes=number % 300)


def _times(visits: list[Visit]) -> Iterator[ProposedTime]:
    for number, visit in enumerate(visits):
        if visit.status == VisitStatus.PROPOSED:
            starts_at = _day(number, 10)
            yield ProposedTime(
                visit=visit,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=1),
                slot="other",
                by_the_school=number % 3 == 0,
                proposer="Alex",
            )
