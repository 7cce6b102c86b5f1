"""The moves of a visit before and around its day: times put forward, a date, another one, none, held after all.

Each is one transaction with one line of history. Each returns whether it changed anything: a second press of the
same button does not, and says so by False. Each raises, besides what it names: YearIsClosed (schools) for an
archive, MoveNotAllowed where the visit does not stand where this can be done, ReasonOwed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history
from visits import emails, reminding
from visits.asking import ask_for_a_time
from visits.emails import Then
from visits.enums import BEFORE_IT, VisitStatus
from visits.models import Visit, VisitLink
from visits.queries.owed import is_owed, takes_part
from visits.queries.times import date_before_held, date_of, time_of, was_undone
from visits.services import dates, offers
from visits.services.errors import ChangedSince, MoveNotAllowed, NotYetHeld
from visits.services.moving import check_move, check_takes_part, lock_visit, write_status
from visits.times import VisitTime

_S = VisitStatus


@dataclass(frozen=True)
class Where:
    """Where a visit is: a place in the school, or online at an address."""

    place: str = ""
    is_online: bool = False


def propose_times(
    *,
    visit: Visit,
    times: Sequence[VisitTime],
    by: User,
    where: Where | None = None,
    workers: Collection[User] | None = None,
    is_meant: bool = False,
) -> bool:
    """Put one to three times forward in place of former ones, and e-mail the school a link to pick one.

    The link goes to each school lead or, where no lead has an account, to each contact of the school; with neither,
    nobody is written to. `where` and `workers` stay as they are when None. `is_meant` says that days on which
    schools are closed are no mistake.
    Raises TimeNotPossible (past, outside the programme year, twice the same, none or more than three), NotASchoolDay
    unless `is_meant`, WorkerIsElsewhere, SchoolIsNotInTheYear.
    """
    offers.check_offer(times)
    with transaction.atomic():
        stored = lock_visit(visit)
        if (
            stored.status == _S.PROPOSED
            and offers.is_offered(stored, times)
            and _is_so(stored, where, workers)
        ):
            return False
        check_move(stored, _S.PROPOSED)
        _check_plan(stored, times, workers, is_meant=is_meant)
        before = _put(stored, where, workers)
        proposed = offers.put_forward(stored, times, by)
        write_status(stored, _S.PROPOSED, "place", "is_online")
        asked = ask_for_a_time(stored, proposed, by=by)
        told = f"{by} proposed {len(times)} time{'s' if len(times) > 1 else ''} for {stored}."
        _record("proposed", told, stored, by, before, times=[str(one) for one in sorted(times)], asked=asked)
    return True


def take_times_back(*, visit: Visit, by: User) -> bool:
    """No time is put forward any more; the links that were e-mailed say so."""
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == _S.TO_SCHEDULE:
            return False
        _refuse_unless(stored, _S.PROPOSED)
        check_move(stored, _S.TO_SCHEDULE)
        offers.withdraw_offer(stored)
        write_status(stored, _S.TO_SCHEDULE)
        _keep_on_the_list(stored)
        _record("times_taken_back", f"{by} took the times for {stored} back.", stored, by, _S.PROPOSED)
    return True


def confirm(
    *,
    visit: Visit,
    time: VisitTime,
    by: User,
    where: Where | None = None,
    workers: Collection[User] | None = None,
    is_meant: bool = False,
) -> bool:
    """The date stands, as agreed by telephone: in one step from to schedule or from proposed.

    Invitations go out, links to pick a time end, reminders are planned. Raises as `propose_times` does, and
    MoveNotAllowed for a visit that has another date, place or worker already (which is changed instead).
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == _S.CONFIRMED and dates.is_at(stored, time) and _is_so(stored, where, workers):
            return False
        _refuse_unless(stored, _S.TO_SCHEDULE, _S.PROPOSED)
        check_move(stored, _S.CONFIRMED)
        _check_plan(stored, [time], workers, is_meant=is_meant)
        before = _put(stored, where, workers)
        give_date(stored, time, by=by)
        _record("confirmed", f"{by} confirmed {stored} for {time}.", stored, by, before, time=str(time))
    return True


def move_visit(
    *,
    visit: Visit,
    time: VisitTime,
    reason: str,
    by: User,
    where: Where | None = None,
    is_meant: bool = False,
    seen_at: datetime | None = None,
) -> bool:
    """Another time or place for a confirmed visit; calendars get the same UID with a higher sequence.

    Raises as `confirm`, and ChangedSince when the visit was changed after `seen_at`.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == _S.CONFIRMED and dates.is_at(stored, time) and _is_there(stored, where):
            return False
        _refuse_unless(stored, _S.CONFIRMED)
        check_move(stored, _S.CONFIRMED, reason=reason)
        _refuse_changed(stored, seen_at, time_of(stored))
        _check_plan(stored, [time], None, is_meant=is_meant)
        former = date_of(stored)
        dates.set_time(stored, time)
        _put(stored, where, None)
        write_status(stored, _S.CONFIRMED, *dates.TIME_FIELDS, "place", "is_online")
        dates.tell_moved(stored, before=former.starts_at, reason=reason.strip(), by=by)
        told = f"{by} moved {stored} to {time}."
        _record("moved", told, stored, by, _S.CONFIRMED, reason=reason, former=str(former), time=str(time))
    return True


def take_date_back(*, visit: Visit, reason: str, by: User) -> bool:
    """A confirmed visit is to be scheduled again; calendars are told that it is off."""
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == _S.TO_SCHEDULE:
            return False
        _refuse_unless(stored, _S.CONFIRMED)
        check_move(stored, _S.TO_SCHEDULE, reason=reason)
        former = time_of(stored)
        dates.tell_called_off(stored, reason=reason.strip(), by=by, then=_keep_on_the_list(stored))
        dates.set_time(stored, None)
        write_status(stored, _S.TO_SCHEDULE, *dates.TIME_FIELDS)
        told = f"{by} took the date of {stored} back: {former}."
        _record("date_taken_back", told, stored, by, _S.CONFIRMED, reason=reason, former=str(former))
    return True


def cancel(*, visit: Visit, reason: str, by: User, another: bool = False) -> bool:
    """The visit will not be; with `another`, a new one of the same number is to be scheduled in its place.

    Raises SchoolIsNotInTheYear where another is wanted at a school that does not take part.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == _S.CANCELLED:
            return False
        check_move(stored, _S.CANCELLED, reason=reason)
        if another:
            check_takes_part(stored)
        before = stored.status
        if before == _S.CONFIRMED:
            then = Then.ANOTHER if another else Then.NO_OTHER
            dates.tell_called_off(stored, reason=reason.strip(), by=by, then=then)
        offers.withdraw_offer(stored)
        stored.cancelled_at, stored.cancelled_by, stored.cancelled_reason = timezone.now(), by, reason.strip()
        fields = ("cancelled_at", "cancelled_by", "cancelled_reason")
        write_status(stored, _S.CANCELLED, *fields)
        told = f"{by} cancelled {stored}."
        if another:
            _make_another(stored)
            told = f"{by} cancelled {stored}; another is to be planned in its place."
        _record("cancelled", told, stored, by, before, reason=reason, another=another)
    return True


def log_held(*, visit: Visit, time: VisitTime, by: User, workers: Collection[User] | None = None) -> bool:
    """The visit took place then, however long ago: in one step from wherever it stands before that.

    A date that was still to come is called off. Raises NotYetHeld for a time to come and TimeNotPossible for one
    outside the programme year. Neither school days nor clashes are asked about: it is written down as it was.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == _S.HELD and dates.is_at(stored, time) and _is_so(stored, None, workers):
            return False
        _refuse_unless(stored, *BEFORE_IT)
        check_move(stored, _S.HELD)
        if time.starts_at > timezone.now():
            raise NotYetHeld
        dates.check_year(stored, time)
        had = _call_off_what_is_to_come(stored, time, by=by)
        before = _put(stored, None, workers)
        _end_waiting(stored, time)
        stored.held_noted_at, stored.held_noted_by = timezone.now(), by
        write_status(stored, _S.HELD, *dates.TIME_FIELDS, "held_noted_at", "held_noted_by")
        told = f"{by} noted that {stored} was held: {time}."
        _record("held", told, stored, by, before, time=str(time), had=had)
    return True


def undo_held(*, visit: Visit, reason: str, by: User) -> bool:
    """It was not held after all: confirmed for the date that it had before, or else to schedule again.

    What was recorded of it stays. Raises WorkerIsElsewhere where that date is to come and somebody has another then.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status in (_S.CONFIRMED, _S.TO_SCHEDULE) and was_undone(stored):
            return False
        _refuse_unless(stored, _S.HELD)
        had = date_before_held(stored)
        to = _S.CONFIRMED if had else _S.TO_SCHEDULE
        check_move(stored, to, reason=reason)
        stored.held_noted_at = stored.held_noted_by = None
        dates.set_time(stored, had)
        write_status(stored, to, *dates.TIME_FIELDS, "held_noted_at", "held_noted_by")
        if not had:
            _keep_on_the_list(stored)
        if had and had.starts_at > timezone.now():
            dates.check_free(stored, dates.lock_workers(stored.workers.all()), [had])
            dates.tell_confirmed(stored, by=by)
        told = f"{by} noted that {stored} was not held after all."
        _record("not_held", told, stored, by, _S.HELD, reason=reason)
    return True


def set_workers(
    *, visit: Visit, workers: Collection[User], by: User, seen_at: datetime | None = None
) -> bool:
    """Whoever goes for the forum, at any time of the visit's life.

    Raises WorkerIsElsewhere for a confirmed one, and ChangedSince when the visit was changed after `seen_at`.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        former = list(stored.workers.order_by("pk"))
        if {one.pk for one in former} == {one.pk for one in workers}:
            return False
        if stored.status == _S.CANCELLED:
            raise MoveNotAllowed(f"{stored} is cancelled. Nobody goes there.")
        _refuse_changed(stored, seen_at, ", ".join(str(one) for one in former) or "nobody goes")
        has_date = stored.status == _S.CONFIRMED
        if has_date:
            dates.check_free(stored, dates.lock_workers(workers), [date_of(stored)])
        before = _put(stored, None, workers)
        write_status(stored, _S(stored.status))
        if has_date:
            emails.workers_changed(stored, gone=[one for one in former if one not in workers], by=by)
        _record("workers", _who_goes(stored, workers, by), stored, by, before)
    return True


def give_date(stored: Visit, at: VisitTime, *, by: object, but: VisitLink | None = None) -> None:
    """The locked visit is confirmed for that time, in place of all that was put forward, and everybody is told.

    Every link to pick a time ends `but` the one by which it was picked.
    """
    offers.withdraw_offer(stored, but=but)
    dates.set_time(stored, at)
    write_status(stored, _S.CONFIRMED, *dates.TIME_FIELDS, "place", "is_online")
    dates.tell_confirmed(stored, by=by)


def _refuse_unless(visit: Visit, *befores: str) -> None:
    """Raises MoveNotAllowed where the visit stands elsewhere: one pair of statuses may be two different moves."""
    if visit.status in befores:
        return
    stands = visit.get_status_display().lower()
    dated = time_of(visit)
    if dated is None:
        raise MoveNotAllowed(f"{visit} is “{stands}” now: this cannot be done from there.")
    names = " and ".join(str(one) for one in visit.workers.order_by("name")) or "nobody noted to go"
    other = "Move it, or change who goes" if visit.status == _S.CONFIRMED else "Change who goes"
    raise MoveNotAllowed(
        f"{visit} is “{stands}” now, for {dated}, with {names}. {other}, on the page of the visit."
    )


def _refuse_changed(visit: Visit, seen_at: datetime | None, now: object) -> None:
    """Raises ChangedSince, saying how it stands `now`."""
    if seen_at is not None and visit.changed_at != seen_at:
        raise ChangedSince(str(now))


def _check_plan(
    visit: Visit, times: Sequence[VisitTime], workers: Collection[User] | None, *, is_meant: bool
) -> None:
    """The school takes part, the times are possible, and whoever goes is free then, and held until it is stored."""
    check_takes_part(visit)
    dates.check_times(visit, times, is_meant=is_meant)
    going = list(visit.workers.all()) if workers is None else workers
    dates.check_free(visit, dates.lock_workers(going), times)


def _is_there(visit: Visit, where: Where | None) -> bool:
    """Whether that is where the visit is already."""
    return where is None or (visit.place, visit.is_online) == (where.place.strip(), where.is_online)


def _is_so(visit: Visit, where: Where | None, workers: Collection[User] | None) -> bool:
    """Whether that is where it is and who goes already: then a second press has nothing to change."""
    going = set(visit.workers.values_list("pk", flat=True))
    return _is_there(visit, where) and (workers is None or {one.pk for one in workers} == going)


def _put(visit: Visit, where: Where | None, workers: Collection[User] | None) -> str:
    """Where it is and who goes, if either is said; returns the status that the visit has until now."""
    if where is not None:
        visit.place, visit.is_online = where.place.strip(), where.is_online
    if workers is not None:
        visit.workers.set(workers)
    return visit.status


def _keep_on_the_list(visit: Visit) -> Then:
    """Somebody wants another date for it: where the school is not owed the visit it counts as asked for.

    Of a school that does not take part any more none is planned. Says what comes then.
    """
    if not takes_part(visit):
        return Then.NO_OTHER
    visit.is_on_request = not is_owed(visit)
    visit.save(update_fields=["is_on_request"])
    return Then.ANOTHER


def _make_another(cancelled: Visit) -> None:
    another = Visit.objects.create(
        school=cancelled.school,
        programme_year=cancelled.programme_year,
        step=cancelled.step,
        place=cancelled.place,
        is_online=cancelled.is_online,
        is_on_request=not is_owed(cancelled),
    )
    another.workers.set(cancelled.workers.all())


def _call_off_what_is_to_come(visit: Visit, held: VisitTime, *, by: User) -> list[str] | None:
    """Calendars strike out the date that a visit had if it is still to come; returns that date for the history."""
    if visit.status != _S.CONFIRMED:
        return None
    had = date_of(visit)
    if had.starts_at > timezone.now():
        dates.tell_called_off(visit, reason=f"It was held already: {held}.", by=by)
    return [had.starts_at.isoformat(), had.ends_at.isoformat(), had.slot]


def _end_waiting(visit: Visit, time: VisitTime) -> None:
    """Nothing waits for an answer any more, or reminds of the visit."""
    offers.withdraw_offer(visit)
    reminding.drop_reminders(visit)
    dates.set_time(visit, time)


def _who_goes(visit: Visit, workers: Collection[User], by: User) -> str:
    names = " and ".join(str(one) for one in sorted(workers, key=str))
    return f"{by} noted who goes to {visit}: {names or 'nobody yet'}."


def _record(kind: str, told: str, visit: Visit, by: history.Person, before: str, **details: object) -> None:
    moved = {"before": before, "after": visit.status, **details}
    history.record(f"visit.{kind}", told, by=by, target=visit, school=visit.school, details=moved)
