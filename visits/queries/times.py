"""Which times for a visit are put forward, and which of them can still be picked."""

from django.utils import timezone

from visits.models import ProposedTime, Visit
from visits.queries.clashes import clashing_visits
from visits.times import VisitTime


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
    open_ones = [one for one in proposed_by_forum(visit) if one.starts_at > timezone.now()]
    times = [time_put_forward(one) for one in open_ones]
    workers = list(visit.workers.all())
    if not times or not workers:
        return open_ones
    taken = [
        (other.starts_at, other.ends_at) for other in clashing_visits(workers=workers, times=times, but=visit)
    ]
    return [one for one in open_ones if not any(begin < one.ends_at and one.starts_at < end for begin, end in taken)]
