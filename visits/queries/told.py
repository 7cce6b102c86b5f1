"""What people outside the forum were told of how many raised a theme: the one place that says it after sharing.

It is the value that was published when the notes were shared. A later threshold, or a count that was put right, gives
another published value of the same number, and two of them together say more of it than either.
"""

import logging
from uuid import UUID

from django.db.models import QuerySet

from core.small_numbers import Published
from visits.enums import TO_THE_SCHOOL
from visits.models import Theme, VisitSummary
from visits.snapshot import UnreadableSnapshotError, counts_of, read_snapshot

logger = logging.getLogger(__name__)
NOT_TOLD = Published("not shown", 0)
"""Of a theme that is in no summary: nothing was ever published of it."""


def told(themes: QuerySet[Theme]) -> dict[tuple[int, UUID], Published]:
    """How many raised each of these themes as it was shared, by visit and key; none of what was not. One query."""
    summaries = VisitSummary.objects.filter(
        visit__in=themes.order_by().values("visit"), visit__status__in=TO_THE_SCHOOL
    )
    found: dict[tuple[int, UUID], Published] = {}
    for visit, snapshot in summaries.values_list("visit", "snapshot"):
        try:
            counts = counts_of(read_snapshot(snapshot))
        except UnreadableSnapshotError:  # its own page says so; nothing of it is told here
            logger.exception("The summary of visit %s cannot be read.", visit)
            continue
        found |= {(visit, key): raised for key, raised in counts.items()}
    return found
