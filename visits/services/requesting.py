"""One more visit at a school that is not owed three of them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history
from schools.models import Participation, ProgrammeYear, School
from schools.services.years import lock_open_year
from visits.enums import VisitStatus
from visits.models import Visit, VisitStep
from visits.services.errors import SchoolIsNotInTheYear, VisitError

TWICE = timedelta(minutes=1)
"""Who asks for the next visit, whichever it is, again within so long has pressed the button twice."""


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

    Without a number the same person gets one within `TWICE`: a second press asks for no second visit.
    Raises SchoolIsNotInTheYear, EveryVisitIsThere, ItIsThere, and YearIsClosed for an archive.
    """
    with transaction.atomic():
        lock_open_year(year)
        part = Participation.objects.select_for_update().filter(school=school, programme_year=year).first()
        if part is None or part.status == Participation.Status.WITHDRAWN:
            raise SchoolIsNotInTheYear(f"{school} does not take part in {year}.")
        step = _free_step(school, year, number, by)
        visit = _on_the_list(school, year, step, is_on_request=not part.is_owed_visits)
        summary = f"{by} noted that visit {step.number} is to be planned."
        history.record("visit.requested", summary, by=by, target=visit, school=school)
    return visit


def _on_the_list(school: School, year: ProgrammeYear, step: VisitStep, *, is_on_request: bool) -> Visit:
    """A new visit, or the one that was left over when the school's offer changed."""
    places = {"school": school, "programme_year": year, "step": step}
    visit = Visit.objects.live().filter(**places).first() or Visit(**places, status=VisitStatus.TO_SCHEDULE)
    visit.is_on_request = is_on_request
    visit.save()
    return visit


def _free_step(school: School, year: ProgrammeYear, number: int | None, by: User) -> VisitStep:
    if number is None:
        just_now = _asked_just_now(school, year, by)
        if just_now is not None:
            raise ItIsThere(f"Visit {just_now.step_id} was put on the list a moment ago. Nothing was added.")
        step = next_free_step(school, year)
        if step is None:
            raise EveryVisitIsThere(f"{school} has its three visits in {year} already.")
        return step
    there = Visit.objects.live().needed(year).filter(school=school, programme_year=year, step=number)
    if there.exists():
        raise ItIsThere(f"Visit {number} is on the list already.")
    return VisitStep.objects.get(number=number)


def _asked_just_now(school: School, year: ProgrammeYear, by: User) -> Visit | None:
    """The visit that the same person asked for a moment ago, if it is still there."""
    lines = history.of_school(school).filter(
        kind="visit.requested", actor_id=str(by.pk), at__gt=timezone.now() - TWICE
    )
    asked = [int(pk) for pk in lines.values_list("target_id", flat=True)]
    return Visit.objects.live().filter(pk__in=asked, programme_year=year).order_by("-pk").first()
