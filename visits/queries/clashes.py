"""Which other visits the workers of a visit have around a time."""

from collections.abc import Collection, Iterable
from datetime import time, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from visits.clashes import Gap, elsewhere, tight_gaps
from visits.enums import AFTER_IT, VisitStatus
from visits.models import Visit
from visits.times import VisitTime, moment

TAKES_ITS_TIME = (VisitStatus.CONFIRMED, *AFTER_IT)
"""Visits that have a time of their own; one that is only proposed holds nobody's."""


def clashing_visits(*, workers: Collection[User], times: Iterable[VisitTime], but: Visit) -> QuerySet[Visit]:
    """Visits of any of the workers that overlap one of the times, the first first."""
    overlapping = Q(pk__in=())
    for one in times:
        overlapping |= Q(starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
    return _visits_of(workers).filter(overlapping).exclude(pk=but.pk).distinct()


def clash_words(*, workers: Collection[User], times: Iterable[VisitTime], but: Visit) -> str:
    """Who of the workers cannot be there then, with the first other visit and its time; empty where all can."""
    going = {worker.pk for worker in workers}
    other = clashing_visits(workers=workers, times=times, but=but).first()
    if other is None or other.starts_at is None or other.ends_at is None:
        return ""
    who = " and ".join(str(worker) for worker in other.workers.order_by("name") if worker.pk in going)
    return elsewhere(who, other, VisitTime(other.starts_at, other.ends_at))


def gaps_of(visit: Visit, at: VisitTime, workers: Collection[User]) -> list[Gap]:
    """What is tight for these workers around that time of the visit; two queries, none without workers."""
    if not workers:
        return []
    first = moment(at.day, time())
    of_the_day = _visits_of(workers).filter(starts_at__gte=first, starts_at__lt=first + timedelta(days=1))
    going = {worker.pk: str(worker) for worker in workers}
    others = [
        (other, going[worker.pk])
        for other in of_the_day.exclude(pk=visit.pk).distinct().prefetch_related("workers")
        for worker in other.workers.all()
        if worker.pk in going
    ]
    return tight_gaps(at, visit.school, others)


def _visits_of(workers: Collection[User]) -> QuerySet[Visit]:
    found = Visit.objects.filter(workers__in=[worker.pk for worker in workers], status__in=TAKES_ITS_TIME)
    return found.with_names().order_by("starts_at", "pk")
