"""On which days the visits of schools are or may be, so that they keep the order of their numbers."""

from collections import defaultdict
from collections.abc import Collection

from core.words import local
from visits.enums import VisitStatus
from visits.models import Visit
from visits.order import IS_ON, MAY_BE_ON, Dated


def dated_visits(schools: Collection[int]) -> dict[tuple[int, int], list[Dated]]:
    """By school and programme year all visits that have a date, or times of which one may be picked; two queries."""
    found: dict[tuple[int, int], list[Dated]] = defaultdict(list)
    visits = Visit.objects.live().filter(school__in=schools).order_by()
    proposed = visits.filter(status=VisitStatus.PROPOSED)
    for stands, rows, moment in (
        (IS_ON, visits, "starts_at"),
        (MAY_BE_ON, proposed, "proposed_times__starts_at"),
    ):
        for pk, school, year, number, at in rows.values_list(
            "pk", "school", "programme_year", "step", moment
        ):
            if at:
                found[school, year].append(Dated(pk, number, local(at).date(), stands))
    return found


def days_of_others(visit: Visit) -> list[Dated]:
    """The days of the other visits of the school and year; two queries."""
    days = dated_visits([visit.school_id])[visit.school_id, visit.programme_year_id]
    return [one for one in days if one.visit != visit.pk]
