"""The programme as an administrator sees it: years and cohorts with their numbers of schools."""

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


def partner_bodies() -> list[PartnerBody]:
    """The organisations behind the programme, by name; one prepared query."""
    return _bodies()


_bodies = Prepared(PartnerBody.objects.all)
