"""The planner as it is opened, for those who see every school: its two long queries, compiled once in each process.

Compiling them takes Django several times what the database needs to answer. Whoever narrows the list, or looks at a
later page, has them compiled anew.
"""

from datetime import datetime
from functools import cache
from typing import Any

from core.prepared import Prepared
from visits.models import Visit
from visits.queries.planner import Clock, Pile, counted, in_order, pile_counts

MOST = 50
"""Visits of the first page."""


def _visits(year: int) -> Any:
    return counted(Visit.objects.all(), year)


count_rows = Prepared(
    lambda year, now, week_ends, since: pile_counts(_visits(year), Clock(now, week_ends), since),
    *(int, datetime, datetime, datetime),
)
"""By year, now, end of the week and the moment from which the pace counts: the rows of `pile_counts`."""


@cache
def first_visits(piles: tuple[Pile, ...]) -> Prepared[tuple[Any, ...]]:
    """By year, now and end of the week: the first MOST rows of `in_order` for these piles."""
    return Prepared(
        lambda year, now, week_ends: in_order(_visits(year), piles, Clock(now, week_ends))[:MOST],
        *(int, datetime, datetime),
    )
