"""The command that asks when a worker or beat last spoke."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.models import Heartbeat

pytestmark = pytest.mark.django_db


def spoke(seconds_ago: int, name: str = Heartbeat.WORKER) -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})


def test_a_worker_that_spoke_lately_is_well(capsys):
    spoke(12)
    call_command("heartbeat")
    assert capsys.readouterr().out == "A worker spoke 12 seconds ago.\n"


def test_a_worker_that_fell_silent_is_not():
    spoke(90)
    with pytest.raises(CommandError, match="90 seconds ago"):
        call_command("heartbeat")


def test_no_worker_at_all_is_not():
    with pytest.raises(CommandError, match="A worker has never spoken"):
        call_command("heartbeat")


def test_beat_is_asked_after_by_name(capsys):
    spoke(90, Heartbeat.BEAT)
    call_command("heartbeat", "beat")
    assert capsys.readouterr().out == "Beat spoke 90 seconds ago.\n"


def test_a_worker_does_not_speak_for_beat():
    spoke(1)
    with pytest.raises(CommandError, match="Beat has never spoken"):
        call_command("heartbeat", "beat")
