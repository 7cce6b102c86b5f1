"""One more visit at a school that is not owed three of them."""

from django.db import transaction

from accounts.models import User
from core import history
from schools.models import Participation, ProgrammeYear, School
from schools.services.years import lock_open_year
from visits.enums import VisitStatus
from visits.models import Visit, VisitStep
from visits.models.visits import REQUESTED
from visits.services.errors import SchoolIsNotInTheYear, VisitError


class EveryVisitIsThere(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school has all of its visits of the year."""


def next_free_step(school: School, year: ProgrammeYear) -> VisitStep | None:
    """The first of the three visits that the school has not got in the year; None when it has all."""
    there = Visit.objects.live().needed(year).filter(school=school, programme_year=year)
    return VisitStep.objects.exclude(number__in=there.values("step")).first()


class ItIsThere(VisitError):  # noqa: N818 - it says a state, and reads as one
    """The school has that visit of the year already."""


def request_visit(*, school: School, year: ProgrammeYear, by: User, number: int | None = None) -> Visit:
    """Put a visit on the list of what is to be planned, with one history line: of that number, or else the next free.

    Raises SchoolIsNotInTheYear, EveryVisitIsThere, ItIsThere, and YearIsClosed for an archive.
    """
    with transaction.atomic():
        lock_open_year(year)
        part = Participation.objects.select_for_update().filter(school=school, programme_year=year).first()
        if part is None or part.status == Participation.Status.WITHDRAWN:
            raise SchoolIsNotInTheYear(f"{school} does not take part in {year}.")
        step = _free_step(school, year, number)
        visit = _on_the_list(school, year, step)
        summary = f"{by} noted that visit {step.number} is to be planned."
        owed = {"owed": True} if part.is_owed_visits else {}
        history.record(REQUESTED, summary, by=by, target=visit, school=school, details=owed)
    return visit


def _on_the_list(school: School, year: ProgrammeYear, step: VisitStep) -> Visit:
    """A new visit, or the one that was left over when the school's offer changed."""
    places = {"school": school, "programme_year": year, "step": step}
    left_over = Visit.objects.live().filter(**places).first()
    return left_over or Visit.objects.create(**places, status=VisitStatus.TO_SCHEDULE)


def _free_step(school: School, year: ProgrammeYear, number: int | None) -> VisitStep:
    if number is None:
        step = next_free_step(school, year)
        if step is None:
            raise EveryVisitIsThere(f"{school} has its three visits in {year} already.")
        return step
    there = Visit.objects.live().needed(year).filter(school=school, programme_year=year, step=number)
    if there.exists():
        raise ItIsThere(f"Visit {number} is on the list already.")
    return VisitStep.objects.get(number=number)
