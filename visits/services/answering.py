"""The school answers: it picks one of the times that were put forward, or suggests another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core import history
from visits.asking import tell_of_suggestion
from visits.enums import VisitStatus
from visits.links import Standing, standing_of
from visits.models import ProposedTime, Visit, VisitLink
from visits.queries.concerned import answers_for_school
from visits.queries.times import time_put_forward, times_to_pick
from visits.services import dates
from visits.services.errors import LinkGone, MoveNotAllowed, TimeNotPossible
from visits.services.moving import check_takes_part, lock_visit
from visits.services.planning import give_date
from visits.times import VisitTime

NOT_FREE = "That time cannot be picked any more. Choose another, or suggest one."
"""It says neither who is elsewhere then nor where: another school's visits are not this one's to know."""

MOST_SUGGESTIONS = 10
"""For times that were put forward, until others are.

Each is an e-mail to whoever goes, and who holds a link need not have an account.
"""


@dataclass
class LinkHolder:
    """Somebody without an account, as the history names them: the one to whom the link was e-mailed."""

    name: str
    email: str
    pk: str = ""

    def __str__(self) -> str:
        return f"{self.name} (by an e-mailed link)"


def pick_time(*, visit: Visit, starts_at: datetime, by: User | VisitLink) -> bool:
    """Confirm the proposed time that starts then, for the school; returns whether anything was changed.

    `by` is somebody who is signed in, or the link that they hold, which is used up. Every other link of the visit
    ends, invitations go out. Raises LinkGone, TimeNotPossible when the time is not among those that can still be
    picked, MoveNotAllowed when no time waits for an answer, SchoolIsNotInTheYear, YearIsClosed (schools).
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        if stored.status == VisitStatus.CONFIRMED and stored.starts_at == starts_at:
            return False
        link = _hold_link(stored, by)
        _check_it_waits(stored)
        dates.lock_workers(list(stored.workers.all()))
        picked = next((one for one in times_to_pick(stored) if one.starts_at == starts_at), None)
        if picked is None:
            raise TimeNotPossible(NOT_FREE)
        if link is not None:
            link.used_at = timezone.now()
            link.save(update_fields=["used_at"])
        at = time_put_forward(picked)
        give_date(stored, at, by=_answers(by), but=link)
        _record("time_picked", f"{_answers(by)} picked {at} for {stored}.", stored, by, time=str(at))
    return True


def suggest_time(
    *, visit: Visit, time: VisitTime, note: str, by: User | VisitLink, is_meant: bool = False
) -> bool:
    """Put another time forward for the school, with a note, in place of what the same person suggested before.

    The forum sees it on the visit's page, and whoever goes is told; times that were proposed can still be picked.
    `is_meant` says that a day on which schools are closed, or an odd hour, is no mistake. Returns whether anything
    was changed. Raises as `pick_time` does, and NotASchoolDay unless `is_meant`.
    """
    with transaction.atomic():
        stored = lock_visit(visit)
        _hold_link(stored, by)
        _check_it_waits(stored)
        _check_suggestion(stored, time, is_meant=is_meant)
        own = ProposedTime.objects.filter(visit=stored, by_the_school=True)
        if own.filter(starts_at=time.starts_at, ends_at=time.ends_at, note=note).exists():
            return False
        suggested = _put_forward(stored, time, note, by)
        tell_of_suggestion(stored, suggested)
        _record(
            "time_suggested", f"{_answers(by)} suggested {time} for {stored}.", stored, by, time=str(time)
        )
    return True


def _check_suggestion(visit: Visit, time: VisitTime, *, is_meant: bool) -> None:
    """Raises as `check_times`, and TimeNotPossible once so many were suggested that one had better ring."""
    dates.check_times(visit, [time], is_meant=is_meant)
    if _suggested_since_they_were_asked(visit) >= MOST_SUGGESTIONS:
        raise TimeNotPossible(
            "Many times were suggested for this visit already. Please ring or write instead."
        )


def _suggested_since_they_were_asked(visit: Visit) -> int:
    lines = history.of_target(visit)
    suggested = lines.filter(kind="visit.time_suggested")
    last = lines.exclude(kind="visit.time_suggested").order_by("-pk").first()
    return (suggested.filter(pk__gt=last.pk) if last else suggested).count()


def _put_forward(visit: Visit, time: VisitTime, note: str, by: User | VisitLink) -> ProposedTime:
    """The suggestion, in place of what the same person suggested, and of the same time with other words."""
    email = by.email.lower()
    of_the_school = ProposedTime.objects.filter(visit=visit, by_the_school=True)
    # those without an address are from before addresses were stored
    of_the_school.filter(Q(proposer_email__in=(email, "")) | Q(starts_at=time.starts_at)).delete()
    return ProposedTime.objects.create(
        visit=visit,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        slot=time.slot,
        by_the_school=True,
        note=note,
        proposer=str(_answers(by))[:200],
        proposer_email=email,
    )


def _answers(by: User | VisitLink) -> User | LinkHolder:
    return LinkHolder(by.name or by.email, by.email) if isinstance(by, VisitLink) else by


def _hold_link(visit: Visit, by: User | VisitLink) -> VisitLink | None:
    """The link as stored, held until the transaction ends; None for somebody who is signed in. Raises LinkGone."""
    if not isinstance(by, VisitLink):
        return None
    link = VisitLink.objects.select_for_update().filter(pk=by.pk, visit=visit, purpose=by.purpose).first()
    works = link is not None and standing_of(link) is Standing.WORKS
    if link is None or not works or not answers_for_school(visit.school, link.email):
        raise LinkGone("That link does not work any more. See how the visit stands now.")
    return link


def _check_it_waits(visit: Visit) -> None:
    """Raises MoveNotAllowed when no time waits for an answer, SchoolIsNotInTheYear."""
    if visit.status != VisitStatus.PROPOSED:
        raise MoveNotAllowed("No times wait for an answer any more. See how the visit stands now.")
    check_takes_part(visit)


def _record(kind: str, told: str, visit: Visit, by: User | VisitLink, **details: object) -> None:
    moved = {"before": VisitStatus.PROPOSED, "after": visit.status, **details}
    history.record(f"visit.{kind}", told, by=_answers(by), target=visit, school=visit.school, details=moved)
