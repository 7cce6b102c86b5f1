"""Sending the link to pick a time once more: mail gets lost, and contacts change."""

from django.db import transaction

from accounts.models import User
from core import history
from visits.asking import ask_again
from visits.enums import VisitStatus
from visits.models import Visit
from visits.queries.concerned import whom_at
from visits.queries.times import times_to_pick
from visits.services.errors import MoveNotAllowed, NobodyToAsk, TimeNotPossible
from visits.services.moving import check_takes_part, lock_visit


def send_link_again(*, visit: Visit, by: User) -> bool:
    """E-mail everybody who answers for the school a new link to pick one of the times, with one line of history.

    The link that an address had ends, so that of each there is one. Whoever was sent one in the last minutes is sent
    none: returns False where that is everybody. Raises MoveNotAllowed where no time waits for an answer,
    TimeNotPossible where none can be picked any more, NobodyToAsk, SchoolIsNotInTheYear, YearIsClosed (schools).
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status != VisitStatus.PROPOSED:
            raise MoveNotAllowed("No times wait for an answer any more. See how the visit stands now.")
        check_takes_part(stored)
        times = times_to_pick(stored)
        if not times:
            raise TimeNotPossible("None of the times can be picked any more. Propose others.")
        if not whom_at(stored.school):
            raise NobodyToAsk
        asked = ask_again(stored, times, by=by)
        if not asked:
            return False
        told = f"{by} sent the link to pick a time for {stored} again."
        details = {"asked": asked}
        history.record(
            "visit.link_sent_again", told, by=by, target=stored, school=stored.school, details=details
        )
    return True
