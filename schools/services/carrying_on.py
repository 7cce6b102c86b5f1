"""Carrying schools on into a new programme year, as embedding what they changed."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core import history
from schools.models import Participation, ProgrammeYear
from schools.services.years import lock_open_year

_GO_ON = (Participation.Status.ACTIVE, Participation.Status.COMPLETED)


def year_before(year: ProgrammeYear) -> ProgrammeYear | None:
    """The latest year that began before this one."""
    return ProgrammeYear.objects.filter(starts_on__lt=year.starts_on).order_by("starts_on").last()


def parts_to_carry_on(year: ProgrammeYear) -> QuerySet[Participation]:
    """Parts of the year before whose schools are active or completed it, and are not in this year yet."""
    here = Participation.objects.filter(programme_year=year)
    parts = Participation.objects.filter(programme_year=year_before(year), status__in=_GO_ON)
    left = parts.exclude(school__in=here.values("school_id"))
    return left.select_related("school", "cohort").order_by("school__name", "pk")


def carry_on(*, year: ProgrammeYear, schools: Collection[int], by: User) -> list[Participation]:
    """Take these schools (by id) into the year as embedding and confirmed, with a history line each.

    Who cannot be carried on, or was meanwhile, is passed over. Raises YearIsClosed for an archive.
    """
    with transaction.atomic():
        locked = lock_open_year(year)
        made = []
        for before in parts_to_carry_on(locked).filter(school_id__in=schools):
            part = Participation.objects.create(
                school=before.school,
                programme_year=locked,
                cohort=before.cohort,
                offer=Participation.Offer.EMBEDDING,
                status=Participation.Status.CONFIRMED,
            )
            told = f"{part.school} goes on in {locked}, embedding what it changed."
            history.record("participation.carried_on", told, by=by, target=part, school=part.school)
            made.append(part)
    return made
