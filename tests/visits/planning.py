"""What the tests of planning share: a day on which all of them take place, and times after it."""

from datetime import UTC, date, datetime, time
from typing import Any

from tests.factories import ParticipationFactory, VisitFactory
from visits.enums import Slot, VisitStatus
from visits.models import ProposedTime, Visit
from visits.times import VisitTime

TODAY = datetime(2026, 9, 14, 8, tzinfo=UTC)
"""A Monday in the programme year of the factories."""
A_TUESDAY, A_WEDNESDAY, LAST_WEEK = date(2026, 10, 6), date(2026, 10, 7), date(2026, 9, 8)


def on(day: date = A_TUESDAY, hour: int = 9, minute: int = 0, *, minutes: int = 60) -> VisitTime:
    """A time of that day."""
    slot = Slot.AFTER_DROP_OFF if (hour, minute) == (9, 0) else Slot.OTHER
    return VisitTime.on(day, time(hour, minute), minutes=minutes, slot=slot)


def a_visit(status: VisitStatus = VisitStatus.TO_SCHEDULE, at: VisitTime | None = None, **more: Any) -> Visit:
    """A visit of a school that takes part; one that has been proposed has two times."""
    if "school" not in more:
        part = ParticipationFactory()
        more = {"school": part.school, "programme_year": part.programme_year, **more}
    if at is not None:
        more = {"starts_at": at.starts_at, "ends_at": at.ends_at, "slot": at.slot, **more}
    visit = VisitFactory(status=status, **more)
    if status == VisitStatus.PROPOSED:
        offer(visit, on(A_TUESDAY), on(A_WEDNESDAY))
    return visit


def offer(visit: Visit, *times: VisitTime) -> None:
    """Put the times forward for the visit."""
    for one in times:
        ProposedTime.objects.create(
            visit=visit, starts_at=one.starts_at, ends_at=one.ends_at, slot=one.slot, proposer="Liaison"
        )
