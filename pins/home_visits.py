"""What is to be done about visits: by those who visit schools, and by the schools."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Verb
from core.prepared import Prepared
from core.words import local
from pins.next_step import NextStep
from schools.access import may, may_change, own_schools
from schools.models import School, sees_every_school
from schools.queries.terms import SchoolCalendar
from visits.addresses import page_of
from visits.enums import VisitStatus
from visits.models import ProposedTime, Visit, VisitQuerySet
from visits.queries.planner import Clock, Pile, with_answers
from visits.times import answer_by

_ONE = {
    Pile.OVERDUE: ("Log visit {number}: its day is past", "visits:log", 2),
    Pile.WITHDREW: ("Cancel visit {number}: the school withdrew", "visits:cancel", 1),
    Pile.SUGGESTED: ("Answer the other time that the school suggested for visit {number}", "visits:visit", 1),
    Pile.NOTES: ("Write the notes of visit {number}", "visits:record", 10),
    Pile.SHARE: ("Share the notes of visit {number} with the school", "visits:share", 5),
}
_SEVERAL = {
    Pile.OVERDUE: "Log {count} visits whose day is past",
    Pile.WITHDREW: "Cancel {count} visits of schools that withdrew",
    Pile.SUGGESTED: "Answer {count} schools that suggested another time",
    Pile.NOTES: "Write the notes of {count} visits",
    Pile.SHARE: "Share the notes of {count} visits",
}
_TO_PICK = ("Pick a time for visit {number}", "visits:times", 1)
_TO_REPLY = ("Read the notes of visit {number}, and reply", "visits:reply", 5)
_MOST_BY_NAME = 2
"""More than this many of one kind are one line that leads to the planner."""


def visit_steps(user: User, today: date, at: School | None = None) -> Iterator[NextStep]:
    """For those who visit what is overdue, suggested, to write and to share; for school leads times and notes."""
    if may(user, Verb.RECORD_VISITS):
        yield from _of_the_forum(user, at)
    yield from _of_own_schools(user, today, at)


def _of_the_forum(user: User, at: School | None) -> Iterator[NextStep]:
    clock = Clock.read()
    found: dict[Pile, list[Visit]] = defaultdict(list)
    for visit in _that_wait(user, at, clock):
        found[clock.pile_of(visit)].append(visit)
    for pile in _ONE:
        visits = found[pile]
        if len(visits) > _MOST_BY_NAME:
            yield NextStep(
                verb=_SEVERAL[pile].format(count=len(visits)),
                url=f"{reverse('visits:planner')}?group={pile.value}",
                minutes=_ONE[pile][2] * len(visits),
                overdue=False,
            )
        else:
            yield from (_one(visit, pile) for visit in visits)


def _that_wait(user: User, at: School | None, clock: Clock) -> list[Visit]:
    if at is None and sees_every_school(user):
        return _ALL_THAT_WAIT(clock.now, clock.week_ends)
    visits = Visit.objects.visible_to(user)
    return list(_waiting(visits if at is None else visits.filter(school=at), clock))


def _waiting(visits: VisitQuerySet, clock: Clock) -> QuerySet[Visit]:
    waiting = Q(pk__in=())
    for pile in _ONE:
        waiting |= clock.condition(pile)
    return with_answers(visits).filter(waiting).select_related("school").order_by("starts_at", "pk")


_ALL_THAT_WAIT = Prepared(
    lambda now, week_ends: _waiting(Visit.objects.all(), Clock(now, week_ends)), datetime, datetime
)
"""By now and the end of the week; nearly every day begins with it."""


def _one(visit: Visit, pile: Pile) -> NextStep:
    verb, page, minutes = _ONE[pile]
    was_on = local(visit.starts_at).date() if visit.starts_at and pile is Pile.OVERDUE else None
    return _step(visit, verb, page, minutes, by=was_on, overdue=was_on is not None)


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
