"""What workers have on some days: visits that have a date, and times of others that a school may still pick."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit
from visits.queries.clashes import TAKES_ITS_TIME
from visits.queries.times import date_of, time_put_forward
from visits.times import VisitTime


@dataclass(frozen=True)
class Taken:
    """A time of one worker, and what for."""

    worker: int
    time: VisitTime
    visit: Visit
    is_proposed: bool = False
    """Whether it is only put forward, so that the school may pick it or another."""


def taken_by(workers: Collection[int], first: date, last: date, *, but: Collection[int] = ()) -> list[Taken]:
    """What these workers have on these days, but for the visits with these ids; four queries at most.

    A day around them comes with it: clocks differ from days of London by an hour.
    """
    if not workers:
        return []
    days = _around(first, last)
    found = [*_with_a_date(workers, days), *_put_forward(workers, days)]
    return [one for one in found if one.worker in workers and one.visit.pk not in but]


def offered_by(
    workers: Collection[int], first: date, last: date, *, but: Collection[int] = ()
) -> list[Taken]:
    """Only what is put forward to schools, so that one of them may still pick it; two queries at most."""
    found = _put_forward(workers, _around(first, last)) if workers else ()
    return [one for one in found if one.worker in workers and one.visit.pk not in but]


def _around(first: date, last: date) -> dict[str, date]:
    return {
        "starts_at__date__gte": first - timedelta(days=1),
        "starts_at__date__lte": last + timedelta(days=1),
    }


def _with_a_date(workers: Collection[int], days: dict[str, date]) -> Iterator[Taken]:
    visits = Visit.objects.filter(workers__in=workers, status__in=TAKES_ITS_TIME, **days).distinct()
    for visit in visits.with_names().prefetch_related("workers"):
        for worker in visit.workers.all():
            yield Taken(worker.pk, date_of(visit), visit)


def _put_forward(workers: Collection[int], days: dict[str, date]) -> Iterator[Taken]:
    waiting = Visit.objects.of_schools_taking_part().filter(workers__in=workers, status=VisitStatus.PROPOSED)
    times = ProposedTime.objects.filter(
        visit__in=waiting, by_the_school=False, starts_at__gt=timezone.now(), **days
    )
    for one in times.select_related("visit__school").prefetch_related("visit__workers"):
        for worker in one.visit.workers.all():
            yield Taken(worker.pk, time_put_forward(one), one.visit, is_proposed=True)
