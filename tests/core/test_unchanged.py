"""What is worked out once for as long as nothing changes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core import history
from core.models import HistoryEntry
from core.unchanged import Unchanged

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ask(clock):
    """What is kept for a key; each working out gives the next number."""
    kept, numbers = Unchanged[int](most=2), iter(range(1, 100))
    return lambda key="year", *, keep=True: kept.get(key, lambda: next(numbers), may_keep=lambda _: keep)


def line(**values):
    return HistoryEntry.objects.create(kind="school.changed", summary="It changed.", **values)


def test_is_worked_out_once(ask):
    assert [ask(), ask(), ask()] == [1, 1, 1]


def test_is_worked_out_again_after_a_line_of_history(ask):
    ask()
    history.record("school.changed", "It changed.", by=None)
    assert ask() == 2


def test_is_worked_out_again_after_a_line_with_a_lower_number_that_was_seen_late(ask):
    last = line()
    ask()
    line(pk=last.pk - 1)
    assert ask() == 2


def test_is_worked_out_again_in_the_next_minute(ask, clock):
    ask()
    clock.shift(timedelta(seconds=54))
    assert ask() == 1
    clock.shift(timedelta(seconds=1))
    assert ask() == 2


def test_what_may_not_be_kept_is_worked_out_each_time(ask):
    assert [ask(keep=False), ask(keep=False)] == [1, 2]


def test_keeps_each_key_apart_and_no_more_than_it_should(ask):
    assert [ask("a"), ask("b"), ask("a"), ask("b")] == [1, 2, 1, 2]
    assert [ask("c"), ask("a")] == [3, 4]
