"""Local support, as the forum keeps it and as families see it."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, QuerySet

from visits.models import LocalSupport


class ShownSupport(NamedTuple):
    """An entry as anybody may read it."""

    name: str
    what_for: str
    how_to_reach: str
    website: str
    checked_on: date


def support_with_counts() -> QuerySet[LocalSupport]:
    """The whole list, each with `.mentioned`: at how many visits parent carers were told of it."""
    return LocalSupport.objects.annotate(mentioned=Count("signpostings"))


def shown_support() -> tuple[ShownSupport, ...]:
    """What families see, by name."""
    rows = LocalSupport.objects.filter(is_shown=True).values_list(*ShownSupport._fields)
    return tuple(ShownSupport(*row) for row in rows)
