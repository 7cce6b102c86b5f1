"""The logs of `bin/run`: nothing that an earlier start said is lost at once, and nothing grows for ever."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from pins import logs


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "worker.log"


@time_machine.travel(datetime(2026, 11, 24, 3, 2, tzinfo=UTC), tick=False)
def test_each_start_is_a_line_of_its_own(log: Path):
    logs.begin(log)
    assert log.read_text() == "Started 2026-11-24 03:02:00+00:00\n"


def test_what_was_said_before_stays(log: Path):
    log.write_text("why it ended\n")
    logs.begin(log)
    assert log.read_text().splitlines()[0] == "why it ended"


def test_a_large_log_is_set_aside_and_the_one_before_it_goes(log: Path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 10)
    for text in ("first, and long enough\n", "second, and long enough\n"):
        with log.open("a") as file:
            file.write(text)
        logs.begin(log)
    assert [path.name for path in sorted(log.parent.iterdir())] == ["worker.log", "worker.log.1"]
    assert "second" in (log.parent / "worker.log.1").read_text()
    assert log.read_text().startswith("Started")


def test_the_end_of_a_log_is_what_was_said_since_the_last_start(log: Path):
    log.write_text("before\n")
    logs.begin(log)
    assert logs.end_of(log, lines=8) == []
    with log.open("a") as file:
        file.write("".join(f"{number}\n" for number in range(10)))
    assert logs.end_of(log, lines=8) == [str(number) for number in range(2, 10)]


def test_a_start_after_a_line_that_was_cut_off_begins_a_line_of_its_own(log: Path):
    log.write_text("before\nkilled in the mid")
    logs.begin(log)
    assert [line.split()[0] for line in log.read_text().splitlines()] == ["before", "killed", "Started"]
    assert logs.end_of(log, lines=8) == []


def test_the_end_of_a_huge_log_is_found_without_reading_it_all(log: Path):
    log.write_bytes("é".encode() * logs.LARGEST + b"\nlast\n")
    assert logs.end_of(log, lines=1) == ["last"]
