"""What stands in other tables about the visits of a page of the planner."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, DateTimeField, QuerySet, Value

from core.prepared import Prepared
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit
from visits.queries.planner import Listed

MOST = 50
"""Visits of a page."""
_NONE = 0
"""The number of no visit; it fills a list up."""
_NO_TIME = (Value(None, DateTimeField()), Value(None, BooleanField()), Value(None, DateTimeField()))


class PutForward(NamedTuple):
    """A time that was put forward: when it begins, whether the school suggested it, and since when it waits."""

    starts_at: datetime
    by_the_school: bool
    proposed_at: datetime


@dataclass(frozen=True)
class Beside:
    """What stands in other tables about some visits: who goes, by name, and times put forward."""

    who: dict[int, list[str]]
    times: dict[int, list[PutForward]]

    @classmethod
    def of(cls, visits: Iterable[Listed]) -> "Beside":
        """Of these visits, in one query."""
        who: dict[int, list[str]] = defaultdict(list)
        times: dict[int, list[PutForward]] = defaultdict(list)
        stands = {visit.pk: visit.status for visit in visits}
        asked = [pk for pk, status in stands.items() if status == VisitStatus.PROPOSED]
        for pk, name, email, starts_at, *about in _rows_of([*stands], asked):
            if starts_at is None:
                who[pk].append(name or email)
            else:
                times[pk].append(PutForward(starts_at, *about))
        return cls(who, times)


def _rows_of(visits: Sequence[int], asked: Sequence[int]) -> Iterable[Any]:
    """A row for each person who goes to one of these visits, and for each time put forward for those asked about.

    Those of one page are read by a query that is compiled once.
    """
    if len(visits) > MOST:
        return _rows(visits, asked)
    return _OF_A_PAGE(*_filled(visits), *_filled(asked))


def _rows(visits: Sequence[int], asked: Sequence[int]) -> QuerySet[Any, Any]:
    going = Visit.workers.through.objects.filter(visit__in=visits).values_list(
        "visit_id", "user__name", "user__email", *_NO_TIME
    )
    proposed = ProposedTime.objects.filter(visit__in=asked).order_by()
    put_forward = proposed.values_list("visit", Value(""), Value(""), *PutForward._fields)
    return going.union(put_forward, all=True)


_OF_A_PAGE = Prepared(lambda *pks: _rows(pks[:MOST], pks[MOST:]), *(int,) * (2 * MOST))


def _filled(pks: Sequence[int]) -> list[int]:
    return [*pks, *[_NONE] * (MOST - len(pks))]
