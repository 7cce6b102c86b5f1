"""The columns of the visits: one for each number that a visit can have.

Days are counted
- while it is to schedule: from when it was put on the list, or from when the visit before it was noted as held;
- once its date has passed and nobody said that it was held: from that date;
- while notes are to be written: from when it was noted as held; once shared or closed: from then;
- else from when its time or status last changed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from core.prepared import Prepared
from pins.dashboard.column import BySchool, Column, Part, Reader, Stand, State
from pins.dashboard.enums import Waits
from pins.navigation import VISITS
from schools.models import Participation, ProgrammeYear
from visits.enums import AFTER_IT, BEFORE_IT, VisitStatus
from visits.models import Visit
from visits.models.visits import FIRST, LAST

OWED_IN = (Participation.Status.CONFIRMED, Participation.Status.ACTIVE, Participation.Status.COMPLETED)
"""A school on the full offer is owed its visits while it stands here."""

OVERDUE = State("overdue", "Overdue", "red", Waits.FORUM, is_overdue=True)
TO_SCHEDULE = State("to_schedule", "To schedule", "amber", Waits.FORUM)
LATER = State("later", "Later")
PROPOSED = State("proposed", "Times proposed", "amber", Waits.SCHOOL)
CONFIRMED = State("confirmed", "Confirmed", "teal")
HELD = {
    VisitStatus.HELD: State("held", "Notes to write", "amber", Waits.FORUM, is_done=True),
    VisitStatus.NOTES_WRITTEN: State("notes_written", "Notes to share", "amber", Waits.FORUM, is_done=True),
    VisitStatus.SHARED: State("shared", "Shared", "green", is_done=True),
    VisitStatus.CLOSED: State("closed", "Closed", "green", is_done=True),
}
NOT_PLANNED = State("not_planned", "Not planned")
STOPPED = State("stopped", "Not wanted", is_wanted=False)
NONE = State("none", "None owed", is_wanted=False)


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
    """The visits of each school in the year, by number, but for those that were cancelled."""
    found: dict[int, dict[int, VisitFacts]] = {}
    for school, number, *rest in _VISITS(year.pk):
        found.setdefault(school, {})[number] = VisitFacts._make(rest)
    return found


def _live_visits(year: int) -> QuerySet[Visit, Any]:
    visits = Visit.objects.live().filter(programme_year=year).order_by()
    return visits.values_list("school_id", "step_id", *VisitFacts._fields)


_VISITS = Prepared(_live_visits, int)


def _stands(number: int) -> Callable[[Part, dict[int, VisitFacts] | None, Reader], Stand]:
    def stands(part: Part, visits: dict[int, VisitFacts] | None, reader: Reader) -> Stand:
        visit = visits.get(number) if visits else None
        if visits is None or visit is None:
            is_owed = part.offer == Participation.Offer.FULL and part.status in OWED_IN
            return Stand(NOT_PLANNED if is_owed else NONE)
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
        return Stand(CONFIRMED, visit.changed_at, visit.pk, visit.starts_at)
    if visit.status == VisitStatus.PROPOSED:
        return Stand(PROPOSED, visit.changed_at, visit.pk)
    if before is not None and before.status in BEFORE_IT:
        return Stand(LATER, None, visit.pk)
    reached = before.held_noted_at if before else None
    return Stand(TO_SCHEDULE, max(visit.changed_at, reached or visit.changed_at), visit.pk)


def _visit(pk: int) -> str:
    return f"{VISITS}{pk}/"


VISIT_COLUMNS = tuple(
    Column(
        key=f"visit_{number}",
        head=f"Visit {number}",
        states=(
            *(OVERDUE, TO_SCHEDULE, PROPOSED, CONFIRMED, *HELD.values(), LATER, NOT_PLANNED),
            *(STOPPED, NONE),
        ),
        source=visits,
        stands=_stands(number),
        link=_visit,
        is_opened_by=lambda reader: reader.opens_visits,
    )
    for number in range(FIRST, LAST + 1)
)
