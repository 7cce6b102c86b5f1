"""The school answers: it picks one of the times that were put forward, or suggests another."""

from datetime import datetime

from accounts.models import User
from visits.models import Visit, VisitLink
from visits.times import VisitTime


def pick_time(*, visit: Visit, starts_at: datetime, by: User | VisitLink) -> bool:
    """Confirm the proposed time that starts then, for the school; returns whether anything was changed.

    `by` is somebody who is signed in, or the link that they hold, which is used up. Every other link of the visit
    ends, invitations go out. Raises LinkGone, TimeNotPossible when the time is not among those that can still be
    picked, MoveNotAllowed.
    """
    raise NotImplementedError


def suggest_time(*, visit: Visit, time: VisitTime, note: str, by: User | VisitLink) -> bool:
    """Put another time forward for the school, with a note, in place of what the same person suggested before.

    The forum sees it on the visit's page; times that were proposed can still be picked. Raises LinkGone,
    TimeNotPossible, MoveNotAllowed.
    """
    raise NotImplementedError
