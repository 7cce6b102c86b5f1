"""Sending an e-mailed link once more, to pick a time or to read a summary: mail gets lost, and contacts change."""

from datetime import date

from django.db import transaction

from accounts.models import User
from core import history
from core.words import date_words
from visits import summary_emails
from visits.asking import ask_again
from visits.enums import LinkPurpose, VisitStatus
from visits.links import replace_links_of, sent_just_now
from visits.models import Visit, VisitSummary
from visits.queries.concerned import whom_at
from visits.queries.sharing import reached_anybody, recipients
from visits.queries.times import times_to_pick
from visits.services.errors import MoveNotAllowed, NobodyToAsk, NobodyToWriteTo, TimeNotPossible
from visits.services.moving import check_takes_part, lock_visit
from visits.services.sharing import reply_wanted_by


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
        _write("link_sent_again", told, stored, by, {"asked": asked})
    return True


def send_summary_again(*, visit: Visit, by: User, today: date) -> bool:
    """E-mail the leaders of the school a new link to the summary, with one line of history.

    As with times: the link that an address had ends, and whoever was sent one in the last minutes is sent none;
    returns False where that is everybody. If none was ever sent, the ten school days to reply begin today. Raises
    MoveNotAllowed where the school cannot reply as the visit stands, NobodyToWriteTo, YearIsClosed (schools).
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status != VisitStatus.SHARED:
            raise MoveNotAllowed(
                "The link goes out while the school can reply. See how the visit stands now."
            )
        leaders = recipients(stored.school)
        if not leaders:
            raise NobodyToWriteTo
        just_now = sent_just_now(stored, LinkPurpose.READ_THE_SUMMARY)
        to = [one for one in leaders if one.email not in just_now]
        if not to:
            return False
        summary, told = VisitSummary.objects.select_for_update().get(visit=stored), ""
        if not reached_anybody(stored) and _begin_days_anew(summary, today):
            told = f"; the school can reply until {date_words(summary.reply_by)}"
        replace_links_of(stored, LinkPurpose.READ_THE_SUMMARY, [one.email for one in to])
        summary_emails.send_links(visit=stored, to=to, reply_by=summary.reply_by)
        told = f"{by} sent the link to the summary of {stored} again{told}."
        details = {"asked": len(to), "reply_by": summary.reply_by.isoformat()}
        _write("summary_sent_again", told, stored, by, details)
    return True


def _begin_days_anew(summary: VisitSummary, today: date) -> bool:
    """Let ten school days begin today; says whether that gives the school longer than it had."""
    reply_by = reply_wanted_by(today)
    if reply_by <= summary.reply_by:
        return False
    summary.reply_by = reply_by
    summary.save(update_fields=["reply_by"])
    return True


def _write(kind: str, told: str, visit: Visit, by: User, details: dict[str, object]) -> None:
    history.record(f"visit.{kind}", told, by=by, target=visit, school=visit.school, details=details)
