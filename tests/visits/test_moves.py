"""The moves of a visit: one table."""

from itertools import product

import pytest

from visits.enums import AFTER_IT, BEFORE_IT, MOVES, VisitStatus, move_between

S = VisitStatus


def test_there_is_one_move_a_pair():
    assert len({(move.before, move.after) for move in MOVES}) == len(MOVES)


def test_every_pair_outside_the_table_is_no_move():
    known = {(move.before, move.after) for move in MOVES}
    assert {pair for pair in product(S, S) if move_between(*pair)} == known


@pytest.mark.parametrize("status", BEFORE_IT)
def test_a_held_visit_is_logged_from_any_live_status(status):
    assert move_between(status, S.HELD) is not None


@pytest.mark.parametrize("status", [S.TO_SCHEDULE, S.PROPOSED])
def test_a_date_is_confirmed_in_one_step(status):
    assert move_between(status, S.CONFIRMED) is not None


def test_nothing_leads_out_of_cancelled():
    assert [move for move in MOVES if move.before == S.CANCELLED] == []


@pytest.mark.parametrize("status", AFTER_IT)
def test_what_was_held_is_not_cancelled(status):
    assert move_between(status, S.CANCELLED) is None
