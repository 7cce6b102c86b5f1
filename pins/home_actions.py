"""What is to be done so that what parent carers said leads to something, and so that families hear of it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import User
from accounts.permissions import Verb
from pins.next_step import NextStep
from schools.access import may, may_change_action, own_schools
from schools.models import Action, School
from schools.queries.actions import due_soon
from visits.models import FamiliesPage
from visits.queries.waiting import (
    pages_for_the_forum,
    pages_for_the_school,
    pages_to_publish,
    undecided_at,
)

MINUTES_TO_SAY, MINUTES_TO_DECIDE = 3, 3
MINUTES_TO_APPROVE, MINUTES_TO_WRITE, MINUTES_TO_PUBLISH = 5, 15, 2
LONGEST_NAME = 80


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
    if leads:
        yield from _for_leads(leads)
    if may(user, Verb.RECORD_VISITS):
        yield from _for_the_forum(at)


def _only(schools: frozenset[int], at: School | None) -> frozenset[int]:
    return schools if at is None else schools & {at.pk}


def _due(action: Action, today: date) -> NextStep:
    return NextStep(
        verb=f"Say what changed: “{Truncator(action.what).chars(LONGEST_NAME)}”",
        url=reverse("schools:action", args=[action.school_id, action.pk]),
        school=action.school.name,
        minutes=MINUTES_TO_SAY,
        by=action.due_on,
        overdue=action.due_on < today,
        school_pk=action.school_id,
    )


def _for_leads(schools: frozenset[int]) -> Iterator[NextStep]:
    for school_pk, school, themes in undecided_at(schools):
        what = "something" if themes == 1 else f"{themes} things"
        yield NextStep(
            verb=f"Decide what becomes of {what} that parent carers said",
            url=reverse("visits:loop", args=[school_pk]),
            school=school,
            minutes=MINUTES_TO_DECIDE * themes,
            school_pk=school_pk,
        )
    for page in pages_for_the_school().filter(school__in=schools):
        yield _about(page, "Read what families will read, and approve it", MINUTES_TO_APPROVE)


def _for_the_forum(at: School | None) -> Iterator[NextStep]:
    own = {} if at is None else {"school": at}
    for page in pages_for_the_forum().filter(**own):
        yield _about(page, "Put what was decided into words for families, and approve them", MINUTES_TO_WRITE)
    for page in pages_to_publish().filter(**own):
        yield _about(page, "Publish what families read: both approved it", MINUTES_TO_PUBLISH)


def _about(page: FamiliesPage, verb: str, minutes: int) -> NextStep:
    return NextStep(
        verb=verb,
        url=page.get_absolute_url(),
        school=page.school.name,
        minutes=minutes,
        school_pk=page.school_id,
    )
