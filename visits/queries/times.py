"""Which times for a visit are put forward, and which of them can still be picked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core import history
from core.words import local
from schools.queries.terms import SchoolCalendar
from visits.calendar import when
from visits.clashes import Gap, overlap
from visits.enums import AFTER_IT, LinkPurpose, VisitStatus
from visits.models import ProposedTime, Visit, VisitLink
from visits.models.links import VisitLinkQuerySet
from visits.queries.clashes import clashing_visits, gaps_of
from visits.times import VisitTime, moment, to_come, warning


def time_of(visit: Visit) -> VisitTime | None:
    """The date that the visit has."""
    if visit.starts_at is None or visit.ends_at is None:
        return None
    return VisitTime(visit.starts_at, visit.ends_at, visit.slot)


def date_of(visit: Visit) -> VisitTime:
    """The date of a visit that has one, as every confirmed visit does. Raises ValueError."""
    at = time_of(visit)
    if at is None:
        raise ValueError(f"{visit} has no date.")
    return at


def held_out_of_order(visit: Visit, at: VisitTime) -> list[Visit]:
    """Held visits of the same school and year that contradict this time: an earlier one after its day, or the reverse.

    Two on one day contradict nothing.
    """
    others = Visit.objects.filter(
        school=visit.school_id, programme_year=visit.programme_year_id, status__in=AFTER_IT
    )
    begins, ends = moment(at.day, time()), moment(at.day + timedelta(days=1), time())
    is_later = Q(step__lt=visit.step_id, starts_at__gte=ends)
    is_before = Q(step__gt=visit.step_id, starts_at__lt=begins)
    return list(others.exclude(pk=visit.pk).filter(is_later | is_before).order_by("step"))


def date_before_held(visit: Visit) -> VisitTime | None:
    """The date for which a visit was confirmed when somebody logged that it was held; None where it was not."""
    line = history.of_target(visit).filter(kind="visit.held").first()
    had = line.details.get("had") if line else None
    if not had:
        return None
    starts_at, ends_at, slot = had
    return VisitTime(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at), slot)


def was_undone(visit: Visit) -> bool:
    """Whether the last that somebody said of it is that it was not held after all."""
    line = (
        history.of_target(visit).filter(kind__in=("visit.held", "visit.not_held", "visit.confirmed")).first()
    )
    return line is not None and line.kind == "visit.not_held"


def time_put_forward(proposed: ProposedTime) -> VisitTime:
    """The time of a row."""
    return VisitTime(proposed.starts_at, proposed.ends_at, proposed.slot)


def proposed_by_forum(visit: Visit) -> list[ProposedTime]:
    """What the forum put forward, by time."""
    return list(visit.proposed_times.filter(by_the_school=False))


def suggested_by_school(visit: Visit) -> list[ProposedTime]:
    """What the school suggested instead, by time."""
    return list(visit.proposed_times.filter(by_the_school=True))


def times_to_pick(visit: Visit) -> list[ProposedTime]:
    """Those of the forum's times that have not come yet and at which every worker of the visit is still free."""
    return those_to_pick(visit, proposed_by_forum(visit))


def those_to_pick(visit: Visit, proposed: Iterable[ProposedTime]) -> list[ProposedTime]:
    """The same of times that were read: whoever says more of them reads them once, since they can go meanwhile."""
    open_ones = to_come(proposed, timezone.now())
    times = [time_put_forward(one) for one in open_ones]
    workers = list(visit.workers.all()) if times else []
    if not workers:
        return open_ones
    taken = [date_of(other) for other in clashing_visits(workers=workers, times=times, but=visit)]
    return [one for one in open_ones if not any(overlap(at, one.starts_at, one.ends_at) for at in taken)]


@dataclass(frozen=True)
class OfferedTime:
    """A time that is put forward, as the visit's page shows it."""

    proposed: ProposedTime
    gaps: list[Gap]
    """What is tight around it for whoever goes; empty for whoever does not plan visits."""
    can_be_picked: bool = True
    odd: str = ""
    """What is odd about a time that the school suggests, in sentences, for whoever plans visits."""

    @property
    def when(self) -> str:
        """Its day and hours in words."""
        return when(self.proposed.starts_at, self.proposed.ends_at)

    @property
    def fields(self) -> list[tuple[str, object]]:
        """What a form with one time would send for it, as it is named there."""
        start, at = local(self.proposed.starts_at), time_put_forward(self.proposed)
        day = {"day-day": start.day, "day-month": start.month, "day-year": start.year}
        return [*day.items(), ("slot", at.slot), ("clock", f"{start:%H:%M}"), ("minutes", at.minutes)]


@dataclass(frozen=True)
class TimesPart:
    """When the visit is or could be, and who goes."""

    when: str
    """The date in words; empty while there is none."""
    workers: list[User]
    gaps: list[Gap]
    """What is tight around the visit's date for whoever goes; empty for whoever does not plan visits."""
    offered: list[OfferedTime]
    suggested: list[OfferedTime]
    links: list[VisitLink]
    """What was e-mailed for the school to pick a time; empty for whoever does not plan visits."""
    not_sent: list[VisitLink]
    """Those of it whose e-mail failed for good."""


def times_part(visit: Visit, *, plans: bool) -> TimesPart:
    """What the page says of times, for whoever plans visits or for the school."""
    workers = list(visit.workers.order_by("name", "email"))
    is_open = visit.status == VisitStatus.PROPOSED
    proposed = proposed_by_forum(visit) if is_open else []
    pickable = {one.pk for one in those_to_pick(visit, proposed)}
    own = date_of(visit) if visit.status == VisitStatus.CONFIRMED else None

    def told(proposed: ProposedTime) -> OfferedTime:
        gaps = gaps_of(visit, time_put_forward(proposed), workers) if plans else []
        return OfferedTime(proposed, gaps, proposed.pk in pickable)

    suggested = [told(one) for one in suggested_by_school(visit)] if is_open else []
    if plans and suggested:
        calendar = SchoolCalendar.load()
        suggested = [replace(one, odd=warning(time_put_forward(one.proposed), calendar)) for one in suggested]
    return TimesPart(
        when=when(visit.starts_at, visit.ends_at) if visit.starts_at and visit.ends_at else "",
        workers=workers,
        gaps=gaps_of(visit, own, workers) if own and plans else [],
        offered=[told(one) for one in proposed],
        suggested=suggested,
        links=list(_links_of(visit).working().mailed()) if is_open and plans else [],
        not_sent=list(_links_of(visit).not_sent()) if is_open and plans else [],
    )


def _links_of(visit: Visit) -> VisitLinkQuerySet:
    return VisitLink.objects.filter(visit=visit, purpose=LinkPurpose.PICK_A_TIME).order_by("email")
