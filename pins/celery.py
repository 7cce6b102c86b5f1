"""The Celery application: a wake-up service only, since every job is a row in our database first."""

import os
from typing import Any

from celery import Celery
from celery.signals import after_task_publish, beat_init, worker_ready, worker_shutting_down
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pins.settings")

TRANSPORT_ALIASES["folder"] = "core.queue_folder:Transport"
app = Celery("pins")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def sweep_at_start(sender: Any, **_: Any) -> None:
    """Hand over what an earlier worker left behind, before the first minute has passed."""
    with sender.app.connection() as connection:
        sender.app.send_task("core.tasks.sweep", connection=connection)


@worker_ready.connect
def keep_the_heart_beating(**_: Any) -> None:
    """Say every few seconds that this worker lives, however long its queue is and whatever its jobs do."""
    from core.heart import Heart

    heart = Heart()
    worker_shutting_down.connect(heart.stop, weak=False)
    heart.start()


@beat_init.connect
def note_what_beat_hands_over(**_: Any) -> None:
    """Say that beat lives: when it starts, and each time that it has handed something over to the queue."""
    from core.heart import try_to_beat
    from core.models import Heartbeat

    def note(**_: Any) -> None:
        try_to_beat(Heartbeat.BEAT)

    note()
    after_task_publish.connect(note, weak=False)  # in beat's own process alone; elsewhere it is not connected
