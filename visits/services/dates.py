"""What giving a visit a date has in common: the time is possible, its workers are free, calendars are told."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from schools.queries.terms import SchoolCalendar
from visits import emails, reminding
from visits.emails import Then
from visits.models import Visit
from visits.queries.clashes import clash_words
from visits.services.errors import NotASchoolDay, TimeNotPossible, WorkerIsElsewhere
from visits.times import VisitTime, fault_of, is_outside, outside_words, warning

TIME_FIELDS = ("starts_at", "ends_at", "slot")
"""What `set_time` changes of a row; whoever calls it stores them."""


def check_times(visit: Visit, times: Iterable[VisitTime], *, is_meant: bool) -> None:
    """Raises TimeNotPossible for a time that is past or outside the visit's year, NotASchoolDay unless it is meant."""
    times, now = list(times), timezone.now()
    for one in times:
        if fault := fault_of(one, visit.programme_year, now):
            raise TimeNotPossible(fault)
    if not is_meant:
        _refuse_closed_days(times)


def _refuse_closed_days(times: list[VisitTime]) -> None:
    calendar = SchoolCalendar.load()
    odd = [why for one in times if (why := warning(one, calendar))]
    if odd:
        raise NotASchoolDay(" ".join(dict.fromkeys(odd)))


def check_year(visit: Visit, at: VisitTime) -> None:
    """Raises TimeNotPossible for a day that is not in the visit's programme year."""
    if is_outside(at, visit.programme_year):
        raise TimeNotPossible(outside_words(at, visit.programme_year))


def lock_workers(workers: Collection[User]) -> list[User]:
    """The workers, held in the order of their ids until the transaction ends: two visits of theirs take turns."""
    pks = [worker.pk for worker in workers]
    return list(User.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def check_free(visit: Visit, workers: Collection[User], times: Iterable[VisitTime]) -> None:
    """Raises WorkerIsElsewhere, naming the other visit and its time; the workers are held."""
    if clash := clash_words(workers=workers, times=times, but=visit):
        raise WorkerIsElsewhere(clash)


def is_at(visit: Visit, at: VisitTime) -> bool:
    """Whether that is the date that the visit has."""
    return (visit.starts_at, visit.ends_at) == (at.starts_at, at.ends_at)


def set_time(visit: Visit, at: VisitTime | None) -> None:
    """Give the visit that date, or none."""
    visit.starts_at = at.starts_at if at else None
    visit.ends_at = at.ends_at if at else None
    visit.slot = at.slot if at else ""


def tell_confirmed(visit: Visit, *, by: object) -> None:
    """Invitations and reminders for a visit that now has a date; it is stored."""
    emails.invited(visit, by=by)
    reminding.plan_reminders(visit)


def tell_moved(visit: Visit, *, before: datetime, reason: str, by: object) -> None:
    """Everybody's calendar moves it, and the reminders with it; it is stored."""
    emails.moved(visit, before=before, reason=reason, by=by)
    reminding.plan_reminders(visit)


def tell_called_off(visit: Visit, *, reason: str, by: object, then: Then = Then.UNSAID) -> None:
    """Everybody's calendar strikes it out, at the date that it still has; the mail says what comes `then`."""
    reminding.drop_reminders(visit)
    emails.called_off(visit, reason=reason, by=by, then=then)
