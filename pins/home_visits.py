"""What is to be done about visits: by those who visit schools, and by the schools."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Verb
from pins.home_forum import forum_steps
from pins.next_step import NextStep
from schools.access import may, may_change, own_schools
from schools.models import School
from schools.queries.terms import SchoolCalendar
from visits.addresses import page_of
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit, VisitQuerySet
from visits.times import answer_by

_TO_PICK = ("Pick a time for visit {number}", "visits:times", 1)
_TO_REPLY = ("Read the notes of visit {number}, and reply", "visits:reply", 5)


def visit_steps(user: User, today: date, at: School | None = None) -> Iterator[NextStep]:
    """For those who visit what is overdue, suggested, to write and to share; for school leads times and notes."""
    if may(user, Verb.RECORD_VISITS):
        yield from forum_steps(user, at)
    yield from _of_own_schools(user, today, at)


def _of_own_schools(user: User, today: date, at: School | None) -> Iterator[NextStep]:
    """A governor's right is to look, so nothing is asked of one."""
    own = {pk for pk in own_schools(user, Verb.TAKE_PART_IN_VISITS) if _answers_for(user, pk)}
    if at is not None:
        own &= {at.pk}
    if own:
        yield from _asked_of(Visit.objects.visible_to(user).filter(school__in=own), today)


def visits_waiting_for_school(user: User, school: School, today: date) -> Iterator[NextStep]:
    """What the school itself has to do about its visits, for somebody who looks at it and may read of them."""
    if may(user, Verb.TAKE_PART_IN_VISITS, school):
        for step in _asked_of(Visit.objects.visible_to(user).filter(school=school), today):
            yield replace(step, url=f"{reverse('workspace', args=[school.pk])}#visits")


def _asked_of(visits: VisitQuerySet, today: date) -> Iterator[NextStep]:
    """A time to pick and notes to reply to until the day that the e-mail named; at most three queries.

    Once the school has suggested another time it is the forum that answers.
    """
    still_open = Q(proposed_times__by_the_school=False, proposed_times__starts_at__gt=timezone.now())
    suggested = ProposedTime.objects.filter(visit=OuterRef("pk"), by_the_school=True)
    asked = (
        visits.of_schools_taking_part()
        .filter(Q(~Exists(suggested), status=VisitStatus.PROPOSED) | _may_reply(today))
        .annotate(
            first_time=Min("proposed_times__starts_at", filter=still_open),
            asked_at=Min("proposed_times__proposed_at", filter=still_open),
        )
        .select_related("school", "summary")
        .order_by("pk")
    )
    calendar: SchoolCalendar | None = None
    for visit in asked:
        if visit.status == VisitStatus.SHARED:
            yield _step(visit, *_TO_REPLY, by=visit.summary.reply_by)
        elif first := visit.first_time:  # type: ignore[attr-defined]
            calendar = calendar or SchoolCalendar.load()
            asked_at = visit.asked_at  # type: ignore[attr-defined]
            yield _step(visit, *_TO_PICK, by=answer_by(first, calendar, today, asked=asked_at))


def _answers_for(user: User, school_pk: int) -> bool:
    return may_change(user, Verb.TAKE_PART_IN_VISITS, School(pk=school_pk))


def _may_reply(today: date) -> Q:
    """No reply holds nothing up, so none is asked for once the day is past."""
    return Q(status=VisitStatus.SHARED, reply__isnull=True, summary__reply_by__gte=today)


def _step(
    visit: Visit, verb: str, page: str, minutes: int, *, by: date | None, overdue: bool = False
) -> NextStep:
    """What is to be done with the visit, on which page of it."""
    return NextStep(
        verb=verb.format(number=visit.step_id),
        url=page_of(page, visit.pk),
        school=visit.school.name,
        school_pk=visit.school_id,
        minutes=minutes,
        by=by,
        overdue=overdue,
    )
