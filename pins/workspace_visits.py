"""The visits of a school in a year, as its workspace shows them to whoever may see them."""

from dataclasses import dataclass, field
from typing import cast

from accounts.models import User
from accounts.permissions import Verb
from core.look import Colour, Task
from schools.access import may, may_change
from schools.models import Participation, School
from visits.addresses import page_of
from visits.enums import AFTER_IT, VisitStatus
from visits.models import Visit
from visits.models.visits import FIRST, LAST
from visits.planner_words import when_words
from visits.queries.feeds import may_have_feed


@dataclass(frozen=True)
class VisitsSection:
    """What one reader is shown of the visits: each of them, or how many of the three were held, or nothing."""

    lines: list[Task] = field(default_factory=list)
    is_listed: bool = False
    """Whether each visit is named, with its page."""
    is_counted: bool = False
    """Whether no more than the number that was held is said."""
    held: int = 0
    can_request: bool = False
    """Whether one more can be put on the list of what is to be planned."""
    next_number: int | None = None
    """Which that would be."""
    has_feed: bool = False
    """Whether their own calendar can have the visits to this school."""

    @property
    def is_shown(self) -> bool:
        """Whether there is anything for this reader."""
        return self.is_listed or self.is_counted


def visits_section(school: School, user: User, part: Participation | None) -> VisitsSection:
    """The visits of the year that the page speaks of; one query where there is something to see."""
    listed = may(user, Verb.TAKE_PART_IN_VISITS, school)
    counted = not listed and may(user, Verb.SEE_DASHBOARDS, school)
    if part is None or not (listed or counted):
        return VisitsSection()
    visits = list(
        Visit.objects.visible_to(user)
        .live()
        .needed(part.programme_year_id)
        .filter(school=school, programme_year=part.programme_year_id)
        .select_related("step")
        .order_by("step")
    )
    missing = sorted(set(range(FIRST, LAST + 1)) - {visit.step_id for visit in visits})
    takes_part = part.status not in (Participation.Status.WITHDRAWN, Participation.Status.INVITED)
    return VisitsSection(
        lines=[_line(visit, plans=may(user, Verb.RECORD_VISITS, school)) for visit in visits]
        if listed
        else [],
        is_listed=listed,
        is_counted=counted,
        held=sum(visit.status in AFTER_IT for visit in visits),
        can_request=takes_part and bool(missing) and may_change(user, Verb.RECORD_VISITS, school),
        next_number=next(iter(missing), None),
        has_feed=may_have_feed(user, school),
    )


def _line(visit: Visit, *, plans: bool) -> Task:
    """How far the forum is with its logging and its notes is its own affair."""
    overdue = visit.is_overdue and plans
    is_inside = visit.status == VisitStatus.NOTES_WRITTEN and not plans
    status = VisitStatus.HELD.label if is_inside else visit.get_status_display()
    return Task(
        title=f"{visit.step_id}. {visit.step}",
        status="Overdue" if overdue else status,
        url=page_of("visits:visit", visit.pk),
        hint=when_words(visit.starts_at, visit.ends_at) or "No date yet",
        colour="red" if overdue else cast(Colour, visit.status_colour),
    )
