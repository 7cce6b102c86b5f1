"""Beat says itself that it lives, each time that it has handed something over."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.workers.installation import Installation, make

pytestmark = pytest.mark.worker


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation that sweeps every second, with nothing running yet."""
    made = make(tmp_path)
    try:
        yield made
    finally:
        made.stop()


def last_spoken(installation: Installation) -> str:
    """When beat last spoke; empty when it never did."""
    query = "SELECT at FROM core_heartbeat WHERE name = 'beat'"
    with closing(sqlite3.connect(installation.folder / "pins.sqlite3", timeout=20)) as database:
        return next((at for (at,) in database.execute(query)), "")


def speaks_within(installation: Installation, seconds: float) -> bool:
    """Whether beat says something new in this time."""
    before, deadline = last_spoken(installation), time.monotonic() + seconds
    while time.monotonic() < deadline:
        if last_spoken(installation) != before:
            return True
        time.sleep(0.05)
    return False


def test_beat_speaks_when_it_starts_and_at_each_hand_over(installation):
    assert last_spoken(installation) == ""
    installation.start_beat()
    for _ in range(3):
        assert speaks_within(installation, seconds=20), installation.told()


def test_beat_that_cannot_hand_over_falls_silent_and_speaks_again_when_it_can(installation):
    installation.start_beat()
    for _ in range(2):
        assert speaks_within(installation, seconds=20), installation.told()
    queue = installation.folder / "queue"
    shutil.rmtree(queue)
    queue.write_text("A file stands where the folder of the queue should be.")
    time.sleep(1)  # a hand-over may be under way
    assert not speaks_within(installation, seconds=3)
    queue.unlink()
    queue.mkdir()
    assert speaks_within(installation, seconds=20), installation.told()
