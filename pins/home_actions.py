"""What is to be done so that what parent carers said leads to something, and so that families hear of it."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import TypedDict

from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import User
from accounts.permissions import Verb
from core.words import date_words
from pins.next_step import NO_DATE_YET, NextStep
from schools.access import may, may_change_action, own_schools
from schools.models import Action, School
from schools.queries.actions import due_soon
from schools.queries.terms import SchoolCalendar
from visits.queries.waiting import Waiting, pages_waiting, undecided_at, wanted_by

MINUTES_TO_SAY, MINUTES_TO_DECIDE = 3, 3
MINUTES_TO_APPROVE, MINUTES_TO_WRITE, MINUTES_TO_PUBLISH = 5, 15, 2
MINUTES_TO_ANSWER = 10
LONGEST_NAME = 80
TAKEN_DOWN = "Look at what families read, which was taken down, and approve what may be read"
TO_WRITE = "Put what was decided into words for families, and approve them"


class _When(TypedDict, total=False):
    by: date
    overdue: bool
    since: str


class _Wanted:
    """Reads the school calendar once, and only where something waits."""

    def __init__(self, today: date) -> None:
        self._today = today

    def when(self, since: datetime | None) -> _When:
        if since is None:
            return {"since": NO_DATE_YET}
        by = wanted_by(since, self._calendar)
        return {"by": by, "overdue": by < self._today}

    @cached_property
    def _calendar(self) -> SchoolCalendar:
        return SchoolCalendar.load()


def action_steps(user: User, today: date, at: School | None = None) -> Iterator[NextStep]:
    """For a school what is overdue or due in two weeks, what waits for a decision, and words for families to approve.

    For the forum the words for families. Narrowed to one school where one is given.
    """
    changes = _only(own_schools(user, Verb.CHANGE_ACTIONS), at)
    if changes:
        yield from (
            _due(one, today) for one in due_soon(changes, today=today) if may_change_action(user, one)
        )
    leads = _only(own_schools(user, Verb.APPROVE_FOR_FAMILIES), at)
    wanted = _Wanted(today)
    is_of_the_forum = may(user, Verb.RECORD_VISITS)
    if leads:
        yield from _for_leads(leads, wanted, approves=not is_of_the_forum)
    if is_of_the_forum:
        yield from _for_the_forum(wanted, at)


def _only(schools: frozenset[int], at: School | None) -> frozenset[int]:
    return schools if at is None else schools & {at.pk}


def _due(action: Action, today: date) -> NextStep:
    return NextStep(
        verb=f"Say how it stands: “{Truncator(action.what).chars(LONGEST_NAME)}”",
        url=f"{reverse('schools:action', args=[action.school_id, action.pk])}#next",
        school=action.school.name,
        minutes=MINUTES_TO_SAY,
        by=action.due_on,
        overdue=action.due_on < today,
        school_pk=action.school_id,
    )


def _for_leads(schools: frozenset[int], wanted: _Wanted, *, approves: bool) -> Iterator[NextStep]:
    for school_pk, school, themes, since in undecided_at(schools):
        what = "something" if themes == 1 else f"{themes} things"
        yield NextStep(
            verb=f"Decide what becomes of {what} that parent carers said",
            url=reverse("visits:loop", args=[school_pk]),
            school=school,
            minutes=MINUTES_TO_DECIDE * themes,
            school_pk=school_pk,
            **wanted.when(since),
        )
    for one in pages_waiting(schools):
        if one.asked:
            yield _asked_for(one)
        elif approves and one.forum and not one.school:
            yield _about(one, wanted, "Read what families will read, and approve it", MINUTES_TO_APPROVE)


def _asked_for(one: Waiting) -> NextStep:
    """Nothing is owed: the school can see that it waits, add to what it asked for, or withdraw it."""
    since = one.page.change_asked_at
    return NextStep(
        verb="See the change that the school asked for in what families read",
        url=one.page.get_absolute_url(),
        school=one.page.school.name,
        since=f"asked on {date_words(since)}" if since else "",
        school_pk=one.page.school_id,
    )


def _for_the_forum(wanted: _Wanted, at: School | None) -> Iterator[NextStep]:
    waiting = pages_waiting(None if at is None else frozenset({at.pk}))
    for one in waiting:
        if one.asked:
            asked = f"Answer the change that {one.page.change_asked_by} asked for"
            yield _about(one, wanted, asked, MINUTES_TO_ANSWER)
        elif not one.forum and one.school:
            yield _about(one, wanted, "Read what families will read, and approve it", MINUTES_TO_APPROVE)
        elif not one.forum:
            yield _about(one, wanted, TAKEN_DOWN if one.taken_down_at else TO_WRITE, MINUTES_TO_WRITE)
    for one in waiting:
        if one.may_be_published:
            yield _about(one, wanted, "Publish what families read: both approved it", MINUTES_TO_PUBLISH)


def _about(one: Waiting, wanted: _Wanted, verb: str, minutes: int) -> NextStep:
    return NextStep(
        verb=verb,
        url=one.page.get_absolute_url(),
        school=one.page.school.name,
        minutes=minutes,
        school_pk=one.page.school_id,
        **wanted.when(one.since),
    )
