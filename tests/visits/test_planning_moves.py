"""Services by statuses: each moves a visit along the table and nowhere else, whoever asks twice."""

from collections.abc import Callable
from itertools import product

import pytest
import time_machine

from core.models import HistoryEntry
from tests.factories import UserFactory
from tests.visits.planning import A_TUESDAY, A_WEDNESDAY, LAST_WEEK, TODAY, a_visit, on
from visits.enums import MOVES, VisitStatus, move_between
from visits.models import Visit
from visits.services import planning
from visits.services.answering import pick_time, suggest_time
from visits.services.errors import MoveNotAllowed, ReasonOwed
from visits.visit_page import ADDRESSES

S = VisitStatus
pytestmark = pytest.mark.django_db
REASON = "The hall floods."

SERVICES: dict[str, tuple[S, Callable[..., bool]]] = {
    "propose": (
        S.PROPOSED,
        lambda visit, by: planning.propose_times(visit=visit, times=[on(hour=11)], by=by),
    ),
    "take_times_back": (S.TO_SCHEDULE, lambda visit, by: planning.take_times_back(visit=visit, by=by)),
    "confirm": (S.CONFIRMED, lambda visit, by: planning.confirm(visit=visit, time=on(hour=11), by=by)),
    "move": (
        S.CONFIRMED,
        lambda visit, by: planning.move_visit(visit=visit, time=on(hour=12), reason=REASON, by=by),
    ),
    "take_date_back": (
        S.TO_SCHEDULE,
        lambda visit, by: planning.take_date_back(visit=visit, reason=REASON, by=by),
    ),
    "cancel": (S.CANCELLED, lambda visit, by: planning.cancel(visit=visit, reason=REASON, by=by)),
    "log_held": (S.HELD, lambda visit, by: planning.log_held(visit=visit, time=on(LAST_WEEK), by=by)),
    "undo_held": (S.TO_SCHEDULE, lambda visit, by: planning.undo_held(visit=visit, reason=REASON, by=by)),
    "pick": (S.CONFIRMED, lambda visit, by: pick_time(visit=visit, starts_at=on().starts_at, by=by)),
}
"""Where each service leads, and how it is asked."""

FROM = {
    "propose": {S.TO_SCHEDULE, S.PROPOSED},
    "take_times_back": {S.PROPOSED},
    "confirm": {S.TO_SCHEDULE, S.PROPOSED},
    "move": {S.CONFIRMED},
    "take_date_back": {S.CONFIRMED},
    "cancel": {S.TO_SCHEDULE, S.PROPOSED, S.CONFIRMED},
    "log_held": {S.TO_SCHEDULE, S.PROPOSED, S.CONFIRMED},
    "undo_held": {S.HELD},
    "pick": {S.PROPOSED},
}
"""From where each leads there."""

QUIET = {
    ("take_times_back", S.TO_SCHEDULE),
    ("take_date_back", S.TO_SCHEDULE),
    ("cancel", S.CANCELLED),
    ("pick", S.CONFIRMED),
}
"""Where the button was pressed before: nothing happens, and nobody is told off. What names a time compares it."""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def visit_that_stands():
    """A visit of any status; one that has a time has it tomorrow, or had it last week."""

    def make(status: S) -> Visit:
        return a_visit(status, on() if status == S.CONFIRMED else None)

    return make


def test_the_services_make_every_move_but_those_of_the_notes():
    made = {(before, SERVICES[name][0]) for name, befores in FROM.items() for before in befores}
    of_the_notes = {S.NOTES_WRITTEN, S.SHARED, S.CLOSED}
    to_its_date = {(S.HELD, S.CONFIRMED)}  # back to the date that it had: see TestHeld in test_planning
    assert made | to_its_date == {
        (move.before, move.after) for move in MOVES if not {move.before, move.after} & of_the_notes
    }


def test_each_of_them_has_a_page():
    of_the_notes = {S.NOTES_WRITTEN, S.SHARED, S.CLOSED}
    planned = {(move.before, move.after) for move in MOVES if not {move.before, move.after} & of_the_notes}
    assert planned <= set(ADDRESSES)


@pytest.mark.parametrize(
    ("name", "status"), [(name, status) for name, befores in FROM.items() for status in sorted(befores)]
)
def test_a_service_moves_along_the_table(name, status, visit_that_stands):
    visit, (to, act) = visit_that_stands(status), SERVICES[name]
    assert act(visit, UserFactory())
    visit.refresh_from_db()
    assert visit.status == to
    assert move_between(status, to) is not None
    line = HistoryEntry.objects.get()
    assert (line.details["before"], line.details["after"]) == (status, to)
    assert (line.school_id, line.target_id) == (str(visit.school_id), str(visit.pk))


@pytest.mark.parametrize(
    ("name", "status"),
    [pair for pair in product(SERVICES, S) if pair[1] not in FROM[pair[0]] and pair not in QUIET],
)
def test_and_from_nowhere_else(name, status, visit_that_stands):
    visit = visit_that_stands(status)
    with pytest.raises(MoveNotAllowed):
        SERVICES[name][1](visit, UserFactory())
    visit.refresh_from_db()
    assert (visit.status, HistoryEntry.objects.count()) == (status, 0)


@pytest.mark.parametrize(("name", "status"), sorted(QUIET))
def test_what_was_done_before_is_not_done_again(name, status, visit_that_stands):
    visit = visit_that_stands(status)
    assert not SERVICES[name][1](visit, UserFactory())
    assert not HistoryEntry.objects.exists()


@pytest.mark.parametrize(
    "move", [move for move in MOVES if move.owes_reason and move.before != S.CLOSED], ids=str
)
def test_a_reason_that_is_owed_is_asked_for(move, visit_that_stands):
    owed = {
        S.CANCELLED: lambda visit, by: planning.cancel(visit=visit, reason=" ", by=by),
        S.TO_SCHEDULE: lambda visit, by: planning.take_date_back(visit=visit, reason="", by=by),
        S.CONFIRMED: lambda visit, by: planning.move_visit(
            visit=visit, time=on(A_WEDNESDAY), reason="", by=by
        ),
        S.HELD: lambda visit, by: planning.undo_held(visit=visit, reason="", by=by),
    }
    with pytest.raises(ReasonOwed):
        owed[S.HELD if move.before == S.HELD else move.after](visit_that_stands(move.before), UserFactory())


@pytest.mark.parametrize("status", [status for status in S if status != S.PROPOSED])
def test_no_other_time_is_suggested_but_for_times_that_wait(status, visit_that_stands):
    with pytest.raises(MoveNotAllowed):
        suggest_time(visit=visit_that_stands(status), time=on(A_TUESDAY, 13), note="", by=UserFactory())
