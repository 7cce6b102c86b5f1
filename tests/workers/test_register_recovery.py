"""A worker that is killed -9 while it checks or applies a register file: the next one does it, wholly and once."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.workers.installation import Installation, make

pytestmark = pytest.mark.worker
ROWS = 8_000
PROGRAM = "tests/workers/send_register.py"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation that sweeps every second, with only beat running yet."""
    made = make(tmp_path)
    try:
        made.start_beat()
        yield made
    finally:
        made.stop()


def ask(installation: Installation, query: str) -> tuple:
    with closing(sqlite3.connect(installation.folder / "pins.sqlite3", timeout=20)) as database:
        return database.execute(query).fetchone()


def wait_for(installation: Installation, status: str, step: str, seconds: float = 60) -> bool:
    """Wait until the one run stands so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ask(installation, "SELECT status, step FROM schools_registerrun") == (status, step):
            return True
        time.sleep(0.02)
    return False


def test_killed_in_the_check_and_in_the_writing(installation):
    installation.run(PROGRAM, str(ROWS))
    worker = installation.start_worker()
    assert wait_for(installation, "working", "check"), installation.told()
    time.sleep(0.5)
    installation.kill(worker)
    assert ask(installation, "SELECT status FROM schools_registerrun") == ("working",), "It was too late."
    worker = installation.start_worker()
    assert wait_for(installation, "done", "check"), installation.told()
    found = ask(installation, "SELECT count(*), count(DISTINCT urn) FROM schools_registerdifference")
    assert found == (ROWS, ROWS)

    installation.run(PROGRAM, "apply")
    assert wait_for(installation, "working", "apply"), installation.told()
    time.sleep(0.3)  # a quick machine writes all of it within a second
    installation.kill(worker)
    assert ask(installation, "SELECT count(*) FROM schools_school") == (0,), "Half of it was written."
    installation.start_worker()
    assert wait_for(installation, "done", "apply"), installation.told()
    assert ask(installation, "SELECT outcome FROM schools_registerrun") == ("applied",)
    assert ask(installation, "SELECT count(*) FROM schools_schoolurn") == (ROWS,)
    told = "SELECT count(*) FROM core_historyentry WHERE kind = 'register.imported'"
    assert ask(installation, told) == (1,)
    time.sleep(0.5)
    assert installation.files() == []
