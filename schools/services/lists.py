"""Adding the schools of a list to a year, all or none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from accounts.models import User
from core import history
from schools.models import Cohort, Participation, ProgrammeYear, School
from schools.queries.programme import cohorts_joined
from schools.services.errors import ProgrammeError
from schools.services.participation import refuse_later_cohort
from schools.services.years import lock_open_year


class AddedMeanwhile(ProgrammeError):  # noqa: N818 - it reads as what it says
    """Some of the schools are in the year by now; nothing was written."""


@dataclass(frozen=True)
class Part:
    """What all schools of a list get."""

    cohort: Cohort
    """That of schools which are new to the programme; the others keep theirs."""
    offer: str
    status: str
    support_hours: int | None


def add_schools(
    *, year: ProgrammeYear, schools: Mapping[int, int], part: Part, by: User
) -> list[Participation]:
    """Add these schools (ids by number of line) to the year, with a history line each, in one transaction.

    Raises YearIsClosed for an archive, AddedMeanwhile when one of them is in the year already, and ProgrammeError
    for a cohort that joined later or a school that is gone: nothing is written then.
    """
    try:
        with transaction.atomic():
            locked = lock_open_year(year)
            refuse_later_cohort(part.cohort, locked)
            found = School.objects.visible_to(by).in_bulk(set(schools.values()))
            _refuse_unknown(schools, found)
            _refuse_those_here(locked, schools)
            joined = cohorts_joined(locked, schools.values())
            return [
                _add(locked, found[pk], line, replace(part, cohort=joined.get(pk, part.cohort)), by)
                for line, pk in schools.items()
            ]
    except IntegrityError:
        raise AddedMeanwhile("Somebody else added one of these schools at this moment.") from None


def _refuse_unknown(schools: Mapping[int, int], found: Mapping[int, School]) -> None:
    gone = [line for line, pk in schools.items() if pk not in found]
    if gone:
        raise ProgrammeError(
            f"The school of line {gone[0]} is no longer in the register. Look through once more."
        )


def _refuse_those_here(year: ProgrammeYear, schools: Mapping[int, int]) -> None:
    here = Participation.objects.filter(programme_year=year, school_id__in=schools.values())
    names = list(here.order_by("school__name").values_list("school__name", flat=True))
    if names:
        raise AddedMeanwhile(f"Somebody else added this meanwhile, so nothing was added: {', '.join(names)}.")


def _add(year: ProgrammeYear, school: School, line: int, part: Part, by: User) -> Participation:
    made = Participation.objects.create(
        school=school,
        programme_year=year,
        cohort=part.cohort,
        offer=part.offer,
        status=part.status,
        support_hours=part.support_hours,
    )
    history.record(
        "participation.added",
        f"{by} added {school} in {year}, from a list.",
        by=by,
        target=made,
        school=school,
        details={
            "line": line,
            "cohort": str(part.cohort),
            "offer": part.offer,
            "status": part.status,
            "support_hours": part.support_hours,
        },
    )
    return made
