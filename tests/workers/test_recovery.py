"""A worker that is killed -9 in the middle loses no report and makes none twice, on either broker.

`PINS_RECOVERY_KILLS` and `PINS_RECOVERY_REPORTS` make it longer: 40 kills over 200 reports, for instance.
"""

import hashlib
import os
import random
import socket
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

from tests.workers.installation import Installation, make

pytestmark = pytest.mark.worker

KILLS = int(os.environ.get("PINS_RECOVERY_KILLS", "5"))
REPORTS = int(os.environ.get("PINS_RECOVERY_REPORTS", "20"))
REDIS_DATABASE = 13
"""Far from where an installation would have its own."""


def redis_address() -> str | None:
    """A Redis that answers, at a database of our own: the suite's, or the one on this machine."""
    given = urlsplit(os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379")
    try:
        socket.create_connection((given.hostname or "127.0.0.1", given.port or 6379), timeout=1).close()
    except OSError:
        return None
    return given._replace(path=f"/{REDIS_DATABASE}").geturl()


def queue_keys(queue: str) -> tuple[str, ...]:
    """What Celery keeps of a queue, and of messages that a killed worker held."""
    return (queue, f"_kombu.binding.{queue}", "unacked", "unacked_index", "unacked_mutex")


def lose_messages(installation: Installation) -> None:
    """As if the broker had been emptied."""
    for message in (installation.folder / "queue").glob("*.msg"):
        message.unlink()
    if address := installation.environment.get("REDIS_URL"):
        with redis.Redis.from_url(address) as broker:
            broker.delete(installation.environment["PINS_QUEUE"])


@pytest.fixture(params=["filesystem", "redis"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation on each broker in turn, with nothing running yet."""
    environment = {"PINS_QUEUE": f"pins-test-{uuid.uuid4().hex}"}
    if request.param == "redis":
        address = redis_address()
        if address is None:
            assert not os.environ.get("REDIS_URL"), "The Redis that this run was given does not answer."
            pytest.skip("No Redis answers.")
        environment["REDIS_URL"] = address
    made = make(tmp_path, **environment)
    try:
        yield made
    finally:
        made.stop()
        if request.param == "redis":
            with redis.Redis.from_url(environment["REDIS_URL"]) as broker:
                broker.delete(*queue_keys(environment["PINS_QUEUE"]))


def test_every_report_is_there_once_whenever_the_worker_is_killed(installation):
    installation.run("tests/workers/queue_reports.py", str(REPORTS))
    installation.start_beat()
    chance = random.Random(int(os.environ.get("PINS_RECOVERY_SEED", "20261123")))
    for _ in range(KILLS):
        worker = installation.start_worker()
        assert installation.wait_until("building", 1, seconds=20), installation.told()
        time.sleep(chance.uniform(0, 0.5))
        installation.kill(worker)
    interrupted = installation.statuses()["building"]
    installation.start_worker()
    assert installation.wait_until("ready", REPORTS, seconds=60 + 2 * REPORTS), installation.told()
    reports = installation.reports()
    assert interrupted or any(report.attempts > 1 for report in reports), "No kill hit a builder at work."
    assert {report.status for report in reports} == {"ready"}
    assert installation.files() == sorted(report.file for report in reports)
    for report in reports:
        stored = (installation.folder / "files" / report.file).read_bytes()
        assert hashlib.sha256(stored).hexdigest() == report.sha256


def test_a_worker_that_starts_builds_what_was_queued_even_if_every_message_is_lost(installation):
    installation.run("tests/workers/queue_reports.py", "3")
    lose_messages(installation)
    installation.start_worker()
    assert installation.wait_until("ready", 3, seconds=30), installation.told()
