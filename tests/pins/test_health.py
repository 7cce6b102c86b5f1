"""What supervisors and proxies are told."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from core.heart import beat
from core.models import Heartbeat, OutgoingEmail

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken():
    """Both background processes spoke just now."""
    beat(Heartbeat.WORKER)
    beat(Heartbeat.BEAT)


def fall_silent(name: str, seconds: int) -> None:
    at = timezone.now() - timedelta(seconds=seconds)
    Heartbeat.objects.filter(name=name).update(at=at)


def test_alive_is_one_word(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_ready_when_database_queue_worker_and_beat_are_well(client, spoken):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert {name: part["ok"] for name, part in answer.json().items() if name != "ready"} == {
        "database": True,
        "queue": True,
        "worker": True,
        "beat": True,
    }


@pytest.mark.parametrize("name", [Heartbeat.WORKER, Heartbeat.BEAT])
def test_not_ready_without_one_of_the_two(client, spoken, name):
    Heartbeat.objects.filter(name=name).delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert answer.json()[name] == {"ok": False, "heartbeat_seconds": None}


@pytest.mark.parametrize(
    ("name", "seconds", "status"),
    [
        (Heartbeat.WORKER, 50, 200),
        (Heartbeat.WORKER, 61, 503),
        (Heartbeat.BEAT, 170, 200),
        (Heartbeat.BEAT, 181, 503),
    ],
)
def test_not_ready_when_one_of_the_two_fell_silent(client, spoken, name, seconds, status):
    fall_silent(name, seconds)
    assert client.get("/readyz").status_code == status


def test_a_rarer_sweep_lets_beat_be_silent_for_longer(client, spoken, settings):
    settings.SWEEP_SECONDS = 600.0
    fall_silent(Heartbeat.BEAT, 1250)
    assert client.get("/readyz").status_code == 200


def test_not_ready_when_a_job_waits_for_too_long(client, spoken):
    then = timezone.now() - timedelta(minutes=11)
    OutgoingEmail.objects.create(
        to="a@pins.example", subject="Hello", kind="Test", queued_at=then, not_before=then
    )
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["queue"]["oldest_seconds"] >= 660


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("who", ["signed_out", "head"])
@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 503)])
def test_they_answer_whoever_asks_when_the_database_is_gone(people, sign_in, path, status, who, error):
    client = sign_in(people.named()[who])

    def gone(*_):
        raise error("The database is gone.")

    with connection.execute_wrapper(gone):
        assert client.get(path).status_code == status
