"""Real threads on a real database: two people who plan at the same moment take turns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.models import HistoryEntry
from tests.at_once import run_at_once
from tests.factories import UserFactory, VisitFactory
from visits.enums import LinkPurpose, VisitStatus
from visits.links import make_link
from visits.models import ProposedTime, Visit, VisitLink
from visits.services import planning
from visits.services.answering import pick_time
from visits.services.errors import LinkGone, MoveNotAllowed, TimeNotPossible, VisitError, WorkerIsElsewhere
from visits.times import VisitTime

ROUNDS = range(3)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_on_disk")]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or the kind of refusal that it raised."""
    results = run_at_once(*acts, refusals=(VisitError,))
    return [type(result) if isinstance(result, VisitError) else result for result in results]


def soon(days: int = 7) -> VisitTime:
    starts_at = (timezone.now() + timedelta(days=days)).replace(microsecond=0)
    return VisitTime(starts_at, starts_at + timedelta(hours=1), "other")


@pytest.fixture
def visit(people) -> Visit:
    return Visit.objects.with_names().get(pk=VisitFactory(school=people.school).pk)


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_confirm_different_dates(people, visit, round_):
    def act(time, by):
        return lambda: planning.confirm(visit=visit, time=time, is_meant=True, by=by)

    assert set(at_once(act(soon(7), people.liaison), act(soon(8), people.admin))) == {True, MoveNotAllowed}
    assert HistoryEntry.objects.filter(kind="visit.confirmed").count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_one_button_is_pressed_twice(people, visit, round_):
    time = soon()

    def act():
        return planning.confirm(visit=visit, time=time, is_meant=True, by=people.liaison)

    assert sorted(at_once(act, act)) == [False, True]
    assert Visit.objects.get().calendar_sequence == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_one_worker_is_wanted_in_two_places(people, visit, round_):
    worker, time = UserFactory(is_liaison=True), soon()
    other = Visit.objects.with_names().get(pk=VisitFactory(school=people.other_school).pk)

    def act(of):
        return lambda: planning.confirm(visit=of, time=time, workers=[worker], is_meant=True, by=people.admin)

    assert set(at_once(act(visit), act(other))) == {True, WorkerIsElsewhere}
    assert Visit.objects.filter(status=VisitStatus.CONFIRMED).count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_the_school_picks_while_other_times_are_proposed(people, visit, round_):
    former, other = soon(7), soon(8)
    planning.propose_times(visit=visit, times=[former], is_meant=True, by=people.liaison)
    VisitLink.objects.all().delete()
    link, _ = make_link(
        visit=visit, purpose=LinkPurpose.PICK_A_TIME, email="jo@school.example", expires_at=former.starts_at
    )

    picked, proposed = at_once(
        lambda: pick_time(visit=visit, starts_at=former.starts_at, by=link),
        lambda: planning.propose_times(visit=visit, times=[other], is_meant=True, by=people.admin),
    )
    stored = Visit.objects.get()
    if picked is True:
        assert (proposed, stored.status, stored.starts_at) == (MoveNotAllowed, "confirmed", former.starts_at)
        assert not ProposedTime.objects.exists()
    else:
        assert picked in (LinkGone, TimeNotPossible)
        assert (proposed, stored.status) == (True, "proposed")


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_people_of_the_school_pick_different_times(people, visit, round_):
    first, second = soon(7), soon(8)
    planning.propose_times(visit=visit, times=[first, second], is_meant=True, by=people.liaison)

    def act(time):
        return lambda: pick_time(visit=visit, starts_at=time.starts_at, by=people.head)

    assert set(at_once(act(first), act(second))) == {True, MoveNotAllowed}
    assert HistoryEntry.objects.filter(kind="visit.time_picked").count() == 1
