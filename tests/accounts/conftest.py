"""A clock that the tests of people set."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def clock(time_machine):
    """Begins at 2:02pm on 23 November 2026 and moves when it is told to: `clock.shift(60)`."""
    time_machine.move_to(datetime(2026, 11, 23, 14, 2, tzinfo=UTC))
    return time_machine
