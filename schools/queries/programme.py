"""The programme as an administrator sees it: years and cohorts with their numbers of schools."""

from collections.abc import Collection, Iterable
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from core.prepared import Prepared
from schools.models import Cohort, Participation, PartnerBody, ProgrammeYear


def years_with_counts() -> QuerySet[ProgrammeYear]:
    """Programme years, the newest first, each with `schools`: how many take or took part in it."""
    return ProgrammeYear.objects.annotate(schools=_taking_part()).order_by("-starts_on", "-pk")


def cohorts_with_counts() -> QuerySet[Cohort]:
    """Cohorts in the order of joining, each with `schools`: how many of it take or took part."""
    return Cohort.objects.select_related("joined_in").annotate(schools=_taking_part())


def _taking_part() -> Count:
    return Count(
        "participations__school",
        filter=~Q(participations__status=Participation.Status.WITHDRAWN),
        distinct=True,
    )


def cohorts_joined(year: ProgrammeYear, schools: Collection[int] | None = None) -> dict[int, Cohort]:
    """By school with a part in another year: the cohort that it joined with; of these schools, or of all. One query.

    The year before this one counts most, then those before it; a later year only where there is none earlier.
    """
    parts = Participation.objects.exclude(programme_year=year)
    parts = parts.filter(cohort__joined_in__starts_on__lte=year.starts_on)
    if schools is not None:
        parts = parts.filter(school__in=schools)
    found = parts.select_related("cohort__joined_in", "programme_year").order_by("programme_year__starts_on")
    earlier = [part for part in found if part.programme_year.starts_on < year.starts_on]
    later = [part for part in found if part.programme_year.starts_on >= year.starts_on]
    return {part.school_id: part.cohort for part in [*reversed(later), *earlier]}


def by_cohort(parts: Iterable[Participation]) -> dict[Cohort, list[Participation]]:
    """Parts by cohort in the order of joining; `cohort.joined_in` is fetched with them."""
    listed = sorted(parts, key=lambda part: (part.cohort.joined_in.starts_on, part.cohort.name))
    return {cohort: list(those) for cohort, those in groupby(listed, key=lambda part: part.cohort)}


def partner_bodies() -> list[PartnerBody]:
    """The organisations behind the programme, by name; one prepared query."""
    return _bodies()


_bodies = Prepared(PartnerBody.objects.all)
