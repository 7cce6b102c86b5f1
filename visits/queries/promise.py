"""How many visits the schools on the full offer are owed: three each, whether or not they are on the list yet."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from accounts.models import User
from schools.access import visible_schools
from schools.models import Participation, ProgrammeYear, sees_every_school
from schools.models.programme import owing_visits
from schools.queries.finding import pks_found
from schools.queries.links import programme_schools
from visits.models.visits import FIRST, LAST
from visits.queries.planner import Asked


def years_with_schools() -> QuerySet[ProgrammeYear]:
    """Every programme year, the newest first, with `owed_schools`: how many schools are owed their visits in it."""
    owed = Count("participations", filter=owing_visits("participations__"))
    return ProgrammeYear.objects.order_by("-starts_on", "-pk").annotate(owed_schools=owed)


def visits_owed(user: User, asked: Asked, years: Iterable[ProgrammeYear]) -> int | None:
    """Visits that are owed of what was asked for, among these `years_with_schools`.

    None of one worker's: a school is owed them by nobody in particular.
    """
    if asked.worker:
        return None
    each = 1 if asked.number else LAST - FIRST + 1
    if asked.cohort or asked.q or not sees_every_school(user):
        return each * _schools_owed(user, asked)
    return each * sum(
        one.owed_schools  # type: ignore[attr-defined]  # years_with_schools adds it
        for one in years
        if asked.year in (None, one)
    )


def _schools_owed(user: User, asked: Asked) -> int:
    parts = Participation.objects.owed_visits().filter(school__in=visible_schools(user))
    if asked.year is not None:
        parts = parts.filter(programme_year=asked.year)
    if asked.cohort:
        parts = parts.filter(cohort__slug=asked.cohort)
    if asked.q:
        parts = parts.filter(school__in=pks_found(programme_schools(user), asked.q))
    return parts.count()
