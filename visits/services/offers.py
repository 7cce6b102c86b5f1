"""The times that are put forward for a visit, and the links by which the school picks one."""

from collections.abc import Sequence

from accounts.models import User
from visits.enums import LinkPurpose
from visits.links import end_links
from visits.models import ProposedTime, Visit, VisitLink
from visits.queries.times import proposed_by_forum, time_put_forward
from visits.services.errors import TimeNotPossible
from visits.times import VisitTime

MOST_TIMES = 3
"""More than three are a timetable, and nobody answers a timetable."""


def check_offer(times: Sequence[VisitTime]) -> None:
    """Raises TimeNotPossible for no time, too many, or the same twice."""
    if not times:
        raise TimeNotPossible("Propose at least one time.")
    if len(times) > MOST_TIMES:
        raise TimeNotPossible(f"Propose at most {MOST_TIMES} times.")
    if len({one.starts_at for one in times}) < len(times):
        raise TimeNotPossible("Two of the times are the same. Change one of them, or leave it out.")


def is_offered(visit: Visit, times: Sequence[VisitTime]) -> bool:
    """Whether exactly these times are put forward already."""
    return {time_put_forward(one) for one in proposed_by_forum(visit)} == set(times)


def put_forward(visit: Visit, times: Sequence[VisitTime], by: User) -> list[ProposedTime]:
    """These times in place of all that were put forward before, by whomever. Part of a transaction."""
    withdraw_offer(visit)
    return ProposedTime.objects.bulk_create(
        ProposedTime(
            visit=visit, starts_at=one.starts_at, ends_at=one.ends_at, slot=one.slot, proposer=str(by)[:200]
        )
        for one in sorted(times)
    )


def withdraw_offer(visit: Visit, *, but: VisitLink | None = None) -> None:
    """No time is put forward any more, and no link to pick one works; part of a transaction."""
    ProposedTime.objects.filter(visit=visit).delete()
    end_links(visit, LinkPurpose.PICK_A_TIME, but=but)
