"""A school's part in a programme year: its cohort, offer and hours, and the moves of its status."""

from datetime import date
from typing import cast

from django.db import transaction

from accounts.models import User
from core import history
from core.seen import SeenForm, save_seen
from schools.models import Cohort, Participation, ProgrammeYear, move_between
from schools.queries.programme import cohorts_joined
from schools.services.errors import MoveNotAllowed, ProgrammeError, ReasonOwed
from schools.services.years import lock_open_year


def save_participation(*, form: SeenForm, by: User) -> bool:
    """Add a school to a year, or change its cohort, offer or hours.

    Raises what `save_seen` does, YearIsClosed for an archive, and ProgrammeError for a cohort that joined later or,
    when a school is added, for another than the one that it joined with.
    """
    part = cast(Participation, form.instance)
    with transaction.atomic():
        year = lock_open_year(part.programme_year)
        refuse_later_cohort(part.cohort, year)
        if not part.pk:
            _refuse_second_cohort(part, year)
        kind = "participation.changed" if part.pk else "participation.added"
        words = "changed the part of" if part.pk else "added"
        return save_seen(
            form, kind=kind, tell=lambda row: f"{by} {words} {row.school} in {row.programme_year}.", by=by
        )


def refuse_later_cohort(cohort: Cohort, year: ProgrammeYear) -> None:
    """Raises ProgrammeError for a cohort whose schools joined after the year began."""
    if cohort.joined_in.starts_on > year.starts_on:
        raise ProgrammeError(f"The schools of {cohort} joined after {year}. Choose an earlier cohort.")


def _refuse_second_cohort(part: Participation, year: ProgrammeYear) -> None:
    joined = cohorts_joined(year, [part.school_id]).get(part.school_id)
    if joined is not None and joined != part.cohort:
        raise ProgrammeError(f"{part.school} joined with {joined}; that stays. Save it once more.")


def move_participation(
    *, part: Participation, to: str, by: User, today: date, reason: str = ""
) -> Participation:
    """Move a part to another status. A second press of the same button changes nothing.

    Raises YearIsClosed for an archive, MoveNotAllowed where there is no such move, ReasonOwed without a reason
    where one is owed.
    """
    with transaction.atomic():
        lock_open_year(part.programme_year)
        locked = (
            Participation.objects.select_for_update(of=("self",)).select_related("school").get(pk=part.pk)
        )
        if locked.status == to:
            return locked
        move = move_between(locked.status, to)
        if move is None:
            raise MoveNotAllowed(
                f"{locked.school} is {locked.get_status_display().lower()}: this cannot be done from there."
            )
        if move.owes_reason and not reason.strip():
            raise ReasonOwed
        _write(locked, to, reason, today)
        history.record(
            f"participation.{to}",
            f"{locked.school} in {part.programme_year}: {locked.get_status_display().lower()}.",
            by=by,
            target=locked,
            school=locked.school,
            details={"before": move.before, "after": to, "reason": reason},
        )
    return locked


def _write(part: Participation, to: str, reason: str, today: date) -> None:
    leaves = to == Participation.Status.WITHDRAWN
    part.status = to
    part.withdrawn_on = today if leaves else None
    part.withdrawal_reason = reason.strip() if leaves else ""
    part.save(update_fields=["status", "withdrawn_on", "withdrawal_reason"])
