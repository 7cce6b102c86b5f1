"""Noting for many confirmed schools at once that they have begun."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from schools.models import Participation, ProgrammeYear
from schools.services.participation import move_participation
from schools.services.years import lock_open_year


@dataclass(frozen=True)
class Begun:
    """What became of the schools of a year: by name, each list in order."""

    begun: list[str]
    left: list[str]
    """Confirmed, and not chosen."""
    passed: list[tuple[str, str]]
    """Chosen, and not confirmed any more: with how they stand."""


def confirmed_parts(year: ProgrammeYear) -> QuerySet[Participation]:
    """The parts of the year that can begin, by the name of the school."""
    return parts_of(year).filter(status=Participation.Status.CONFIRMED)


def parts_of(year: ProgrammeYear) -> QuerySet[Participation]:
    """All parts of the year, by the name of the school."""
    parts = Participation.objects.filter(programme_year=year)
    return parts.select_related("school", "cohort").order_by("school__name", "pk")


def begin_parts(*, year: ProgrammeYear, parts: Collection[int], by: User, today: date) -> Begun:
    """Move these parts (by id) of the year from confirmed to active, with a history line each.

    One that is not confirmed any more is passed over. Raises YearIsClosed for an archive.
    """
    made = Begun([], [], [])
    with transaction.atomic():
        for part in parts_of(lock_open_year(year)).select_for_update(of=("self",)):
            is_confirmed = part.status == Participation.Status.CONFIRMED
            if part.pk not in parts:
                made.left.extend([part.school.name] if is_confirmed else ())
            elif is_confirmed:
                move_participation(part=part, to=Participation.Status.ACTIVE, by=by, today=today)
                made.begun.append(part.school.name)
            else:
                made.passed.append((part.school.name, part.get_status_display().lower()))
    return made
