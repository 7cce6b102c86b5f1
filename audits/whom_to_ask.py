"""Which schools can be asked for a self-audit."""

from typing import Any

from django.db.models import QuerySet

from audits.enums import OPEN_STATUSES, Round
from audits.models import Audit
from schools.models import Participation, ProgrammeYear, School


def schools_to_ask(programme_year: ProgrammeYear, round: Round) -> QuerySet[School]:  # noqa: A002 - the field's own word
    """Schools that take part fully in the year and can be asked for the round.

    A baseline is asked for once, in whichever year. A follow-up shows what has moved, so it is only asked of
    schools whose baseline is in, once in a year.
    """
    schools = _schools_without_audit(programme_year, round)
    if round == Round.FOLLOW_UP:
        return schools.filter(pk__in=_baselines(programme_year).exclude(status__in=OPEN_STATUSES))
    return schools.exclude(pk__in=_baselines(programme_year))


def schools_not_to_ask(programme_year: ProgrammeYear, round: Round) -> QuerySet[School]:  # noqa: A002 - the field's own word
    """Schools of the year that have no audit for the round in it, and are passed over all the same."""
    schools = _schools_without_audit(programme_year, round)
    return schools.exclude(pk__in=schools_to_ask(programme_year, round).values("pk"))


def _schools_without_audit(programme_year: ProgrammeYear, round: Round) -> QuerySet[School]:  # noqa: A002 - the field's own word
    taking_part = Participation.objects.filter(
        programme_year=programme_year,
        offer__in=[Participation.Offer.FULL, Participation.Offer.EMBEDDING],
        status__in=[Participation.Status.CONFIRMED, Participation.Status.ACTIVE],
    )
    return School.objects.filter(pk__in=taking_part.values("school_id")).exclude(
        audits__programme_year=programme_year, audits__round=round
    )


def _baselines(programme_year: ProgrammeYear) -> QuerySet[Audit, Any]:
    """Ids of schools with a baseline of that year or an earlier one."""
    baselines = Audit.objects.filter(
        round=Round.BASELINE, programme_year__starts_on__lte=programme_year.starts_on
    )
    return baselines.order_by().values("school_id")
