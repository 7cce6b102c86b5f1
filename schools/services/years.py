"""Closing a programme year, and opening it again."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core import history
from schools.models import Participation, ProgrammeYear
from schools.services.errors import ProgrammeError, ReasonOwed, YearIsClosed


def lock_open_year(year: ProgrammeYear) -> ProgrammeYear:
    """The year as stored, locked until the transaction ends. Raises YearIsClosed for an archive."""
    locked = ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if locked.is_archive:
        raise YearIsClosed(locked)
    return locked


def undecided_parts(year: ProgrammeYear) -> QuerySet[Participation]:
    """Parts that stand in the way of closing the year: the school was invited or confirmed and never began."""
    waiting = (Participation.Status.INVITED, Participation.Status.CONFIRMED)
    return _parts(year).filter(status__in=waiting)


def parts_to_complete(year: ProgrammeYear) -> QuerySet[Participation]:
    """Parts that closing the year completes."""
    return _parts(year).filter(status=Participation.Status.ACTIVE)


def _parts(year: ProgrammeYear) -> QuerySet[Participation]:
    parts = Participation.objects.filter(programme_year=year).select_related("school")
    return parts.order_by("school__name", "pk")


def close_year(*, year: ProgrammeYear, by: User, today: date) -> ProgrammeYear:
    """Make a finished year an archive; its active schools have completed it, with a history line each.

    Raises ProgrammeError before its last day has passed, while schools are undecided, or when it is closed.
    """
    with transaction.atomic():
        locked = lock_open_year(year)
        if today <= locked.ends_on:
            raise ProgrammeError(f"The programme year {locked} is not over yet. Close it after its last day.")
        if undecided_parts(locked).exists():
            raise ProgrammeError("Some schools are still invited or confirmed. Decide about them first.")
        completed = _complete(locked, by)
        locked.closed_at, locked.closed_by = timezone.now(), by
        locked.save(update_fields=["closed_at", "closed_by"])
        history.record(
            "year.closed",
            f"{by} closed the programme year {locked}.",
            by=by,
            target=locked,
            details={"completed": completed},
        )
    return locked


def _complete(year: ProgrammeYear, by: User) -> int:
    """Every active school has completed the year; says how many did."""
    parts = list(parts_to_complete(year))
    for part in parts:
        told = f"{part.school} completed {year}."
        history.record("participation.completed", told, by=by, target=part, school=part.school)
    return Participation.objects.filter(pk__in=[part.pk for part in parts]).update(
        status=Participation.Status.COMPLETED
    )


def open_year_again(*, year: ProgrammeYear, reason: str, by: User) -> ProgrammeYear:
    """Let a closed year be changed again, for a reason. Raises ReasonOwed without one; an open year stays as it is."""
    if not reason.strip():
        raise ReasonOwed
    with transaction.atomic():
        locked = ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
        if locked.is_archive:
            locked.closed_at = locked.closed_by = None
            locked.save(update_fields=["closed_at", "closed_by"])
            history.record(
                "year.opened_again",
                f"{by} opened the programme year {locked} again.",
                by=by,
                target=locked,
                details={"reason": reason},
            )
    return locked
