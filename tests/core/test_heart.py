"""The worker's sign of life."""

import time

import pytest
from django.utils import timezone

from core.heart import Heart, beat
from core.models import Heartbeat


@pytest.mark.django_db
def test_a_beat_is_written_over_the_one_before():
    beat()
    before = Heartbeat.objects.get().at
    beat()
    assert before < Heartbeat.objects.get().at <= timezone.now()


@pytest.mark.django_db
def test_the_worker_and_beat_have_a_row_each():
    beat()
    beat(Heartbeat.BEAT)
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "beat"}


@pytest.mark.django_db(transaction=True)
def test_a_heart_beats_by_itself_until_it_is_stopped():
    heart = Heart(every=0.05)
    heart.start()
    time.sleep(0.3)
    heart.stop()
    heart._thread.join(timeout=10)
    assert Heartbeat.objects.count() == 1
    assert not heart._thread.is_alive()
