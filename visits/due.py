"""The visits that a year owes its schools: a row each, so that what has no date yet is on a list."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import history
from schools.models import Participation, ProgrammeYear
from visits.enums import VisitStatus
from visits.models import Visit, VisitStep


def make_due_visits() -> int:
    """Make each visit that a school on the full offer has not got yet in a year that is not closed; returns how many.

    One that was cancelled is not made again: whoever cancels it says whether another takes its place. Run at any
    time, by several at once: the database takes each visit once.
    """
    steps = list(VisitStep.objects.all())
    made = 0
    for year in ProgrammeYear.objects.filter(closed_at=None):
        if any(_schools_without(year, step) for step in steps):
            made += _make(year, steps)
    return made


def _make(year: ProgrammeYear, steps: list[VisitStep]) -> int:
    """Make what is missing in the year; it is locked, so that a school is not taken out of it in between."""
    with transaction.atomic():
        ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
        missing = [
            Visit(school_id=school, programme_year=year, step=step, status=VisitStatus.TO_SCHEDULE)
            for step in steps
            for school in _schools_without(year, step)
        ]
        if missing:
            Visit.objects.bulk_create(missing, ignore_conflicts=True)
            history.record("visits.due", f"{len(missing)} visits are to be planned in {year}.", by=None)
    return len(missing)


def _schools_without(year: ProgrammeYear, step: VisitStep) -> list[int]:
    there = Visit.objects.filter(school=OuterRef("school"), programme_year=year, step=step)
    owed = Participation.objects.filter(
        ~Exists(there),
        programme_year=year,
        offer=Participation.Offer.FULL,
        status__in=(Participation.Status.CONFIRMED, Participation.Status.ACTIVE),
    )
    return list(owed.order_by("school_id").values_list("school_id", flat=True))
