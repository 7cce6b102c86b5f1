"""The columns of the visits: one for each number that a visit can have.

Days are counted
- while it is to schedule: from when it was put on the list, or from when the visit before it was noted as held;
- once its date has passed and nobody said that it was held: from that date;
- while it is proposed: from when that was; once the school suggested another time, from then; once every time that was
  proposed has passed, from the last of them;
- while notes are to be written: from when it was noted as held; once shared or closed: from then;
- else from when its time or status last changed. A visit that is confirmed waits for its day alone: no days.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from core.prepared import Prepared
from pins.dashboard.column import BySchool, Column, Part, Reader, Stand, State
from pins.dashboard.enums import Waits
from pins.navigation import VISITS
from schools.models import ProgrammeYear
from visits.enums import AFTER_IT, BEFORE_IT, VisitStatus
from visits.models import ProposedTime, Visit
from visits.models.visits import FIRST, LAST
from visits.queries.planner import counted
from visits.times import has_begun

OVERDUE = State("overdue", "Overdue", "red", Waits.FORUM, is_overdue=True)
TO_SCHEDULE = State("to_schedule", "To schedule", "amber", Waits.FORUM)
LATER = State("later", "Later")
PROPOSED = State("proposed", "Times proposed", "amber", Waits.SCHOOL)
SUGGESTED = State("suggested", "Other time suggested", "amber", Waits.FORUM)
PASSED = State("times_passed", "Proposed times passed", "amber", Waits.FORUM)
CONFIRMED = State("confirmed", "Confirmed", "teal")
HELD = {
    VisitStatus.HELD: State("held", "Notes to write", "amber", Waits.FORUM, is_done=True),
    VisitStatus.NOTES_WRITTEN: State("notes_written", "Notes to share", "amber", Waits.FORUM, is_done=True),
    VisitStatus.SHARED: State("shared", "Shared", "green", is_done=True),
    VisitStatus.CLOSED: State("closed", "Closed", "green", is_done=True),
}
NOT_PLANNED = State("not_planned", "Not planned")
STOPPED = State("stopped", "Not wanted", is_wanted=False)
NONE = State("none", "Not needed", is_wanted=False)


class VisitFacts(NamedTuple):
    """What the columns read of a visit."""

    pk: int
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    changed_at: datetime
    held_noted_at: datetime | None
    shared_at: datetime | None
    closed_at: datetime | None
    suggested_at: datetime | None = None
    """When the school suggested another time instead of those that were proposed."""
    last_proposed: datetime | None = None
    """The last of the times that were proposed to it."""

    @property
    def after_it_since(self) -> datetime | None:
        """Since when it has stood where it stands, once it was held."""
        since = {
            VisitStatus.HELD.value: self.held_noted_at,
            VisitStatus.SHARED.value: self.shared_at,
            VisitStatus.CLOSED.value: self.closed_at,
        }
        return since.get(self.status, self.changed_at)


def visits(year: ProgrammeYear) -> BySchool:
    """The visits of each school in the year that count, by number. Two queries."""
    suggested, proposed = _times_of(year)
    found: dict[int, dict[int, VisitFacts]] = {}
    for school, number, pk, *rest in _VISITS(year.pk):
        found.setdefault(school, {})[number] = VisitFacts._make(
            (pk, *rest, suggested.get(pk), proposed.get(pk))
        )
    return found


def _times_of(year: ProgrammeYear) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """By visit: when its school suggested another time, and the last time that was proposed to it."""
    suggested: dict[int, datetime] = {}
    proposed: dict[int, datetime] = {}
    for visit, by_the_school, proposed_at, starts_at in _TIMES(year.pk):
        if by_the_school:
            suggested[visit] = proposed_at
        else:
            proposed[visit] = starts_at
    return suggested, proposed


def _live_visits(year: int) -> QuerySet[Visit, Any]:
    return (
        counted(Visit.objects.all(), year)
        .order_by()
        .values_list(
            *("school_id", "step_id", "pk", "status", "starts_at", "ends_at"),
            *("changed_at", "held_noted_at", "shared_at", "closed_at"),
        )
    )


def _open_times(year: int) -> QuerySet[ProposedTime, Any]:
    times = ProposedTime.objects.filter(visit__programme_year=year, visit__status=VisitStatus.PROPOSED)
    return times.order_by("starts_at").values_list("visit_id", "by_the_school", "proposed_at", "starts_at")


_VISITS = Prepared(_live_visits, int)
_TIMES = Prepared(_open_times, int)


def _stands(number: int) -> Callable[[Part, dict[int, VisitFacts] | None, Reader], Stand]:
    def stands(part: Part, visits: dict[int, VisitFacts] | None, reader: Reader) -> Stand:
        visit = visits.get(number) if visits else None
        if visits is None or visit is None:
            return Stand(NOT_PLANNED if part.is_owed_visits else NONE)
        if visit.status in AFTER_IT:
            state = HELD[VisitStatus(visit.status)]
            return Stand(state, visit.after_it_since, visit.pk, visit.starts_at)
        return (
            Stand(STOPPED, None, visit.pk)
            if part.withdrew
            else _to_come(visit, visits.get(number - 1), reader)
        )

    return stands


def _to_come(visit: VisitFacts, before: VisitFacts | None, reader: Reader) -> Stand:
    """A visit waits for its date once the one before it was held; until then it comes later."""
    if visit.ends_at is not None and visit.ends_at < reader.now:
        return Stand(OVERDUE, visit.ends_at, visit.pk, visit.starts_at)
    if visit.status == VisitStatus.CONFIRMED:
        return Stand(CONFIRMED, None, visit.pk, visit.starts_at)
    if visit.status == VisitStatus.PROPOSED:
        return _proposed(visit, reader)
    if before is not None and before.status in BEFORE_IT:
        return Stand(LATER, None, visit.pk)
    reached = before.held_noted_at if before else None
    return Stand(TO_SCHEDULE, max(visit.changed_at, reached or visit.changed_at), visit.pk)


def _proposed(visit: VisitFacts, reader: Reader) -> Stand:
    """It waits for the school only while there is a time to pick and the school has not suggested another."""
    if visit.suggested_at is not None:
        return Stand(SUGGESTED, visit.suggested_at, visit.pk)
    if visit.last_proposed is not None and has_begun(visit.last_proposed, reader.now):
        return Stand(PASSED, visit.last_proposed, visit.pk)
    return Stand(PROPOSED, visit.changed_at, visit.pk)


def _visit(pk: int) -> str:
    return f"{VISITS}{pk}/"


VISIT_COLUMNS = tuple(
    Column(
        key=f"visit_{number}",
        head=f"Visit {number}",
        states=(
            *(OVERDUE, TO_SCHEDULE, SUGGESTED, PASSED, PROPOSED, CONFIRMED, *HELD.values()),
            *(LATER, NOT_PLANNED, STOPPED, NONE),
        ),
        source=visits,
        stands=_stands(number),
        link=_visit,
        is_opened_by=lambda reader: reader.opens_visits,
    )
    for number in range(FIRST, LAST + 1)
)
